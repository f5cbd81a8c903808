"""The model that ships: the bundled weights, and the same with a part taken out, to measure what the part is worth."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

from retrieval.confidence.facts import FACTS
from retrieval.evidence import weights
from retrieval.evidence.features import NO_CUES, NO_FEATURES
from retrieval.evidence.weights import Scoring, Weights

_NEIGHBOURS = frozenset({"before", "after", "leans_on_match", "elsewhere"})
_FACETS = frozenset({"facet_offered", "facet_central", "lead", "main_event"})


@cache
def shipped() -> Weights:
    """The bundled weights."""
    return weights.parse(weights.tables(), FACTS)


def without(part: str) -> Weights:
    """The bundled weights without one of ``PARTS``. The confidence is not fitted anew, so only the ranking compares."""
    return PARTS[part](shipped())


def _each(full: Weights, change: Callable[[Scoring], Scoring]) -> Weights:
    return replace(full, whole=change(full.whole), plain=change(full.plain))


def _without_kinds(full: Weights) -> Weights:
    return _each(full, lambda scoring: scoring._replace(cues=dict.fromkeys(scoring.cues, NO_CUES)))


def _without_features(full: Weights, names: AbstractSet[str]) -> Weights:
    nothing = dict.fromkeys(names, 0.0)
    return _each(full, lambda scoring: scoring._replace(features=scoring.features._replace(**nothing)))


def _without_learning(full: Weights) -> Weights:
    """BM25 of the sentence and of the passage count the same, and nothing else counts."""
    plain = NO_FEATURES._replace(bm25=1.0, passage_bm25=1.0)
    return _each(_without_kinds(full), lambda scoring: scoring._replace(features=plain))


PARTS: Mapping[str, Callable[[Weights], Weights]] = {
    "lexicon": lambda full: replace(full, uses_lexicon=False),
    "near": lambda full: replace(full, uses_near=False),
    "likeness": lambda full: replace(full, uses_likeness=False),
    "titles": lambda full: replace(full, uses_titles=False),
    "kinds": _without_kinds,
    "facets": lambda full: _without_features(full, _FACETS),
    "neighbours": lambda full: _without_features(full, _NEIGHBOURS),
    "typing": lambda full: replace(full, uses_typing=False),
    "weights": _without_learning,
}
