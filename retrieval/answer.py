"""What the reports say to a question: an outcome and the excerpts that carry it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.citation import Citation
from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.outcome import Outcome
from retrieval.question.facet import Facet

if TYPE_CHECKING:  # which is no part of an answer to a question that stands alone
    from retrieval.following.turn import Reading

OMISSION = "[…]"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole sentences of one passage.

    ``span`` is what is shown, ``sentence`` the one sentence in it that carries the evidence, ``matches`` the words
    that the sentence was found by, ``answering`` those of the kind asked for, where it counts as an answer; all are
    spans of ``passage.text``. ``score`` orders excerpts of one answer, higher first, and means nothing across
    questions. ``lead`` is what it is quoted with, and which words.
    """

    report: Report
    passage: Passage
    span: Span
    sentence: Span
    score: float
    matches: tuple[Span, ...] = ()
    lead: tuple[Passage, Span] | None = None
    answering: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """What is shown of the passage, verbatim."""
        return self.passage.cut(self.span)

    @property
    def set_off(self) -> tuple[Span, ...]:
        """The words that are to be seen first: those that answer, else those that it was found by."""
        return self.answering or self.matches

    @property
    def shown(self) -> str:
        """All that is shown: the lead before ``text``, with […] between them where they do not touch."""
        if self.lead is None:
            return self.text
        passage, span = self.lead
        return f"{passage.cut(span)}{' ' if self.follows_lead else f' {OMISSION} '}{self.text}"

    @property
    def follows_lead(self) -> bool:
        """Whether nothing stands between the lead and the excerpt."""
        if self.lead is None:
            return False
        passage, span = self.lead
        places = [p.locator.label for p in self.report.passages]
        at = places.index(passage.locator.label)
        is_next = places[at + 1 : at + 2] == [self.passage.locator.label]
        return is_next and span.end == len(passage.text) and self.span.start == 0

    @property
    def is_torn(self) -> bool:
        """Whether its sentence begins or ends somewhere else."""
        return any(self.passage.is_torn(self.sentence))

    @property
    def sentence_text(self) -> str:
        """The sentence that carries the evidence, verbatim."""
        return self.passage.cut(self.sentence)

    @property
    def identity(self) -> tuple[str, Span]:
        """What tells it from other excerpts, whichever words it was found by."""
        return self.passage.id, self.sentence

    @property
    def citation(self) -> Citation:
        """The lasting citation of the passage."""
        return Citation.of(self.passage)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was taken for misspelt, and the word of a report that it was taken for."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer. ``excerpts`` come best first, also where the outcome is *closest* or *silent*.

    ``question`` is the question as parsed (trimmed, without mentions and Markdown). ``confidence`` is in ``[0, 1]``.
    ``shown`` says how many of the excerpts belong into a reply. ``edition`` is the label of the edition that was
    asked, ``reports`` are those of its reports that were. ``tied`` has the ids of the reports whose excerpts come about
    equally close, best first, where there are
    several. Where the outcome is *silent*, ``topics`` are what the reports do speak of, in their words,
    ``only_stop_words`` says that the question held no word that could be looked for, and ``is_aside`` that it was none,
    but a greeting or a word of thanks.
    ``foreign`` is the tag of the question's language, where the reports asked are written in others.
    ``is_yes_or_no`` says that it asks for a yes or a no, which the excerpts leave to whoever reads them. ``unfound``
    are its words that stand nowhere in the reports that were asked: its names and numbers, without which nothing is
    *answered*, and where the outcome is *silent* all that say something.
    ``facet`` is what of a report's story the question was read as asking for and for nothing besides, if so. Where it
    for. ``itself`` is the id of the report whose own record (title, publisher, date, address) answers the question: no
    excerpt does.

    ``parts`` are the answers to the halves of a question that is two or three in one, in their order; none where it is
    one. ``read_as`` is what such a half was asked as, where it needed words of another. The whole is *answered* where
    each half is, and *silent* where each is; its confidence is that of its least sure half. Its excerpts take the
    halves in turn, the surest first, those that are shown before the others, and none twice.

    ``reading`` is how a question was read that leans on the one before it; ``None`` where it stands alone.
    """

    question: str
    outcome: Outcome
    confidence: float
    edition: str
    reports: tuple[Report, ...]
    excerpts: tuple[Excerpt, ...]
    shown: int
    corrections: tuple[Correction, ...] = ()
    tied: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    only_stop_words: bool = False
    is_aside: bool = False
    is_yes_or_no: bool = False
    unfound: tuple[str, ...] = ()
    foreign: str | None = None
    facet: Facet | None = None
    which: tuple[str, ...] = ()
    itself: str | None = None
    parts: tuple["Answer", ...] = ()
    read_as: str | None = None
    reading: "Reading | None" = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that carry a report, in the report's order. ``about`` is the topic asked for, or ``None``.

    ``by_section`` says that the report is long: its summary is told under its headings. ``corrections`` are the words
    of ``about`` that were taken for misspelt.
    """

    report: Report
    edition: str
    about: str | None
    excerpts: tuple[Excerpt, ...]
    by_section: bool = False
    corrections: tuple[Correction, ...] = ()
