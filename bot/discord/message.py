"""What goes to Discord: one page of Markdown with its buttons. No Discord here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.discord.ids import Add, Around, Ask, Button, Prune
from bot.discord.page import Page, page
from bot.saying.reply import Enclosure, Menu, Reply
from bot.saying.templates import Templates


@dataclass(frozen=True, slots=True)
class Message:
    """A message before it is drawn: its page, its buttons, a menu, and a file that goes with it.

    ``posted`` is what all who read the channel are to see besides, where this one is for its reader alone.
    ``facts`` are what the log line of the request says of it, never the words of the question.
    """

    page: Page
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    enclosure: Enclosure | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    posted: "Message | None" = None

    @classmethod
    def of(cls, reply: Reply, templates: Templates, facts: Mapping[str, object] | None = None) -> "Message":
        """As much of ``reply`` as fits into one message, with buttons to what stands around what it quotes, for the
        questions it suggests, and for what can be added or dropped."""
        lookups = (Button(one.label, str(Around(one.citation, one.span))) for one in reply.lookups)
        asks = (Button(one.question, str(Ask(one.question, one.report))) for one in reply.suggestions)
        adds = (Button(one.label, str(Add(one.word, one.means))) for one in (reply.addition,) if one)
        drops = (Button(one.label, str(Prune(one.days))) for one in (reply.removal,) if one)
        buttons = (*lookups, *asks, *adds, *drops)
        return cls(page(reply, templates), buttons, reply.menu, enclosure=reply.enclosure, facts=facts or {})
