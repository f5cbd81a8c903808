"""Word by word: what a quotation has in the place of a report's own words."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.passage import Passage
from retrieval.quotation.alignment import Pair
from retrieval.quotation.tokens import Token, written_end
from retrieval.quotation.values import Difference

_LONGEST_INSERTION = 12  # tokens between brackets


class Lined(NamedTuple):
    """A token of a report in the order of the text: the number of its passage, of its sentence there, and itself."""

    number: int
    sentence: int
    token: Token


def differences(
    text: str, quoted: Sequence[Token], lined: Sequence[Lined], pairs: Sequence[Pair], passages: Sequence[Passage]
) -> Iterator[Difference]:
    """What differs between the tokens ``quoted`` of ``text`` and those ``lined`` up beside them, in order.

    ``passages`` are all that the numbers of ``lined`` count in. Words between brackets are one difference with what
    stands in their place.
    """
    placed = inserted(quoted)
    number, at = _first(lined, pairs)
    for is_same, group in groupby(pairs, key=lambda pair: pair.same and pair.quoted not in placed):
        run = list(group)
        true = [lined[pair.true] for pair in run if pair.true is not None]
        if not is_same:
            true = _named(true)
        if is_same:
            number, at = true[-1].number, true[-1].token.end
            continue
        own = [quoted[pair.quoted] for pair in run if pair.quoted is not None]
        said = text[own[0].start : written_end(text, own[-1])] if own else ""
        by_passage = [(n, list(some)) for n, some in groupby(true, key=lambda one: one.number)]
        if not by_passage:
            yield Difference(said, "", passage=passages[number].id, start=at, end=at)
        for n, some in by_passage:
            start, end = some[0].token.start, written_end(passages[n].text, some[-1].token)
            yield Difference(said, passages[n].text[start:end], passage=passages[n].id, start=start, end=end)
            number, at, said = n, end, ""


def _named(true: list[Lined]) -> list[Lined]:
    """Without the signs around words: a stop before them is no part of what they are; signs alone stay."""
    words = [n for n, one in enumerate(true) if one.token.is_word]
    return true[words[0] : words[-1] + 1] if words else true


def _first(lined: Sequence[Lined], pairs: Sequence[Pair]) -> tuple[int, int]:
    """Where what is added before every word of the report would stand."""
    first = next((lined[pair.true] for pair in pairs if pair.true is not None), lined[0])
    return first.number, first.token.start


def inserted(quoted: Sequence[Token]) -> frozenset[int]:
    """The places of the tokens that stand between brackets, those with them."""
    places: set[int] = set()
    opened: int | None = None
    for place, token in enumerate(quoted):
        if token.text == "[":
            opened = place
        elif token.text == "]" and opened is not None:
            if place - opened <= _LONGEST_INSERTION:
                places.update(range(opened, place + 1))
            opened = None
    return frozenset(places)
