"""How much of a quotation stands in one place: the share of its words that a report has there in their order.

Each word is weighted by how much it says: a name or a number more than "the".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.quotation.alignment import Pair
from retrieval.quotation.differing import Lined
from retrieval.quotation.tokens import Token

# Ours, set on the cases of tests/golden/quotes: shares of the words of a quotation by weight.
ALTERED_FROM = 0.55  # that stand in one place in their order, or in pieces in one sentence
SHUFFLED_FROM = 0.85  # that stand in one place in any order
FEWEST = 0.4  # of its words, whatever they weigh, that stand in one place in their order: a translation shares names
MOST = 0.75  # of its words, whatever they weigh, that are enough beside a run of some words that are the same
MANY = 0.6  # the same, where such a run has some words that tell something
ALIKE_FROM = 3  # words that are the same, without which only a number or what was left out makes another wording
_TELLING = 2  # words of such a run that tell something


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a quotation with their ``weights``; ``telling`` are the places of those that are no stop words,
    ``numbers`` the texts of tokens, also of a report, that are numbers in words."""

    quoted: Sequence[Token]
    weights: Sequence[float]
    telling: frozenset[int]
    numbers: frozenset[str] = frozenset()

    def is_number(self, token: Token) -> bool:
        """Whether a token is a number in figures or in a word."""
        return token.is_number or token.text in self.numbers

    def tells(self, places: Sequence[int], fewest: int = 1) -> bool:
        """Whether so many of the tokens at ``places`` tell something."""
        return len(self.telling.intersection(places)) >= fewest


def share(own: Words, lined: Sequence[Lined], pairs: Sequence[Pair]) -> float:
    """How much of the quotation stands there: its words in their order, or nearly all in another; 0 where few do."""
    same = _same(pairs)
    words = sum(token.is_word for token in own.quoted)
    held = sum(own.quoted[n].is_word for n in same)
    run, other = _longest(own.quoted, pairs), _other(lined, pairs)
    is_other_number = _only_numbers_differ(own, lined, pairs)
    few = held < ALIKE_FROM and not is_other_number and not _is_whole(own, lined, pairs)
    if held < FEWEST * words or few or (len(run) < ALIKE_FROM and other >= held):
        return 0.0
    total = sum(own.weights)
    beside = {lined[pair.true].token.text for pair in pairs if pair.true is not None}
    shuffled = (
        sum(weight for token, weight in zip(own.quoted, own.weights, strict=True) if token.text in beside) / total
    )
    enough = MANY if own.tells(run, _TELLING) else MOST
    shares = [sum(own.weights[n] for n in same) / total]
    shares += [shuffled] * (shuffled >= SHUFFLED_FROM)
    shares += [held / words] * (held / words >= enough and len(run) > ALIKE_FROM)
    is_other_word = words - held == 1 and other <= 1 and held > ALIKE_FROM and own.tells(same, _TELLING)
    shares += [ALTERED_FROM] * (is_other_number or is_other_word)
    return max(shares)


def _other(lined: Sequence[Lined], pairs: Sequence[Pair]) -> int:
    """The words of the report between the first and the last that are the same, which the quotation has not."""
    same = [n for n, pair in enumerate(pairs) if pair.same]
    within = pairs[same[0] : same[-1]] if same else ()
    return sum(not pair.same and pair.true is not None and lined[pair.true].token.is_word for pair in within)


def _longest(quoted: Sequence[Token], pairs: Sequence[Pair]) -> list[int]:
    """The words of the longest run that is the same on both sides."""
    longest, run = list[int](), list[int]()
    for pair in pairs:
        if not pair.same:
            run = []
        elif pair.quoted is not None and quoted[pair.quoted].is_word:
            run = [*run, pair.quoted]
        longest = max(longest, run, key=len)
    return longest


def _only_numbers_differ(own: Words, lined: Sequence[Lined], pairs: Sequence[Pair]) -> bool:
    """Whether what differs are numbers in the place of numbers: "7 men" for "6 men" or "six men"."""
    for pair in pairs:
        if pair.same:
            continue
        if pair.quoted is None or pair.true is None:
            return False
        if not (own.is_number(own.quoted[pair.quoted]) and own.is_number(lined[pair.true].token)):
            return False
    return own.tells(_same(pairs))


def _is_whole(own: Words, lined: Sequence[Lined], pairs: Sequence[Pair]) -> bool:
    """Whether every word stands in one sentence, in order, and fewer others between: "were executed"."""
    same = _same(pairs)
    if any(token.is_word and n not in same for n, token in enumerate(own.quoted)) or not own.tells(same):
        return False
    places = {lined[pair.true][:2] for pair in pairs if pair.same and pair.true is not None}
    return len(places) == 1 and _other(lined, pairs) < len(same)


def _same(pairs: Sequence[Pair]) -> list[int]:
    """The tokens of the quotation that stand there."""
    return [pair.quoted for pair in pairs if pair.same and pair.quoted is not None]
