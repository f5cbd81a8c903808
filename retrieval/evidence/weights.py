"""The learned weights: a small file of numbers with its provenance. A weight for what there is not, and something that
has no weight, are refused when it is read."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from retrieval.evidence import trees
from retrieval.evidence.features import Cues, Features
from retrieval.evidence.trees import Trees
from retrieval.kind import Kind

FILE = Path(__file__).with_name("weights.toml")
TREES = "trees"  # in the table of a model, what stands beside its slopes


@dataclass(frozen=True, slots=True)
class Model:
    """Facts → a probability: the logistic function of a constant, the facts times their ``slopes``, and what ``trees``
    over them say."""

    constant: float
    slopes: tuple[float, ...]
    trees: Trees = field(default_factory=trees.none)

    def __call__(self, found: Sequence[float]) -> float:
        """The probability, in (0, 1), for facts in the order of the slopes."""
        x = self.constant + math.fsum(map(mul, self.slopes, found)) + self.trees(found)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


class Scoring(NamedTuple):
    """Weights of the features, and of the cues for each kind of question."""

    features: Features
    cues: Mapping[Kind, Cues]

    def score(self, kind: Kind, features: Features, cues: Cues) -> float:
        """The weighted sum for one sentence."""
        return math.fsum(map(mul, self.features, features)) + math.fsum(map(mul, self.cues[kind], cues))


@dataclass(frozen=True, slots=True)
class Weights:
    """How sentences are scored, and the two models over facts.

    ``whole`` holds where question and sentence are compared as wholes, ``plain`` where they cannot be: in a language
    without vectors for it, and where a question has no words but those that ask about the report as a whole.

    ``uses_lexicon`` and ``uses_near`` say whether equivalents and near words are looked for at all, ``uses_likeness``
    whether question and sentence are compared as wholes, ``uses_titles`` whether titles and headings count,
    ``uses_typing`` whether misspelt words are put right.
    """

    whole: Scoring
    plain: Scoring
    confidence: Model
    aboutness: Model
    answered_from: float
    closest_from: float
    uses_lexicon: bool = True
    uses_near: bool = True
    uses_likeness: bool = True
    uses_titles: bool = True
    uses_typing: bool = True


def parse(data: Mapping[str, Any], facts: Sequence[str]) -> Weights:
    """Weights from the tables of a file; ``facts`` are the names of what the models weigh, in its order. Raises
    ``ValueError`` where a name has no weight or a weight no name."""
    return Weights(
        whole=_scoring("whole", data["whole"]),
        plain=_scoring("plain", data["plain"]),
        confidence=_model("confidence", data["confidence"], facts),
        aboutness=_model("aboutness", data["aboutness"], facts),
        answered_from=float(data["thresholds"]["answered"]),
        closest_from=float(data["thresholds"]["closest"]),
    )


def _scoring(name: str, table: Mapping[str, Any]) -> Scoring:
    cues = table["cues"]
    return Scoring(
        Features(**_numbers(f"{name}.features", table["features"], Features._fields)),
        {kind: Cues(**_numbers(f"{name}.cues.{kind}", cues[kind], Cues._fields)) for kind in Kind},
    )


def _model(name: str, table: Mapping[str, Any], facts: Sequence[str]) -> Model:
    plain = {key: value for key, value in table.items() if key != TREES}
    numbers = _numbers(name, plain, ("constant", *facts))
    return Model(
        numbers["constant"], tuple(numbers[fact] for fact in facts), trees.parse(table.get(TREES, ""), len(facts))
    )


def _numbers(name: str, table: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, float]:
    if unknown := table.keys() ^ set(names):
        raise ValueError(f"the weights under {name} and what is weighed differ in {', '.join(sorted(unknown))}")
    return {key: float(value) for key, value in table.items()}


@cache
def tables() -> Mapping[str, Any]:
    """The bundled file, as it stands."""
    return tomllib.loads(FILE.read_text("utf-8"))
