"""Why a question got no answer: which of its words stand where, and what the passage that comes closest lacks.

Weighs nothing anew. What is said to stand somewhere is cut from there, what is said to stand nowhere is in no passage
that answers are taken from. Stop words are not looked for, and nothing is said of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.passage import Passage
from retrieval.confidence.sureness import sureness
from retrieval.evidence.ranker import Ranker
from retrieval.evidence.weights import Weights
from retrieval.kind import Kind
from retrieval.language.folding import fold
from retrieval.question.query import Want
from retrieval.search.ranking import Ranking
from retrieval.search.spelt import spelt
from retrieval.why.explanation import How, offer, places

LISTED = 3  # passages that are named for a word, the rest is counted
READ = 200  # passages at most that are read to see in which form a word stands in them


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of the question as ``typed``, or a phrase of stop words ("who did it"), which ``is_phrase`` marks.

    ``read_as`` is the word that a misspelt one was taken for. ``how`` is ``EXACT`` where every passage that holds it
    has it as it was typed or read, and ``None`` where it stands nowhere, nor does what may stand for it. ``found`` is
    what stands there, verbatim, ``passages`` are some of those that hold it, in report order; there are ``more``
    besides. ``in_closest`` says whether the closest passage holds it in any form.
    """

    typed: str
    read_as: str | None
    how: How | None
    found: tuple[str, ...]
    passages: tuple[Passage, ...]
    more: int
    in_closest: bool
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for where a question got no answer.

    ``closest`` is the passage of the best sentence, ``None`` where no sentence holds anything of the question.
    ``is_offered`` says whether a sentence that was looked at offers what looks like the ``kind`` asked for,
    ``closest_offers`` whether the best one does. Answers are given from a confidence of ``answered_from`` on, the
    closest passages are shown where the reports are about the matter by ``closest_from`` or more; ``about`` says how
    far they are.
    """

    words: tuple[Sought, ...]
    closest: Passage | None
    kind: Kind
    is_offered: bool
    closest_offers: bool
    answered_from: float
    closest_from: float
    about: float


def sought(ranking: Ranking, weights: Weights) -> Search:
    """What was looked for in ``ranking``, which was made with ``weights``."""
    ranker = ranking.best_ranker
    best = ranking.evidence[0] if ranking.evidence else None
    kind = ranker.query.kind
    closest_offers = best is not None and offer(ranking, best).holds(kind)
    return Search(
        words=tuple(_words(ranking, ranker)),
        closest=None if best is None else ranking.passage(best),
        kind=kind,
        is_offered=closest_offers or any(offer(ranking, one).holds(kind) for one in ranking.evidence[1:]),
        closest_offers=closest_offers,
        answered_from=weights.answered_from,
        closest_from=weights.closest_from,
        about=round(sureness(ranking, weights).about, 4),
    )


def _words(ranking: Ranking, ranker: Ranker) -> Iterator[Sought]:
    scope = ranking.scope
    closest = frozenset[int]()
    if ranking.evidence:
        number = ranking.evidence[0].passage
        rows = [ranker.matches(sentence) for sentence in scope.read(number)]
        closest = frozenset(n for row in rows for n, match in enumerate(row) if match)
    for n, want in sorted(enumerate(ranker.query.wants), key=lambda entry: entry[1].position):
        how, numbers, chains = _standing(ranking, ranker, n, want)
        held = [scope.passage(at) for at in numbers]
        read_as = spelt(ranking.scope, ranking.tag, want.key, want.surface) if want.meant and want.key else None
        word = read_as or want.surface
        texts = (text for passage in held[:READ] for text in _texts(ranking, passage, chains))
        found = {fold(text): text for text in texts}
        if how in (How.FORM, How.SPELLING) and _is_everywhere(ranking, held, chains, word):
            how, found = How.EXACT, {word: word}
        yield Sought(
            typed=want.surface,
            read_as=read_as,
            how=how,
            found=tuple(found.values()),
            passages=tuple(held[:LISTED]),
            more=max(0, len(held) - LISTED),
            in_closest=n in closest,
            is_phrase=want.key is None,
        )


def _standing(
    ranking: Ranking, ranker: Ranker, number: int, want: Want
) -> tuple[How | None, Sequence[int], Sequence[Sequence[str]]]:
    """How a want is found at its nearest, the numbers of the passages that hold it so, and by which keys."""
    scope = ranking.scope
    if want.key is not None and (held := scope.holding(want.key)):
        return (How.SPELLING if want.meant else How.FORM), held, [(want.key,)]
    listed = ranker.query.equivalents[number]
    ways = sorted(ranker.ways(number).items(), key=lambda way: (-way[1], way[0]))
    by_passage: dict[How, dict[int, None]] = {How.EQUIVALENT: {}, How.FAMILY: {}}
    chains: dict[How, list[Sequence[str]]] = {How.EQUIVALENT: [], How.FAMILY: []}
    for keys, strength in ways:
        how = How.EQUIVALENT if listed.get(keys) == strength else How.FAMILY
        common = frozenset.intersection(*(frozenset(scope.holding(key)) for key in keys))
        apart = len(keys) > 1  # words of a phrase may stand in a passage without making the phrase
        holding = [at for at in common if not apart or any(_texts(ranking, scope.passage(at), [keys]))]
        if holding:
            chains[how].append(keys)
            by_passage[how].update(dict.fromkeys(holding))
    nearest = next((one for one in (How.EQUIVALENT, How.FAMILY) if by_passage[one]), None)
    return (nearest, sorted(by_passage[nearest]), chains[nearest]) if nearest else (None, (), ())


def _texts(ranking: Ranking, passage: Passage, chains: Sequence[Sequence[str]]) -> Iterator[str]:
    """What stands in ``passage`` for any of the ``chains`` of keys, verbatim, each within one sentence."""
    terms = ranking.scope.terms(passage)
    sentences = [passage.sentence(number) for number in range(len(passage.sentences))] if terms else []
    for keys in chains:
        for span in sentences:
            within = [term for term in terms if span.start <= term.start < span.end]
            yield from (passage.cut(place) for place in places(keys, within))


def _is_everywhere(ranking: Ranking, held: Sequence[Passage], chains: Sequence[Sequence[str]], typed: str) -> bool:
    """Whether every passage has the word as it was typed, but for case and accents; of very many nobody looks."""
    typed = fold(typed)
    return len(held) <= READ and all(
        any(fold(text) == typed for text in _texts(ranking, passage, chains)) for passage in held
    )
