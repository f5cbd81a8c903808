"""One report: its metadata and its passages."""

import datetime as dt
import json
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from corpus.passage import Kind, Passage

_DEEPEST = 6  # lists in lists that are looked through for a speaker


class Passages(Sequence[Passage]):
    """Passages of a report that are made when they are looked at, and what can be told without looking at each."""

    @property
    @abstractmethod
    def text(self) -> str:
        """What they tile."""

    @abstractmethod
    def labelled(self, label: str) -> Passage | None:
        """See ``Report``."""

    @abstractmethod
    def of_kind(self, kind: Kind) -> Iterable[Passage]:
        """See ``Report``."""

    @abstractmethod
    def under(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """See ``Report``."""

    @abstractmethod
    def numbered(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """See ``Report``."""


@dataclass(frozen=True)
class Report:
    """Metadata and passages of one document, in source order.

    ``symbol`` is the UN document symbol; ``note`` a content note that goes with every quote; ``language`` a BCP 47 tag.
    ``source`` is the SHA-256 of the file it was read from, hexadecimal; it says nothing of what the report says, so
    that two files that say the same are one report.
    """

    id: str
    title: str
    passages: Sequence[Passage]
    language: str = "en"
    publisher: str | None = None
    date: dt.date | None = None
    url: str | None = None
    symbol: str | None = None
    note: str | None = None
    source: str | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The source text: what the passages tile."""
        if isinstance(self.passages, Passages):
            return self.passages.text
        return "".join(passage.text + passage.tail for passage in self.passages)

    @property
    def body(self) -> Iterator[Passage]:
        """The passages that are ranked, in order."""
        return (passage for passage in self.passages if passage.kind.is_ranked)

    def labelled(self, label: str) -> Passage | None:
        """The passage with that label."""
        if isinstance(self.passages, Passages):
            return self.passages.labelled(label)
        return next((passage for passage in self.passages if passage.locator.label == label), None)

    def of_kind(self, kind: Kind) -> Iterable[Passage]:
        """The passages of a kind, in order."""
        if isinstance(self.passages, Passages):
            return self.passages.of_kind(kind)
        return (passage for passage in self.passages if passage.kind is kind)

    def under(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """The body passages under the headings that are meant, in order."""
        if isinstance(self.passages, Passages):
            return self.passages.under(is_meant)
        return (passage for passage in self.body if passage.locator.section and is_meant(passage.locator.section))

    def numbered(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """The body passages whose printed paragraph number is meant, in order."""
        if isinstance(self.passages, Passages):
            return self.passages.numbered(is_meant)
        numbers = ((passage, passage.locator.paragraph) for passage in self.body)
        return (passage for passage, number in numbers if number is not None and is_meant(str(number)))

    @cached_property
    def unranked(self) -> int:
        """How many of its passages are not ranked."""
        return sum(not passage.kind.is_ranked for passage in self.passages)

    @cached_property
    def paragraphs(self) -> int:
        """How many paragraphs of body text it has; the parts of one count once."""
        body = [passage.locator for passage in self.passages if passage.kind is Kind.BODY]
        return len({place.label if place.paragraph is None else place.paragraph for place in body})

    @cached_property
    def voices(self) -> Mapping[str, Passage]:
        """Who says what each passage says, by its label, where that is told: the items of a list are led by the words
        that open it, and those by their speaker."""
        leads = {passage.locator.label: passage for passage in self.passages}
        found: dict[str, Passage] = {}
        for label, passage in leads.items():
            above, depth = passage, 0
            while above.lead in leads and depth < _DEEPEST:
                above, depth = leads[above.lead], depth + 1
            if above.kind is Kind.SPEAKER and depth:
                found[label] = above
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256, hexadecimal, over metadata and every passage with its place and kind."""
        date = self.date.isoformat() if self.date else None
        head = [self.id, self.title, self.language, self.publisher, date, self.url, self.symbol, self.note]
        tail = [
            [p.locator.label, p.locator.page, p.locator.section, p.kind, p.text, p.tail, p.sentences, *_rest(p)]
            for p in self.passages
        ]
        return sha256(json.dumps([head, tail], ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _rest(passage: Passage) -> list[object]:
    """What few passages have; nothing for the others, so that what was published before keeps its digest."""
    told = passage.lead or any(passage.torn) or passage.marks or isinstance(passage.locator.paragraph, str)
    return [passage.locator.paragraph, passage.lead, passage.torn, passage.marks] if told else []
