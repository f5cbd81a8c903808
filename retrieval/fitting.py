"""Labelled questions → weights. Development only; needs SciPy (extra ``dev``).

The ranking is fitted as a choice among the candidate sentences of a question: the softmax of their scores should fall
on those that cover a labelled answer. The confidence is a logistic regression on whether the best sentence answers.

Labelled questions were written by people who had the paragraph before their eyes, so they share more words with it
than what people type into a chat. Every question is therefore seen twice: as it is, of its whole report; and with a
share of its words made unknown, of a short stretch of the report. For the confidence each is also asked where no
answer stands: of another report, and with its labelled paragraphs taken out. Everything is convex and seeded: the
same data give the same weights.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.edition import Edition
from corpus.report import Report
from retrieval.confidence import NAMES, facts
from retrieval.evaluation import Gold, Labelled
from retrieval.lexicon import WEIGHTS
from retrieval.query import Kind, Query
from retrieval.ranking import CUES, FEATURES
from retrieval.scope import Ranking, Scope
from retrieval.terms import analyzer
from retrieval.weights import Weights
from retrieval.weights import tables as bundled

STRETCH = 8  # paragraphs of a short report
DISGUISED = (0.0, 0.25, 0.5, 0.7)  # the share of a question's words put otherwise: one of these by chance
UNKNOWN = "xqvzk"  # begins words that no report holds
FEATURE_RIDGE = 1e-4
CUE_RIDGE = 3e-3  # on plain weights: a kind of question with few examples stays near zero
CUE_LIMIT = 1.5
CONFIDENCE_RIDGE = 1e-4
OFF_TOPIC = {False: 8.0, True: 2.0}  # how often a question of another report counts, of a whole one and a short one
ROUNDS = 200
SQUAD = "The bundled weights: SQuAD v1.1, training half (Rajpurkar et al., 2016, CC BY-SA 4.0); no text of it is kept."

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a scope with some passages left out; ``is_answerable`` says whether its own answer is there.

    ``disguise`` says which of its terms are put otherwise: each is found as an equivalent of that strength, or not at
    all where that is 0.
    """

    labelled: Labelled
    disguise: Mapping[str, float]
    scope: Scope
    skip: frozenset[int]
    is_answerable: bool
    is_short: bool

    @property
    def is_off_topic(self) -> bool:
        """Whether another report is asked."""
        return not self.is_answerable and not self.skip

    def rank(self, weights: Weights) -> Ranking:
        """Every sentence with its evidence, best first."""
        return self.scope.rank(self.labelled.question, weights, self.skip, self._disguised)

    def _disguised(self, query: Query) -> Query:
        """``query`` with other words in place of those that ``disguise`` names."""
        wants, equivalents, words = list(query.wants), list(query.equivalents), list(query.words)
        for n, want in enumerate(query.wants):
            strength = self.disguise.get(want.key or "")
            if strength is None or want.key is None:
                continue
            unknown = f"{UNKNOWN}{n}"
            wants[n] = replace(want, key=unknown, surface=unknown)
            words[want.position] = unknown
            equivalents[n] = {**equivalents[n], (want.key,): strength} if strength else {}
        return replace(query, wants=tuple(wants), equivalents=tuple(equivalents), words=tuple(words))


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned, in the order of ``FEATURES``, ``CUES`` and ``("constant", *NAMES)``.

    ``right_whole`` and ``right_short`` are the shares of the questions fitted on whose first sentence is right.
    """

    features: Floats
    cues: dict[Kind, Floats]
    confidence: Floats
    right_whole: float
    right_short: float

    def text(self, source: str) -> str:
        """The text of a file of weights; ``source`` says how and on what they were fitted. The thresholds stay as they
        are."""
        tables = {"features": dict(zip(FEATURES, self.features, strict=True))}
        tables |= {f"cues.{kind}": dict(zip(CUES, found, strict=True)) for kind, found in self.cues.items()}
        tables["confidence"] = dict(zip(("constant", *NAMES), self.confidence, strict=True))
        tables["thresholds"] = dict(bundled()["thresholds"])
        lines = [
            f"# {source}",
            f"# The first sentence is right for {self.right_whole:.1%} of them, asked of whole reports;",
            f"# put otherwise and asked of short reports, for {self.right_short:.1%}.",
            f"# {SQUAD}",
        ]
        for name, table in tables.items():
            lines += ["", f"[{name}]", *(f"{_key(key)} = {round(float(value), 4)}" for key, value in table.items())]
        return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.isidentifier() else f'"{name}"'


def fit(edition: Edition, questions: Sequence[Labelled], gold: Gold, seed: int, progress: Progress) -> Fitted:
    """Weights fitted on labelled questions. ``progress`` hears how many of how many rankings are done."""
    found = cases(edition, questions, gold, seed)
    features, cues = fit_ranking(found, gold, progress)
    by_kind = {kind: tuple(weights.tolist()) for kind, weights in cues.items()}
    weights = Weights(tuple(features.tolist()), by_kind, (0.0,) * (len(NAMES) + 1), 1.0, 1.0)
    counts = np.array([OFF_TOPIC[case.is_short] if case.is_off_topic else 1.0 for case in found])
    rows, right = judge(found, gold, weights, progress)
    shares = [
        float(right[[n for n, case in enumerate(found) if case.is_answerable and case.is_short is is_short]].mean())
        for is_short in (False, True)
    ]
    return Fitted(features, cues, fit_confidence(rows, right, counts), *shares)


def cases(edition: Edition, questions: Sequence[Labelled], gold: Gold, seed: int) -> list[Case]:
    """Every question in its six cases: whole or short, each as it is, of another report, and without its paragraphs.

    The last is left out where a labelled answer stands in another paragraph too. Every other report stands alone, the
    rest have each other as background.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    background = Scope(edition.reports).background
    beside = {report.id: None if n % 2 else background for n, report in enumerate(edition.reports)}
    whole = {report.id: [Scope([report], background=beside[report.id])] for report in edition.reports}
    short = {
        report.id: [Scope([part], background=beside[report.id]) for part in _stretches(report)]
        for report in edition.reports
    }
    found: list[Case] = []
    for labelled in questions:
        found += _three(labelled, {}, whole, gold, rng, is_short=False)
        found += _three(labelled, _disguise(labelled.question, rng), short, gold, rng, is_short=True)
    return found


