"""What each command does, as values: what has to hold first, and the work that gives a reply. No Discord here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.discord.buttons import WHY, Press, Why, asked, chosen, leaf
from bot.discord.page import LIST_ROOM, Page, page
from bot.discord.preview import Preview
from bot.errors.serving import EmptyMessageError
from bot.publishing.database import log_unread
from bot.publishing.keeper import Keeper
from bot.saying.answers import WHICH, answer_reply
from bot.saying.compose import about_reply, help_reply, refresh_reply, reports_reply, status_reply, summary_reply
from bot.saying.reply import Action, Enclosure, Menu, Reply
from bot.saying.templates import Templates
from bot.saying.why import explanation_reply
from bot.service.service import DEFAULT_SUMMARY, Service
from corpus.citation import Citation
from corpus.errors import UnknownReportError
from retrieval.answer import Excerpt
from retrieval.errors import EmptyQuestionError, QuestionError
from retrieval.question import Question


@dataclass(frozen=True, slots=True)
class Done:
    """A finished piece of work: what to show, and what its log line says of it, never the words of the question.

    ``enclosure`` is a file that goes with the answer to a command.
    """

    page: Page
    actions: tuple[Action, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    menu: Menu | None = None
    enclosure: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person asks for; every one counts against the limits.

    ``checks`` are cheap and raise what the person is then told in private. ``work`` may take long and is done in a
    thread. ``private`` is who sees the answer. A ``notice`` says the same each time: in public it is said once in a
    while. A task for ``moderators`` is refused to others and may take minutes.
    """

    name: str
    work: Callable[[], Done]
    checks: tuple[Callable[[], object], ...] = ()
    private: bool = False
    notice: bool = False
    moderators: bool = False

    def require(self) -> None:
        """Raise what stands in the way of the work."""
        for check in self.checks:
            check()


