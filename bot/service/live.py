"""What is live: an edition, since when and by whom, and what the last reading of the files had to do without."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.service.findings import NOTHING_READ, Reading
from corpus.edition import Edition
from corpus.errors import StoreError

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy
    from retrieval.index.engine import Engine
    from retrieval.search.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Live:
    """An edition, since when it is live and who made it so, and the ``index`` over it where it is built already, or all
    that is ``prepared`` of it.

    ``since`` and ``actor`` are ``None`` where the reports come straight from a folder. ``reading`` has what the last
    reading of the files here had to do without; ``unkept`` says why the files are answered from although there
    should be a store.
    """

    edition: Edition
    since: dt.datetime | None = None
    actor: str | None = None
    reading: Reading = NOTHING_READ
    index: "Engine | None" = None
    unkept: StoreError | None = None
    prepared: "Prepared | None" = None
