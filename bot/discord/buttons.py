"""Which buttons stand under what, what those that only Discord has show, and what a message was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.discord.ids import About, Around, Button, Cite, Judge, More, Press, Why
from bot.discord.limits import CUSTOM_ID
from bot.discord.message import Message
from bot.discord.offers import instead
from bot.discord.page import Page, headed, page, remarks
from bot.discord.voices import FACE
from bot.errors.serving import UnknownActionError
from bot.saying.answers import PAGE, more_reply
from bot.saying.passages import context_reply, neighbours, passage_reply
from bot.saying.reply import Line, Part, Quote
from bot.saying.templates import Templates, languages, load
from corpus.citation import Citation, CitedPassage
from corpus.passage import Span
from retrieval.answer import Answer
from retrieval.considered import Considered
from retrieval.following.followup import joined
from retrieval.following.turn import Reading
from retrieval.question.asked import QUESTION_LIMIT, Question

LONGEST_READ = 2 * QUESTION_LIMIT  # ours: characters of a question with words of the one before
_HERE = "\ue000"  # where a template is filled in: a character that is no text


@dataclass(frozen=True, slots=True)
class Shown:
    """The question that a message answers: as it was ``typed``, and how it was read where it leans on another."""

    typed: str
    reading: Reading | None = None

    @property
    def asked(self) -> Question:
        """What is asked. It is not parsed again, since taking off Markdown twice may take off too much."""
        return Question((self.reading.asked if self.reading else self.typed)[:LONGEST_READ])

    @property
    def topic(self) -> str:
        """What a follow-up may lean on."""
        return (self.reading.topic if self.reading else "") or self.asked.text

    def of(self, answer: Answer) -> Answer:
        """The answer to what is asked as one to what was typed."""
        return replace(answer, question=self.typed, reading=self.reading) if self.reading else answer


def shown_in(shown: str) -> Shown:
    """The question that a message answers, by its text ``shown``. Raises ``UnknownActionError`` where there is none."""
    text = headed(shown)
    if not text or len(text) > QUESTION_LIMIT or not any(character.isalnum() for character in text):
        raise UnknownActionError
    every = [load(language, FACE) for language in languages()]  # whoever reads it may not be whom it was written for
    found = (_read(templates, text, line) for line in remarks(shown) for templates in every)
    return Shown(text, next(filter(None, found), None))


def asked(shown: str) -> Question:
    """What is asked by the question that a message answers. Raises ``UnknownActionError`` where there is none."""
    return shown_in(shown).asked


def _read(templates: Templates, question: str, remark: str) -> Reading | None:
    """How a remark of a reply says that its question was read; ``None`` where it says something else."""
    words = _filled(templates("answer.read_with", words=_HERE), remark)
    if not words:
        return None
    each = (_filled(templates("answer.word", word=_HERE), word) for word in words.split(templates("facts.separator")))
    return joined(question, tuple(filter(None, each)))


def _filled(template: str, text: str) -> str | None:
    """What a template is filled in with in ``text``; ``None`` where it is another sentence."""
    before, _, after = template.partition(_HERE)
    is_it = text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)
    return text[len(before) : len(text) - len(after)] if is_it else None


def under_answer(templates: Templates, considered: Considered) -> tuple[Button, ...]:
    """What can be pressed under an answer besides the ways to what stands around its excerpts; where it quotes
    nothing, what may be asked instead."""
    answer, report = considered.answer, considered.report
    if not answer.shown:
        return tuple(instead(templates, answer))
    first = answer.excerpts[0]
    leant_on = considered.leant_on
    about = Button(templates("discord.ask_under"), str(About(str(leant_on.citation), leant_on.sentence)))
    cite = Button(templates("discord.cite"), str(Cite(str(first.citation))))
    judged = _judging(templates, str(first.citation))
    if answer.reading is not None and answer.reading.aspect:
        return (cite, about, *judged)  # what it was read as is no question that could be asked again
    why = Button(templates("discord.why"), str(Why(answer.edition, report)))
    more = Button(templates("discord.more"), str(More(answer.edition, answer.shown, report)))
    is_more = len(considered.excerpts) > answer.shown
    return (why, cite, *((more,) if is_more else ()), about, *judged)


def _judging(templates: Templates, citation: str) -> Iterator[Button]:
    """Both buttons for what one thinks of an answer, or none: a citation may be too long for an id."""
    helpful, unhelpful = str(Judge(citation, is_helpful=True)), str(Judge(citation, is_helpful=False))
    if len(unhelpful) <= CUSTOM_ID:
        yield Button(templates("discord.helpful"), helpful)
        yield Button(templates("discord.unhelpful"), unhelpful)


def around(templates: Templates, cited: CitedPassage, pressed: Around) -> Message:
    """A passage between its neighbours, and the ways on to theirs. Raises ``UnknownActionError`` where the words that
    were quoted are none of it."""
    if pressed.span and not Span(0, len(cited.passage.text)).covers(pressed.span):
        raise UnknownActionError
    key = str(Citation.of(cited.passage))
    before, after = (str(Citation.of(one)) if one else None for one in neighbours(cited))
    buttons = [
        *([Button(templates("discord.before"), str(Around(before)))] if before else ()),
        *([Button(templates("discord.after"), str(Around(after)))] if after else ()),
        Button(templates("discord.cite"), str(Cite(key))),
    ]
    return Message(page(context_reply(templates, cited, pressed.span), templates), tuple(buttons))


def further(templates: Templates, considered: Considered, more: More) -> Message:
    """The excerpts that come next, and the ways on and back."""
    answer, total = considered.answer, len(considered.excerpts)
    skipped = more.skipped if more.edition == answer.edition else 0
    message = Message.of(more_reply(templates, considered, skipped, more.edition), templates)
    buttons = list(message.buttons)
    if skipped >= answer.shown + PAGE:
        back = More(answer.edition, skipped - PAGE, considered.report)
        buttons.append(Button(templates("discord.back"), str(back)))
    if skipped + PAGE < total:
        on = More(answer.edition, skipped + PAGE, considered.report)
        buttons.append(Button(templates("discord.more"), str(on)))
    return replace(message, buttons=tuple(buttons))


def leaf(templates: Templates, cited: CitedPassage, offset: int = 0) -> Message:
    """The page of a passage that begins at ``offset``.

    A passage that is too long for one message goes on where the page before it was cut. Raises ``UnknownActionError``
    where none of its pages begins at ``offset``.
    """
    start = 0
    while True:
        shown = _page(templates, cited, start)
        onward = None if shown.cut_at is None else _skip_blanks(cited.passage.text, start + shown.cut_at)
        if start == offset:
            return Message(shown, tuple(_actions(templates, cited, onward)))
        if onward is None or onward > offset:
            raise UnknownActionError
        start = onward


def _page(templates: Templates, cited: CitedPassage, start: int) -> Page:
    reply = passage_reply(templates, cited)
    return page(replace(reply, parts=tuple(_from(reply.parts, start))), templates, "discord.continued")


def _from(parts: Sequence[Part], start: int) -> Iterator[Part]:
    """The parts of a passage's reply, its text from ``start`` on; how it reads now stands on the first page alone."""
    is_behind = False
    for part in parts:
        if not isinstance(part, Quote):
            if not (start and is_behind and isinstance(part, Line)):
                yield part
        elif not start:
            yield part
        elif not is_behind:
            yield replace(part, text=part.text[start:], cut_before=True, matches=())
        is_behind = is_behind or isinstance(part, Quote)


def _skip_blanks(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip())


def _actions(templates: Templates, cited: CitedPassage, onward: int | None) -> Iterator[Button]:
    before, after = neighbours(cited)
    key = str(Citation.of(cited.passage))
    if before is not None:
        yield Button(templates("discord.before"), str(Press(str(Citation.of(before)))))
    if onward is not None:
        yield Button(templates("discord.onward"), str(Press(key, onward)))
    if after is not None:
        yield Button(templates("discord.after"), str(Press(str(Citation.of(after)))))
    if cited.now is not None:
        yield Button(templates("discord.now"), str(Press(str(Citation.of(cited.now.passage)))))
    yield Button(templates("discord.cite"), str(Cite(key)))
