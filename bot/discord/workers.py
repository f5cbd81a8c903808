"""Work off the event loop, in turn. What the service does is synchronous; nothing here knows what it is."""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")

MOST_THREADS = 8  # ours: the interpreter runs one at a time, more only keep short work from waiting behind long
MOST_FOR_ONE = 2  # ours: pieces of one person's work at once, so that an answer need not wait behind a refresh


class Lanes:
    """Lets everyone in with at most ``width`` things at once, each in a lane of their own; the next one waits there.

    So whoever comes meets at most ``width`` things of each other person, however many these have brought.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._lanes: dict[int, asyncio.Semaphore] = {}
        self._people: Counter[int] = Counter()

    @property
    def open(self) -> int:
        """How many people have something in their lanes."""
        return len(self._lanes)

    @contextlib.asynccontextmanager
    async def turn(self, person: int) -> AsyncIterator[None]:
        """Wait for a turn of ``person``, first come, first served."""
        lane = self._lanes.setdefault(person, asyncio.Semaphore(self._width))
        self._people[person] += 1
        try:
            async with lane:
                yield
        finally:
            self._people[person] -= 1
            if not self._people[person]:
                del self._people[person], self._lanes[person]


@dataclass(slots=True)
class Workers:
    """A few threads that do not keep the process alive. No one person's work takes them all.

    ``ThreadPoolExecutor``, and with it ``asyncio.to_thread``, is waited for without bound when the process ends. What
    is cut off here then is an answer that came too late, or a refresh whose transaction has not been committed.
    """

    size: int = MOST_THREADS
    _lanes: Lanes = field(default_factory=lambda: Lanes(MOST_FOR_ONE))
    _queue: "SimpleQueue[tuple[Future[Any], Callable[[], Any]]]" = field(default_factory=SimpleQueue)
    _threads: int = 0

    async def do_for(self, person: int, work: Callable[[], Result]) -> Result:
        """Do a person's ``work`` as ``do`` does, once it is their turn."""
        async with self._lanes.turn(person):
            return await self.do(work)

    async def do(self, work: Callable[[], Result]) -> Result:
        """Do ``work`` in a thread; its result, or the exception it raises. Call it from one event loop only."""
        if self._threads < self.size:
            self._threads += 1
            threading.Thread(target=self._serve, name=f"worker-{self._threads}", daemon=True).start()
        future: Future[Result] = Future()
        self._queue.put((future, work))
        return await asyncio.wrap_future(future)

    def _serve(self) -> None:
        while True:
            future, work = self._queue.get()
            with contextlib.suppress(RuntimeError):  # the loop may be closed: nobody waits any more
                _settle(future, work)
            del future, work  # else a thread that waits would keep an edition that nobody asks any more


def _settle(future: "Future[Result]", work: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  # whatever it is belongs to whoever waits for it
        future.set_exception(error)
    else:
        future.set_result(result)
