"""Lines and the gate: order, pauses, and how much is remembered. A clock of our own."""

import asyncio
from itertools import pairwise

import pytest

from bot.discord.limits import MOST_A_SECOND
from bot.discord.pace import KEPT_LINES, Line, Pace, pause_after
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock, clock.sleep)


async def test_a_line_goes_one_by_one_in_order_of_arrival(clock: Clock, pace: Pace) -> None:
    seen: list[int] = []

    async def go(number: int) -> None:
        async with pace.turn(1) as line:
            assert await pace.go(line, deadline=100.0)
            seen.append(number)
            await clock.sleep(0.5)

    await asyncio.gather(*map(go, range(10)))
    assert seen == list(range(10))
    assert clock.now == pytest.approx(5.0)


async def test_a_process_of_several_lets_out_no_more_than_its_share(clock: Clock) -> None:
    pace, left = Pace(clock, clock.sleep, MOST_A_SECOND / 5), list[float]()
    for channel in range(4):
        async with pace.turn(channel) as line:
            assert await pace.go(line, deadline=100.0)
            left.append(clock.now)
    assert left == pytest.approx([5 * number / MOST_A_SECOND for number in range(4)])


async def test_whoever_would_come_too_late_does_not_wait(clock: Clock, pace: Pace) -> None:
    async with pace.turn(1) as line:
        line.close(10.0)
        assert not await pace.go(line, deadline=10.0)
        assert clock.now == 0.0
        assert await pace.go(line, deadline=10.1)
        pace.stop(3.0)
        assert not await pace.go(line, deadline=13.0)


async def test_after_a_stop_everybody_leaves_one_by_one_again(clock: Clock, pace: Pace) -> None:
    """Whoever waited must not rush out at once: that would be the next limit."""
    left: list[float] = []

    async def go(number: int) -> None:
        async with pace.turn(number) as line:
            assert await pace.go(line, deadline=100.0)
            left.append(clock.now)

    pace.stop(2.0)
    await asyncio.gather(*map(go, range(20)))
    assert left[0] == 2.0
    gaps = [later - earlier for earlier, later in pairwise(left)]
    assert min(gaps) == pytest.approx(1 / MOST_A_SECOND)


async def test_a_trifle_slips_in_only_where_nobody_waits(clock: Clock, pace: Pace) -> None:
    assert pace.slips_in(1)
    assert not pace.slips_in(2), "it counts towards the pace like everything else"
    clock.now += 1
    async with pace.turn(1) as line:
        assert not pace.slips_in(1)
        line.close(5)
    assert not pace.slips_in(1)
    assert pace.slips_in(2)
    clock.now += 5
    assert pace.slips_in(1)
    pace.stop(1)
    assert not pace.slips_in()


async def test_lines_are_kept_only_as_long_as_they_say_something(clock: Clock, pace: Pace) -> None:
    for channel in range(20 * KEPT_LINES):
        async with pace.turn(channel) as line:
            line.close(1.0 if channel % 2 else 0.0)
        clock.now += 0.1
    assert len(pace._lines) <= KEPT_LINES + 1


async def test_a_wait_that_is_cut_off_leaves_the_line_to_the_next(clock: Clock) -> None:
    line = Line(clock, clock.sleep)

    async def wait() -> None:
        async with line.turn():
            await asyncio.Event().wait()

    first = asyncio.create_task(wait())
    await asyncio.sleep(0)
    first.cancel()
    async with line.turn():
        assert await line.opens(deadline=1.0)
    assert line.length == 0


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "1.25"}, 1.25),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "1.25"}, 0.0),
        ({"X-RateLimit-Remaining": "0"}, 0.0),
        ({"X-RateLimit-Remaining": "none", "X-RateLimit-Reset-After": "x"}, 0.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "nan"}, 0.0),
        ({}, 0.0),
    ],
)
def test_what_the_headers_say(headers: dict[str, str], pause: float) -> None:
    assert pause_after(headers) == pause
