"""Equivalents that moderators have added: which words of a question may find which of a report.

Kept beside the editions. Whether one makes sense is judged before it comes here. Each change is noted in the history,
in its own transaction.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, insert, select

from corpus.community.changes import changeable, changed
from corpus.community.values import EQUIVALENT_ADDED, EQUIVALENT_REMOVED, Equivalent, KeptEquivalent
from corpus.database.database import Database
from corpus.rows.editions import moment_of, note
from corpus.rows.tables import equivalents, moment_text


class Equivalents:
    """What was added to the lexicons. Every method raises ``StoreError``; ``all`` also ``DamagedError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Sequence[KeptEquivalent]:
        """All of them, by language and word."""
        with self._database.reading() as connection:
            if not changeable(connection):
                return ()
            columns = equivalents.c
            query = select(columns.word, columns.means, columns.language, columns.at, columns.actor)
            rows = connection.execute(query.order_by(columns.language, columns.word, columns.means)).all()
        return tuple(KeptEquivalent(Equivalent(*row[:3]), moment_of(row[3]), row[4]) for row in rows)

    def add(self, one: Equivalent, *, actor: str, at: dt.datetime) -> bool:
        """Keep one; whether it was not there yet. Raises ``ValueError`` for a moment without a time zone."""
        moment = moment_text(at)
        with self._database.writing() as connection:
            if connection.execute(select(equivalents.c.word).where(_is(one))).first() is not None:
                return False
            row = {"language": one.language, "word": one.word, "means": one.means, "at": moment, "actor": actor}
            connection.execute(insert(equivalents).values(row))
            note(connection, moment, actor, action=EQUIVALENT_ADDED, detail=one.detail)
            changed(self._database, connection)
        return True

    def remove(self, one: Equivalent, *, actor: str, at: dt.datetime) -> bool:
        """Keep it no longer; whether it was there. Raises ``ValueError`` as ``add``."""
        moment = moment_text(at)
        with self._database.writing() as connection:
            found = connection.execute(delete(equivalents).where(_is(one))).rowcount > 0
            if found:
                note(connection, moment, actor, action=EQUIVALENT_REMOVED, detail=one.detail)
                changed(self._database, connection)
        return found


def _is(one: Equivalent) -> ColumnElement[bool]:
    columns = equivalents.c
    return (columns.language == one.language) & (columns.word == one.word) & (columns.means == one.means)
