"""Labelled facts → a model that says how likely a thing is. Development only; needs SciPy (extra ``dev``).

A logistic regression comes first, so that whatever holds in general is a slope that can be read, and holds where no
labelled row is; trees are grown on what it leaves. Then the scale of both is set by rows that took no part (Platt,
"Probabilistic outputs", 1999): a fifth of the questions at a time is kept out, and judged by a model of the others.
"""

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from retrieval.evaluation.growing import grow
from retrieval.evidence.weights import Model

RIDGE = 1e-3  # on slopes of facts with a spread of 1
FOLDS = 5
ROUNDS = 300

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


def fit_model(rows: Floats, truth: Truth, weights: Floats, names: Sequence[str], scaled_by: Truth) -> Model:
    """The model that tells which rows are true. ``rows`` has shape ``(rows, facts)``; rows with the same name, that of
    their question, are kept out together. A row counts by its weight where the model learns what tells true from false;
    its scale is set by the rows ``scaled_by``, which all count the same."""
    fold = np.array([zlib.crc32(name.encode()) % FOLDS for name in names])
    odds = np.zeros(len(rows))
    for n in range(FOLDS):
        out = fold == n
        if out.any() and not out.all():
            odds[out] = _odds(_fit(rows[~out], truth[~out], weights[~out]), rows[out])
    by = scaled_by if scaled_by.any() else np.ones(len(rows), np.bool_)
    shift, scale = _logistic(odds[by, None], truth[by], np.ones(int(by.sum())), 0.0)
    whole = _fit(rows, truth, weights)
    scale = max(scale, 0.0)
    slopes = tuple(scale * slope for slope in whole.slopes)
    return Model(shift + scale * whole.constant, slopes, whole.trees.scaled(scale))


def _fit(rows: Floats, truth: Truth, weights: Floats) -> Model:
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    constant, *slopes = _logistic((rows - mean) / spread, truth, weights, RIDGE)
    scaled = np.array(slopes) / spread
    start = constant + (rows - mean) @ scaled
    return Model(float(constant - scaled @ mean), tuple(scaled.tolist()), grow(rows, truth, weights, start))


def _odds(model: Model, rows: Floats) -> Floats:
    trees = [model.trees(row) for row in rows.tolist()]
    return np.asarray(model.constant + rows @ np.array(model.slopes) + np.array(trees), np.float64)


def _logistic(rows: Floats, truth: Truth, weights: Floats, ridge: float) -> list[float]:
    """Constant and slopes of a logistic regression on ``rows``."""
    columns = np.hstack([np.ones((len(rows), 1)), rows])
    share = weights / weights.sum()

    def loss(found: Floats) -> tuple[float, Floats]:
        x = columns @ found
        value = share @ (np.logaddexp(0, x) - x * truth) + ridge * found @ found
        slope = columns.T @ (share * (1 / (1 + np.exp(-x)) - truth)) + 2 * ridge * found
        return float(value), slope

    fitting: Callable[[Floats], tuple[float, Floats]] = loss
    found = minimize(fitting, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return [float(number) for number in found.x]
