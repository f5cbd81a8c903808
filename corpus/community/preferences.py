"""What servers have set of their own, by the ids that they have elsewhere; not what is done with it.

Kept beside the editions and part of none. A database of a version before this has nothing of it.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update

from corpus.community.audience import Audience
from corpus.database.database import Database
from corpus.rows.editions import version_of
from corpus.rows.tables import CHANGEABLE_SINCE, audiences, changes


class Preferences:
    """Who sees answers in which channel of which server. Every method raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def audiences(self) -> Mapping[int, Mapping[int, Audience]]:
        """What each server has set, by channel; ``REST`` stands for the rest of them."""
        found: dict[int, dict[int, Audience]] = {}
        with self._database.reading() as connection:
            if not changeable(connection):
                return found
            for server, channel, audience in connection.execute(select(audiences)):
                # What a later version may have put there is no reason to show an answer to all.
                is_public = audience == Audience.PUBLIC
                found.setdefault(server, {})[channel] = Audience.PUBLIC if is_public else Audience.PRIVATE
        return found

    def set_audience(self, server: int, channel: int, audience: Audience | None) -> None:
        """Keep what a server has set for a channel, or for ``REST``; ``None``: nothing of its own."""
        place = (audiences.c.server == server) & (audiences.c.channel == channel)
        with self._database.writing() as connection:
            connection.execute(delete(audiences).where(place))
            if audience is not None:
                row = {"server": server, "channel": channel, "audience": audience.value}
                connection.execute(insert(audiences).values(row))
            changed(self._database, connection)

    def forget(self, server: int) -> bool:
        """Forget all that a server has set; whether there was anything."""
        with self._database.writing() as connection:
            found = connection.execute(delete(audiences).where(audiences.c.server == server)).rowcount > 0
            if found:
                changed(self._database, connection)
        return found


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