@dataclass(frozen=True, slots=True)
class Tasks:
    """Makes the tasks of one bot."""

    keeper: Keeper
    words: Templates

    @property
    def service(self) -> Service:
        """What answers."""
        return self.keeper.service

    def ask(self, question: str, report: str | None, *, private: bool) -> Task:
        """Answer a question."""

        def work() -> Done:
            return self._answer(question, report)

        checks: list[Callable[[], object]] = [lambda: Question.parse(question), self.service.require_ready]
        if report is not None:
            checks.append(lambda: self.service.choose(report))
        return Task("ask", work, tuple(checks), private=private)

    def ask_about(self, message: str) -> Task:
        """Answer what somebody has written, for the eyes of whoever wants to know."""
        if not message.strip():
            return Task("ask", _refuse_empty_message, (_refuse_empty_message,), private=True)
        return self.ask(message, None, private=True)

    def hear(self, message: str) -> Task:
        """Answer a message that was meant for the bot; one that asks nothing is told how to."""
        try:
            Question.parse(message)
        except EmptyQuestionError:
            return self.help()
        except QuestionError:
            pass  # the task's own check will say it
        return self.ask(message, None, private=False)

    def summarise(self, report: str | None, about: str | None, length: int | None) -> Task:
        """Sum a report up."""

        def work() -> Done:
            summary = self.service.summarise(report, about, DEFAULT_SUMMARY if length is None else length)
            facts = {"outcome": "summary", "edition": summary.edition, "passages": _ids(summary.excerpts)}
            return self._done(summary_reply(self.words, summary), facts)

        checks: list[Callable[[], object]] = [self.service.require_ready, lambda: self.service.choose(report)]
        if about is not None:
            checks.append(lambda: Question.parse(about))
        return Task("summary", work, tuple(checks))

    def look_up(self, citation: str) -> Task:
        """Show the passage that a citation names."""
        checks = (self.service.require_ready, lambda: Citation.parse(citation))
        return Task("passage", lambda: self._leaf(citation, 0), checks, private=True)

    def press(self, custom_id: str, first_text: str, values: Sequence[str] = ()) -> Task:
        """Do what a button or a menu asks for; ``first_text`` is the first text of its message, as Markdown, ``values``
        what was chosen in a menu."""
        if custom_id.startswith(WHY):
            return self._explain(custom_id, first_text)
        if custom_id.startswith(WHICH):
            return self._choose(custom_id, first_text, values)

        def work() -> Done:
            press = Press.parse(custom_id)
            return self._leaf(press.citation, press.offset)

        return Task("press", work, (lambda: Press.parse(custom_id), self.service.require_ready), private=True)

    def _choose(self, custom_id: str, first_text: str, values: Sequence[str]) -> Task:
        """Ask the question of a message again, of the report that was chosen; whoever sees that message sees this."""

        def report() -> str:
            return self.service.choose(chosen(custom_id, values)).id

        checks = (lambda: chosen(custom_id, values), lambda: asked(first_text), self.service.require_ready, report)
        return Task("choose", lambda: self._answer(asked(first_text), report()), checks)

    def _answer(self, question: str | Question, report: str | None) -> Done:
        reports = self.service.asked(report)
        answer = self.service.answer(question, report)
        shown = answer.excerpts[: answer.shown]
        facts = {"outcome": str(answer.outcome), "edition": answer.edition, "passages": _ids(shown)}
        reply = answer_reply(self.words, answer, reports)
        if shown:
            why = Why(answer.edition, reports[0].id if report is not None else None)
            reply = replace(reply, actions=(*reply.actions, Action(self.words("discord.why"), str(why))))
        return self._done(reply, facts)

    def _explain(self, custom_id: str, first_text: str) -> Task:
        """Say why an answer's excerpts were chosen: its question is asked again, of the edition that is live now."""

        def work() -> Done:
            why = Why.parse(custom_id)
            reports = self.service.asked(why.report)
            explained = self.service.explain(asked(first_text), why.report)
            answer = explained.answer
            facts = {"outcome": str(answer.outcome), "edition": answer.edition, "was": why.edition}
            return self._done(explanation_reply(self.words, explained, reports, why.edition), facts)

        checks: tuple[Callable[[], object], ...] = (
            lambda: Why.parse(custom_id),
            lambda: asked(first_text),
            self.service.require_ready,
            lambda: self.service.asked(Why.parse(custom_id).report),
        )
        return Task("explain", work, checks, private=True)

    def reports(self) -> Task:
        """List the reports."""

        def work() -> Done:
            return self._done(reports_reply(self.words, self.service.reports(), LIST_ROOM))

        return Task("reports", work, (self.service.require_ready,), private=True)

    def about(self) -> Task:
        """Say what the bot is and what it keeps."""
        return Task("about", lambda: self._done(about_reply(self.words)), private=True)

    def help(self) -> Task:
        """Say how to ask."""
        return Task("help", lambda: self._done(help_reply(self.words)), private=True, notice=True)

    def status(self) -> Task:
        """Say what is live."""

        def work() -> Done:
            return self._done(status_reply(self.words, self.service.status(), room=LIST_ROOM))

        return Task("status", work, (self.service.require_ready,), private=True, moderators=True)

    def preview(self, report: str | None) -> Task:
        """Show how the report files, or the one of a report, are understood as they stand, before they are live."""

        def work() -> Done:
            preview = Preview(self.words, report is not None)
            beside = self.keeper.check(self._id(report), preview.take)
            reply, enclosure = preview.finished(beside)
            facts = {"outcome": "preview", "documents": preview.read, "refused": preview.refused}
            return replace(self._done(reply, facts), enclosure=enclosure)

        return Task("preview", work, (self.service.require_ready,), private=True, moderators=True)

    def refresh(self, actor: str) -> Task:
        """Read the report files again."""

        def work() -> Done:
            refreshed = self.keeper.refresh(actor)
            log_unread(self.words, refreshed.reading)
            facts = {"edition": refreshed.edition, "changed": refreshed.changed}
            return self._done(refresh_reply(self.words, refreshed, LIST_ROOM), facts)

        return Task("refresh", work, (self.service.require_ready,), private=True, moderators=True)

    def _id(self, report: str | None) -> str | None:
        """The id of the live report that ``report`` names; else what was typed, which may be a file that is new."""
        if report is None:
            return None
        try:
            return self.service.choose(report).id
        except UnknownReportError:
            return report

    def _leaf(self, citation: str, offset: int) -> Done:
        cited = self.service.passage(citation)
        shown = leaf(self.words, cited, offset)
        facts = {"edition": cited.edition, "passages": [str(Citation.of(cited.passage))], "live": cited.live}
        return Done(shown.page, shown.actions, facts)

    def _done(self, reply: Reply, facts: Mapping[str, object] | None = None) -> Done:
        return Done(page(reply, self.words), reply.actions, facts or {}, reply.menu)


def _refuse_empty_message() -> Done:
    raise EmptyMessageError


def _ids(excerpts: tuple[Excerpt, ...]) -> list[str]:
    return [str(Citation.of(excerpt.passage)) for excerpt in excerpts]
