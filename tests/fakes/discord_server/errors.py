"""What the fake answers when a rule is broken, and what it tells a test that asks for the impossible.

Exception
├── ApiError        an HTTP error in Discord's shape; the middleware turns it into a response
└── AssertionError
    ├── Misuse      a test did what Discord's own client would not let its user do
    └── NeverHappened   a test waited for something in vain
"""

from collections.abc import Sized
from dataclasses import dataclass, field
from typing import Any, Self

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as Discord documents it: HTTP status, JSON error code and sentence."""

    status: int
    code: int
    message: str


UNAUTHORIZED = Refusal(401, 0, "401: Unauthorized")
UNKNOWN_CHANNEL = Refusal(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Refusal(404, 10004, "Unknown Guild")
UNKNOWN_MESSAGE = Refusal(404, 10008, "Unknown Message")
UNKNOWN_USER = Refusal(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Refusal(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Refusal(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = Refusal(404, 10063, "Unknown application command")
UNKNOWN_APPLICATION = Refusal(404, 10002, "Unknown Application")
TOO_MANY_CREATES = Refusal(400, 30034, "Max number of daily application command creates has been reached (200)")
TOO_LARGE = Refusal(413, 40005, "Request entity too large")
ALREADY_ACKNOWLEDGED = Refusal(400, 40060, "Interaction has already been acknowledged.")
MISSING_ACCESS = Refusal(403, 50001, "Missing Access")
NOT_THE_AUTHOR = Refusal(403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = Refusal(400, 50006, "Cannot send an empty message")
CLOSED_TO_BOT = Refusal(403, 50007, "Cannot send messages to this user")
MISSING_PERMISSIONS = Refusal(403, 50013, "Missing Permissions")
INVALID_TOKEN = Refusal(401, 50027, "Invalid Webhook Token")
INVALID_FORM = Refusal(400, 50035, "Invalid Form Body")
NO_HISTORY = Refusal(400, 160002, "Cannot reply without permission to read message history")
INVALID_JSON = Refusal(400, 50109, "The request body contains invalid JSON.")


class ApiError(Exception):
    """An HTTP error, with the tree of faulty fields where Discord sends one."""

    def __init__(self, refusal: Refusal, errors: JsonObject | None = None) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
        self.errors = errors

    def body(self) -> JsonObject:
        """The JSON body: ``message``, ``code`` and, for an invalid form, ``errors``."""
        body: JsonObject = {"message": self.refusal.message, "code": self.refusal.code}
        return body | {"errors": self.errors} if self.errors else body


class Misuse(AssertionError):  # noqa: N818  # it is a failed assertion about the test itself
    """A test asked for what Discord would not offer its user."""


class NeverHappened(AssertionError):  # noqa: N818  # it is a failed assertion
    """Something a test waited for did not come in time."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Everything wrong with one form, gathered so that Discord's answer can name every field at once.

    A cursor: ``at`` moves to a field, the checks speak about where they stand, all cursors share one tree.
    """

    tree: JsonObject = field(default_factory=dict)
    path: tuple[str, ...] = ()

    def at(self, *steps: str | int) -> Self:
        """The same problems, seen from a field below."""
        return type(self)(self.tree, (*self.path, *map(str, steps)))

    def refuse(self, code: str, message: str) -> None:
        """Note one problem with the field where the cursor stands."""
        node = self.tree
        for step in self.path:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def require(self, form: JsonObject, key: str) -> bool:
        """Whether a field is there; where it is not, that is a problem."""
        if form.get(key) not in (None, ""):
            return True
        self.at(key).refuse("BASE_TYPE_REQUIRED", "This field is required")
        return False

    def length(self, form: JsonObject, key: str, most: int, least: int = 0) -> int:
        """The length of a text without the white space around it, in code points; 0 where there is none."""
        value = form.get(key)
        if value is None:
            return 0
        if not isinstance(value, str):
            self.at(key).refuse("STRING_TYPE_CONVERT", "Could not interpret the value as string.")
            return 0
        length = len(value.strip())
        self.at(key).within(length, most, least)
        return length

    def count(self, items: Sized, most: int, least: int = 0) -> None:
        """Check how many items stand in the list where the cursor stands."""
        self.within(len(items), most, least)

    def within(self, size: int, most: int, least: int = 0) -> None:
        """Check a size, in the words Discord uses for texts and lists alike."""
        if least <= size <= most:
            return
        if least:
            self.refuse("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.refuse("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def choice(self, value: object, allowed: frozenset[int]) -> bool:
        """Check a number that has to be one of a few."""
        if value in allowed:
            return True
        self.refuse("BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, sorted(allowed)))}}}.")
        return False

    def raise_if_any(self) -> None:
        """Raise ``ApiError`` 50035 with the whole tree when there was any problem."""
        if self.tree:
            raise ApiError(INVALID_FORM, self.tree)
