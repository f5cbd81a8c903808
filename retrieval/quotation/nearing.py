"""Words that stand nowhere as they were quoted: which of a report's own come closest, and how close.

Closeness is the share of the quotation's words that a report has in their order, each weighted by how much it says: a
name or a number more than "the".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.quotation.alignment import Pair, align
from retrieval.quotation.covering import SHORTEST, Piece, pieces, sentence_at
from retrieval.quotation.differing import Lined, differences, inserted
from retrieval.quotation.given import Given
from retrieval.quotation.nearest import nearest, told
from retrieval.quotation.sharing import ALTERED_FROM, Words, share
from retrieval.quotation.shelf import Place, Shelf, Spot
from retrieval.quotation.showing import around, shown
from retrieval.quotation.tokens import STOPS, Token
from retrieval.quotation.values import Difference
from retrieval.quotation.verdict import Verdict
from retrieval.quotation.wording import wording
from retrieval.words.terms import analyzer_of

# Ours, set on the cases of tests/golden/quotes; see also retrieval.quotation.sharing.
JOINED_FROM = 0.8  # the share of the words of a quotation by weight that stand in pieces in several sentences
_MORE = 0.12  # by which several sentences must hold more than one
STOP_WORD, NUMBER, SIGN = 0.3, 3.0, 0.05  # weights of stop words, of numbers, of signs
_LOOKED_AT, _ALIGNED = 30, 4  # passages
_CELLS = 400_000  # of tables of alignments: what a long quotation may cost


@dataclass(frozen=True, slots=True)
class Near:
    """What comes closest: for *altered* the place it comes from, for *joined* those of its pieces."""

    verdict: Verdict
    excerpts: tuple[Excerpt, ...] = ()
    places: tuple[Place, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Laid:
    """The quotation beside the tokens ``lined`` of a passage and those that follow; ``share`` is how much is there."""

    lined: Sequence[Lined]
    pairs: Sequence[Pair]
    share: float


def near(shelf: Shelf, given: Given) -> Near:
    """The verdict on a quotation whose words stand nowhere one after the other: altered, joined or not found."""
    quoted = given.tokens
    weights = _weights(shelf, given)
    own = Words(quoted, weights, _telling(shelf, given))
    best = _closest(shelf, given, weights)
    if not best:
        return Near(Verdict.NOT_FOUND)
    own = replace(own, numbers=_numbers(shelf, quoted, best[:_ALIGNED]))
    laid = sorted(_laid(shelf, own, best), key=lambda one: -one.share)
    read = {number: shelf.read(number).tokens for number in best}
    covered = pieces(quoted, read, shelf.passages)
    first = laid[0]
    if _is_joined(covered, weights, first):
        places = tuple(_of_piece(piece, read[piece.number]) for piece in covered)
        return Near(Verdict.JOINED, places=places)
    apart = _apart(quoted, first)
    held = max(first.share, _in_one(covered, weights))
    if held < ALTERED_FROM:
        excerpts, differing = nearest(shelf, given, own, best)
        return Near(Verdict.NOT_FOUND, excerpts, differences=differing)
    found = tuple(told(given, differences(given.text, quoted, first.lined, pairs=first.pairs, passages=shelf.passages)))
    spots = _spots(first)
    if apart:
        return Near(Verdict.JOINED, places=tuple((spot,) for spot in spots), differences=found)
    excerpts = tuple(shown(around(shelf, spot.number, [spot.span]), held) for spot in spots)
    others = (
        shown(around(shelf, spot.number, [spot.span]), one.share)
        for one in laid[1:]
        if one.share >= ALTERED_FROM
        for spot in _spots(one)
    )
    unique = {excerpt.identity: excerpt for excerpt in (*excerpts, *others)}
    return Near(Verdict.ALTERED, tuple(unique.values()), (tuple(spots),), found)


def _weights(shelf: Shelf, given: Given) -> list[float]:
    """How much each token of the quotation says."""
    known: dict[str, float] = {}
    for token in given.tokens:
        if token.text not in known:
            known[token.text] = _weight(shelf, given.text[token.start : token.end], token)
    return [known[token.text] for token in given.tokens]


def _telling(shelf: Shelf, given: Given) -> frozenset[int]:
    """The tokens of the quotation that are no stop words in any of the languages."""
    keys = [analyzer_of(tag).key for tag in shelf.scope.languages]
    return frozenset(
        n
        for n, token in enumerate(given.tokens)
        if token.is_word and all(key(given.text[token.start : token.end]) is not None for key in keys)
    )


def _numbers(shelf: Shelf, quoted: Sequence[Token], best: Sequence[int]) -> frozenset[str]:
    """The numbers in words of the quotation and of the passages; none where the quotation has no number."""
    ways = [wording(tag).is_number for tag in shelf.scope.languages]
    if not any(is_number(token) for token in quoted for is_number in ways):
        return frozenset()
    others = (token for number in best for token in shelf.read(number).tokens)
    texts = {token.text: token for token in (*quoted, *others) if token.is_word and not token.is_number}
    return frozenset(text for text, token in texts.items() if any(is_number(token) for is_number in ways))


def _weight(shelf: Shelf, raw: str, token: Token) -> float:
    if not token.is_word:
        return SIGN
    if token.is_number:
        return NUMBER
    told = []
    for tag in shelf.scope.languages:
        key = analyzer_of(tag).key(raw)
        told.append(STOP_WORD if key is None else max(STOP_WORD, shelf.scope.background.surprisal(key, tag, "")))
    return min(told, default=1.0)


def _closest(shelf: Shelf, given: Given, weights: Sequence[float]) -> list[int]:
    """The passages that share the most of the quotation's words by weight, best first; where none shares any that
    tells something as it stands, those that have it in another form."""
    worth = {token.text: weight for token, weight in zip(given.tokens, weights, strict=True)}
    scores: dict[int, float] = {}
    for number in shelf.candidates(given.text, given.tokens):
        shared = worth.keys() & shelf.read(number).held
        score = sum(worth[text] for text in shared)
        if score > STOP_WORD:
            scores[number] = score

    def order(number: int) -> tuple[float, bool, int]:  # a title or the line under it has a paragraph's words as well
        return -scores[number], not shelf.passages[number].kind.is_ranked, number

    return sorted(scores, key=order)[:_LOOKED_AT] or shelf.alike(given.text)


def _laid(shelf: Shelf, words: Words, best: Sequence[int]) -> list[_Laid]:
    """The quotation beside the best passages, each with those after it into which it may go on."""
    found: list[_Laid] = []
    cells = 0
    quoted = words.quoted
    placed = inserted(quoted)  # never the report's, whatever stands between the brackets
    own = [token._replace(text=f"[{token.text}") if n in placed else token for n, token in enumerate(quoted)]
    for number in best[:_ALIGNED]:
        chain = shelf.chain(number, len(quoted)) if sum(token.text in STOPS for token in quoted) else [number]
        lined = [
            Lined(n, sentence_at(shelf.passages[n], token.start), token)
            for n in chain
            for token in shelf.read(n).tokens
        ]
        cells += len(lined) * len(quoted)
        if found and cells > _CELLS:
            break
        pairs = align(own, [one.token for one in lined], words.numbers)
        found.append(_Laid(lined, pairs, share(words, lined, pairs)))
    return found


def _is_joined(covered: Sequence[Piece], weights: Sequence[float], laid: _Laid) -> bool:
    """Whether pieces in several sentences hold nearly all of it, and much more than any one place."""
    if len({piece.place for piece in covered}) < 2:
        return False
    held = sum(sum(weights[piece.begin : piece.end]) for piece in covered) / sum(weights)
    return held >= JOINED_FROM and held >= laid.share + _MORE


def _in_one(covered: Sequence[Piece], weights: Sequence[float]) -> float:
    """The largest share that pieces in one sentence hold."""
    shares: dict[tuple[int, int], float] = {}
    for piece in covered:
        shares[piece.place] = shares.get(piece.place, 0.0) + sum(weights[piece.begin : piece.end])
    return max(shares.values(), default=0.0) / sum(weights)


def _apart(quoted: Sequence[Token], laid: _Laid) -> bool:
    """Whether it makes one sentence of two, or leaves out whole ones between, or of the end of one and the beginning of
    the next as much as a piece has: what is left and right stands apart."""
    same = [pair for pair in laid.pairs if pair.same and pair.quoted is not None and quoted[pair.quoted].is_word]
    for before, after in pairwise(same):
        if before.true is None or after.true is None or before.quoted is None or after.quoted is None:
            continue
        one, other = laid.lined[before.true], laid.lined[after.true]
        between = other.sentence - one.sentence if one.number == other.number else 1
        if not between:
            continue
        stands = {token.text for token in quoted[before.quoted : after.quoted]} & STOPS
        left_out = sum(one.token.is_word for one in laid.lined[before.true + 1 : after.true])
        added = sum(token.is_word for token in quoted[before.quoted + 1 : after.quoted])
        if between > 1 or not stands or (left_out >= SHORTEST and not added):
            return True
    return False


def _spots(laid: _Laid) -> list[Spot]:
    """Where the words that are the same stand, from the first to the last of each passage."""
    spans: dict[int, Span] = {}
    for pair in laid.pairs:
        if pair.same and pair.true is not None:
            number, _, token = laid.lined[pair.true]
            spans[number] = Span(spans[number].start if number in spans else token.start, token.end)
    return [Spot(number, span) for number, span in spans.items()]


def _of_piece(piece: Piece, own: Sequence[Token]) -> Place:
    last = own[piece.at + piece.end - piece.begin - 1]
    return (Spot(piece.number, Span(own[piece.at].start, last.end)),)
