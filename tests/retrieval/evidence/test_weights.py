"""The file of weights: what it says is what is weighed, and nothing more or less is taken."""

import copy
from typing import Any

import numpy as np
import pytest

from retrieval.confidence.facts import FACTS
from retrieval.evaluation.growing import grow
from retrieval.evidence import trees, weights
from retrieval.evidence.trees import Tree
from retrieval.evidence.weights import Model


@pytest.fixture
def data() -> dict[str, Any]:
    return copy.deepcopy(dict(weights.tables()))


def within(data: dict[str, Any], table: str) -> dict[str, Any]:
    """The table of that name; dots lead into tables within it."""
    for name in table.split("."):
        data = data[name]
    return data


@pytest.mark.parametrize("table", ["confidence", "aboutness", "whole.features", "plain.features"])
def test_a_weight_for_what_there_is_not_is_refused(data: dict[str, Any], table: str) -> None:
    within(data, table)["moonlight"] = 1.0
    with pytest.raises(ValueError, match=f"{table}.*moonlight"):
        weights.parse(data, FACTS)


@pytest.mark.parametrize(
    ("table", "name"),
    [("confidence", "entropy"), ("aboutness", "entropy"), ("whole.features", "bigrams"), ("plain.features", "bigrams")],
)
def test_what_has_no_weight_is_refused(data: dict[str, Any], table: str, name: str) -> None:
    del within(data, table)[name]
    with pytest.raises(ValueError, match=f"{table}.*{name}"):
        weights.parse(data, FACTS)


@pytest.mark.parametrize("scoring", ["whole", "plain"])
def test_a_cue_and_its_weight_for_a_kind_come_together(data: dict[str, Any], scoring: str) -> None:
    cues = within(data, f"{scoring}.cues")
    del cues["time"]["year"]
    with pytest.raises(ValueError, match=rf"{scoring}\.cues\.time.*year"):
        weights.parse(data, FACTS)
    cues["time"] |= {"year": 1.0, "moonlight": 1.0}
    with pytest.raises(ValueError, match=rf"{scoring}\.cues\.time.*moonlight"):
        weights.parse(data, FACTS)


def test_a_tree_over_what_there_is_not_is_refused(data: dict[str, Any]) -> None:
    data["confidence"]["trees"] = trees.written(trees.trees([(len(FACTS), 1.0, 0.5, -0.5)]))
    with pytest.raises(ValueError, match=f"{len(FACTS)} of {len(FACTS)}"):
        weights.parse(data, FACTS)


@pytest.mark.parametrize(("text", "problem"), [("moonlight!", "legible"), ("moonlight123", "cut off")])
def test_what_holds_no_trees_is_refused(data: dict[str, Any], text: str, problem: str) -> None:
    data["confidence"]["trees"] = text
    with pytest.raises(ValueError, match=problem):
        weights.parse(data, FACTS)


TWO: list[Tree] = [(0, 1.5, -1.0, (1, 0.0, 2.0, 3.0)), 0.25]


def test_a_model_adds_what_its_slopes_and_its_trees_say() -> None:
    grown = trees.trees(TWO)
    assert [grown(found) for found in ([1.5, 9.0], [1.6, 0.0], [1.6, 0.1])] == [-0.75, 2.25, 3.25]
    model = Model(1.0, (2.0, 0.0), grown)
    assert model([-0.125, 0.0]) == 0.5  # 1 - 0.25 - 0.75


def test_a_model_without_trees_adds_what_its_slopes_say() -> None:
    assert Model(-1.0, (1.0,))([1.0]) == 0.5


def test_trees_are_written_as_they_are_read() -> None:
    text = trees.written(trees.trees(TWO))
    assert trees.written(trees.parse(text, 2)) == text
    assert trees.parse(text, 2)([1.6, 0.1]) == 3.25


def test_a_tree_that_is_too_deep_is_refused() -> None:
    tree: Tree = 0.0
    for place in range(trees.DEPTH + 1):
        tree = (place, 0.0, tree, 1.0)
    with pytest.raises(ValueError, match="deep"):
        trees.trees([tree])


def test_trees_learn_what_no_sum_tells_the_same_each_time() -> None:
    """True where one of two is high and the other is not."""
    rows = np.random.default_rng(7).random((2000, 3))
    truth = (rows[:, 0] > 0.5) != (rows[:, 2] > 0.5)
    grown = grow(rows, truth, np.ones(len(rows)), np.zeros(len(rows)))
    said = np.array([grown(row) for row in rows.tolist()])
    assert ((said > 0) == truth).mean() > 0.95
    again = grow(rows, truth, np.ones(len(rows)), np.zeros(len(rows)))
    assert trees.written(again) == trees.written(grown)


def test_trees_have_nothing_to_add_to_what_is_known() -> None:
    rows = np.random.default_rng(7).random((500, 2))
    truth = rows[:, 0] > 0.5
    known = np.where(truth, 30.0, -30.0)
    grown = grow(rows, truth, np.ones(len(rows)), known)
    assert max(abs(grown(row)) for row in rows.tolist()) < 1e-6
