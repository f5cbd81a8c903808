"""How often a person and a server may ask: exact windows, on a clock that only the test moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ThrottledError, ThrottledServerError
from bot.settings import Limit
from bot.throttle import Throttle, Window

AMINA, MOUSSA, BAMAKO = 1, 2, 10


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seconds_to_wait(throttle: Throttle, person: int, server: int | None = None) -> int:
    """0 where the question is admitted."""
    try:
        throttle.admit(person, server)
    except ThrottledError as refused:
        return int(refused.fields["n"])
    return 0


def test_a_person_may_ask_as_often_as_the_limit_says_and_is_told_when_to_try_again(clock: Clock) -> None:
    throttle = Throttle(Limit(2, 20), None, clock)
    assert [seconds_to_wait(throttle, AMINA) for _ in range(3)] == [0, 0, 20]
    clock.now += 12.5
    assert seconds_to_wait(throttle, AMINA) == 8
    clock.now += 7.5
    assert [seconds_to_wait(throttle, AMINA) for _ in range(3)] == [0, 0, 20]


def test_people_do_not_count_for_each_other(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), None, clock)
    assert [seconds_to_wait(throttle, person) for person in (AMINA, MOUSSA, AMINA)] == [0, 0, 20]


def test_a_refusal_costs_nothing(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 10), Limit(2, 60), clock)
    assert [seconds_to_wait(throttle, AMINA, BAMAKO) for _ in range(5)] == [0, 10, 10, 10, 10]
    assert seconds_to_wait(throttle, MOUSSA, BAMAKO) == 0


def test_a_server_has_a_limit_of_its_own_with_a_sentence_of_its_own(clock: Clock) -> None:
    throttle = Throttle(None, Limit(1, 60), clock)
    throttle.admit(AMINA, BAMAKO)
    with pytest.raises(ThrottledServerError) as refused:
        throttle.admit(MOUSSA, BAMAKO)
    assert refused.value.fields == {"n": 60}
    throttle.admit(MOUSSA, None)  # a direct message belongs to no server


def test_both_limits_can_be_off(clock: Clock) -> None:
    throttle = Throttle(None, None, clock)
    assert {seconds_to_wait(throttle, AMINA, BAMAKO) for _ in range(100)} == {0}


def test_a_refusal_is_said_in_public_once_a_window(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), None, clock)
    told = [throttle.may_tell(person) for person in (AMINA, AMINA, MOUSSA)]
    clock.now += 20
    assert [*told, throttle.may_tell(AMINA)] == [True, False, True, True]


def test_people_who_have_gone_quiet_are_forgotten() -> None:
    window = Window(Limit(5, 20))
    for person in range(100):
        window.note(person, now=0.0)
    window.note(AMINA, now=19.0)
    assert window.remembered == 100
    window.note(MOUSSA, now=20.0)
    assert window.remembered == 2


def test_memory_is_bounded_however_many_people_ask() -> None:
    window = Window(Limit(1, 1000), most_keys=10)
    for person in range(1000):
        window.note(person, now=0.0)
    assert window.remembered == 10


@given(st.integers(1, 4), st.integers(1, 10), st.lists(st.integers(0, 32), max_size=40))
def test_no_window_ever_holds_more_than_its_limit(count: int, seconds: int, pauses: list[int]) -> None:
    window, now, admitted = Window(Limit(count, seconds)), 0.0, []
    for pause in pauses:
        now += pause / 4  # quarters of a second add up without rounding
        wait = window.wait(1, now)
        assert 0 <= wait <= seconds
        if not wait:
            window.note(1, now)
            admitted.append(now)
    assert all(later - earlier >= seconds for earlier, later in zip(admitted, admitted[count:], strict=False))
