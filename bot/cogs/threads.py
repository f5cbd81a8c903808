"""Work off the event loop. What the service does is synchronous; nothing here knows what it is."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")

MOST_THREADS = 8  # ours: the interpreter runs one at a time, more only keep short work from waiting behind long


@dataclass(slots=True)
class Workers:
    """A few threads that do not keep the process alive.

    ``ThreadPoolExecutor``, and with it ``asyncio.to_thread``, is waited for without bound when the process ends. What
    is cut off here then is an answer that came too late, or a refresh whose transaction has not been committed.
    """

    size: int = MOST_THREADS
    _queue: "SimpleQueue[tuple[Future[Any], Callable[[], Any]]]" = field(default_factory=SimpleQueue)
    _threads: int = 0

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


def _settle(future: "Future[Result]", work: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  # whatever it is belongs to whoever waits for it
        future.set_exception(error)
    else:
        future.set_result(result)
