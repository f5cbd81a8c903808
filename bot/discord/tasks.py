"""What becomes of each thing that is asked for: a command, a press of a button, a message. No Discord here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.commands import ask, quote
from bot.commands.command import AnyCommand, Context, Values, Who
from bot.commands.registry import Registry
from bot.discord.buttons import around, asked, further, leaf, under_answer
from bot.discord.ids import CITE, CONTEXT, MORE, WHICH, WHY, Around, Cite, More, Press, Why, chosen
from bot.discord.limits import LIST_ROOM
from bot.discord.message import Message
from bot.errors.serving import EmptyMessageError
from bot.publishing.database import log_unread
from bot.publishing.keeper import Keeper
from bot.saying.compose import help_reply
from bot.saying.references import references_reply
from bot.saying.templates import Templates
from bot.saying.verdicts import page_reply
from bot.saying.why import explanation_reply
from bot.service.findings import Refreshed
from bot.service.snapshot import Asked, Snapshot
from corpus.cited import CitedPassage
from retrieval.errors import EmptyQuestionError, QuestionError
from retrieval.question import Question
from retrieval.quotation.prose import quotations

Work = Callable[[], Message]
MOST_QUOTATIONS = 20  # ours: of one message


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person asks for; every one counts against the limits.

    ``begin`` is cheap and raises what the person is then told in private; what it gives is the work, which may take
    long and is done in a thread. Between the two the reports may change: both are of the snapshot that ``begin`` took.
    ``private`` is who sees the answer. A ``notice`` says the same each time: in public it is said once in a while. A
    task for ``moderators`` is refused to others and may take minutes.
    """

    name: str
    begin: Callable[[], Work]
    private: bool = False
    notice: bool = False
    moderators: bool = False


