"""How the bot stands at a moment, in numbers. Knows neither Discord nor Prometheus."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """In how many ``guilds`` this process is, how many ``shards`` it has and how many of them are connected (``up``).

    ``since`` is when the live edition went live; ``None`` where none is, or where it comes straight from the files.
    """

    guilds: int
    shards: int
    up: int
    since: dt.datetime | None