def _stretches(report: Report) -> Iterator[Report]:
    body = tuple(report.body)
    for start in range(0, len(body), STRETCH):
        yield replace(report, passages=body[start : start + STRETCH])


def _three(
    labelled: Labelled,
    disguise: Mapping[str, float],
    scopes: dict[str, list[Scope]],
    gold: Gold,
    rng: random.Random,
    *,
    is_short: bool,
) -> Iterator[Case]:
    home = labelled.report or ""
    scope = next(s for s in scopes[home] if any(gold.holds(labelled, passage) for passage in s.passages))
    yield Case(labelled, disguise, scope, frozenset(), is_answerable=True, is_short=is_short)
    others = [name for name in scopes if name != home]
    if others:
        elsewhere = rng.choice(scopes[rng.choice(others)])
        yield Case(labelled, disguise, elsewhere, frozenset(), is_answerable=False, is_short=is_short)
    skip = frozenset(n for n, passage in enumerate(scope.passages) if gold.holds(labelled, passage))
    answers = {scope.passages[n].cut(span) for n in skip for span in gold.spans(labelled, scope.passages[n])}
    rest = [passage.text for n, passage in enumerate(scope.passages) if n not in skip]
    if not any(answer in text for answer in answers for text in rest):
        yield Case(labelled, disguise, scope, skip, is_answerable=False, is_short=is_short)


def _disguise(question: str, rng: random.Random) -> dict[str, float]:
    """Which terms are put otherwise. Names and numbers never are: whoever asks about them types them."""
    share = rng.choice(DISGUISED)
    strengths = [*WEIGHTS.values(), *(0.0 for _ in WEIGHTS)]  # half of them are found by no equivalent
    terms = [term.key for term in analyzer("en").terms(question) if question[term.start].islower()]
    return {key: rng.choice(strengths) for key in terms if rng.random() < share}


