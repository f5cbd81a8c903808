"""Prose that quotes: each of its quotations with its line, and with what the sentence around it says of who speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.passage import Span
from retrieval.quotation.given import only_joins, says_who
from retrieval.quotation.marks import quoted
from retrieval.quotation.tokens import Token, tokens

_BLOCK = re.compile(r"^[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*", re.MULTILINE)  # a block quote of Markdown
_PREFIX = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_END = re.compile(r"[.!?…](?=[\s\"'”»’)]|$)|\n[^\S\n]*\n|[“”„«»]|\"")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|M|Mme|Prof|St|No)$")
_MOST = 18  # words beside a quotation that say who speaks


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in prose: its ``line``, from 1, its ``text`` without its marks, and the words beside it that say who
    speaks, empty where there are none."""

    line: int
    text: str
    said: str


def quotations(prose: str) -> Iterator[Quotation]:
    """The quotations of ``prose``, in order: between quotation marks, and block quotes of Markdown."""
    blocks = [Span(*found.span()) for found in _BLOCK.finditer(prose)]
    found = [(span, _PREFIX.sub("", prose[span.start : span.end])) for span in blocks]
    between = (span for span in quoted(prose) if not any(block.overlaps(span) for block in blocks))
    found += [(span, prose[span.start : span.end]) for span in between]
    for group in _joined(prose, sorted(found)):
        told = ("" if span in blocks else _said(prose, span) for span, _ in group)
        said = next((words for words in told if words), "")
        for span, text in group:
            if any(token.is_word for token in tokens(text)):
                yield Quotation(prose.count("\n", 0, span.start) + 1, text.strip(), said)


def _joined(prose: str, found: Sequence[tuple[Span, str]]) -> Iterator[list[tuple[Span, str]]]:
    """Quotations with those that "and" or a comma joins to them: “false” and “defamatory”. Who speaks says all."""
    group = list(found[:1])
    for before, one in pairwise(found):
        between = prose[before[0].end + 1 : one[0].start - 1].strip()
        if between and not _END.search(between) and "\n" not in between and only_joins(between):
            group.append(one)
        else:
            yield group
            group = [one]
    if group:
        yield group


def _said(prose: str, span: Span) -> str:
    """What stands right after a quotation in its sentence and says who speaks, else what stands right before it; empty
    where neither does."""
    after = prose[span.end + 1 : _sentence_end(prose, span.end + 1)]
    is_over = prose[span.start : span.end].rstrip().endswith(".") and after.lstrip()[:1].isupper()
    if not is_over and _names_speaker(after):
        return " ".join(after.split())
    start = max((found.end() for found in _ends(prose, 0, span.start - 1)), default=0)
    before = prose[start : span.start - 1]
    if _names_speaker(before):
        return " ".join(before.split())
    return ""


def _names_speaker(beside: str) -> bool:
    words: list[Token] = [token for token in tokens(beside) if token.is_word]
    return bool(words) and len(words) <= _MOST and says_who(beside, words)


def _sentence_end(prose: str, start: int) -> int:
    return next((found.start() for found in _ends(prose, start, len(prose))), len(prose))


def _ends(prose: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where sentences and quotations end, but not after "Ms."."""
    for found in _END.finditer(prose, start, end):
        if not _ABBREVIATED.search(prose[max(0, found.start() - 6) : found.start()]):
            yield found
