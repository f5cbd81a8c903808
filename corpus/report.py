"""One report: its metadata and its passages."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from corpus.passage import Kind, Passage


@dataclass(frozen=True)
class Report:
    """Metadata and passages of one document, in source order.

    ``symbol`` is the UN document symbol; ``note`` a content note that goes with every quote; ``language`` a BCP 47 tag.
    """

    id: str
    title: str
    passages: tuple[Passage, ...]
    language: str = "en"
    publisher: str | None = None
    date: dt.date | None = None
    url: str | None = None
    symbol: str | None = None
    note: str | None = None

    @property
    def text(self) -> str:
        """The source text: what the passages tile."""
        return "".join(passage.text + passage.tail for passage in self.passages)

    @property
    def body(self) -> Iterator[Passage]:
        """The passages that are ranked, in order."""
        return (passage for passage in self.passages if passage.kind is Kind.BODY)

    @cached_property
    def digest(self) -> str:
        """SHA-256, hexadecimal, over metadata and every passage with its place and kind."""
        date = self.date.isoformat() if self.date else None
        head = [self.id, self.title, self.language, self.publisher, date, self.url, self.symbol, self.note]
        tail = [
            [p.locator.label, p.locator.page, p.locator.section, p.kind, p.text, p.tail, p.sentences]
            for p in self.passages
        ]
        return sha256(json.dumps([head, tail], ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
