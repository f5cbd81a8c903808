"""What is remembered of questions: the last of each place and person, for fifteen minutes, and no more than so many."""

from bot.service.turns import SECONDS, Turns
from retrieval.following.turn import Turn

FIRST, SECOND = Turn("Who dug the well?"), Turn("How deep is it?")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_last_turn_of_each_is_remembered() -> None:
    turns = Turns(Clock())
    turns.keep(("channel", "ann"), FIRST)
    turns.keep(("channel", "ann"), SECOND)
    assert turns.before(("channel", "ann")) == SECOND
    assert turns.before(("channel", "bob")) is None
    assert turns.before(("thread", "ann")) is None


def test_it_is_forgotten_after_a_quarter_of_an_hour() -> None:
    clock = Clock()
    turns = Turns(clock)
    turns.keep("chat", FIRST)
    clock.now = SECONDS - 1
    assert turns.before("chat") == FIRST
    clock.now = SECONDS + 1
    assert turns.before("chat") is None


def test_the_oldest_makes_room() -> None:
    turns = Turns(Clock(), most=2)
    for name in ("a", "b", "c"):
        turns.keep(name, FIRST)
    assert [name for name in "abc" if turns.before(name)] == ["b", "c"]


def test_those_of_one_person_are_forgotten() -> None:
    turns = Turns(Clock())
    for key in (("channel", "ann"), ("thread", "ann"), ("thread", "bob")):
        turns.keep(key, FIRST)
    assert turns.forget(lambda key: isinstance(key, tuple) and key[1] == "ann") == 2
    assert turns.before(("thread", "ann")) is None
    assert turns.before(("thread", "bob")) == FIRST
