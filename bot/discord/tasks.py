"""What becomes of each thing that is asked for: a command, a press of a button, a message. No Discord here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.commands.command import AnyCommand, Server, Values, Who
from bot.commands.registry import Registry
from bot.discord.feedback import Ballot, vote
from bot.discord.following import Place, Under
from bot.discord.ids import ADD, ASK, CITE, CONTEXT, MORE, PRUNE, SUMMARISE, WHICH, WHY
from bot.discord.voices import Voices
from bot.discord.works import Work, Works
from bot.errors.serving import EmptyMessageError
from bot.publishing.keeper import Keeper
from bot.saying.templates import Templates
from bot.service.turns import Turns
from bot.service.unanswered import Unanswered
from retrieval.errors import EmptyQuestionError, QuestionError
from retrieval.question.asked import Question

_PRESSED = {WHY: "explain", CONTEXT: "context", CITE: "cite", MORE: "more"}  # what the log calls a press of a button
_OFFERED = {ASK: "ask", SUMMARISE: "summary"}  # the same of those that ask something new


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person asks for; every one counts against the limits.

    ``begin`` is cheap and raises what the person is then told in private; what it gives is the work, which may take
    long and is done in a thread. Between the two the reports may change: both are of the snapshot that ``begin`` took.
    ``private`` is who sees the answer. A ``notice`` says the same each time: in public it is said once in a while.
    ``who`` may have it done; it is refused to others, and what moderators have done may take minutes. One that stands
    ``apart`` leaves the message whose button was pressed as it is, and is seen by those who see that. ``voices`` say
    what went wrong.
    """

    name: str
    begin: Callable[[], Work]
    voices: Voices
    private: bool = False
    notice: bool = False
    who: Who = Who.EVERYONE
    apart: bool = False

    @property
    def templates(self) -> Templates:
        """The sentences for whoever sees the answer."""
        return self.voices.private if self.private else self.voices.public


@dataclass(frozen=True, slots=True)
class Tasks:
    """Makes the tasks of one bot, for one who asks: ``voices`` are those for them.

    ``server`` is that in which they ask. Where they are ``hushed``, nobody else is to see what is answered.
    """

    keeper: Keeper
    voices: Voices
    registry: Registry = field(default_factory=Registry)
    turns: Turns = field(default_factory=Turns)
    unanswered: Unanswered = field(default_factory=Unanswered)
    place: Place | None = None
    server: Server | None = None
    hushed: bool = False

    def within(self, server: Server, *, hushed: bool = False) -> "Tasks":
        """The same in a server."""
        return replace(self, server=server, hushed=hushed)

    def at(self, place: Place | None) -> "Tasks":
        """The same where one question may lean on the one before; ``None``: where none does."""
        return replace(self, place=place)

    def speaking(self, voices: Voices) -> "Tasks":
        """The same for another."""
        return replace(self, voices=voices)

    def of(self, command: AnyCommand, values: Values, actor: str) -> Task:
        """What a command does; ``actor`` is who is on record for what it does to the corpus."""
        is_private = command.is_private or values.flag("private") or self.hushed
        begin = partial(self._works(private=is_private).of, command, values, actor)
        return Task(command.verb, begin, self.voices, private=is_private, who=command.who)

    def ask_about(self, message: str) -> Task:
        """Answer what somebody has written, for the eyes of whoever wants to know."""
        if not message.strip():
            return Task("ask", _refuse_empty_message, self.voices, private=True)
        return Task("ask", lambda: self._works(private=True).ask(message), self.voices, private=True)

    def check_quotes(self, message: str) -> Task:
        """Check what somebody has quoted, for whoever wants to know."""
        return Task("quote", lambda: self._works(private=True).check_quotes(message), self.voices, private=True)

    def hear(self, message: str, under: Under | None = None) -> Task:
        """Answer a message that was meant for the bot; one that asks nothing is told how to, one where answers are
        private how to ask for them. It may lean on the message that it replies to."""
        if self.hushed:
            return Task("hushed", self._works(private=False).hushed, self.voices, notice=True)
        question: str | Question = message
        try:
            question = Question.parse(message)
        except EmptyQuestionError:
            return Task("help", self._works(private=False).help, self.voices, notice=True)
        except QuestionError:
            pass  # it will be told what is wrong
        return Task("ask", lambda: self._works(private=False).ask(question, under), self.voices)

    def ask_under(self, custom_id: str, question: str, under: Under, *, private: bool) -> Task:
        """Ask about an answer what was typed into its form."""
        begin = partial(self._works(private=private).ask_under, custom_id, question, under)
        return Task("ask", begin, self.voices, private=private)

    def press(self, custom_id: str, shows: str, values: Sequence[str] = (), actor: str = "") -> Task:
        """Do what a button or a menu asks for; ``shows`` is the text of its message, as Markdown, ``values``
        what was chosen in a menu, ``actor`` who is on record for it."""
        if custom_id.startswith(ADD):
            add = partial(self._works(private=True).add, custom_id, actor)
            return Task("equivalent", add, self.voices, private=True, who=Who.MODERATORS)
        if custom_id.startswith(PRUNE):
            prune = partial(self._works(private=True).prune, custom_id, actor)
            return Task("prune", prune, self.voices, private=True, who=Who.MODERATORS)
        if custom_id.startswith(WHICH):  # whoever sees the message with the menu sees the answer
            works = self._works(private=False)
            return Task("choose", lambda: works.choose(custom_id, values, shows), self.voices)
        for sign, name in _OFFERED.items():
            if custom_id.startswith(sign):
                begin = partial(self._works(private=False).offered, custom_id)
                return Task(name, begin, self.voices, apart=True)
        name = next((name for sign, name in _PRESSED.items() if custom_id.startswith(sign)), "press")
        works = self._works(private=True)
        return Task(name, lambda: works.pressed(custom_id, shows), self.voices, private=True)

    def vote(self, custom_id: str, ballot: Ballot) -> Task:
        """Count what somebody thinks of an answer, and tell them alone."""
        templates = self.voices.private
        return Task(
            "vote", lambda: vote(self.keeper, templates, custom_id, ballot), self.voices, private=True, apart=True
        )

    def _works(self, *, private: bool) -> Works:
        templates = self.voices.private if private else self.voices.public
        return Works(
            self.keeper,
            templates,
            self.registry,
            turns=self.turns,
            unanswered=self.unanswered,
            place=self.place,
            server=self.server,
        )


def _refuse_empty_message() -> Work:
    raise EmptyMessageError
