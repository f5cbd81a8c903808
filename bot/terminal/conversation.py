"""What the last answer of a chat can still be asked for: why, the context, the reference, more excerpts.

The excerpts of an answer are numbered as they are shown, those behind them go on counting. Everything shown is what
Discord's buttons show. In memory only, until the next answer.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.commands.command import Context
from bot.errors.usage import NoExcerptError, NothingAnsweredError
from bot.saying.answers import PAGE, more_reply
from bot.saying.passages import context_reply
from bot.saying.references import Form, references_reply
from bot.saying.reply import Quote, Reply
from bot.service.turns import Turns
from retrieval.answer import Excerpt
from retrieval.considered import Considered
from retrieval.turn import Turn

MORE, WHY, CONTEXT, CITE = "more", "why", "context", "cite"
COMMANDS = (WHY, CONTEXT, CITE, MORE)
_FORMS = tuple(Form)


class Conversation:
    """The last answer of a chat, and how many of its excerpts have been shown."""

    def __init__(self) -> None:
        self._last: Considered | None = None
        self._shown = 0
        self._turns = Turns()

    @property
    def before(self) -> Turn | None:
        """What the next question may lean on; it is forgotten sooner than the answer."""
        return self._turns.before(self)

    def keep(self, considered: Considered) -> None:
        """Take an answer as the one that is spoken of from now on."""
        self._last, self._shown = considered, considered.answer.shown
        self._turns.keep(self, considered.turn)

    def asked(self, typed: str) -> "Callable[[Context], Reply] | None":
        """What a line asks of the last answer; ``None`` for any other line: "why was it closed?" is a question.

        What it gives raises ``NothingAnsweredError`` where there is no answer yet, and ``NoExcerptError``.
        """
        slash, (name, *words) = typed.startswith("/"), typed.casefold().split()
        name = name.removeprefix("/")
        if name not in COMMANDS or len(words) > 2 or (self._last is None and not slash):
            return None
        number = words[0] if words and words[0].isdecimal() else ""
        rest = words[1:] if number else words
        form = next((one for one in _FORMS if name == CITE and rest == [one.value]), None)
        if (rest and form is None) or (name == MORE and words) or (name == WHY and not number and not slash):
            return None  # "why?" alone is asked of the report: see ``retrieval.followup``
        return lambda context: self._reply(context, name, int(number or 1), form)

    def _reply(self, context: Context, name: str, number: int, form: Form | None) -> Reply:
        if self._last is None:
            raise NothingAnsweredError
        if name == MORE:
            return self._more(context, self._last)
        excerpts = self._last.excerpts
        if name == WHY:
            excerpts = excerpts[: len(self._last.explained.explanations)]
        if not 1 <= number <= len(excerpts):
            raise NoExcerptError(number=number, n=len(excerpts))
        if name == WHY:
            from bot.saying.why import excerpt_reply  # 160 ms: for who asks why

            return excerpt_reply(context.templates, self._last.explained, number - 1)
        excerpt = excerpts[number - 1]
        cited = context.snapshot.passage(str(excerpt.citation))
        return references_reply(context.templates, cited, form) if name == CITE else self._around(context, excerpt)

    def _around(self, context: Context, excerpt: Excerpt) -> Reply:
        cited = context.snapshot.passage(str(excerpt.citation))
        return context_reply(context.templates, cited, excerpt.span)

    def _more(self, context: Context, last: Considered) -> Reply:
        skipped = self._shown
        self._shown = min(skipped + PAGE, len(last.excerpts))
        return numbered(more_reply(context.templates, last, skipped), skipped + 1)


def numbered(reply: Reply, first: int = 1) -> Reply:
    """The reply with its quotes numbered, from ``first`` on."""
    number, parts = first, []
    for part in reply.parts:
        if isinstance(part, Quote):
            part = replace(part, number=number)  # the same quote with its number
            number += 1
        parts.append(part)
    return replace(reply, parts=tuple(parts))
