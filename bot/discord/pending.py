"""A request under way: what its one log line will say, and what is still owed to whoever asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.discord.courier import Components, DeliveryError, RefusedError, TakenError
from bot.saying.reply import Enclosure
from bot.saying.templates import Templates

Reach = Callable[..., Awaitable[None]]  # with the components, and after them a file where there is one


@dataclass(slots=True)
class Log:
    """What is known of a request so far.

    ``templates`` say what goes wrong; ``reach`` is the way to whoever asked, if it is open; ``answer`` what goes there,
    once it is known, with its ``enclosure``; ``refusal`` Discord's code where it did not take that.
    """

    task: str
    via: str
    templates: Templates
    facts: dict[str, object] = field(default_factory=dict)
    reach: Reach | None = None
    answer: Components | None = None
    enclosure: Enclosure | None = None
    refusal: int = 0

    def note(self, error: DeliveryError) -> None:
        """Note an answer that did not get to its person; there is nobody left to tell."""
        self.refusal = error.code if isinstance(error, RefusedError) else 0
        taken = isinstance(error, TakenError)
        self.facts["undelivered"] = "answered elsewhere" if taken else str(error) or type(error).__name__
