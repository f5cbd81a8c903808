"""A citation that can be looked up later, also after the corpus has changed; and what it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from corpus.errors import RapporteurError, UnknownCitationError
from corpus.passage import FINGERPRINT_DIGITS, Passage
from corpus.report import Report
from corpus.text.legible import legible

# A citation line is far shorter; whoever pastes a whole page is not kept waiting.
_LENGTH = 2000
EXAMPLE = "un-experts-mali-2025:3@1f3c9a2b"
_KEY = re.compile(
    r"(?P<report>[^\W_][\w.-]{0,99})"
    # "3", "3.2", "7.2.1", "12-bis", "12-a"; "title", "note-4"
    r":(?P<label>[0-9]{1,6}(?:\.[0-9]{1,6}){0,4}(?:-[a-z0-9]{1,9}){0,4}|[a-z]+(?:-[0-9]{1,6}){0,2})"
    rf"(?:@(?P<fingerprint>[0-9a-f]{{{FINGERPRINT_DIGITS}}}))?(?![\w@])"
)


_BRACKETED = re.compile(rf"\[{_KEY.pattern}\]")
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,4}")


_BELOW = re.compile(r"\s*[^\W_][\w.-]{0,99}:\s*[-–−]\s*[0-9]{1,6}(?:@\w*)?\s*")  # "report:-1"


def is_below(text: str) -> bool:
    """Whether ``text`` is a citation of a paragraph below the first, of which there is none: "report:-1"."""
    return _BELOW.fullmatch(text[:_LENGTH]) is not None


def apart(text: str) -> list[str]:
    """The text of each citation in ``text``, in order: pasted citation lines, each up to the key at its end, or one
    word after another where the first is a key, or all are numbers of paragraphs. Else all of it is one. A number after
    a key is of the same report: "mission:3 4".
    """
    if len(keys := list(_BRACKETED.finditer(text[:_LENGTH]))) > 1:
        starts = (0, *(key.end() for key in keys))
        return [text[start : key.end()].strip() for start, key in zip(starts, keys, strict=False)]
    words = [word.strip(",;") for word in text[:_LENGTH].split()]
    words = [word for word in words if word]
    if not keys and words and (_KEY.fullmatch(words[0]) or all(map(_NUMBER.fullmatch, words))):
        return list(_with_reports(words))
    return [text]


def _with_reports(words: Sequence[str]) -> Iterator[str]:
    """The words, with the report of the last key before each number that stands alone."""
    report = ""
    for word in words:
        if key := _KEY.fullmatch(word):
            report = f"{key['report']}:"
        yield f"{report}{word}" if _NUMBER.fullmatch(word) else word


@dataclass(frozen=True, slots=True)
class Citation:
    """``report:label@fingerprint``; the fingerprint is left out where any wording of the passage will do."""

    report: str
    label: str
    fingerprint: str | None = None

    def __str__(self) -> str:
        return f"{self.report}:{self.label}" + (f"@{self.fingerprint}" if self.fingerprint else "")

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """The lasting citation of a passage: with its fingerprint."""
        return cls(passage.report, passage.locator.label, passage.fingerprint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The citation in ``text``, which may be a whole pasted citation line.

        Raises ``UnknownCitationError`` where there is none. Where there are several the last one counts, since a
        citation line ends with its key; of a very long text only the end is searched.
        """
        found = list(_KEY.finditer(legible(text[-_LENGTH:])))
        if not found:
            raise UnknownCitationError(citation=legible(text[:_LENGTH])[:100], example=EXAMPLE)
        return cls(**found[-1].groupdict())


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """What a citation names. ``edition`` is the label of the edition it was last seen in; ``live`` tells whether that
    one is live. ``report`` is its report, of which a store gives the metadata and this one passage alone.

    ``now`` is what the live edition has in place of a wording that is not live; ``None`` also where it has nothing.
    """

    passage: Passage
    report: Report
    edition: str
    live: bool
    now: Self | None = None

    @property
    def neighbours(self) -> tuple[Passage | None, Passage | None]:
        """The body passages before and after a live one; an old wording has none that could be named."""
        body = list(self.report.body) if self.live else []
        for number, passage in enumerate(body):
            if passage.id == self.passage.id:
                return body[number - 1] if number else None, body[number + 1] if number + 1 < len(body) else None
        return None, None


@dataclass(frozen=True, slots=True)
class SeveralCited:
    """What several citations name, in their order; for one that names nothing, why."""

    found: tuple[CitedPassage | RapporteurError, ...]

    @property
    def passages(self) -> tuple[CitedPassage, ...]:
        """Those that were found."""
        return tuple(one for one in self.found if isinstance(one, CitedPassage))
