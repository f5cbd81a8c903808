"""The kinds of thing that questions ask for and sentences offer. Which words do so is data: ``questions.toml``."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from retrieval.language import language


class Kind(StrEnum):
    """The kind of thing that a question asks for; each of the first eight has a table in ``questions.toml``."""

    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    GROUP = "group"
    REASON = "reason"
    MANNER = "manner"
    QUOTATION = "quotation"
    VERIFICATION = "verification"  # yes or no
    THING = "thing"


@cache
def offers(tag: str) -> Mapping[Kind, frozenset[str]]:
    """For each kind the words of a sentence that offer it, folded."""
    kinds: Iterable[tuple[str, Mapping[str, str]]] = language(tag).questions.get("kinds", {}).items()
    return {Kind(name): frozenset(table["offers"].split()) for name, table in kinds}
