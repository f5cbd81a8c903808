"""Lets others see what happens: each event of the log whatever its level, and what has no line of its own.

Whoever counts stands outside of what is counted; nothing here knows Prometheus. Never the text of a question.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

Observer = Callable[[str, Mapping[str, object]], None]

_OBSERVERS: list[Observer] = []


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """While inside, ``observer`` is called with the name and the facts of each event, in the thread where it happens.

    It must be quick and raise nothing.
    """
    _OBSERVERS.append(observer)
    try:
        yield
    finally:
        _OBSERVERS.remove(observer)


def note(name: str, /, **facts: object) -> None:
    """Let observers see what has no line in the log."""
    for observer in tuple(_OBSERVERS):
        observer(name, facts)


@contextmanager
def timed(name: str) -> Iterator[dict[str, object]]:
    """Note how many ``seconds`` what is done inside took, with the facts that it puts into the dictionary it gets."""
    started, facts = perf_counter(), dict[str, object]()
    try:
        yield facts
    finally:
        note(name, **facts, seconds=perf_counter() - started)