@dataclass(frozen=True, slots=True)
class Tasks:
    """Makes the tasks of one bot."""

    keeper: Keeper
    templates: Templates
    registry: Registry = field(default_factory=Registry)

    def of(self, command: AnyCommand, values: Values, actor: str) -> Task:
        """What a command does; ``actor`` is who is on record for what it does to the corpus."""

        def begin() -> Work:
            context = self._context(actor)
            work = command.begin(context, values)
            return lambda: self._message(command, context, work())

        is_private = command.is_private or values.flag("private")
        return Task(command.verb, begin, private=is_private, moderators=command.who is Who.MODERATORS)

    def ask_about(self, message: str) -> Task:
        """Answer what somebody has written, for the eyes of whoever wants to know."""
        if not message.strip():
            return Task("ask", _refuse_empty_message, private=True)
        return self._ask(message, private=True)

    def check_quotes(self, message: str) -> Task:
        """Check what somebody has quoted, or the whole message where nothing is, for whoever wants to know."""

        def begin() -> Work:
            context = self._context("")
            if not message.strip():
                raise EmptyMessageError
            work = None if any(quotations(message)) else quote.COMMAND.begin(context, Values({"text": message}))
            snapshot = context.snapshot
            return lambda: self._message(quote.COMMAND, context, work()) if work else self._page(snapshot, message)

        return Task("quote", begin, private=True)

    def hear(self, message: str) -> Task:
        """Answer a message that was meant for the bot; one that asks nothing is told how to."""
        try:
            return self._ask(Question.parse(message), private=False)
        except EmptyQuestionError:
            return Task(
                "help", lambda: lambda: Message.of(help_reply(self.templates), self.templates), True, notice=True
            )
        except QuestionError:
            return self._ask(message, private=False)  # it will be told what is wrong

    def press(self, custom_id: str, first_text: str, values: Sequence[str] = ()) -> Task:
        """Do what a button or a menu asks for; ``first_text`` is the first text of its message, as Markdown, ``values``
        what was chosen in a menu."""
        if custom_id.startswith(WHY):
            return Task("explain", lambda: self._explain(Why.parse(custom_id), first_text), private=True)
        if custom_id.startswith(WHICH):  # whoever sees the message with the menu sees the answer
            return Task("choose", lambda: self._choose(chosen(custom_id, values), first_text))
        if custom_id.startswith(CONTEXT):
            return Task("context", lambda: self._around(Around.parse(custom_id)), private=True)
        if custom_id.startswith(CITE):
            return Task("cite", lambda: self._cite(Cite.parse(custom_id)), private=True)
        if custom_id.startswith(MORE):
            return Task("more", lambda: self._more(More.parse(custom_id), first_text), private=True)
        return Task("press", lambda: self._leaf_through(Press.parse(custom_id)), private=True)

    def _ask(self, question: str | Question, *, private: bool) -> Task:
        """Ask all reports."""

        def begin() -> Work:
            asking = self.keeper.service.snapshot().ask(question)
            return lambda: self._answer(asking)

        return Task("ask", begin, private=private)

    def _choose(self, report: str, first_text: str) -> Work:
        """Ask the question of a message again, of the report that was chosen."""
        asking = self.keeper.service.snapshot().ask(asked(first_text), report)
        return lambda: self._answer(asking)

    def _explain(self, why: Why, first_text: str) -> Work:
        """Say why an answer's excerpts were chosen: its question is asked again, of the edition that is live now."""
        asking = self.keeper.service.snapshot().ask(asked(first_text), why.report)

        def work() -> Message:
            explained = asking.consider().explained
            answer = explained.answer
            facts = {"outcome": str(answer.outcome), "edition": answer.edition, "was": why.edition}
            return Message.of(explanation_reply(self.templates, explained, why.edition), self.templates, facts)

        return work

    def _around(self, pressed: Around) -> Work:
        """Show a passage between its neighbours."""
        snapshot = self.keeper.service.snapshot()

        def work() -> Message:
            cited = snapshot.passage(pressed.citation)
            return replace(around(self.templates, cited, pressed), facts=self.registry["passage"].facts(cited))

        return work

    def _cite(self, cite: Cite) -> Work:
        """Give the reference to a passage."""
        snapshot = self.keeper.service.snapshot()

        def work() -> Message:
            cited = snapshot.passage(cite.citation)
            facts = self.registry["passage"].facts(cited)
            return Message.of(references_reply(self.templates, cited), self.templates, facts)

        return work

    def _more(self, more: More, first_text: str) -> Work:
        """Show the excerpts behind those of an answer: its question is asked again, as for ``_explain``."""
        asking = self.keeper.service.snapshot().ask(asked(first_text), more.report)

        def work() -> Message:
            considered = asking.consider()
            facts = {"outcome": "more", "edition": considered.answer.edition, "was": more.edition}
            return replace(further(self.templates, considered, more), facts=facts)

        return work

    def _leaf_through(self, press: Press) -> Work:
        """Show a passage, from where the page before it ended."""
        snapshot = self.keeper.service.snapshot()
        return lambda: self._leaf(snapshot.passage(press.citation), press.offset)

    def _answer(self, asking: Asked) -> Message:
        found = ask.Found(asking.consider())
        return self._message(ask.COMMAND, self._context(""), found)

    def _message(self, command: AnyCommand, context: Context, found: object) -> Message:
        """What was found, as Discord shows it, with the buttons that only Discord has."""
        if isinstance(found, CitedPassage):
            return self._leaf(found, 0)
        if isinstance(found, Refreshed):
            log_unread(self.templates, found.reading)
        message = Message.of(command.reply(context, found), self.templates, command.facts(found))
        if not isinstance(found, ask.Found):
            return message
        return replace(message, buttons=(*message.buttons, *under_answer(self.templates, found.considered)))

    def _page(self, snapshot: Snapshot, message: str) -> Message:
        """All quotations of a message."""
        lines = [one for one, _ in islice(quote.page(snapshot, self.templates, message), MOST_QUOTATIONS)]
        wrong = sum(not one.is_true for one in lines)
        edition = snapshot.live.edition.label
        facts = {"outcome": "quotations", "edition": edition, "quotations": len(lines), "wrong": wrong}
        return Message.of(page_reply(self.templates, lines, edition), self.templates, facts)

    def _leaf(self, cited: CitedPassage, offset: int) -> Message:
        facts = self.registry["passage"].facts(cited)
        return replace(leaf(self.templates, cited, offset), facts=facts)

    def _context(self, actor: str) -> Context:
        return Context(
            take=self.keeper.service.snapshot, upkeep=self.keeper, templates=self.templates, actor=actor, room=LIST_ROOM
        )


def _refuse_empty_message() -> Work:
    raise EmptyMessageError
