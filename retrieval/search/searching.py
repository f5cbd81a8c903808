"""A question and the passages that it is asked of → every sentence of the most promising ones, best first."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from retrieval.evidence import speakers
from retrieval.evidence.bare import is_bare, told_under
from retrieval.evidence.features import Candidate
from retrieval.evidence.headings import Said
from retrieval.evidence.leaning import Leaning
from retrieval.evidence.ranker import Ranker
from retrieval.evidence.weights import Weights
from retrieval.evidence.yielding import settled
from retrieval.question import across
from retrieval.question.query import Query
from retrieval.search.ranking import Ranking
from retrieval.search.scope import Scope
from retrieval.search.telling import telling

if TYPE_CHECKING:
    from retrieval.evidence.standing import Standings

CANDIDATES = 12  # passages whose sentences are looked at


def rank(
    scope: Scope,
    question: str,
    weights: Weights,
    change: Callable[[Query], Query] = lambda query: query,
    leaning: Leaning | None = None,
) -> Ranking:
    """Every sentence of the most promising passages with its evidence, best first.

    ``change`` makes another query of the question's own: for fitting, and for questions that follow another, whose
    search is ``leaning`` towards what answered that one.
    """
    queries = {tag: change(scope.query(question, tag, weights)) for tag in scope.languages}
    rankers = {tag: _ranker(scope, query, tag, weights) for tag, query in queries.items()}
    terms: dict[str, float] = {}
    for ranker in rankers.values():
        terms.update(ranker.terms())
    whole = scope.standings if any(query.is_whole for query in queries.values()) else None
    scores = _scores(scope, terms, weights, whole)
    if leaning is not None:
        scores |= {n: scores.get(n, 0.0) for n in leaning.reaches(len(scope.passages))}
    bare = frozenset(n for n in scores if is_bare(scope.passages, n))
    scores |= {n + 1: scores.get(n + 1, 0.0) for n in bare}
    candidates = _candidates(scope, question, rankers, weights, terms=terms, scores=scores, bare=bare, whole=whole)
    evidence = [one for tag, found in candidates.items() for one in rankers[tag].rank(found, weights)]
    if len(candidates) > 1:
        evidence.sort(key=lambda one: (-one.score, one.passage, one.sentence.number))
    told = told_under(evidence, bare)
    found = settled(told.evidence, queries, leaning, scope.passage, tag=lambda one: scope.report(one).language)
    read = leaning.read if leaning is not None else frozenset[tuple[int, int]]()
    return Ranking(scope, rankers, tuple(found), across.asked_in(question), read=read, lifted=told.lifted)


def _scores(scope: Scope, terms: Mapping[str, float], weights: Weights, whole: "Standings | None") -> dict[int, float]:
    """The most promising passages by their numbers, each with its BM25; of a question about the ``whole`` report also
    those that stand out in it."""
    lift = scope.headings.lift(terms) if weights.uses_titles else None
    hits = scope.index.search(list(terms), CANDIDATES, list(terms.values()), lift)
    scores = {hit.passage: hit.score for hit in hits}
    if len(scope.passages) <= CANDIDATES:  # in a short report every sentence is looked at, whatever its words
        scores = {n: scores.get(n, 0.0) for n in range(len(scope.passages))}
    if whole:
        numbers = {passage.id: n for n, passage in enumerate(scope.passages)}
        rest = CANDIDATES // 2 if hits else CANDIDATES  # what is found by a word comes first, yet not alone
        front = {numbers[name]: 0.0 for name in whole.foremost(numbers, rest)}
        scores = {n: scores.get(n, 0.0) for n in [*list(scores)[: CANDIDATES - rest], *front, *scores]}
    return dict(list(scores.items())[:CANDIDATES])


def _candidates(
    scope: Scope,
    question: str,
    rankers: Mapping[str, Ranker],
    weights: Weights,
    *,
    terms: Mapping[str, float],
    scores: Mapping[int, float],
    bare: frozenset[int],
    whole: "Standings | None",
) -> Mapping[str, Sequence[Candidate]]:
    """The passages of ``scores`` and the titles that tell more than they do, by language. ``bare`` ones say nothing but
    what the next is about."""
    said = Said(
        scope.headings,
        lambda report, held: rankers[scope.language_of(report)].held(held if weights.uses_titles else ()),
    )
    titles = telling(scope, rankers, said, terms=terms, passages=scores)
    found: dict[str, list[Candidate]] = {tag: [] for tag in rankers}
    for n, score in (dict(scores) | dict.fromkeys(titles, 0.0)).items():  # its passages hold what a title says too
        passage = scope.passage(n)
        report = scope.report(passage)
        if speakers.is_silenced(report, passage, question):
            continue
        above = said.above(passage, with_title=scope.titles.number(report.id) in titles)
        if n - 1 in bare:  # a line that nobody told for a heading
            above = list(map(max, above, said.held(report.id, scope.read(n - 1))))
        found[report.language].append(
            Candidate(
                number=n,
                sentences=scope.read(n),
                score=score,
                early=scope.early(n) if n in scores else 1.0,
                above=above,
                title=said.by_title(report.id),
                places=whole.of(passage.id) if whole else (),
            )
        )
    return found


def _ranker(scope: Scope, query: Query, tag: str, weights: Weights) -> Ranker:
    return Ranker(
        query,
        scope.vocabulary,
        lambda key: scope.background.surprisal(key, tag, scope.alone),
        near=scope.near[tag] if weights.uses_near else None,
        likeness=scope.likeness[tag] if weights.uses_likeness else None,
    )
