"""What was given to be checked, made fit for it: its tokens, its pieces between ellipses, and who it says speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from corpus.passage import Span
from retrieval.errors import EmptyQuotationError, LongQuotationError, WordlessQuotationError
from retrieval.quotation.marks import bare, quoted
from retrieval.quotation.naming import gives, is_verb
from retrieval.quotation.tokens import Token, compared, tokens, trimmed
from retrieval.quotation.wording import TAGS, Wording, wording

QUOTATION_LIMIT = 4_000  # characters
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.{3}|\. \. \.)\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}|\. \. \.")
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
_MARKDOWN = re.compile(r"^[ \t]*(?:>{1,3}|#{1,6}|-#)[ \t]+", re.MULTILINE)
_REMARK = re.compile(r"\([^()]*\)|\[[^][]*\]")
_FEWEST = 2  # words between marks beside which any words outside may say who speaks; of fewer, who calls a thing so
_SOME_OUTSIDE, _MOST_OUTSIDE = 8, 25  # words beside a few, and beside many or before any
_AFTER = 3  # words after what is quoted, of a text that leads up to it


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words between quotation marks, each a text, and what stands outside of them and says who speaks."""

    parts: tuple[str, ...]
    outside: str

    @property
    def text(self) -> str:
        """The quoted words alone."""
        return " … ".join(map(bare, self.parts))


@dataclass(frozen=True)
class Given:
    """A text of 1 to ``QUOTATION_LIMIT`` code points with at least one word; ``text`` has no marks around it."""

    text: str

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Take off the quotation marks and the white space around a text.

        Raises ``EmptyQuotationError``, ``LongQuotationError`` or ``WordlessQuotationError``.
        """
        if len(raw.strip()) > QUOTATION_LIMIT:
            raise LongQuotationError(length=len(raw.strip()), limit=QUOTATION_LIMIT)
        if not raw.strip():
            raise EmptyQuotationError
        given = cls(bare(raw))
        if not any(token.is_word for token in given.tokens):
            raise WordlessQuotationError
        return given

    @cached_property
    def tokens(self) -> list[Token]:
        """Its tokens without the signs at its end."""
        return trimmed(compared(self.text))

    @cached_property
    def pieces(self) -> list[str]:
        """What stands between its ellipses; the whole where there is none."""
        found = [piece for piece in _ELLIPSIS.split(self.text) if any(token.is_word for token in tokens(piece))]
        return found if _ELLIPSIS.search(self.text) else [self.text]

    @property
    def has_ellipsis(self) -> bool:
        """Whether it says that something is left out."""
        return _ELLIPSIS.search(self.text) is not None

    def variants(self) -> Iterator["Given"]:
        """The same read in other ways: without Markdown before its lines, with words joined that end a line."""
        plain = _MARKDOWN.sub("", self.text)
        for text in dict.fromkeys((plain, _LINE_END.sub("", plain))):
            if text != self.text:
                yield Given(text)


def attribution(raw: str) -> Attribution | None:
    """Who a text says outside of its quotation marks that speaks; ``None`` where it says nothing of the kind."""
    spans = list(quoted(raw))
    if not spans:
        return None
    parts = [raw[span.start : span.end] for span in spans]
    outside = " … ".join(piece for piece in _outside(raw, spans) if piece and not only_joins(piece))
    inside = [token for part in parts for token in tokens(part) if token.is_word]
    around = [token for token in tokens(outside) if token.is_word]
    following = sum(token.is_word for token in tokens(raw[spans[-1].end :]))
    most = _MOST_OUTSIDE if following <= _AFTER else min(_MOST_OUTSIDE, max(_SOME_OUTSIDE, 2 * len(inside)))
    if not 0 < len(around) <= most:
        return None
    if len(inside) < _FEWEST:
        before, comma = raw[: spans[0].start - 1], "," if parts[0].rstrip().endswith(",") else ""
        after = comma + raw[spans[-1].end + 1 :].lstrip()
        if not any(gives(before, after, wording(tag)) for tag in TAGS):
            return None
    return Attribution(tuple(parts), outside) if says_who(outside, around) else None


def outside(raw: str) -> list[str]:
    """What stands outside of all quotation marks."""
    return _outside(raw, list(quoted(raw)))


def only_joins(piece: str) -> bool:
    """Whether what stands between two quotations only joins them: "and", a comma."""
    return all(
        token.text in {word for tag in TAGS for word in wording(tag).pairing}
        for token in tokens(piece)
        if token.is_word
    )


def side_by_side(raw: str) -> tuple[str, ...]:
    """What stands between quotation marks in a text that quotes several times, or once with a remark in brackets such
    as "(paragraph 3)", and has no other words but such as join them ("and"); else nothing."""
    spans = list(quoted(raw))
    if not spans:
        return ()
    outside = _outside(raw, spans)
    outside[-1], remarks = _REMARK.subn(" ", outside[-1])
    return between_marks(raw) if (len(spans) > 1 or remarks) and all(map(only_joins, outside)) else ()


def _outside(raw: str, spans: Sequence[Span]) -> list[str]:
    """What stands before, between and after the quotation marks around the spans."""
    bounds = [0, *(place for span in spans for place in (span.start - 1, span.end + 1)), len(raw)]
    return [raw[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True)]


def between_marks(raw: str) -> tuple[str, ...]:
    """All that stands between quotation marks, whatever stands outside of them."""
    return tuple(raw[span.start : span.end] for span in quoted(raw))


def is_more(parts: Sequence[str]) -> bool:
    """Whether quoted parts have words enough to be looked for by themselves, with nothing that says who speaks: two,
    and not one with its article."""
    said = [token.text for part in parts for token in tokens(part) if token.is_word]
    articles = frozenset[str]().union(*(wording(tag).determiners for tag in TAGS))
    return len(said) > _FEWEST or (len(said) == _FEWEST and articles.isdisjoint(said))


def _is_noun(around: Sequence[Token], place: int, words: Wording) -> bool:
    """Whether what may be a verb of speech is what a text calls itself, or a thing: "in the new report"."""
    before = [token.text for token in around[max(0, place - 2) : place]]
    return words.is_noun(around, place) or (
        around[place].text in words.itself and not words.determiners.isdisjoint(before)
    )


def says_who(outside: str, around: Sequence[Token]) -> bool:
    """Whether words outside of quotation marks name a speaker: by a verb of speech or one that calls a thing
    so, a source or a colon."""
    if outside.rstrip().endswith(":") and len(around) <= 8:
        return True
    for tag in TAGS:
        own = wording(tag)
        if any(
            (is_verb(around, n, own) or token.text in own.naming) and not _is_noun(around, n, own)
            for n, token in enumerate(around)
            if not own.turns.at(around, n)
        ) or any(
            (turn := own.turns.at(run, n)) and all(token.text in own.determiners for token in run[turn.end :])
            for run in map(tokens, outside.split("…"))
            for n in range(len(run))
        ):
            return True
        if any(own.sources.within(around)):
            return True
    return False
