"""A folder of reports → the live edition of a store, whole or not at all. Synchronous, knows no answering.

Read, compare, make ready, keep: in this order, so that whatever fails leaves the old edition live. The old edition is
not loaded: the store knows the digests of its reports, and only those that differ are read for the comparison. What is
said of the difference afterwards never decides whether the edition was published.
"""

import datetime as dt
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.errors import RefreshFailedError
from bot.service.findings import Reading, Refreshed
from bot.service.live import Live
from corpus.edition import Edition, EditionDiff
from corpus.errors import OvertakenError, RapporteurError, StoreError
from corpus.ingest.pipeline import Ingested, Progress, ingest
from corpus.store.values import LiveHeads

if TYPE_CHECKING:
    from bot.cluster.cluster import Cluster
    from bot.publishing.editions import Editions, Opened
    from corpus.store.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """Where the reports are, folders and files, and whether a file that cannot be read is passed over."""

    places: Path | tuple[Path, ...]
    skip_unreadable: bool = False


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def refresh(
    store: "Store",
    source: Source,
    actor: str,
    *,
    make_ready: Callable[[Edition], object] = lambda _: None,
    editions: "Editions | None" = None,
    progress: Progress | None = None,
    clock: Callable[[], dt.datetime] = now,
    cluster: "Cluster | None" = None,
) -> tuple[Refreshed, Live]:
    """Read the files of ``source`` and publish what they hold; an edition that is live already is only noted. Slow.

    Gives what the refresh came to and what is live then, without an index. Where ``editions`` are kept, it lies there
    with all that is prepared of it, unless the refresh says why not, and files are not read that it knows.

    ``actor`` goes into the audit; ``make_ready`` is what has to work before the edition may go live where there is no
    such file; a ``cluster`` holds it before that. Raises ``OvertakenError`` where another process has published
    meanwhile, ``RefreshFailedError`` where the older edition stays live, and ``CorpusError`` where there is none;
    ``ClusterError`` where the cluster does not take the first one.
    """
    started = perf_counter()
    before: LiveHeads | None = None
    new: str | None = None
    try:
        before = store.live_heads()
        known = editions.opened(before.digest) if editions and before else None
        memory = known.memory if known else None
        ingested = ingest(source.places, skip_unreadable=source.skip_unreadable, progress=progress, memory=memory)
        edition, at = ingested.edition, clock()
        changed = before is None or before.digest != edition.digest
        new = edition.digest if changed else None
        unwritten = _written(editions, ingested, known) if editions else None
        if unwritten is None or unwritten:
            make_ready(edition)
        if cluster is not None:
            made = editions.opened(edition.digest) if editions else None
            cluster.load(edition.digest, edition.reports, made.prepared if made else None)
        if changed:
            store.publish(edition, actor=actor, at=at, replaces=before.digest if before else None)
        else:
            store.audit(actor=actor, at=at, action="unchanged", detail="")
    except Exception as error:
        if editions and new and not isinstance(error, OvertakenError):
            editions.remove(new)  # it may be what has filled the disk
        _audit_failure(store, actor, clock(), error)
        if isinstance(error, RapporteurError) and not isinstance(error, OvertakenError) and before is not None:
            raise RefreshFailedError(error) from error
        raise
    difference, untold = _difference(store, before, edition) if changed else (None, "")
    milliseconds = round((perf_counter() - started) * 1000)
    reading = Reading.of(ingested)
    refreshed = Refreshed(
        changed=changed,
        diff=difference,
        edition=edition.label,
        milliseconds=milliseconds,
        reading=reading,
        untold=untold,
        unwritten=unwritten or "",
    )
    since, by = (at, actor) if before is None or changed else (before.since, before.actor)
    return refreshed, Live(edition, since, by, reading)


def _written(editions: "Editions", ingested: Ingested, known: "Opened | None") -> str:
    """Keep the edition as a file where it is not one; why it cannot be, else "". All goes on without."""
    if known is not None and known.is_of(ingested):
        return ""
    try:
        editions.write(ingested.edition, ingested.read_with, known)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _difference(store: "Store", before: LiveHeads | None, edition: Edition) -> tuple[EditionDiff | None, str]:
    """What is different from the edition that was live, or why that cannot be told. The edition is live either way."""
    try:
        return _compared(store, before, edition), ""
    except Exception as error:  # noqa: BLE001  # whatever it is must not make a refresh look failed that was not
        return None, "".join(traceback.format_exception(error))


def _compared(store: "Store", before: LiveHeads | None, edition: Edition) -> EditionDiff:
    held = dict(before.reports) if before else {}
    ours = {report.digest for report in edition.reports}
    gone = [digest for digest in held.values() if digest not in ours]
    known = set(held.values())
    new = [report for report in edition.reports if report.digest not in known]
    return EditionDiff.between(store.reports(gone), new)


def _audit_failure(store: "Store", actor: str, at: dt.datetime, error: Exception) -> None:
    """Note that a refresh failed; a store that cannot even keep that must not hide why."""
    detail = error.as_data() if isinstance(error, RapporteurError) else type(error).__name__
    try:
        store.audit(actor=actor, at=at, action="failed", detail=detail)
    except StoreError as second:
        error.add_note(f"and the audit could not be kept: {second}")
