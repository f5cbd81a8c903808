"""What can be wrong with single words of a command: leaves of the tree that ``bot.errors`` draws, exit code 2."""

from bot.errors import UsageError


class UnknownWordError(UsageError):
    """There is no such command, option or action. Fields: ``typed``, ``known``, ``command``."""

    key = "unknown_word"


class MisspeltWordError(UnknownWordError):
    """There is none so, but one that is nearly the same. Fields: ``typed``, ``nearest``, ``command``."""

    key = "misspelt_word"


class MissingArgumentError(UsageError):
    """An argument is missing. Fields: ``argument``, ``command``."""

    key = "missing_argument"


class MissingValueError(UsageError):
    """An option lacks its value. Fields: ``option``, ``command``."""

    key = "missing_value"


class BadNumberError(UsageError):
    """A value is no whole number, or below the ``least``. Fields: ``option``, ``value``, ``least``."""

    key = "bad_number"


class EmptyPlaceError(UsageError):
    """An empty name is given where a folder or a file is to be named. Fields: ``option``."""

    key = "empty_place"


class ApartError(UsageError):
    """Two options do not go together. Fields: ``option``, ``other``, ``command``."""

    key = "apart"


class NothingAnsweredError(UsageError):
    """There is no answer with excerpts that could be asked on about."""

    key = "nothing_answered"


class NoExcerptError(UsageError):
    """The last answer has no excerpt of that number. Fields: ``number``, ``n``."""

    key = "no_excerpt"


class UnknownFormError(UsageError):
    """A reference is not written in that form. Fields: ``typed``, ``known``."""

    key = "unknown_form"


class SurplusError(UsageError):
    """Words that a command can do nothing with. Fields: ``typed``, ``command``."""

    key = "surplus"
