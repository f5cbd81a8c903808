"""What is wrong with a question, as one branch of the project's tree.

RapporteurError
└── QuestionError
    ├── EmptyQuestionError      nothing but white space, or nothing at all
    ├── LongQuestionError       more characters than a question may have
    └── WordlessQuestionError   punctuation or symbols, but no word
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
