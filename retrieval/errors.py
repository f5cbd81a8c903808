"""What is wrong with a question, an operator's lexicon or a fit of weights, as three branches of the project's tree.

RapporteurError
├── QuestionError
│   ├── EmptyQuestionError      nothing but white space, or nothing at all
│   ├── LongQuestionError       more characters than a question may have
│   └── WordlessQuestionError   punctuation or symbols, but no word
├── LexiconError                a lexicon file cannot be used
│   └── LexiconLineError        one of its lines cannot be used
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


class LongQuestionError(QuestionError):
    """More characters than a question may have. Fields: ``length``, ``limit``."""

    key = "long_question"


class WordlessQuestionError(QuestionError):
    """Punctuation or symbols, but no word."""

    key = "wordless_question"


class LexiconError(RapporteurError):
    """A lexicon file cannot be used. Fields: ``file``, ``problem``, which also says what to do."""

    key = "lexicon"


class LexiconLineError(LexiconError):
    """A line of a lexicon file cannot be used. Fields: ``file``, ``line`` (counted from 1), ``problem``."""

    key = "lexicon_line"


class FittingError(RapporteurError):
    """Weights cannot be fitted."""


class MissingLibraryError(FittingError):
    """A library that only an extra brings is not installed. Fields: ``library``, ``extra`` (which brings it)."""

    key = "missing_library"


class NothingToFitError(FittingError):
    """No sentence answers any of the labelled questions."""

    key = "nothing_to_fit"
