"""The phrases of a language's tables, and where one stands among the words of a question."""

from collections.abc import Sequence
from functools import cache

_BETWEEN = 2  # other words at most between two of a phrase


@cache
def phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list with commas between them, each as its words; of an empty list there are none."""
    return tuple(words for phrase in listed.split(",") if (words := tuple(phrase.split())))


def find(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Where ``phrase`` begins in ``words``, up to two other words between its own; ``None`` where it does not stand."""
    if phrase[0] not in words:  # almost always so
        return None
    for start, word in enumerate(words):
        if word != phrase[0]:
            continue
        at = start
        for part in phrase[1:]:
            at = next((k for k in range(at + 1, min(at + 2 + _BETWEEN, len(words))) if words[k] == part), -1)
            if at < 0:
                break
        else:
            return start
    return None
