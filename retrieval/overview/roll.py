"""A report → what it mentions, in its own words: numbers with what they count, names with their roles, places.

Each entry is a slice of the text with every place where it stands so. Nothing is added up, and nothing is put into
other words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.language.folding import fold
from retrieval.overview.counts import counts
from retrieval.overview.mentions import Name, mentions
from retrieval.overview.naming import naming
from retrieval.sentence import read
from retrieval.words.terms import analyzer_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a span of a passage."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.passage.cut(self.span)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is mentioned; ``places`` are in the report's order, and the words the same at each."""

    places: tuple[Place, ...]

    @property
    def text(self) -> str:
        """The words as they stand at the first place."""
        return self.places[0].text


@dataclass(frozen=True, slots=True)
class Roll:
    """What ``report`` mentions, each in the order of the text. ``edition`` is the label of the edition."""

    report: Report
    edition: str
    numbers: tuple[Entry, ...]
    names: tuple[Entry, ...]
    places: tuple[Entry, ...]


def roll(report: Report, edition: str) -> Roll:
    """What a report mentions. Deterministic."""
    own, told, counting = analyzer_of(report.language), mentions(report.language), counts(report.language)
    numbers: list[Place] = []
    names: list[tuple[Passage, Name]] = []
    placed: set[str] = set()  # the names that stand as places do, in titles and headings too
    for passage in report.passages:
        if passage.kind not in (Kind.BODY, Kind.TITLE, Kind.HEADING):
            continue
        words = own.words(passage.searched)
        if passage.kind is not Kind.BODY:
            placed.update(fold(passage.cut(n.bare)) for n in told.names(passage.searched, words) if n.is_placed)
            continue
        for sentence in read(passage, own, report.language):
            mine = [word for word in words if sentence.span.covers(Span(word.start, word.end))]
            numbers += (Place(passage, span) for span in counting.numbers(passage.searched, mine, sentence))
            names += ((passage, name) for name in told.names(passage.searched, mine))
    names = [(p, n) for p, n in names if not naming(report.language).is_generic(p.cut(n.bare))]
    sure = {fold(passage.cut(name.bare)) for passage, name in names if not name.opens}
    names = [(passage, name) for passage, name in names if not name.opens or fold(passage.cut(name.bare)) in sure]
    placed.update(fold(passage.cut(name.bare)) for passage, name in names if name.is_placed)
    placed.update(land for passage, name in names if (land := told.land(passage.cut(name.bare))))
    people = [(p, n) for p, n in names if n.has_role or (not n.is_placed and fold(p.cut(n.bare)) not in placed)]
    with_role = {fold(p.cut(n.bare)) for p, n in people if n.has_role}
    named = [Place(p, n.span) for p, n in people if n.has_role or fold(p.cut(n.bare)) not in with_role]
    places = [Place(p, n.span) for p, n in names if not n.has_role and fold(p.cut(n.bare)) in placed]
    return Roll(report, edition, *(tuple(_entries(found)) for found in (numbers, named, places)))


def _entries(found: Iterable[Place]) -> Iterator[Entry]:
    """Each wording once, with all its places."""
    places: dict[str, list[Place]] = {}
    for place in found:
        places.setdefault(fold(place.text), []).append(place)
    return (Entry(tuple(same)) for same in places.values())
