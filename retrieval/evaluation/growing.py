"""Labelled rows → small trees, grown one after another on what those before leave unexplained. Development only.

LightGBM grows them (Ke et al., "LightGBM: a highly efficient gradient boosting decision tree", 2017; an extra), each
from a part of the rows and of the facts, so that none has the last word. Seeded, in one thread: the same rows give
the same trees.
"""

import importlib
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import MissingLibraryError
from retrieval.evidence.trees import DEPTH, Tree, Trees, trees

TREES = 400
LEAVES = 24  # of a tree at most
SETTINGS = {
    "objective": "binary",
    "num_leaves": LEAVES,
    "max_depth": DEPTH,
    "learning_rate": 0.05,
    "lambda_l2": 20.0,
    "min_data_in_leaf": 80,
    "feature_fraction_bynode": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "seed": 7,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}

Floats = NDArray[np.float64]


def library() -> ModuleType:
    """LightGBM. Raises ``MissingLibraryError`` where it is not installed, or what it needs of the system is not."""
    try:
        return importlib.import_module("lightgbm")  # 700 ms: an extra
    except (ModuleNotFoundError, OSError):  # OSError: no libgomp
        raise MissingLibraryError(library="LightGBM", extra="fit") from None


def grow(rows: Floats, truth: NDArray[np.bool_], weights: Floats, start: Floats) -> Trees:
    """Trees whose sum, added to the log odds ``start``, tells better which rows are true. ``rows`` has shape
    ``(rows, columns)``; a row counts by its weight. Raises ``MissingLibraryError``."""
    lightgbm = library()
    seen = rows.astype(np.float32)  # as they will be asked
    data = lightgbm.Dataset(seen, truth.astype(np.float64), weight=weights / weights.mean(), init_score=start)
    grown: dict[str, Any] = lightgbm.train(SETTINGS, data, TREES).dump_model()
    return trees(_tree(one["tree_structure"]) for one in grown["tree_info"])


def _tree(node: dict[str, Any]) -> Tree:
    if "leaf_value" in node:
        return float(node["leaf_value"])
    return (
        int(node["split_feature"]),
        float(node["threshold"]),
        _tree(node["left_child"]),
        _tree(node["right_child"]),
    )
