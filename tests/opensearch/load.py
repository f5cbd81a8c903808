"""What a cluster is asked while something befalls it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import uuid4

from bot.cluster.cluster import Cluster
from bot.errors.cluster import ClusterError
from corpus.edition import Edition
from retrieval.answer import Answer
from tests.builders import edition, report
from tests.opensearch.nodes import LONG, Nodes
from tests.said import said

ASKING = 4  # threads
PARTIAL = (
    "a part of the index does not answer, and an answer from the rest could be wrong; try again when all nodes are back"
)
REFUSED = {  # what may be said in place of an answer
    f"{PARTIAL}.",
    "no node has answered in time; try again.",
    "its nodes have more to do than they can; try again.",
}


def at(cluster: Nodes, version: str = "") -> Cluster:
    return Cluster(cluster.reached("test"), version or uuid4().hex)


def village(number: int) -> Edition:
    """An edition whose answers tell it from others."""
    texts = [f"Wells {n} and {n * number} of the village of Oro{number} were dug in {1900 + n}." for n in range(60)]
    return edition(*(report(*texts[n : n + 6], id=f"r{n}", title=f"Wells {n}") for n in range(0, 60, 6)))


@dataclass
class Load:
    """Questions asked by several threads as long as it goes on."""

    ask: Callable[[str], Answer]
    asked: Sequence[str]
    found: list[tuple[float, str, Answer]] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    other: list[BaseException] = field(default_factory=list)
    _ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._go_on, args=(n,)) for n in range(ASKING)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, number: int) -> None:
        while not self._ending.is_set():
            number += 1
            question = self.asked[number % len(self.asked)]
            try:
                answer = self.ask(question)
            except ClusterError as error:
                self.refused.append((time.monotonic(), said(error)))
            except BaseException as error:  # noqa: BLE001  # whatever it is fails the test
                self.other.append(error)
                return
            else:
                self.found.append((time.monotonic(), question, answer))

    def await_answers(self, count: int) -> None:
        """Wait until there are so many more."""
        wanted, until = len(self.found) + count, time.monotonic() + LONG
        while len(self.found) < wanted:
            assert time.monotonic() < until, (len(self.found), self.refused[-3:], self.other)
            time.sleep(0.05)
