"""Editions kept: the live one, those before it, and the record of who changed what.

Whatever is written goes in one transaction, so that a reader, or the next start after a crash, sees the old state
or the new one. No edition is deleted but by ``prune``: until then a citation can be looked up. Whatever is read is
checked against its key before it leaves. SQLAlchemy is imported here and in the modules that this one is made of only,
and nothing that merely answers from files imports this module.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Final, Self

from sqlalchemy import URL, Connection, insert, select, update

from corpus.citation import EXAMPLE, Citation, CitedPassage
from corpus.clause import Clause
from corpus.community.changes import changes_in
from corpus.community.equivalents import Equivalents
from corpus.community.feedback import Feedback
from corpus.community.preferences import Preferences
from corpus.database.database import Database, Notice, Tell
from corpus.database.slots import Slots
from corpus.database.watch import Watch
from corpus.edition import LABEL_DIGITS, Edition
from corpus.errors import DamagedError, OvertakenError, StoreError, UnknownCitationError
from corpus.passage import Passage
from corpus.report import Report
from corpus.rows import tables
from corpus.rows.editions import DAMAGED, has_at_most, load, load_heads, load_reports, moment_of, note, save
from corpus.rows.tables import audit, editions, live
from corpus.store.pruning import find_or_tell, prunable, prune, sizes
from corpus.store.values import (
    HistoryEntry,
    LiveHeads,
    Prunable,
    Pruned,
    Sizes,
    State,
    StoredEdition,
    Verified,
)
from corpus.store.verification import Progress, verify

__all__ = ["ANY", "FILE_NAME", "Feedback", "Notice", "Slots", "Store", "Tell"]

FILE_NAME = "rapporteur.db"


class Anything(Enum):
    """The type of ``ANY``."""

    ANY = "any"


ANY: Final = Anything.ANY  # for ``Store.publish``: whatever is live by then


class Store:
    """The editions in a database; safe to use from several threads and several processes.

    One that is ``readonly`` only looks: it makes, changes and mends nothing. One that is ``patient`` need not be usable
    yet: until it is, every method says why, and where nothing can be written it can be read. ``tell`` hears of what
    stops nothing, such as a file that was replaced. ``feedback`` is what people said of answers, in the same database.

    Raises ``UnfitStoreError`` where the address, the driver or the version of the database is wrong, ``StoreError``
    where it cannot be opened, and so does every method where it cannot be read or written.
    """

    def __init__(
        self, url: str | URL, *, readonly: bool = False, patient: bool = False, tell: Tell = lambda _: None
    ) -> None:
        self._database = Database(url, readonly=readonly, patient=patient, tell=tell)
        self._watch = Watch(self._database, self.state)
        self.preferences, self.equivalents = Preferences(self._database), Equivalents(self._database)
        self.feedback = Feedback(self._database)
        self.slots = Slots(self._database)

    @classmethod
    def at(cls, directory: Path, *, readonly: bool = False, patient: bool = False, tell: Tell = lambda _: None) -> Self:
        """The store in the SQLite file ``rapporteur.db`` of a directory, which is made if need be."""
        try:
            if not readonly:
                directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if not patient:
                problem = Clause("store.unmade", problem=error.strerror or "")
                raise StoreError(where=str(directory), problem=problem) from None
        url = URL.create("sqlite", database=str(directory / FILE_NAME))
        return cls(url, readonly=readonly, patient=patient, tell=tell)

    def close(self) -> None:
        """Close every connection that is not in use, and let whoever waits in ``await_change`` go."""
        self._watch.end()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address with its password, for a process of our own: never to be shown or logged."""
        return self._database.url

    @property
    def is_made(self) -> bool:
        """Whether there is anything to read: a database that is only read may be empty."""
        return self._database.is_made

    def live(self) -> StoredEdition | None:
        """The live edition, or ``None`` before the first one is published. Raises ``DamagedError``."""
        with self._database.reading() as connection:
            return _live(connection)

    def live_within(self, passages: int) -> StoredEdition | None:
        """As ``live`` if the edition has so many passages at most, which costs little to tell; else ``None``."""
        with self._database.reading() as connection:
            digest = connection.scalar(select(live.c.edition))
            return _live(connection) if digest is not None and has_at_most(connection, digest, passages) else None

    def live_heads(self) -> LiveHeads | None:
        """What the live edition is made of, without any text; cheap. Raises ``DamagedError``."""
        with self._database.reading() as connection:
            row = connection.execute(select(live.c.edition, live.c.since, live.c.actor)).one_or_none()
            if row is None:
                return None
            return LiveHeads(row[0], moment_of(row[1]), row[2], load_heads(connection, row[0]))

    def reports(self, digests: Sequence[str]) -> tuple[Report, ...]:
        """The reports with these digests, whole and in that order. Raises ``DamagedError``, also for one not kept."""
        with self._database.reading() as connection:
            return load_reports(connection, digests)

    def live_digest(self) -> str | None:
        """The digest of the live edition; reads one row."""
        with self._database.reading() as connection:
            digest: str | None = connection.scalar(select(live.c.edition))
            return digest

    def state(self) -> State:
        """What may change, as it stands; cheap."""
        with self._database.reading() as connection:
            return State(connection.scalar(select(live.c.edition)), changes_in(connection))

    def await_change(self, known: State | None, seconds: float) -> State | None:
        """Wait until the state is not the one that is ``known``, at most so many seconds; the state then, or ``known``
        where the store was closed meanwhile.

        Blocks: for a thread of its own, and one at a time. ``close`` ends it. Raises ``StoreError`` where the database
        could not be looked at in the end.
        """
        return self._watch.wait(known, seconds)

    def edition(self, digest_prefix: str) -> Edition:
        """The edition whose digest begins so.

        Raises ``UnknownCitationError`` for none, ``StoreError`` for several, ``DamagedError``.
        """
        with self._database.reading() as connection:
            pattern = editions.c.digest.startswith(digest_prefix, autoescape=True)
            found = connection.scalars(select(editions.c.digest).where(pattern).limit(2)).all()
            if not found or not digest_prefix:
                raise UnknownCitationError(citation=digest_prefix[:100], example=EXAMPLE)
            if len(found) > 1:
                raise StoreError(where=digest_prefix, problem=Clause("store.ambiguous"))
            return load(connection, found[0])

    def publish(
        self,
        edition: Edition,
        *,
        actor: str,
        at: dt.datetime,
        replaces: str | Anything | None = ANY,
        action: str = "refresh",
        detail: str = "",
    ) -> None:
        """Keep ``edition``, make it live and note it, in one transaction.

        ``replaces`` is the digest of what was live when the work on ``edition`` began, ``None`` where nothing was.
        Where another edition is live by now, that one stays: raises ``OvertakenError``. Where it is this very edition,
        only the history gains an entry. Raises ``ValueError`` for a moment without a time zone.
        """
        moment = tables.moment_text(at)
        digest = edition.digest
        with self._database.writing() as connection:
            previous = connection.scalar(select(live.c.edition).with_for_update())
            if replaces is not ANY and previous == digest:
                note(connection, moment, actor, action="unchanged", detail=detail)
                return
            if replaces is not ANY and previous not in (None, replaces):
                raise OvertakenError(edition=previous[:LABEL_DIGITS])
            number = note(connection, moment, actor, action=action, detail=detail, edition=digest, previous=previous)
            known = connection.execute(
                update(editions).where(editions.c.digest == digest).values(published=number)
            ).rowcount
            if not known:
                save(connection, edition, number)
            place = {"edition": digest, "since": moment, "actor": actor}
            connection.execute(update(live).values(place) if previous else insert(live).values(only=1, **place))
            self._database.announce(connection, digest)

    def audit(self, *, actor: str, at: dt.datetime, action: str, detail: str) -> None:
        """Note something that made no edition live: a refresh that changed nothing or failed."""
        with self._database.writing() as connection:
            note(connection, tables.moment_text(at), actor, action=action, detail=detail)

    def history(self, limit: int | None = 20) -> list[HistoryEntry]:
        """The last ``limit`` things done, newest first; all of them where it is ``None``."""
        columns = (audit.c.at, audit.c.actor, audit.c.action, audit.c.edition, audit.c.previous, audit.c.detail)
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(audit.c.number.desc()).limit(limit)).all()
            kept = {None, *connection.scalars(select(editions.c.digest))}
        return [HistoryEntry(moment_of(row[0]), *row[1:], row[3] in kept) for row in rows]

    def find(self, citation: Citation) -> CitedPassage:
        """The passage a citation names, from the live edition, else from the last one that had it.

        Raises ``UnknownCitationError`` (``NoLongerKeptError`` after pruning), ``DamagedError`` where it was altered.
        """
        with self._database.reading() as connection:
            digest, is_live, report = find_or_tell(connection, citation)
        passage = _cited(report, citation)
        return CitedPassage(passage, replace(report, passages=(passage,)), digest[:LABEL_DIGITS], is_live)

    def sizes(self) -> Sizes:
        """How large the database is, and how much it keeps."""
        return sizes(self._database)

    def prunable(self, before: dt.datetime) -> Prunable:
        """What ``prune`` would drop; reads the lists of all that is kept. Raises ``DamagedError``."""
        return prunable(self._database, before)

    def prune(self, before: dt.datetime, *, actor: str, at: dt.datetime) -> Pruned:
        """Drop the editions that were live at no moment since ``before``: see ``pruning.prune``."""
        return prune(self._database, before, actor=actor, at=at)

    def verify(self, progress: Progress | None = None) -> Verified:
        """Compare everything that is kept with its keys; ``progress`` is told how many things are done, of how many."""
        return verify(self._database, progress)


def _live(connection: Connection) -> StoredEdition | None:
    row = connection.execute(select(live.c.edition, live.c.since, live.c.actor)).one_or_none()
    return None if row is None else StoredEdition(load(connection, row[0]), moment_of(row[1]), row[2])


def _cited(report: Report, citation: Citation) -> Passage:
    """The passage of a report that was found by its row; the report itself is sound."""
    for passage in report.passages:
        if passage.locator.label == citation.label and citation.fingerprint in (None, passage.fingerprint):
            return passage
    raise DamagedError(where=str(citation), problem=DAMAGED)
