"""Has editions made in a process of their own, so that reading and indexing never hold up an answer.

What the process does stands in ``bot.publishing.maker``; here it is started, and what it makes is received.
"""

import gc
import logging
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from bot.cluster.cluster import Cluster
from bot.errors import CutOffError
from bot.logs import event
from bot.publishing.editions import Editions, version
from bot.publishing.maker import PROTOCOL, Beside, End, Finished, Message, Order, Read, Work, Written
from bot.publishing.refresh import Source
from bot.saying.templates import of_log
from bot.service.findings import Refreshed
from bot.service.live import Live
from corpus.clause import Clause, Fact
from corpus.edition import Edition
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver
from corpus.ingest.pipeline import Look, Progress
from corpus.ingest.understanding import Understood
from corpus.report import Report


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes editions of the store at ``url`` and of ``source`` in a process of its own; see ``keeper.Making``.

    They come as files of ``editions`` where there are such, and where these can be written. A refresh loads them on the
    ``cluster``, where there is one.
    """

    url: str
    source: Source
    editions: Editions | None = None
    cluster: Cluster | None = None

    def refresh(self, actor: str, held: Edition | None, progress: Progress | None) -> tuple[Refreshed, Live | None]:
        """Read and publish. Raises what ``publishing.refresh`` raises, and ``CutOffError``."""
        end, live = self._make(Work.REFRESH, held, actor, progress)
        if end.refreshed is None:
            raise AssertionError("a refresh comes to something or raises")
        edition = live.edition if live else held
        if self.cluster is not None and edition is not None:
            self.cluster.make_live(edition.digest)
        return end.refreshed, live

    def take(self, held: Edition | None) -> Live | None:
        """The live edition where it is not ``held``. Raises ``StoreError`` and ``CutOffError``."""
        return self._make(Work.TAKE, held)[1]

    def read(self) -> Live:
        """What the files hold. Raises ``CorpusError`` and ``CutOffError``."""
        live = self._make(Work.READ, None)[1]
        if live is None:
            raise AssertionError("files hold an edition or cannot be read")
        return live

    def check(self, report: str | None, tell: Look) -> tuple[PassedOver, ...]:
        """What is not read, after ``tell`` has looked at what is. Raises ``CorpusError`` and ``CutOffError``."""
        order = Order(Work.CHECK, self.url, self.source, report=report)
        with _child() as child:
            try:
                pickle.dump(order, child.stdin, PROTOCOL)
                child.stdin.flush()
                return _looked_at(child.stdout, tell)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                raise CutOffError(reason=_reason(child.process.wait())) from None

    def _make(
        self, work: Work, held: Edition | None, actor: str = "", progress: Progress | None = None
    ) -> tuple[End, Live | None]:
        reports = {report.digest: report for report in held.reports} if held else {}
        order = Order(
            work=work,
            url=self.url,
            source=self.source,
            actor=actor,
            is_followed=progress is not None,
            held=held.digest if held else None,
            reports=frozenset(reports) if self.editions is None else frozenset(),
            editions=self.editions,
            version=version() if self.editions else "",
            cluster=self.cluster,
        )
        with _child() as child, ExitStack() as lasting:
            try:
                pickle.dump(order, child.stdin, PROTOCOL)
                child.stdin.flush()
                return self._received(child.stdout, {} if self.editions else reports, progress, lasting)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                raise CutOffError(reason=_reason(child.process.wait())) from None

    def _received(
        self, stream: IO[bytes], held: Mapping[str, Report], progress: Progress | None, lasting: ExitStack
    ) -> tuple[End, Live | None]:
        """What is made, with the reports that are ``held`` by their digests already. Raises what ended the work."""
        reports: list[Report] = []
        live = None
        while True:
            message: Message = pickle.load(stream)  # noqa: S301  # our own child's, through a pipe that nobody else has
            match message:
                case Read(done, total, file):
                    if progress is not None:
                        progress(done, total, file)
                case Report() | str():
                    if not reports:
                        lasting.enter_context(_long_lived())
                    reports.append(held[message] if isinstance(message, str) else message)
                case Written() as written:
                    live = self._opened(written) or live
                case Finished(index, since, actor, reading):
                    live = Live(edition=Edition(tuple(reports)), since=since, actor=actor, reading=reading, index=index)
                case End(error=None) as end:
                    return end, live
                case End(error=Exception() as error):
                    raise error

    def _opened(self, written: Written) -> Live | None:
        """What was written; where nothing could be, the log says why. Raises ``EOFError`` where it is gone again."""
        if written.problem:
            event("unwritten", logging.WARNING, problem=of_log()("database.unwritten", problem=written.problem))
            return None
        found = self.editions.opened(written.digest, written.stamp) if self.editions else None
        if found is None:
            raise EOFError
        return Live(found.edition, written.since, written.actor, written.reading, prepared=found.prepared)


def _looked_at(stream: IO[bytes], tell: Look) -> tuple[PassedOver, ...]:
    beside: tuple[PassedOver, ...] = ()
    while True:
        message: Message = pickle.load(stream)  # noqa: S301  # our own child's, through a pipe that nobody else has
        match message:
            case Understood() | ReadError():
                tell(message)
            case Beside(passed_over):
                beside = passed_over
            case End(error=None):
                return beside
            case End(error=Exception() as error):
                raise error


@dataclass(frozen=True, slots=True)
class _Child:
    process: "subprocess.Popen[bytes]"
    stdin: IO[bytes]
    stdout: IO[bytes]


@contextmanager
def _child() -> Iterator[_Child]:
    """The process; gone at the end, whatever happens."""
    # Its modules are found where ours are, also where that is a checkout, and never in the folder it is started in.
    code = f"import sys; sys.path[:] = {sys.path!r}; from bot.publishing.maker import main; main()"
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, nothing from outside
        [sys.executable, "-P", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the process that asks: what it asked for ends with it
    )
    if process.stdin is None or process.stdout is None:
        raise AssertionError("pipes were asked for")
    try:
        with process.stdout:
            yield _Child(process, process.stdin, process.stdout)
    finally:
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.kill()
        process.wait()


@contextmanager
def _long_lived() -> Iterator[None]:
    """What is made meanwhile stays: Python's collector, which would look through millions of objects again and again
    and stop everything else while it does, is told to leave them alone for good."""
    collecting = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _reason(code: int) -> Fact:
    try:
        return signal.Signals(-code).name if code < 0 else Clause("process.exit_code", code=code)
    except ValueError:
        return Clause("process.signal", number=-code)
