"""What people said of answers, and which questions found nothing: in the store's database, and never with an account.

A vote is kept under a short HMAC of its account, by a random key that stands in the same database: so a vote can be
changed and taken back, and no account id can be read. Questions are kept without anybody, and only where the bot was
told to. Knows neither Discord nor what a facet is.
"""

import datetime as dt
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus.citation import Citation
from corpus.community.values import Forgotten, Gap, Gaps, Unfound, Vote
from corpus.database.database import Database
from corpus.errors import UnknownCitationError
from corpus.rows.editions import titles_of, version_of
from corpus.rows.tables import audit, equivalents, feedback_key, live, unfound, votes

REMOVED = "removed"  # the actor in the place of an account that wants to be forgotten
_SINCE = 3  # the version of the tables that has these; one that is only read may be older
_VOTER_DIGITS = 16  # hexadecimal: with a million people the chance that any two share them is below one in ten million
_KEY_BYTES = 32  # as the output of SHA-256: RFC 2104, 3


class Feedback:
    """Votes and unanswered questions in a ``database``. Each method is one transaction, and raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def vote(self, vote: Vote) -> None:
        """Count a vote once for its person and answer: a later one takes the place of the one before."""
        with self._database.writing() as connection:
            voter = _voter(_made_key(connection), vote.person)
            said = {"passage": vote.passage, "asked": vote.asked, "is_helpful": int(vote.is_helpful), "day": vote.day}
            is_theirs = (votes.c.voter == voter) & (votes.c.answer == vote.answer)
            if not connection.execute(update(votes).where(is_theirs).values(said)).rowcount:
                connection.execute(insert(votes).values(voter=voter, answer=vote.answer, **said))

    def gaps(self) -> Gaps:
        """Everything that was called not helpful, and every question that is kept; nothing in an older database."""
        with self._database.reading() as connection:
            if version_of(connection) < _SINCE:
                return Gaps()
            unhelpful = func.count() - func.sum(votes.c.is_helpful)
            found = []
            for column in (votes.c.passage, votes.c.asked):
                counts = select(column, func.sum(votes.c.is_helpful), unhelpful).where(column != "").group_by(column)
                most_first = counts.having(unhelpful > 0).order_by(unhelpful.desc(), column)
                found.append([Gap(*row) for row in connection.execute(most_first)])
            passages, asked = found
            titles = titles_of(connection, {_report_of(gap.name) for gap in passages})
            return Gaps(
                passages=[replace(gap, title=titles.get(_report_of(gap.name), "")) for gap in passages],
                asked=asked,
                questions=_questions(connection),
            )

    def keep_unfound(self, questions: Iterable[Unfound], since: dt.date, most: int) -> None:
        """Keep ``questions``, each once a day, and of all only those ``since`` a day, the newest ``most``."""
        with self._database.writing() as connection:
            for one in questions:
                is_same = (unfound.c.day == one.day) & (unfound.c.question == one.question)
                if connection.scalar(select(unfound.c.day).where(is_same)) is None:
                    row = {"day": one.day, "question": one.question, "edition": one.edition}
                    connection.execute(insert(unfound).values(row))
            connection.execute(delete(unfound).where(unfound.c.day < since))
            surplus = (connection.scalar(select(func.count()).select_from(unfound)) or 0) - most
            if surplus > 0:
                oldest = select(unfound.c.day, unfound.c.question).order_by(unfound.c.day, unfound.c.question)
                for day, question in connection.execute(oldest.limit(surplus)).all():
                    is_it = (unfound.c.day == day) & (unfound.c.question == question)
                    connection.execute(delete(unfound).where(is_it))

    def forget_unfound(self, before: dt.date | None = None) -> int:
        """Delete the questions that were asked ``before`` a day, or all of them; how many there were.

        Writes only where there are some, so that a database which can only be read is no trouble.
        """
        old = delete(unfound) if before is None else delete(unfound).where(unfound.c.day < before)
        with self._database.reading() as connection:
            if version_of(connection) < _SINCE:
                return 0
            first = connection.scalar(select(func.min(unfound.c.day)))
        if first is None or (before is not None and first >= before):
            return 0
        with self._database.writing() as connection:
            return connection.execute(old).rowcount

    def forget(self, person: str) -> Forgotten:
        """Delete a person's votes, and put ``REMOVED`` where the history or an equivalent names them as the actor."""
        with self._database.writing() as connection:
            key = connection.scalar(select(feedback_key.c.key))
            theirs = delete(votes).where(votes.c.voter == _voter(key, person)) if key else None
            gone = 0 if theirs is None else connection.execute(theirs).rowcount
            places = 0
            for table in (audit, live, equivalents):
                named = update(table).where(table.c.actor == person).values(actor=REMOVED)
                places += connection.execute(named).rowcount
            return Forgotten(gone, places)


def _made_key(connection: Connection) -> str:
    """The key of the database, made where there is none yet: nobody else writes meanwhile."""
    key: str | None = connection.scalar(select(feedback_key.c.key))
    if key is None:
        key = secrets.token_hex(_KEY_BYTES)
        connection.execute(insert(feedback_key).values(only=1, key=key))
    return key


def _voter(key: str, person: str) -> str:
    """What stands for a person: the beginning of HMAC-SHA256 (RFC 2104)."""
    return hmac.new(bytes.fromhex(key), person.encode(), "sha256").hexdigest()[:_VOTER_DIGITS]


def _questions(connection: Connection) -> list[Unfound]:
    """The questions that are kept, newest first, each once, with the edition of the last time."""
    rows = connection.execute(select(unfound.c.question, unfound.c.day, unfound.c.edition).order_by(unfound.c.day))
    found: dict[str, Unfound] = {}
    for question, day, edition in rows:
        before = found.get(question)
        found[question] = Unfound(question, day, edition, before.days + 1 if before else 1)
    return sorted(found.values(), key=lambda one: (-one.day.toordinal(), -one.days, one.question))


def _report_of(key: str) -> str:
    try:
        return Citation.parse(key).report
    except UnknownCitationError:  # whatever somebody wrote into the table
        return ""
