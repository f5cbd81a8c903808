"""What an answer has to hold, whatever its words: a name, a sum of money, a length of time, an age.

Asked for the name of the soldier who gave the orders, a sentence with the soldier, the orders and no name is about the
matter and no answer. The words are data: the tables ``needs`` of ``questions.toml``.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from retrieval.language import language
from retrieval.sentence import Sentence
from retrieval.words.background import common_terms
from retrieval.words.phrases import find, phrases

NAME, PLACE = "name", "country"  # the two that a name of the sentence's own meets


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an answer has to hold: a word of ``units``, or a name where it is ``NAME`` or ``PLACE``."""

    name: str
    units: frozenset[str]


@cache
def _table(tag: str) -> Sequence[tuple[Sequence[str], Need]]:
    """What asks for which need, the longest phrase first."""
    tables: Mapping[str, Mapping[str, str]] = language(tag).questions.get("needs", {})
    found = [
        (phrase, Need(name, frozenset(table.get("units", "").split())))
        for name, table in tables.items()
        for phrase in phrases(table["asks"])
    ]
    return sorted(found, key=lambda one: -len(one[0]))


def asked(words: Sequence[str], tag: str) -> Need | None:
    """What a question of these words, folded, cannot be answered without; ``None`` where nothing is sure."""
    return next((need for phrase, need in _table(tag) if find(words, phrase) is not None), None)


def is_met(need: Need, sentence: Sentence, known: AbstractSet[str], tag: str) -> bool:
    """Whether a sentence holds what is needed. ``known`` are the words of the question, and their keys."""
    if need.name == PLACE:
        return any(name not in known for name in sentence.names)
    if need.name == NAME:
        return names_somebody(sentence, known, tag)
    return any(part in need.units for word in sentence.words for part in (word, *word.split("-")))


def names_somebody(sentence: Sentence, known: AbstractSet[str], tag: str) -> bool:
    """Whether a sentence holds a name that is not ``known``, says no place, and is no common word with a capital."""
    return any(
        name not in known and name not in sentence.placed and name not in common_terms(tag, name[0])
        for name in sentence.names
    )
