"""How often what belongs to no edition was changed, so that other processes on the database can follow."""

from sqlalchemy import Connection, insert, select, update

from corpus.database.database import Database
from corpus.rows.editions import version_of
from corpus.rows.tables import CHANGEABLE_SINCE, changes


def changeable(connection: Connection) -> bool:
    """Whether the database knows what belongs to no edition: one that is only read may be too old."""
    return version_of(connection) >= CHANGEABLE_SINCE


def changes_in(connection: Connection) -> int:
    """How often what belongs to no edition was changed."""
    return (connection.scalar(select(changes.c.number)) or 0) if changeable(connection) else 0


def changed(database: Database, connection: Connection) -> None:
    """Count a change, and let whoever follows know of it once the transaction is committed."""
    if not connection.execute(update(changes).values(number=changes.c.number + 1)).rowcount:
        connection.execute(insert(changes).values(only=1, number=1))
    database.announce(connection, "")
