"""Labelled questions → weights. Development only; needs SciPy (extra ``dev``).

The ranking is fitted as a choice among the candidate sentences of a question: the softmax of their scores should fall
on those that cover a labelled answer. The confidence is fitted as a logistic regression on three kinds of case: the
question itself (right if the best sentence answers it), a question of another report, and the question with its
labelled paragraphs taken out. Both are convex, so the same data give the same weights.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.edition import Edition
from retrieval.confidence import NAMES, facts
from retrieval.evaluation import Gold, Labelled
from retrieval.query import Kind
from retrieval.ranking import CUES, FEATURES
from retrieval.scope import Scope
from retrieval.weights import Weights

RIDGE = 1e-4  # on standardised weights
ROUNDS = 300

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a report: the scope, what is left out of it, and whether its own answer can be found there."""

    labelled: Labelled
    scope: Scope
    skip: frozenset[int]
    is_answerable: bool


def cases(edition: Edition, questions: Sequence[Labelled], gold: Gold, seed: int) -> list[Case]:
    """Each question three times: as it is, of another report, and without its labelled paragraphs.

    A question is left out of the third kind where a labelled answer stands in another paragraph too.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    scopes = {report.id: Scope([report]) for report in edition.reports}
    found = []
    for labelled in questions:
        home = labelled.report or edition.reports[0].id
        scope = scopes[home]
        found.append(Case(labelled, scope, frozenset(), is_answerable=True))
        others = [name for name in scopes if name != home]
        if others:
            found.append(Case(labelled, scopes[rng.choice(others)], frozenset(), is_answerable=False))
        skip = frozenset(n for n, passage in enumerate(scope.passages) if gold.holds(labelled, passage))
        answers = {scope.passages[n].cut(span) for n in skip for span in gold.spans(labelled, scope.passages[n])}
        rest = [passage.text for n, passage in enumerate(scope.passages) if n not in skip]
        if skip and not any(answer in text for answer in answers for text in rest):
            found.append(Case(labelled, scope, skip, is_answerable=False))
    return found


def fit_ranking(found: Sequence[Case], gold: Gold, progress: Progress) -> tuple[Floats, dict[Kind, Floats]]:
    """The weights of the features and, for each kind of question, of the cues."""
    blank = Weights(
        (0.0,) * len(FEATURES), {kind: (0.0,) * len(CUES) for kind in Kind}, (0.0,) * (len(NAMES) + 1), 1, 1
    )
    kinds = list(Kind)
    rows: list[NDArray[np.float32]] = []
    hits: list[NDArray[np.bool_]] = []
    for n, case in enumerate(found):
        progress(n, len(found))
        ranking = case.scope.rank(case.labelled.question, blank)
        right = np.array([gold.covers(case.labelled, ranking.passage(e), e.sentence.span) for e in ranking.evidence])
        if not right.any():
            continue
        kind = kinds.index(ranking.ranker(ranking.evidence[0]).query.kind)
        row = np.zeros((len(right), len(FEATURES) + len(kinds) * len(CUES)), np.float32)
        row[:, : len(FEATURES)] = [e.features for e in ranking.evidence]
        start = len(FEATURES) + kind * len(CUES)
        row[:, start : start + len(CUES)] = [e.cues for e in ranking.evidence]
        rows.append(row)
        hits.append(right)
    weights = _softmax_regression(np.concatenate(rows), np.concatenate(hits), np.array([len(row) for row in rows]))
    cues = weights[len(FEATURES) :].reshape(len(kinds), len(CUES))
    return weights[: len(FEATURES)], dict(zip(kinds, cues, strict=True))


def _softmax_regression(rows: NDArray[np.float32], right: NDArray[np.bool_], sizes: NDArray[np.int64]) -> Floats:
    """Weights, shape ``(columns,)``, that put the most softmax on the right rows of each group of ``sizes`` rows."""
    spread = rows.std(axis=0) + 1e-6
    scaled = (rows - rows.mean(axis=0)) / spread
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = powers / np.add.reduceat(powers, starts)[group]
        on_right = np.add.reduceat(share * right, starts)
        slope = share - share * right / on_right[group]
        value = -np.log(on_right).mean() + RIDGE * weights @ weights
        return float(value), (scaled.T @ slope) / len(sizes) + 2 * RIDGE * weights

    return np.asarray(_minimise(loss, rows.shape[1]) / spread, np.float64)


def judge(found: Sequence[Case], gold: Gold, weights: Weights, progress: Progress) -> tuple[Floats, NDArray[np.bool_]]:
    """The facts that the confidence weighs, shape ``(cases, len(NAMES))``, and whether the best sentence was right."""
    rows, right = [], []
    for n, case in enumerate(found):
        progress(n, len(found))
        ranking = case.scope.rank(case.labelled.question, weights, case.skip)
        if not ranking.evidence:  # nothing shared: silent whatever the weights, so nothing to learn
            continue
        best = ranking.evidence[0]
        rows.append(facts(ranking))
        right.append(case.is_answerable and gold.covers(case.labelled, ranking.passage(best), best.sentence.span))
    return np.array(rows), np.array(right)


def fit_confidence(rows: Floats, right: NDArray[np.bool_]) -> Floats:
    """Constant and slopes of the logistic model, shape ``(1 + len(NAMES),)``."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])

    def loss(weights: Floats) -> tuple[float, Floats]:
        x = scaled @ weights
        value = np.logaddexp(0, x).mean() - (x * right).mean() + RIDGE * weights @ weights
        return float(value), scaled.T @ (1 / (1 + np.exp(-x)) - right) / len(rows) + 2 * RIDGE * weights

    fitted = _minimise(loss, scaled.shape[1])
    slopes = fitted[1:] / spread
    return np.concatenate([[fitted[0] - slopes @ mean], slopes])


def _minimise(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    from scipy.optimize import minimize  # heavy, and needed here alone

    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)
