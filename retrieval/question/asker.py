"""Whether a question speaks of whoever asks it, or of whoever is asked, and whether it wants advice: facts that
``retrieval.confidence.facts`` gathers.

Asked "do u like music" or "how do i fix my bike", no report is meant, whatever words it has. The words are data:
``asker`` and ``advice`` in ``questions.toml``.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retrieval.language import language
from retrieval.question.query import Query
from retrieval.words.phrases import find, phrases


class Asker(NamedTuple):
    """What of a question is about people who talk, and not about a report."""

    personal: float  # how many of its words mean who asks or who is asked
    advice: float  # 1 where it asks how to do a thing, or what is best


def asker(query: Query) -> Asker:
    """What a question says of who asks it; what is only told around it, and courtesy, do not count."""
    words, advice = _data(query.tag)
    spoken = [part for word in query.words for part in word.replace("’", "'").split("'")]
    return Asker(
        personal=float(sum(word in words for word in spoken)),
        advice=float(any(find(spoken, phrase) is not None for phrase in advice)),
    )


@cache
def _data(tag: str) -> tuple[frozenset[str], Sequence[Sequence[str]]]:
    tables = language(tag).questions
    return frozenset(tables.get("asker", "").split()), phrases(tables.get("advice", ""))
