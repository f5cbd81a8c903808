"""The process that makes editions: it takes one order on standard input and gives what comes of it on standard output.

An edition is written as a file (``bot.publishing.editions``), and its digest says which. Where there can be none, it
goes through the pipe: the reports one by one, those that the asker holds already as their digests, then the index over
them. Orders and messages are pickles that ``workshop`` and this module alone write and read. The process ends with the
one that started it, whose end it sees as the end of its standard input.
"""

import datetime as dt
import gc
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import IO, TYPE_CHECKING, NoReturn

from bot.publishing.editions import Editions, version
from bot.publishing.refresh import Source, refresh
from bot.service.findings import NOTHING_READ, Reading, Refreshed
from bot.service.live import Live
from corpus.edition import Edition
from corpus.errors import RapporteurError, ReadError
from corpus.files.arrays import Stamp
from corpus.gathering.passed_over import PassedOver
from corpus.ingest.pipeline import ingest, look_at
from corpus.ingest.understanding import Understood
from corpus.report import Report
from corpus.store.store import Store
from retrieval.index.bm25 import PassageIndex
from retrieval.index.engine import Engine
from retrieval.search.indexing import index_of

if TYPE_CHECKING:  # 200 ms: the settings, for whoever has a cluster
    from bot.cluster.cluster import Cluster

PROTOCOL = 5  # pickle's: arrays go through the pipe without a copy
POLITENESS = 10  # how far it steps back behind the answers, as `nice` counts


class Work(Enum):
    """What is to be done; see ``bot.publishing.keeper.Making``."""

    REFRESH = "refresh"
    TAKE = "take"
    READ = "read"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Order:
    """Work on the store at ``url`` and on the files of ``source``; ``actor`` is who wants a refresh.

    ``held`` is the digest of the edition that the asker has, if any, and ``reports`` are those of its reports;
    ``report`` names the one to check, if not all. ``is_followed`` says whether anybody wants to hear of each file.
    ``editions`` are files that the asker can open, if they are of its ``version``. A refresh loads what it makes on the
    ``cluster``.
    """

    work: Work
    url: str
    source: Source
    actor: str = ""
    held: str | None = None
    reports: frozenset[str] = frozenset()
    report: str | None = None
    is_followed: bool = False
    editions: Editions | None = None
    version: str = ""
    cluster: "Cluster | None" = None


@dataclass(frozen=True, slots=True)
class Read:
    """So many files are read, of so many; the last was ``file``."""

    done: int
    total: int
    file: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The index over the reports that came before, and what else is known of their edition."""

    index: Engine
    since: dt.datetime | None
    actor: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Written:
    """The edition with that digest is to be opened, and what else is known of it: its file was compared when it had
    that ``stamp``. Or ``problem`` says why it could not be written, and it follows."""

    digest: str
    stamp: Stamp | None = None
    since: dt.datetime | None = None
    actor: str | None = None
    reading: Reading = NOTHING_READ
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is not read of what was to be checked."""

    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class End:
    """Nothing follows. ``refreshed`` is what a refresh came to, ``error`` why there is none."""

    refreshed: Refreshed | None = None
    error: Exception | None = None


class UnforeseenError(Exception):
    """What nobody foresaw here, with its traceback as text."""


# A string is the digest of a report that the asker holds.
Message = Read | Report | str | Finished | Written | Understood | ReadError | Beside | End
Send = Callable[[Message], None]


def main() -> None:
    """Carry out the one order that comes on standard input."""
    with os.fdopen(os.dup(1), "wb") as stream:
        os.dup2(2, 1)  # what anybody prints must not get between the pickles
        os.nice(POLITENESS)
        gc.disable()  # one piece of work, then the end
        try:
            order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301  # written by the process that started this one
        except EOFError:
            return
        threading.Thread(target=_end_with_the_asker, daemon=True).start()
        _serve(order, partial(_send, stream))


def _serve(order: Order, send: Send) -> None:
    if order.editions is not None and order.version != version():
        order = replace(order, editions=None)  # the program was replaced while it runs: values are understood still
    try:
        end = End(refreshed=_carry_out(order, send))
    except RapporteurError as error:
        end = End(error=error)
    except Exception:  # noqa: BLE001  # the asker logs it under an id that a person is shown
        end = End(error=UnforeseenError(traceback.format_exc()))
    send(end)


def _send(stream: IO[bytes], message: Message) -> None:
    try:
        pickle.dump(message, stream, PROTOCOL)
        stream.flush()
    except BrokenPipeError:  # nobody listens any more: what is under way is for nobody
        os._exit(1)


def _end_with_the_asker() -> NoReturn:
    sys.stdin.buffer.read()
    os._exit(1)


def _carry_out(order: Order, send: Send) -> Refreshed | None:
    if order.work is Work.READ:
        found = ingest(order.source.places, skip_unreadable=order.source.skip_unreadable)
        _hand_over(Live(found.edition, reading=Reading.of(found), index=index_of(found.edition.reports)), order, send)
        return None
    if order.work is Work.CHECK:
        send(Beside(look_at(order.source.places, order.report, send)))
        return None
    with Store(order.url, patient=True) as store:
        if order.work is Work.REFRESH:
            return _refresh(store, order, send)
        _take(store, order, send)
    return None


def _take(store: Store, order: Order, send: Send) -> None:
    stored = None if store.live_digest() == order.held else store.live()
    if stored is None:
        return
    live = Live(stored.edition, stored.since, stored.actor)
    problem = ""
    if order.editions is not None:
        try:
            order.editions.write(live.edition)
        except OSError as error:
            problem = error.strerror or type(error).__name__
        send(_written(live, order.editions, problem))
    if order.editions is None or problem:
        _hand_over(replace(live, index=index_of(live.edition.reports)), order, send)


def _refresh(store: Store, order: Order, send: Send) -> Refreshed:
    indexes: dict[str, PassageIndex] = {}

    def make_ready(edition: Edition) -> None:
        if edition.digest != order.held:
            indexes[edition.digest] = index_of(edition.reports)

    refreshed, live = refresh(
        store,
        order.source,
        order.actor,
        make_ready=make_ready,
        editions=order.editions,
        progress=(lambda done, total, file: send(Read(done, total, file))) if order.is_followed else None,
        cluster=order.cluster,
    )
    if order.editions is not None and (refreshed.unwritten or live.edition.digest != order.held):
        send(_written(live, order.editions, refreshed.unwritten))
    if live.edition.digest in indexes:
        _hand_over(replace(live, index=indexes[live.edition.digest]), order, send)
    return refreshed


def _written(live: Live, editions: Editions, problem: str) -> Written:
    """What the asker has to know of an edition that was written, after its file was compared here."""
    digest = live.edition.digest
    stamp = None if problem else editions.stamp(digest)
    return Written(digest, stamp, live.since, live.actor, reading=live.reading, problem=problem)


def _hand_over(live: Live, order: Order, send: Send) -> None:
    for report in live.edition.reports:
        send(report.digest if report.digest in order.reports else report)
    if live.index is not None:
        send(Finished(live.index, live.since, live.actor, live.reading))
