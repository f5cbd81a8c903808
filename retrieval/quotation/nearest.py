"""What comes closest to a quotation that no report has: sentences that share its telling words, and how they differ."""

from collections.abc import Iterable, Iterator, Sequence

from retrieval.answer import Excerpt
from retrieval.quotation.alignment import Pair, align
from retrieval.quotation.covering import sentence_at
from retrieval.quotation.differing import Lined, differences
from retrieval.quotation.given import Given
from retrieval.quotation.sharing import Words
from retrieval.quotation.shelf import Shelf
from retrieval.quotation.showing import around, shown
from retrieval.quotation.tokens import Token
from retrieval.quotation.values import Difference
from retrieval.words.terms import analyzer_of

_SHOWN = 3  # excerpts
_HALF = 0.5  # of the telling words, of which more stand in a sentence that it is held against word by word


def nearest(
    shelf: Shelf, given: Given, own: Words, best: Sequence[int]
) -> tuple[tuple[Excerpt, ...], tuple[Difference, ...]]:
    """Of each of the ``best`` passages the sentence that shares the most, in any form of its words; none that shares
    only such as any text has, and no title or heading where a sentence is there. And what differs from the first, where
    enough is alike for that to tell something."""
    worth = {_key(shelf, own.quoted[n]): own.weights[n] for n in own.telling}
    total = sum(worth.values())
    found: list[tuple[float, int, int]] = []
    for number in sorted(best, key=lambda number: not shelf.passages[number].kind.is_ranked):
        passage = shelf.passages[number]
        if len(found) == _SHOWN or (found and not passage.kind.is_ranked):
            break
        shared: dict[int, set[str]] = {}
        for token in shelf.read(number).tokens:
            if token.is_word and (key := _key(shelf, token)) in worth:
                shared.setdefault(sentence_at(passage, token.start), set()).add(key)
        if shared:
            scores = {n: sum(worth[key] for key in keys) for n, keys in shared.items()}
            sentence = min(scores, key=lambda n: (-scores[n], n))
            found.append((scores[sentence] / total, number, sentence))
    if not found:
        return (), ()
    excerpts = tuple(
        shown(around(shelf, number, [shelf.passages[number].sentence(sentence)]), score)
        for score, number, sentence in found
    )
    _, number, sentence = max(found, key=lambda one: one[0])
    return excerpts, _differences(shelf, given, own, number=number, sentence=sentence)


def _differences(shelf: Shelf, given: Given, own: Words, number: int, sentence: int) -> tuple[Difference, ...]:
    """What differs from one sentence; nothing where few of the telling words stand there in order."""
    lined = [
        Lined(number, sentence, token)
        for token in shelf.read(number).tokens
        if sentence_at(shelf.passages[number], token.start) == sentence
    ]
    pairs = align(own.quoted, [one.token for one in lined], own.numbers)
    alike = sum(_is_alike(shelf, own, lined, pair) for pair in pairs if pair.quoted in own.telling)
    if alike <= _HALF * len(own.telling):
        return ()
    return tuple(told(given, differences(given.text, own.quoted, lined, pairs=pairs, passages=shelf.passages)))


def _is_alike(shelf: Shelf, own: Words, lined: Sequence[Lined], pair: Pair) -> bool:
    if pair.same or pair.quoted is None or pair.true is None:
        return pair.same
    return _key(shelf, own.quoted[pair.quoted]) == _key(shelf, lined[pair.true].token)


def told(given: Given, found: Iterable[Difference]) -> Iterator[Difference]:
    """The differences that are worth a word: not case alone, and no ellipsis that says that something is left out."""
    for one in found:
        is_case = one.quoted.casefold() == one.true.casefold()
        if not (is_case or one.quoted == "…" or (given.has_ellipsis and one.quoted.strip("[(]) ") in ("…", "..."))):
            yield one


def _key(shelf: Shelf, token: Token) -> str:
    """What stands for all forms of a word, in the first of the languages in which it is none that any text has."""
    keys = (analyzer_of(tag).key(token.text) for tag in shelf.scope.languages)
    return next((key for key in keys if key is not None), token.text)
