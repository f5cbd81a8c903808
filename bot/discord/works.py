"""The work behind each task: what is asked for, as one message in the language of whoever reads it. No Discord here.

Each method is cheap and raises what the person is then told; what it gives is the work, which may take long and is done
in a thread. Both are of one snapshot, whatever is refreshed between them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from bot.commands import ask, quote
from bot.commands.command import AnyCommand, Context, Server, Values
from bot.commands.registry import Registry
from bot.discord.buttons import around, further, leaf, shown_in, under_answer
from bot.discord.following import Place, Under, turn_of, turn_under
from bot.discord.ids import (
    CITE,
    CONTEXT,
    FORGET,
    MORE,
    SUMMARISE,
    WHY,
    About,
    Add,
    Around,
    Ask,
    Button,
    Cite,
    More,
    Press,
    Prune,
    Summarise,
    Why,
    chosen,
)
from bot.discord.limits import LIST_ROOM
from bot.discord.message import Message
from bot.errors.serving import EmptyMessageError
from bot.publishing.database import log_unread
from bot.publishing.keeper import Keeper
from bot.saying.compose import help_reply, hushed_reply
from bot.saying.references import references_reply
from bot.saying.templates import Templates, of_log
from bot.saying.verdicts import page_reply
from bot.saying.why import explanation_reply
from bot.service.findings import Refreshed
from bot.service.snapshot import Asked, Snapshot
from bot.service.turns import Turns
from bot.service.unanswered import Unanswered
from corpus.citation import CitedPassage
from retrieval.following.turn import Turn
from retrieval.question.asked import Question
from retrieval.quotation.prose import quotations

Work = Callable[[], Message]
MOST_QUOTATIONS = 20  # ours: of one message


@dataclass(frozen=True, slots=True)
class Works:
    """Makes messages in the language of ``templates``. ``turns`` are what was asked last, in which a ``place`` is one
    where a question may lean on the one before. ``unanswered`` takes note of what found nothing; ``server`` is that in
    which something is asked."""

    keeper: Keeper
    templates: Templates
    registry: Registry
    turns: Turns = field(default_factory=Turns)
    unanswered: Unanswered = field(default_factory=Unanswered)
    place: Place | None = None
    server: Server | None = None

    def of(self, command: AnyCommand, values: Values, actor: str) -> Work:
        """What a command does; ``actor`` is who is on record for what it does to the corpus."""
        context = self._context(actor)
        work = command.begin(context, values)
        return lambda: self._message(command, context, self._kept(work()))

    def ask(self, question: str | Question, under: Under | None = None) -> Work:
        """Ask all reports. What is asked may lean on the message that it replies to, else on what was asked before."""
        snapshot = self.keeper.service.snapshot()
        before = (turn_under(snapshot, under) if under else None) or self._before
        asking = snapshot.ask(question, None, before)
        return lambda: self._answer(asking, forgot=asking.forgot if before or self.place else "")

    def ask_under(self, custom_id: str, question: str, under: Under) -> Work:
        """Ask about an answer what was typed into its form: the report that answered, near what answered."""
        snapshot, parsed = self.keeper.service.snapshot(), Question.parse(question)
        turn = turn_of(snapshot, About.parse(custom_id), under.shows)
        asking = snapshot.ask(parsed, turn.report, turn)
        return lambda: self._answer(asking, forgot=asking.forgot)

    def help(self) -> Work:
        """Say how to ask."""
        return partial(Message.of, help_reply(self.templates), self.templates)

    def hushed(self) -> Work:
        """Say that answers are private there, and how to ask."""
        return partial(Message.of, hushed_reply(self.templates), self.templates)

    def check_quotes(self, message: str) -> Work:
        """Check what somebody has quoted, or the whole message where nothing is."""
        context = self._context("")
        if not message.strip():
            raise EmptyMessageError
        work = None if any(quotations(message)) else quote.COMMAND.begin(context, Values({"text": message}))
        snapshot = context.snapshot
        return lambda: self._message(quote.COMMAND, context, work()) if work else self._page(snapshot, message)

    def choose(self, custom_id: str, values: Sequence[str], shows: str) -> Work:
        """Ask the question of a message again, of the report that was chosen."""
        asking = self.keeper.service.snapshot().ask(shown_in(shows).asked, chosen(custom_id, values))
        return lambda: self._answer(asking)

    def pressed(self, custom_id: str, shows: str) -> Work:
        """What a button asks for; ``shows`` is the text of its message."""
        if custom_id.startswith(WHY):
            return self._explain(Why.parse(custom_id), shows)
        if custom_id.startswith(CONTEXT):
            return self._around(Around.parse(custom_id))
        if custom_id.startswith(CITE):
            return self._cite(Cite.parse(custom_id))
        if custom_id.startswith(MORE):
            return self._more(More.parse(custom_id), shows)
        return self._leaf_through(Press.parse(custom_id))

    def add(self, custom_id: str, actor: str) -> Work:
        """Add the equivalent that a button offers to."""
        one = Add.parse(custom_id)
        given = Values({"word": one.word, "means": one.means, "apply": True})
        return self.of(self.registry["corpus equivalent"], given, actor)

    def prune(self, custom_id: str, actor: str) -> Work:
        """Drop the editions that a button offers to drop."""
        given = Values({"days": Prune.parse(custom_id).days, "apply": True})
        return self.of(self.registry["corpus prune"], given, actor)

    def offered(self, custom_id: str) -> Work:
        """Ask what a button offers to ask, or sum up the report that it offers to."""
        if custom_id.startswith(SUMMARISE):
            return self.of(self.registry["summary"], Values({"report": Summarise.parse(custom_id).report}), "")
        offered = Ask.parse(custom_id)
        asking = self.keeper.service.snapshot().ask(offered.question, offered.report)
        return lambda: self._answer(asking)

    def _explain(self, why: Why, shows: str) -> Work:
        """Say why an answer's excerpts were chosen: its question is asked again, of the edition that is live now."""
        shown = shown_in(shows)
        asking = self.keeper.service.snapshot().ask(shown.asked, why.report)

        def work() -> Message:
            explained = asking.consider().explained
            answer = shown.of(explained.answer)
            explained = replace(explained, answer=answer)
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

    def _more(self, more: More, shows: str) -> Work:
        """Show the excerpts behind those of an answer: its question is asked again, as for ``_explain``."""
        shown = shown_in(shows)
        asking = self.keeper.service.snapshot().ask(shown.asked, more.report)

        def work() -> Message:
            considered = asking.consider()
            considered = replace(considered, answer=shown.of(considered.answer))
            facts = {"outcome": "more", "edition": considered.answer.edition, "was": more.edition}
            return replace(further(self.templates, considered, more), facts=facts)

        return work

    def _leaf_through(self, press: Press) -> Work:
        """Show a passage, from where the page before it ended."""
        snapshot = self.keeper.service.snapshot()
        return lambda: self._leaf(snapshot.passage(press.citation), press.offset)

    def _answer(self, asking: Asked, *, forgot: str = "") -> Message:
        found = self._kept(ask.Found(asking.consider(), forgot=forgot))
        return self._message(ask.COMMAND, self._context(""), found)

    @property
    def _before(self) -> Turn | None:
        return self.turns.before(self.place) if self.place else None

    def _kept(self, found: object) -> object:
        """What was found; an answer is remembered as the last in its place, and noted where it is none."""
        if isinstance(found, ask.Found):
            self.unanswered.note(found.considered.answer)
            if self.place is not None:
                self.turns.keep(self.place, found.considered.turn)
        return found

    def _message(self, command: AnyCommand, context: Context, found: object) -> Message:
        """What was found, as Discord shows it, with the buttons that only Discord has."""
        if isinstance(found, CitedPassage):
            return self._leaf(found, 0)
        if isinstance(found, Refreshed):
            log_unread(of_log(), found.reading)
        message = Message.of(command.reply(context, found), self.templates, command.facts(found))
        if command.name == "about":
            delete = Button(self.templates("discord.forget"), FORGET)
            return replace(message, buttons=(*message.buttons, delete))
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
            take=self.keeper.service.snapshot,
            upkeep=self.keeper,
            templates=self.templates,
            actor=actor,
            room=LIST_ROOM,
            before=self._before,
            remembers=self.place is not None,
            server=self.server,
            keeps=self.unanswered.days,
        )
