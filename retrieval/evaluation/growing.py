"""Labelled rows → small trees, grown one after another on what those before leave unexplained. Development only.

Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with the second order steps of Chen and
Guestrin, "XGBoost" (2016), for the logistic loss. Nothing is left to chance: the same rows give the same trees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.evidence.trees import Tree

TREES = 100
DEPTH = 3  # questions one after the other at most
RATE = 0.08  # the share of its step that a tree takes
RIDGE = 5.0  # on a leaf, in rows of weight 1
LEAST = 1.0  # the curvature of the loss that a leaf holds at least, in rows of weight 1 times p (1 - p)
BINS = 32  # values of a column that are told apart

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Bins:
    """The rows by bin: ``codes`` has shape ``(rows, columns)``; a code up to ``k`` means at most
    ``cuts[column][k]``."""

    codes: NDArray[np.int64]
    cuts: Sequence[Floats]

    @property
    def width(self) -> int:
        """Bins of a column at most."""
        return max(map(len, self.cuts)) + 1


def grow(rows: Floats, truth: NDArray[np.bool_], weights: Floats, start: Floats) -> tuple[Tree, ...]:
    """Trees whose sum, added to the log odds ``start``, tells better which rows are true. ``rows`` has shape
    ``(rows, columns)``; a row counts by its weight."""
    bins = _binned(rows)
    counts = weights / weights.mean()
    odds = start.copy()
    trees = []
    for _ in range(TREES):
        chance = 1.0 / (1.0 + np.exp(-odds))
        tree = _tree(
            bins,
            counts * (chance - truth),
            counts * chance * (1.0 - chance),
            at=np.arange(len(rows)),
            odds=odds,
            depth=DEPTH,
        )
        if not isinstance(tree, tuple):
            break
        trees.append(tree)
    return tuple(trees)


def _binned(rows: Floats) -> _Bins:
    """Every column cut between its values, or between some of its quantiles where it has more than ``BINS``."""
    cuts = []
    for column in rows.T:
        values = np.unique(column)
        edges = values[:-1]
        if len(values) > BINS:
            edges = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1], method="higher"))
            edges = edges[edges < values[-1]]
        cuts.append((edges + values[np.searchsorted(values, edges) + 1]) / 2)
    codes = [np.searchsorted(cut, column, "left") for cut, column in zip(cuts, rows.T, strict=True)]
    return _Bins(np.stack(codes, axis=1).astype(np.int64), cuts)


def _tree(bins: _Bins, slope: Floats, curve: Floats, at: NDArray[np.int64], odds: Floats, depth: int) -> Tree:
    """The tree for the rows ``at``; the steps of its leaves are added to their ``odds``."""
    found = _split(bins, slope[at], curve[at], bins.codes[at]) if depth and len(at) else None
    if found is None:
        step = float(-RATE * slope[at].sum() / (curve[at].sum() + RIDGE))
        odds[at] += step
        return step
    column, code = found
    is_below = bins.codes[at, column] <= code
    below = _tree(bins, slope, curve, at=at[is_below], odds=odds, depth=depth - 1)
    return (
        column,
        float(bins.cuts[column][code]),
        below,
        _tree(bins, slope, curve, at=at[~is_below], odds=odds, depth=depth - 1),
    )


def _split(bins: _Bins, slope: Floats, curve: Floats, codes: NDArray[np.int64]) -> tuple[int, int] | None:
    """The column, and the bin up to which rows go below, that explain the most; ``None`` where no split does."""
    columns, width = codes.shape[1], bins.width
    places = (codes + np.arange(columns) * width).ravel()

    def below(values: Floats) -> Floats:
        sums = np.bincount(places, np.repeat(values, columns), columns * width)
        return np.asarray(sums.reshape(columns, width).cumsum(axis=1), np.float64)

    slopes, curves = below(slope), below(curve)
    all_slope, all_curve = slope.sum(), curve.sum()
    gain = slopes**2 / (curves + RIDGE) + (all_slope - slopes) ** 2 / (all_curve - curves + RIDGE)
    known = np.arange(width) < np.array([len(cut) for cut in bins.cuts])[:, None]
    gain[~known | (curves < LEAST) | (all_curve - curves < LEAST)] = -np.inf
    best = int(gain.argmax())
    if not gain.ravel()[best] > all_slope**2 / (all_curve + RIDGE) + 1e-9:
        return None
    return best // width, best % width
