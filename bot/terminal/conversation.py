"""What the last answer of a chat can still be asked for: why, the context, the reference, more excerpts.

The excerpts of an answer are numbered as they are shown, those behind them go on counting. Everything shown is what
Discord's buttons show. In memory only, until the next answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.commands.command import Context
from bot.errors.usage import NoExcerptError, NothingAnsweredError, UnknownFormError
from bot.saying.answers import PAGE, more_reply
from bot.saying.passages import context_reply
from bot.saying.references import Form, references_reply
from bot.saying.reply import Quote, Reply
from bot.saying.templates import Templates
from bot.service.turns import Turns
from retrieval.considered import Considered
from retrieval.following.turn import Turn

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

    def asked(self, typed: str, templates: Templates) -> "Callable[[Context], Reply] | None":
        """What a line asks of the last answer; ``None`` for any other line: "why was it closed?" is a question.

        What it gives raises ``NothingAnsweredError`` where there is no answer with excerpts, ``NoExcerptError`` and
        ``UnknownFormError``.
        """
        slash, (first, *words) = typed.startswith("/"), typed.casefold().rstrip(".?! ").split() or [""]
        name = _named(templates).get(first.removeprefix("/"), "")
        number = words[0] if words and words[0].isdecimal() else ""
        rest = words[1:] if number else words
        is_form = name == CITE and len(rest) == 1 and (bool(number) or rest[0] in _FORMS)
        is_bare = not number and not slash and (name == WHY or self._last is None)
        if not name or (rest and not is_form) or (name == MORE and words) or is_bare:
            return None  # "why?" alone is asked of the report: see ``retrieval.following.followup``
        return lambda context: self._reply(context, name, int(number or 1), form=rest[0] if rest else "")

    def _reply(self, context: Context, name: str, number: int, *, form: str) -> Reply:
        if self._last is None or not self._last.excerpts:
            raise NothingAnsweredError
        if form and form not in _FORMS:
            raise UnknownFormError(typed=form, known=", ".join(_FORMS))
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
        if name == CONTEXT:
            return context_reply(context.templates, cited, excerpt.span)
        return references_reply(context.templates, cited, Form(form) if form else None)

    def _more(self, context: Context, last: Considered) -> Reply:
        skipped = self._shown
        self._shown = min(skipped + PAGE, len(last.excerpts))
        return numbered(more_reply(context.templates, last, skipped), skipped + 1)


def _named(templates: Templates) -> Mapping[str, str]:
    """What these are called, in all languages and in the reader's."""
    own = {templates.called("command", name) or name: name for name in COMMANDS}
    return {**own, **{name: name for name in COMMANDS}}


def numbered(reply: Reply, first: int = 1) -> Reply:
    """The reply with its quotes numbered, from ``first`` on."""
    number, parts = first, []
    for part in reply.parts:
        if isinstance(part, Quote):
            part = replace(part, number=number)  # the same quote with its number
            number += 1
        parts.append(part)
    return replace(reply, parts=tuple(parts))
