"""The model that ships: the bundled weights, and the same with a part taken out, to measure what the part is worth."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

from retrieval import weights
from retrieval.evidence import NO_CUES, NO_FEATURES
from retrieval.facts import FACTS
from retrieval.weights import Weights

_NEIGHBOURS = frozenset({"before", "after", "leans_on_match", "elsewhere"})
_FACETS = frozenset({"facet_offered", "facet_central", "lead", "main_event"})


@cache
def shipped() -> Weights:
    """The bundled weights."""
    return weights.parse(weights.tables(), FACTS)


def without(part: str) -> Weights:
    """The bundled weights without one of ``PARTS``. The confidence is not fitted anew, so only the ranking compares."""
    return PARTS[part](shipped())


def _without_kinds(full: Weights) -> Weights:
    return replace(full, cues=dict.fromkeys(full.cues, NO_CUES))


def _without_features(full: Weights, names: AbstractSet[str]) -> Weights:
    return replace(full, features=full.features._replace(**dict.fromkeys(names, 0.0)))


def _without_learning(full: Weights) -> Weights:
    """BM25 of the sentence and of the passage count the same, and nothing else counts."""
    return replace(_without_kinds(full), features=NO_FEATURES._replace(bm25=1.0, passage_bm25=1.0))


PARTS: Mapping[str, Callable[[Weights], Weights]] = {
    "lexicon": lambda full: replace(full, uses_lexicon=False),
    "near": lambda full: replace(full, uses_near=False),
    "titles": lambda full: replace(full, uses_titles=False),
    "kinds": _without_kinds,
    "facets": lambda full: _without_features(full, _FACETS),
    "neighbours": lambda full: _without_features(full, _NEIGHBOURS),
    "typing": lambda full: replace(full, uses_typing=False),
    "weights": _without_learning,
}
