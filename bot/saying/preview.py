"""How the report files are understood, in little room: the most important in one reply, all of it in a file with it."""

from dataclasses import dataclass, field

from bot.saying.check_reply import document_reply, entry, totals
from bot.saying.layout import plain
from bot.saying.listing import listed
from bot.saying.reply import Enclosure, Heading, Line, Part, Reply
from bot.saying.templates import Templates
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver
from corpus.ingest.understanding import Understood

FILE = "preview.txt"
LARGEST = 4 * 1024 * 1024  # bytes, ours: less than any face takes, and a slow line is slow
COLUMNS = 80  # of the file
MOST_BESIDE = 10  # files that are not read of which the message says why


@dataclass(slots=True)
class Preview:
    """Takes documents one by one and keeps what is to be said of them. ``division`` is whether every passage is."""

    templates: Templates
    division: bool
    read: int = 0
    refused: int = 0
    _lines: list[Line] = field(default_factory=list)
    _first: Reply | None = None
    _texts: list[str] = field(default_factory=list)
    _size: int = 0

    def take(self, found: Understood | ReadError) -> None:
        """Note one document; what is too much for a file is left out of it."""
        self.refused += isinstance(found, ReadError)
        self.read += not isinstance(found, ReadError)
        self._lines.append(entry(self.templates, found))
        if self._first is None:
            self._first = document_reply(self.templates, found)
        if self._size <= LARGEST:
            text = plain(document_reply(self.templates, found, division=self.division), COLUMNS)
            self._texts.append(text)
            self._size += len(text.encode(errors="replace"))

    def finished(self, beside: tuple[PassedOver, ...], room: int) -> Reply:
        """The reply, whose lists take ``room`` characters, and the file with it."""
        whole = plain(totals(self.templates, self.read, self.refused, beside), COLUMNS)
        enclosure = Enclosure(FILE, _cut(self.templates, "\n".join([*self._texts, whole])))
        tail = (Line(self.templates("check.attached")), Line(self.templates("check.live")))
        if self.division and self._first is not None:
            return Reply((*self._first.parts, *tail), enclosure=enclosure)
        count = len(self._lines)
        lines: tuple[Part, ...] = tuple(
            listed(self._lines, count, room // 2, lambda n: self.templates("status.more_reports", n=n))
        )
        last = totals(self.templates, self.read, self.refused, beside=beside, most=MOST_BESIDE).parts
        return Reply((Heading(self.templates("check.heading")), *lines, *last, *tail), enclosure=enclosure)


def _cut(templates: Templates, text: str) -> str:
    """As many lines of ``text`` as a file may have, and that they are not all."""
    data = text.encode(errors="replace")
    if len(data) <= LARGEST:
        return text
    kept = data[:LARGEST].decode(errors="ignore").rpartition("\n")[0]
    return f"{kept}\n\n{templates('check.shortened')}\n"
