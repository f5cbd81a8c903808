"""Two runs of tokens laid beside each other: which of a quotation stand in a text, in its order, and what differs.

Semi-global: the text may go on at both ends without cost. Gotoh, Journal of Molecular Biology 162 (1982), with free
ends in one of the two. By hand, since rapidfuzz knows neither: a gap costs there what its tokens cost, and so do ends.
"""

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.quotation.tokens import STOPS, Token

# Ours: what is left out of a text costs less than what is added to it, since a quotation is made by leaving out; and
# a run of words less than as many apart. Over the end of a sentence little should be left out.
_ADDED, _ADDED_SIGN = 1.0, 0.4
_LEFT_OUT, _MORE_LEFT_OUT, _SIGN_LEFT_OUT, _STOP_LEFT_OUT = 0.6, 0.06, 0.2, 0.8
_OTHER, _ALIKE, _OTHER_SIGN, _APART = 1.0, 0.7, 0.4, 3.0
_PREFIX = 4  # letters that words which are alike begin with
_DIAGONAL, _UP, _LEFT = 0, 1, 2
_NEVER = 1e9


class Pair(NamedTuple):
    """The place of a token of the quotation beside that of one of the text; ``None`` on one side: nothing there."""

    quoted: int | None
    true: int | None
    same: bool


def align(quoted: Sequence[Token], true: Sequence[Token], numbers: frozenset[str] = frozenset()) -> list[Pair]:
    """The cheapest way from one to the other, without what the text has before and after it.

    ``numbers`` are texts of tokens that are numbers in words: one stands rather in the place of a number.
    """
    width = len(true)
    first = [_LEFT_OUT if token.is_word else _SIGN_LEFT_OUT for token in true]
    more = [_STOP_LEFT_OUT if token.text in STOPS else _MORE_LEFT_OUT for token in true]
    kinds = [_kind(token, numbers) for token in true]
    texts = [token.text for token in true]
    above = [0.0] * (width + 1)
    turns: list[bytearray] = []
    runs: list[bytearray] = []
    for token in quoted:
        text, kind = token.text, _kind(token, numbers)
        added = _ADDED if token.is_word else _ADDED_SIGN
        best = above[0] + added
        row, turn, run, gap = [best], bytearray(width + 1), bytearray(width + 1), _NEVER
        turn[0] = _UP
        append = row.append
        for at in range(width):
            cost = above[at]
            if text != texts[at]:
                cost += _cost(kind, kinds[at])
            way = _DIAGONAL
            if (other := above[at + 1] + added) < cost:
                cost, way = other, _UP
            gap += more[at]
            if (other := best + first[at]) < gap:
                gap = other
            else:
                run[at + 1] = 1
            if gap < cost:
                cost, way = gap, _LEFT
            turn[at + 1] = way
            append(cost)
            best = cost
        above = row
        turns.append(turn)
        runs.append(run)
    at = min(range(width + 1), key=lambda place: (above[place], -place))
    return _with_whole_numbers(_traced(quoted, true, turns, runs=runs, at=at), true, numbers)


def _traced(
    quoted: Sequence[Token], true: Sequence[Token], turns: list[bytearray], runs: list[bytearray], at: int
) -> list[Pair]:
    pairs: list[Pair] = []
    row = len(turns)
    while row:
        way = turns[row - 1][at]
        if way == _DIAGONAL:
            row, at = row - 1, at - 1
            pairs.append(Pair(row, at, quoted[row].text == true[at].text))
        elif way == _UP:
            row -= 1
            pairs.append(Pair(row, None, False))
        else:
            goes_on = True
            while goes_on:
                goes_on = bool(runs[row - 1][at])
                at -= 1
                pairs.append(Pair(None, at, False))
    pairs.reverse()
    return pairs


def _with_whole_numbers(pairs: list[Pair], true: Sequence[Token], numbers: frozenset[str]) -> list[Pair]:
    """The same with all words of a number in words that another stands for at an end: "46" for "forty-six"."""
    if not pairs:
        return pairs
    first, last = pairs[0], pairs[-1]
    if first.quoted is not None and first.true is not None and not first.same and true[first.true].text in numbers:
        begin = first.true
        while begin > 0 and true[begin - 1].text in numbers:
            begin -= 1
        pairs = [*(Pair(None, n, False) for n in range(begin, first.true)), *pairs]
    if last.quoted is not None and last.true is not None and not last.same and true[last.true].text in numbers:
        end = last.true + 1
        while end < len(true) and true[end].text in numbers:
            end += 1
        pairs = [*pairs, *(Pair(None, n, False) for n in range(last.true + 1, end))]
    return pairs


def _kind(token: Token, numbers: frozenset[str]) -> str:
    """What of a token tells how like another one it is: the beginning of a word, ``0`` for a number, else a blank."""
    if not token.is_word:
        return " "
    return "0" if token.is_number or token.text in numbers else token.text[:_PREFIX]


def _cost(quoted: str, true: str) -> float:
    """What it costs that one token stands in the place of another."""
    if quoted == true:
        return _OTHER_SIGN if quoted == " " else _ALIKE
    return _APART if " " in (quoted, true) else _OTHER
