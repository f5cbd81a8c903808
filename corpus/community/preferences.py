"""What servers have set of their own, by the ids that they have elsewhere; not what is done with it.

Kept beside the editions and part of none. A database of a version before this has nothing of it.
"""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from corpus.community.changes import changeable, changed
from corpus.community.values import Audience
from corpus.database.database import Database
from corpus.rows.tables import audiences


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
