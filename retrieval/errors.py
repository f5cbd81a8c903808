"""What is wrong with a question, a quotation, a lexicon or a fit of weights: branches of the project's tree.

RapporteurError
├── QuestionError
│   ├── EmptyQuestionError      nothing but white space, or nothing at all
│   │   └── EmptyTopicError     the same of a topic to keep to
│   ├── LongQuestionError       more characters than a question may have
│   └── WordlessQuestionError   punctuation or symbols, but no word
├── QuotationError
│   ├── EmptyQuotationError     nothing but white space, or nothing at all
│   ├── LongQuotationError      more characters than a quotation may have
│   ├── WordlessQuotationError  quotation marks or other signs, but no word
│   └── UnquotedError           a message or a file without any quotation
├── LexiconError                a lexicon file cannot be used
│   └── LexiconLineError        one of its lines cannot be used
├── EquivalentError             an equivalent cannot be added
└── FittingError                weights cannot be fitted
    ├── MissingLibraryError     a library that only an extra brings is not installed
    └── NothingToFitError       no sentence answers any of the questions
"""

from corpus.errors import RapporteurError


class QuestionError(RapporteurError):
    """The question cannot be asked as it stands."""


class EmptyQuestionError(QuestionError):
    """Nothing but white space, or nothing at all."""

    key = "empty_question"


class EmptyTopicError(EmptyQuestionError):
    """The same of a topic that a summary is to keep to."""

    key = "empty_topic"


class LongQuestionError(QuestionError):
    """More characters than a question may have. Fields: ``length``, ``limit``."""

    key = "long_question"


class WordlessQuestionError(QuestionError):
    """Punctuation or symbols, but no word."""

    key = "wordless_question"


class QuotationError(RapporteurError):
    """The quotation cannot be checked as it stands."""


class EmptyQuotationError(QuotationError):
    """Nothing but white space, or nothing at all."""

    key = "empty_quotation"


class LongQuotationError(QuotationError):
    """More characters than a quotation may have. Fields: ``length``, ``limit``."""

    key = "long_quotation"


class WordlessQuotationError(QuotationError):
    """Quotation marks or other signs, but no word."""

    key = "wordless_quotation"


class UnquotedError(QuotationError):
    """A message or a file without any quotation."""

    key = "unquoted"


class LexiconError(RapporteurError):
    """A lexicon file cannot be used. Fields: ``file``, ``problem``, which also says what to do."""

    key = "lexicon"


class LexiconLineError(LexiconError):
    """A line of a lexicon file cannot be used. Fields: ``file``, ``line`` (counted from 1), ``problem``."""

    key = "lexicon_line"


class EquivalentError(RapporteurError):
    """An equivalent cannot be added. Fields: ``problem``, which also says what to do."""

    key = "equivalent"


class FittingError(RapporteurError):
    """Weights cannot be fitted."""


class MissingLibraryError(FittingError):
    """A library that only an extra brings is not installed. Fields: ``library``, ``extra`` (which brings it)."""

    key = "missing_library"


class NothingToFitError(FittingError):
    """No sentence answers any of the labelled questions."""

    key = "nothing_to_fit"
