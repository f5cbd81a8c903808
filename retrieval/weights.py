"""The learned weights: a small file of numbers with its provenance."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any

from retrieval.kind import Kind

FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features, of the cues for each kind of question, and of the two models over facts (the first
    number of each is the constant). ``uses_lexicon`` and ``uses_near`` say whether equivalents and near words are
    looked for at all, ``uses_titles`` whether titles and headings count, ``uses_typing`` whether misspelt words are put
    right."""

    features: tuple[float, ...]
    cues: Mapping[Kind, tuple[float, ...]]
    confidence: tuple[float, ...]
    aboutness: tuple[float, ...]
    answered_from: float
    closest_from: float
    uses_lexicon: bool = True
    uses_near: bool = True
    uses_titles: bool = True
    uses_typing: bool = True

    def score(self, kind: Kind, features: Sequence[float], cues: Sequence[float]) -> float:
        """The weighted sum for one sentence."""
        return math.fsum(map(mul, self.features, features)) + math.fsum(map(mul, self.cues[kind], cues))


def parse(data: Mapping[str, Any], features: Sequence[str], cues: Sequence[str], facts: Sequence[str]) -> Weights:
    """Weights from the tables of a file, in the order of the names; a name that the file does not know weighs
    nothing."""
    by_kind = data["cues"]
    return Weights(
        tuple(float(data["features"].get(name, 0.0)) for name in features),
        {kind: tuple(float(by_kind.get(kind, {}).get(name, 0.0)) for name in cues) for kind in Kind},
        tuple(float(data["confidence"].get(name, 0.0)) for name in ("constant", *facts)),
        tuple(float(data["aboutness"].get(name, 0.0)) for name in ("constant", *facts)),
        float(data["thresholds"]["answered"]),
        float(data["thresholds"]["closest"]),
    )


@cache
def tables() -> Mapping[str, Any]:
    """The bundled file, as it stands."""
    return tomllib.loads(FILE.read_text("utf-8"))
