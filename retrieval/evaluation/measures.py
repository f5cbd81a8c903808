"""Judged questions → figures with their uncertainty. Every question counts, answered or not.

S@1 and S@3: the best sentence, or one of the first three, covers a labelled answer. P@1: the best passage is labelled.
MRR: the mean of 1 over the rank of the first right sentence among the five that an answer lists, 0 without one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.judging import Judged, Mark, Reaction, Standing
from retrieval.excerpts import SHOWN_AT_MOST
from retrieval.outcome import Outcome

RESAMPLES = 1000
INTERVAL = (2.5, 97.5)  # percentiles
KEPT = 0.95
CURVE = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
BINS = 10

RANKED: Mapping[str, Callable[[Standing], float]] = {
    "s1": lambda found: float(found.rank == 1),
    "s3": lambda found: float(1 <= found.rank <= 3),
    "p1": lambda found: float(found.passage),
    "mrr": lambda found: 1 / found.rank if found.rank else 0.0,
}


class Estimate(NamedTuple):
    """A mean in ``[0, 1]`` (of differences: ``[-1, 1]``) and its 95 % interval."""

    value: float
    low: float
    high: float


class Sample:
    """Questions that come in clusters: the reports they are asked of.

    Intervals are a percentile bootstrap over clusters (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993),
    since questions of one report are alike; over questions where there is one report alone. Seeded.
    """

    def __init__(self, clusters: Sequence[str], seed: int) -> None:
        names = {name: n for n, name in enumerate(dict.fromkeys(clusters))}
        numbers = [names[name] for name in clusters] if len(names) > 1 else range(len(clusters))
        self._cluster = np.array(numbers, np.int64)
        size = int(self._cluster.max()) + 1 if len(clusters) else 0
        self.unit = "report" if len(names) > 1 else "question"
        random = np.random.default_rng(seed)
        self._counts = random.multinomial(size, np.full(size, 1 / max(1, size)), RESAMPLES).astype(np.float64)

    def mean(self, values: Iterable[float | None]) -> Estimate | None:
        """The mean of the values that are not ``None``, one a question in the order of the clusters."""
        given = [float("nan") if value is None else value for value in values]
        array = np.array(given, np.float64)
        counted = ~np.isnan(array)
        if not counted.any():
            return None
        size = self._counts.shape[1]
        sums = self._counts @ np.bincount(self._cluster, np.where(counted, array, 0.0), size)
        numbers = self._counts @ np.bincount(self._cluster, counted.astype(np.float64), size)
        means = sums[numbers > 0] / numbers[numbers > 0]
        low, high = np.percentile(means, INTERVAL).tolist() if len(means) else (0.0, 0.0)
        return Estimate(float(array[counted].mean()), low, high)


class Gate(NamedTuple):
    """What happens when answers from ``threshold`` on are given: the share of the right ones that is kept, and the
    share of the questions that should get none and are answered, of each kind there is."""

    threshold: float
    kept: float | None
    false: Mapping[str, Estimate | None]


class Bin(NamedTuple):
    """Questions whose confidence is in ``[start, end)``, in the last bin up to 1: how many, how sure, how often
    right."""

    start: float
    end: float
    n: int
    confidence: float | None
    right: float | None


class Measures:
    """The figures of one evaluation."""

    def __init__(self, judged: Sequence[Judged], seed: int) -> None:
        self.judged = judged
        self.sample = Sample([one.mark.report for one in judged], seed)
        self._right = [one.mark.answerable and one.mark.rank == 1 for one in judged]
        self._kept = np.sort([one.mark.confidence for one, ok in zip(judged, self._right, strict=True) if ok])[::-1]

    def ranked(self, name: str, group: str | None = None) -> Estimate | None:
        """One of ``RANKED`` over the questions with an answer, all or those of a group."""
        score = RANKED[name]
        return self.sample.mean(score(_own(one.mark)) if _counts(one, group) else None for one in self.judged)

    def plain(self, name: str) -> Estimate | None:
        """The same of plain BM25."""
        return self.sample.mean(RANKED[name](one.plain) if _counts(one) else None for one in self.judged)

    def lead(self, name: str) -> Estimate | None:
        """How far the answers are ahead of plain BM25, question by question."""
        score = RANKED[name]
        return self.sample.mean(
            score(_own(one.mark)) - score(one.plain) if _counts(one) else None for one in self.judged
        )

    def outcomes(self) -> Mapping[Outcome, Mapping[Outcome, int]]:
        """For each expected outcome how often which one came."""
        pairs = Counter((one.labelled.expected, one.mark.outcome) for one in self.judged)
        expected = [outcome for outcome in Outcome if any(pairs[outcome, came] for came in Outcome)]
        return {outcome: {came: pairs[outcome, came] for came in Outcome} for outcome in expected}

    def kinds(self) -> Mapping[str, Mapping[Outcome, int]]:
        """For each kind of question that the file names how often which outcome came."""
        pairs = Counter((one.labelled.kind, one.mark.outcome) for one in self.judged)
        return {kind: {came: pairs[kind, came] for came in Outcome} for kind in sorted({k for k, _ in pairs if k})}

    def precision(self) -> Estimate | None:
        """The share of the questions with outcome *answered* whose best sentence is right."""
        return self.sample.mean(
            float(ok) if one.mark.outcome is Outcome.ANSWERED else None
            for one, ok in zip(self.judged, self._right, strict=True)
        )

    def precision_of_answerable(self) -> Estimate | None:
        """The same of the questions with an answer alone."""
        return self.sample.mean(
            float(ok) if one.mark.answerable and one.mark.outcome is Outcome.ANSWERED else None
            for one, ok in zip(self.judged, self._right, strict=True)
        )

    def shown(self) -> Estimate | None:
        """The share of the questions with an answer whose right sentence is shown: *answered* with it first, or among
        the closest three."""
        return self.sample.mean(float(_is_shown(one.mark)) if one.mark.answerable else None for one in self.judged)

    def silent(self) -> Estimate | None:
        """The share of the questions with an answer for which nothing is shown."""
        return self.sample.mean(
            float(one.mark.outcome is Outcome.SILENT) if one.mark.answerable else None for one in self.judged
        )

    def quoted(self) -> Mapping[str, Estimate | None]:
        """The share of the questions that should get no answer for which something is quoted, of each kind there is."""
        return {
            "off_topic": self.sample.mean(_quotes(one.off_topic) for one in self.judged),
            "removed": self.sample.mean(_quotes(one.removed) for one in self.judged),
            "unanswerable": self.sample.mean(
                None if one.mark.answerable else float(one.mark.outcome is not Outcome.SILENT) for one in self.judged
            ),
        }

    def threshold(self, kept: float) -> float | None:
        """The highest confidence that keeps a share of the right answers; ``None`` where none is right."""
        if not len(self._kept):
            return None
        return float(self._kept[max(1, int(np.ceil(kept * len(self._kept) - 1e-9))) - 1])

    def gate(self, threshold: float) -> Gate:
        """What a threshold keeps and lets through; the interval takes the threshold as given."""
        kinds: dict[str, list[float | None]] = {
            "off_topic": [one.off_topic.confidence if one.off_topic else None for one in self.judged],
            "removed": [one.removed.confidence if one.removed else None for one in self.judged],
            "unanswerable": [None if one.mark.answerable else one.mark.confidence for one in self.judged],
        }
        return Gate(
            threshold,
            float((self._kept >= threshold).mean()) if len(self._kept) else None,
            {kind: self.sample.mean(_passes(value, threshold) for value in values) for kind, values in kinds.items()},
        )

    def curve(self) -> list[Gate]:
        """Gates from few kept answers to all."""
        thresholds = [self.threshold(kept) for kept in CURVE]
        return [self.gate(threshold) for threshold in thresholds if threshold is not None]

    def reliability(self) -> list[Bin]:
        """The confidence of the questions as asked against how often they were right, in ten bins."""
        sure = np.array([one.mark.confidence for one in self.judged])
        right = np.array(self._right, np.float64)
        at: NDArray[np.int64] = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
        return [
            Bin(
                start=number / BINS,
                end=(number + 1) / BINS,
                n=int((at == number).sum()),
                confidence=float(sure[at == number].mean()) if (at == number).any() else None,
                right=float(right[at == number].mean()) if (at == number).any() else None,
            )
            for number in range(BINS)
        ]

    def milliseconds(self) -> tuple[float, float]:
        """Processor time a question: median and 95th percentile."""
        median, late = np.percentile([one.milliseconds for one in self.judged], (50, 95)).tolist()
        return median, late

    def misses(self, count: int) -> list[Judged]:
        """Questions whose best sentence is wrong, and those answered that have no answer; the surest first."""
        missed = [
            one
            for one, ok in zip(self.judged, self._right, strict=True)
            if not ok and (one.mark.answerable or one.mark.outcome is Outcome.ANSWERED)
        ]
        return sorted(missed, key=lambda one: -one.mark.confidence)[:count]

    def unfindable(self) -> list[str]:
        """The ids of the questions whose labelled answer stands nowhere."""
        return [one.mark.id for one in self.judged if not one.findable]


class Duel(NamedTuple):
    """One measure of two evaluations, question by question: in how many the first is ahead, behind, level, and by how
    much on the whole."""

    won: int
    lost: int
    tied: int
    difference: Estimate | None


def against(mine: Sequence[Mark], theirs: Sequence[Mark], seed: int) -> Mapping[str, Duel]:
    """``RANKED`` over the questions with an answer, and ``quiet`` over those without: 1 unless *answered*.

    Both have the same questions in the same order.
    """
    sample = Sample([mark.report for mark in mine], seed)
    found = {}
    for name in (*RANKED, "quiet"):
        pairs = [(_score(name, one), _score(name, other)) for one, other in zip(mine, theirs, strict=True)]
        gaps = [a - b if a is not None and b is not None else None for a, b in pairs]
        given = [gap for gap in gaps if gap is not None]
        won, lost = sum(gap > 0 for gap in given), sum(gap < 0 for gap in given)
        found[name] = Duel(won, lost, len(given) - won - lost, sample.mean(gaps))
    return found


def _score(name: str, mark: Mark) -> float | None:
    if name in RANKED:
        return RANKED[name](_own(mark)) if mark.answerable else None
    return None if mark.answerable else float(mark.outcome is not Outcome.ANSWERED)


def _is_shown(mark: Mark) -> bool:
    if mark.outcome is Outcome.ANSWERED:
        return mark.rank == 1
    return mark.outcome is Outcome.CLOSEST and 1 <= mark.rank <= SHOWN_AT_MOST[Outcome.CLOSEST]


def _quotes(reaction: Reaction | None) -> float | None:
    return None if reaction is None else float(reaction.is_quoted)


def _own(mark: Mark) -> Standing:
    return Standing(mark.rank, mark.passage)


def _counts(one: Judged, group: str | None = None) -> bool:
    return one.mark.answerable and group in (None, one.labelled.group)


def _passes(value: float | None, threshold: float) -> float | None:
    return None if value is None else float(value >= threshold and value > 0)  # 0: there was nothing to answer with
