"""Why a line of ``--jsonl`` cannot be answered: leaves of the tree that ``bot.errors`` draws."""

from bot.errors import BotError


class LineError(BotError):
    """A line of ``--jsonl`` cannot be answered; the run goes on with the next."""


class LongLineError(LineError):
    """A line is longer than it may be. Fields: ``limit``, in bytes."""

    key = "long_line"


class NotJsonError(LineError):
    """A line is not JSON in UTF-8."""

    key = "not_json"


class NotObjectError(LineError):
    """A line is JSON, but no object."""

    key = "not_object"


class NotTextError(LineError):
    """A field of a line is missing or is not text. Fields: ``field``."""

    key = "not_text"


class BadIdError(LineError):
    """The id of a line is a list or an object, by which nobody tells lines apart."""

    key = "bad_id"
