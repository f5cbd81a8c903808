"""How much a person, a channel and a server may ask: exact windows, on a clock that only the test moves."""

from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.throttle import COMPLETIONS, TOLD_IN_CHANNEL, Asker, Throttle, Underway, Window
from bot.errors.serving import (
    BusyError,
    CrowdedError,
    ThrottledChannelError,
    ThrottledError,
    ThrottledServerError,
    TooMuchError,
)
from bot.settings.values import Limit
from tests.clock import Clock

AMINA, MOUSSA, SEYDOU = 1, 2, 3
SQUARE, MARKET = 10, 11
BAMAKO = 20


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


def seconds_to_wait(throttle: Throttle, person: int, channel: int | None = None, server: int | None = None) -> int:
    """0 where the question is admitted."""
    try:
        throttle.admit(Asker(person, channel, server))
    except TooMuchError as refused:
        return int(str(refused.fields["n"]))
    return 0


def test_a_person_may_ask_as_often_as_the_limit_says_and_is_told_when_to_try_again(clock: Clock) -> None:
    throttle = Throttle(Limit(2, 20), None, None, clock)
    assert [seconds_to_wait(throttle, AMINA) for _ in range(3)] == [0, 0, 20]
    clock.now += 12.5
    assert seconds_to_wait(throttle, AMINA) == 8
    clock.now += 7.5
    assert [seconds_to_wait(throttle, AMINA) for _ in range(3)] == [0, 0, 20]


def test_people_do_not_count_for_each_other(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), None, None, clock)
    assert [seconds_to_wait(throttle, person) for person in (AMINA, MOUSSA, AMINA)] == [0, 0, 20]


def test_a_refusal_uses_up_nothing_that_others_share(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 10), Limit(2, 60), Limit(2, 60), clock)
    assert [seconds_to_wait(throttle, AMINA, SQUARE, BAMAKO) for _ in range(5)] == [0, 10, 10, 10, 10]
    assert seconds_to_wait(throttle, MOUSSA, SQUARE, BAMAKO) == 0


def test_what_a_full_channel_refuses_counts_for_nobody(clock: Clock) -> None:
    throttle = Throttle(Limit(2, 60), Limit(1, 60), Limit(3, 60), clock)
    assert [seconds_to_wait(throttle, AMINA, SQUARE, BAMAKO) for _ in range(5)] == [0, 60, 60, 60, 60]
    assert seconds_to_wait(throttle, AMINA, MARKET, BAMAKO) == 0


def test_a_channel_and_a_server_have_limits_and_sentences_of_their_own(clock: Clock) -> None:
    throttle = Throttle(None, Limit(1, 30), Limit(2, 60), clock)
    throttle.admit(Asker(AMINA, SQUARE, BAMAKO))
    with pytest.raises(ThrottledChannelError) as refused:
        throttle.admit(Asker(MOUSSA, SQUARE, BAMAKO))
    assert refused.value.fields == {"n": 30}
    throttle.admit(Asker(MOUSSA, MARKET, BAMAKO))
    clock.now += 30
    with pytest.raises(ThrottledServerError) as refused_server:
        throttle.admit(Asker(MOUSSA, SQUARE, BAMAKO))
    assert refused_server.value.fields == {"n": 30}
    throttle.admit(Asker(MOUSSA))  # a direct message belongs to no channel and no server


def test_a_person_is_told_of_the_own_limit_first(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), Limit(1, 60), Limit(1, 60), clock)
    throttle.admit(Asker(AMINA, SQUARE, BAMAKO))
    with pytest.raises(ThrottledError):
        throttle.admit(Asker(AMINA, SQUARE, BAMAKO))


def test_all_limits_can_be_off(clock: Clock) -> None:
    throttle = Throttle(None, None, None, clock)
    assert {seconds_to_wait(throttle, AMINA, SQUARE, BAMAKO) for _ in range(100)} == {0}


def test_the_same_is_said_in_public_once_a_window(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), None, None, clock)
    here, directly = Asker(AMINA, SQUARE, BAMAKO), Asker(AMINA)
    assert [throttle.may_tell("throttled", who) for who in (here, here, Asker(MOUSSA, SQUARE, BAMAKO))] == [
        True,
        False,
        True,
    ]
    assert throttle.may_tell("throttled", directly)  # nobody has told her there
    clock.now += 20
    assert throttle.may_tell("throttled", here)


def test_one_thing_told_does_not_keep_another_back(clock: Clock) -> None:
    throttle = Throttle(None, None, None, clock)
    here = Asker(AMINA, SQUARE, BAMAKO)
    assert [throttle.may_tell(what, here) for what in ("help", "throttled", "help")] == [True, True, False]


def test_many_people_cannot_make_a_flood_of_what_they_are_told(clock: Clock) -> None:
    throttle = Throttle(Limit(1, 20), None, None, clock)

    def told(channel: int) -> list[bool]:
        return [throttle.may_tell("help", Asker(person, channel, BAMAKO)) for person in range(100, 140)]

    assert sum(told(SQUARE)) == TOLD_IN_CHANNEL.count
    clock.now += TOLD_IN_CHANNEL.seconds
    assert sum(told(SQUARE)) == TOLD_IN_CHANNEL.count


def test_names_complete_themselves_at_the_pace_of_typing(clock: Clock) -> None:
    throttle = Throttle(None, None, None, clock)
    assert sum(throttle.may_complete(AMINA) for _ in range(100)) == COMPLETIONS.count
    assert throttle.may_complete(MOUSSA)
    clock.now += COMPLETIONS.seconds
    assert throttle.may_complete(AMINA)


def test_one_person_has_so_many_requests_under_way_and_others_have_theirs() -> None:
    underway = Underway(for_one=2, most=3)
    with ExitStack() as requests:
        for _ in range(2):
            requests.enter_context(underway.one(AMINA))
        with pytest.raises(CrowdedError) as crowded:
            requests.enter_context(underway.one(AMINA))
        assert crowded.value.fields == {"most": 2}
        requests.enter_context(underway.one(MOUSSA))
        with pytest.raises(BusyError):
            requests.enter_context(underway.one(SEYDOU))
    for person in (AMINA, AMINA, SEYDOU):
        with underway.one(person):
            pass


def test_a_request_that_fails_is_not_under_way_any_more() -> None:
    underway = Underway(for_one=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), underway.one(AMINA):
            _ = 1 // 0


def test_people_who_have_gone_quiet_are_forgotten() -> None:
    clock = Clock()
    window = Window(Limit(5, 20), clock)
    for person in range(100):
        window.note(person)
    clock.now = 19.0
    window.note(AMINA)
    assert window.remembered == 100
    clock.now = 20.0
    window.note(MOUSSA)
    assert window.remembered == 2


def test_memory_is_bounded_however_many_people_ask() -> None:
    window = Window(Limit(1, 1000), Clock(), most_keys=10)
    for person in range(1000):
        window.note(person)
    assert window.remembered == 10


@given(st.integers(1, 4), st.integers(1, 10), st.lists(st.integers(0, 32), max_size=40))
def test_no_window_ever_holds_more_than_its_limit(count: int, seconds: int, pauses: list[int]) -> None:
    clock, admitted = Clock(), []
    window = Window(Limit(count, seconds), clock)
    for pause in pauses:
        clock.now += pause / 4  # quarters of a second add up without rounding
        wait = window.wait(1)
        assert 0 <= wait <= seconds
        if not wait:
            window.note(1)
            admitted.append(clock.now)
    assert all(later - earlier >= seconds for earlier, later in zip(admitted, admitted[count:], strict=False))
