"""What an edition is made of is set aside once, and again when another one is live."""

import gc
from collections.abc import Iterator

import pytest

from bot.cogs.memory import Memory


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_there_is_is_set_aside_once_an_edition() -> None:
    memory = Memory()
    memory.settle("a")
    first = gc.get_freeze_count()
    kept = [[number] for number in range(1000)]
    memory.settle("a")
    assert gc.get_freeze_count() <= first
    memory.settle("b")
    assert gc.get_freeze_count() >= first + len(kept) - 100
    assert first > 0


def test_what_an_earlier_edition_left_behind_is_collected() -> None:
    class Left:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            gone.append(True)

    gone: list[bool] = []
    memory, left = Memory(), Left()
    memory.settle("a")
    del left
    assert not gone
    memory.settle("b")
    assert gone
