"""Whether a hedge governs quoted words: a sentence has clauses, and what is doubted in one may be certain in another.

Told by signs and by the words that open a clause, never by what is meant; where they do not tell, a hedge governs.
"""

from collections.abc import Sequence

from retrieval.quotation.tokens import Token
from retrieval.quotation.wording import Found, Wording

_SIGNS = frozenset(",;:()")
_ENDS = frozenset(";:")  # between main clauses


def governs(run: Sequence[Token], hedge: Found, quoted: Sequence[int], words: Wording) -> bool:
    """Whether the ``hedge`` in the tokens ``run`` of one sentence may hold for one of those at the places ``quoted``.

    A hedge that stands in a clause of its own ("…, raising fears that it may …") holds for what is in that clause.
    """
    begin, end = _reach(run, hedge, words)
    inside = [n for n in quoted if begin <= n < end]
    return any(n > hedge.begin or not _is_closed(run, n, hedge, words) for n in inside)


def _reach(run: Sequence[Token], hedge: Found, words: Wording) -> tuple[int, int]:
    """The tokens that it may hold for: of the innermost clause that surely has it, else of the sentence."""
    after = hedge.begin
    while after > 0 and not _is_sign(run, after - 1):
        after -= 1
    opened = [n for n in range(after, hedge.begin + 1) if _opens(run, n, hedge, words)]
    if opened:
        return opened[-1], _next_sign(run, hedge.end)
    begin = next((n + 1 for n in range(hedge.begin - 1, -1, -1) if _is_end(run, n)), 0)
    joined = [n for n in range(begin + 1, hedge.begin) if _joins(run, begin, n, words)]
    end = next((n for n in range(hedge.end, len(run)) if run[n].text == ";"), len(run))
    return (joined[-1] if joined else begin), end


def _opens(run: Sequence[Token], place: int, hedge: Found, words: Wording) -> bool:
    """Whether a clause of its own begins with the token: "that …", "who …", ", raising …", ", possibly raising …"."""
    text = run[place].text
    is_bound = not place or _is_sign(run, place - 1)
    # A second verb goes on with what the clause is about: "men who were hiding may have fled".
    own, hedging = run[place : hedge.begin], run[hedge.begin : hedge.end]
    verbs = sum(token.text in words.finite for token in own) + any(token.text in words.finite for token in hedging)
    is_of_one_verb = verbs < 2
    if text in words.that:
        before = run[place - 1].text if place else ""
        after = run[place + 1].text if place + 1 < len(run) else ""
        return is_of_one_verb and before not in words.prepositions and after not in words.days
    if text in words.subordinating:
        return is_of_one_verb or is_bound
    following = hedge.end if place == hedge.begin else place
    return is_bound and following < len(run) and words.is_participle(run[following].text)


def _joins(run: Sequence[Token], begin: int, place: int, words: Wording) -> bool:
    """Whether "and" at ``place`` joins a clause to one that has its verb; it may as well join things of a list."""
    if run[place].text not in words.pairing and run[place].text not in words.joins:
        return False
    return _is_sign(run, place - 1) and any(token.text in words.finite for token in run[begin:place])


def _is_closed(run: Sequence[Token], place: int, hedge: Found, words: Wording) -> bool:
    """Whether the token stands in a clause between signs that has ended before the hedge: ", who fled, …"."""
    begin = place
    while begin > 0 and not _is_sign(run, begin - 1):
        begin -= 1
    return run[begin].text in words.subordinating and _next_sign(run, place) <= hedge.begin


def _next_sign(run: Sequence[Token], place: int) -> int:
    return next((n for n in range(place, len(run)) if _is_sign(run, n)), len(run))


def _is_sign(run: Sequence[Token], place: int) -> bool:
    return run[place].text in _SIGNS and not _is_in_number(run, place)


def _is_end(run: Sequence[Token], place: int) -> bool:
    return run[place].text in _ENDS and not _is_in_number(run, place)


def _is_in_number(run: Sequence[Token], place: int) -> bool:
    """Whether a sign stands between figures: "10:30"."""
    return 0 < place < len(run) - 1 and run[place - 1].is_number and run[place + 1].is_number