def fit_ranking(found: Sequence[Case], gold: Gold, progress: Progress) -> tuple[Floats, dict[Kind, Floats]]:
    """The weights of the features and, for each kind of question, of the cues."""
    blank = Weights((0.0,) * len(FEATURES), {k: (0.0,) * len(CUES) for k in Kind}, (0.0,) * (len(NAMES) + 1), 1.0, 1.0)
    kinds = list(Kind)
    rows: list[NDArray[np.float32]] = []
    hits: list[NDArray[np.bool_]] = []
    asked = [case for case in found if case.is_answerable]
    for n, case in enumerate(asked):
        progress(n + 1, len(asked))
        ranking = case.rank(blank)
        right = np.array([gold.covers(case.labelled, ranking.passage(e), e.sentence.span) for e in ranking.evidence])
        if not right.any():
            continue
        start = len(FEATURES) + len(CUES) * kinds.index(ranking.ranker(ranking.evidence[0]).query.kind)
        row = np.zeros((len(right), len(FEATURES) + len(kinds) * len(CUES)), np.float32)
        row[:, : len(FEATURES)] = [e.features for e in ranking.evidence]
        row[:, start : start + len(CUES)] = [e.cues for e in ranking.evidence]
        rows.append(row - row.mean(axis=0))  # only differences within a question count
        hits.append(right)
    weights = _softmax_regression(np.concatenate(rows), np.concatenate(hits), np.array([len(row) for row in rows]))
    cues = weights[len(FEATURES) :].reshape(len(kinds), len(CUES))
    return weights[: len(FEATURES)], dict(zip(kinds, cues, strict=True))


def _softmax_regression(rows: NDArray[np.float32], right: NDArray[np.bool_], sizes: NDArray[np.int64]) -> Floats:
    """Weights, shape ``(columns,)``, that put the most softmax on the right rows of each group of ``sizes`` rows.

    Features are evidence and can only speak for a sentence, whatever the data say: so the weights carry over to
    questions that are put differently, and a reader can be told why a sentence was chosen.
    """
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    target = right.astype(np.float32)
    cues = rows.shape[1] - len(FEATURES)
    ridge = np.array([FEATURE_RIDGE] * len(FEATURES) + [CUE_RIDGE] * cues)
    bounds = [(0.0, None)] * len(FEATURES) + [(-CUE_LIMIT, CUE_LIMIT)] * cues

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights.astype(np.float32)
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = powers / np.add.reduceat(powers, starts)[group]
        on_right = np.maximum(np.add.reduceat(share * target, starts), 1e-12)
        slope = share - share * target / on_right[group]
        value = -np.log(on_right).mean() + float(ridge @ (weights * weights))
        return float(value), (rows.T @ slope).astype(np.float64) / len(sizes) + 2 * ridge * weights

    return _minimise(loss, rows.shape[1], bounds)


def judge(found: Sequence[Case], gold: Gold, weights: Weights, progress: Progress) -> tuple[Floats, NDArray[np.bool_]]:
    """The facts that the confidence weighs, shape ``(cases, len(NAMES))``, and whether the best sentence was right.

    A case without any evidence has zeros and is wrong: the bot is silent there whatever the weights.
    """
    rows, right = [], []
    for n, case in enumerate(found):
        progress(n + 1, len(found))
        ranking = case.rank(weights)
        best = ranking.evidence[0] if ranking.evidence else None
        rows.append(facts(ranking) if best else (0.0,) * len(NAMES))
        right.append(
            best is not None
            and case.is_answerable
            and gold.covers(case.labelled, ranking.passage(best), best.sentence.span)
        )
    return np.array(rows), np.array(right)


def fit_confidence(rows: Floats, right: NDArray[np.bool_], counts: Floats) -> Floats:
    """Constant and slopes of the logistic model, shape ``(1 + len(NAMES),)``.

    Each row counts ``counts`` times where the model learns what tells right from wrong. Then its scale is set by all
    rows alike, so that it stays a probability (Platt, 1999).
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    constant, *slopes = _logistic((rows - mean) / spread, right, counts)
    scaled = np.array(slopes) / spread
    shift, scale = _logistic((constant + (rows - mean) @ scaled)[:, None], right, np.ones(len(rows)))
    return np.concatenate([[shift + scale * (constant - scaled @ mean)], scale * scaled])


def _logistic(rows: Floats, right: NDArray[np.bool_], counts: Floats) -> Floats:
    """Constant and slopes of a logistic regression on ``rows``, shape ``(1 + columns,)``."""
    columns = np.hstack([np.ones((len(rows), 1)), rows])
    share = counts / counts.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        x = columns @ weights
        value = share @ (np.logaddexp(0, x) - x * right) + CONFIDENCE_RIDGE * weights @ weights
        slope = columns.T @ (share * (1 / (1 + np.exp(-x)) - right)) + 2 * CONFIDENCE_RIDGE * weights
        return float(value), slope

    return _minimise(loss, columns.shape[1], [(None, None)] * columns.shape[1])


def _minimise(
    loss: Callable[[Floats], tuple[float, Floats]], size: int, bounds: Sequence[tuple[float | None, float | None]]
) -> Floats:
    from scipy.optimize import minimize  # heavy, and needed here alone

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS})
    return np.asarray(found.x, np.float64)
