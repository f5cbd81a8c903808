"""Work in threads: results and exceptions come back, and more work than threads waits its turn."""

import asyncio
import threading

import pytest

from bot.discord.workers import MOST_FOR_ONE, Lanes, Workers


async def test_a_result_comes_back_from_another_thread() -> None:
    assert await Workers().do(threading.current_thread) is not threading.current_thread()


async def test_an_exception_comes_back_too() -> None:
    with pytest.raises(ZeroDivisionError):
        await Workers().do(lambda: 1 / 0)


async def test_more_work_than_threads_waits_its_turn() -> None:
    workers = Workers(size=2)
    threads = await asyncio.gather(*(workers.do(threading.get_ident) for _ in range(20)))
    assert len(threads) == 20
    assert len(set(threads)) <= 2


async def test_work_that_nobody_waits_for_any_more_does_no_harm() -> None:
    workers, begun, end = Workers(size=1), threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        end.wait(5)

    waiting = asyncio.create_task(workers.do(long))
    never = asyncio.create_task(workers.do(begun.clear))
    assert await asyncio.to_thread(begun.wait, 5)
    for task in (waiting, never):
        task.cancel()
    await asyncio.gather(waiting, never, return_exceptions=True)
    end.set()
    assert await workers.do(begun.is_set)  # what was cancelled before it began was never done


async def test_one_persons_work_leaves_threads_to_the_others() -> None:
    """However much there is of it, and however long it takes."""
    workers, begun, end = Workers(size=MOST_FOR_ONE + 1), threading.Semaphore(0), threading.Event()

    def long() -> None:
        begun.release()
        end.wait(5)

    floods = [asyncio.create_task(workers.do_for(1, long)) for _ in range(20)]
    for _ in range(MOST_FOR_ONE):
        assert await asyncio.to_thread(begun.acquire, timeout=5)
    assert await workers.do_for(2, lambda: "answered") == "answered"
    assert not begun.acquire(blocking=False)
    end.set()
    assert len(await asyncio.gather(*floods)) == 20


async def test_a_lane_is_first_come_first_served_and_forgotten_when_it_is_empty() -> None:
    lanes, order = Lanes(1), list[int]()

    async def take(number: int) -> None:
        async with lanes.turn(7):
            order.append(number)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(take(number)) for number in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert order == [0, 1, 3, 4]
    assert lanes.open == 0


async def test_threads_do_not_keep_the_process_alive() -> None:
    thread = await Workers().do(threading.current_thread)
    assert thread.daemon
