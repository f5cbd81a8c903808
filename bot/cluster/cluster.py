"""The cluster as those who publish and answer know it: has an edition loaded, made live, and searched there."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.errors.cluster import ClusterError
from bot.errors.settings import MissingExtraError
from bot.logs import event
from bot.saying.templates import of_log
from bot.service.live import Live
from bot.settings.cluster import ClusterAddress
from corpus.report import Report

if TYPE_CHECKING:  # half a second: opensearch-py, for whoever has a cluster, and NumPy
    from bot.cluster.connection import Connection
    from retrieval.search.prepared import Prepared

SETTING = "RAPPORTEUR_INDEX"
FORMAT = 1  # of what is indexed: raise it with that


@dataclass(frozen=True, slots=True)
class Cluster:
    """The one at ``address``. ``version`` says which version of the program reads the reports: what another has found
    in them is not ours."""

    address: ClusterAddress
    version: str

    def load(self, digest: str, reports: Sequence[Report], prepared: "Prepared | None" = None) -> None:
        """Have the edition with that digest on the cluster, whole; what is ``prepared`` of its reports is not found
        again. Slow where it is not there yet. Raises ``ClusterError``."""
        connection, name = _connected(self.address), self._name(digest)
        from bot.cluster.loading import is_whole, load  # 480 ms: opensearch-py, for whoever has a cluster
        from retrieval.evidence.headings import Above
        from retrieval.search.indexing import index_of

        if is_whole(connection, name):
            return
        if prepared is not None:
            load(connection, name, prepared.index, prepared.above)
        else:
            load(connection, name, index_of(reports), Above.over(reports))

    def make_live(self, digest: str) -> None:
        """Have the alias name the edition with that digest, and drop what nobody answers from any more.

        For whoever has made it live: who only follows may be late, and must not set the cluster back. Where it cannot
        be, the log says why: no answer goes by the alias, and the next refresh does it again.
        """
        connection = _connected(self.address)
        from bot.cluster.loading import make_live  # 480 ms: opensearch-py, for whoever has a cluster

        try:
            make_live(connection, self.address.name, self._name(digest))
        except ClusterError as error:
            event("cluster", logging.WARNING, problem=of_log().error(error))

    def holding(self, live: Live) -> Live:
        """The same, searched on the cluster, which has it by then. Slow where it is not there yet. Raises
        ``ClusterError``."""
        self.load(live.edition.digest, live.edition.reports, live.prepared)
        return self.behind(live)

    def searched(self, live: Live) -> Live:
        """The same, whatever happens: where it is not there, and cannot be loaded now, the log says why. Whoever asks
        is told so until a refresh has loaded it, and citations are looked up meanwhile."""
        try:
            return self.holding(live)
        except ClusterError as error:
            event("cluster", logging.WARNING, problem=of_log().error(error))
            return self.behind(live)

    def behind(self, live: Live) -> Live:
        """The same, searched on the cluster; asks it nothing. What is not loaded there gives an error for an answer."""
        connection = _connected(self.address)
        from bot.cluster.remote import Remote  # 480 ms: opensearch-py, for whoever has a cluster
        from retrieval.index.bm25 import PassageIndex
        from retrieval.search.indexing import index_of

        local = live.prepared.index if live.prepared else live.index
        if not isinstance(local, PassageIndex):
            local = index_of(live.edition.reports)
        return replace(live, index=Remote(connection, self._name(live.edition.digest), local))

    def _name(self, digest: str) -> str:
        """What the index of an edition is called, as this version of the program reads it."""
        return f"{self.address.name}-{digest[:20]}-{self.version[:8]}-{FORMAT}"


@cache
def _connected(address: ClusterAddress) -> "Connection":
    """One connection a process: it keeps what it knows of each node."""
    try:
        from bot.cluster.connection import Connection  # 480 ms: opensearch-py, for whoever has a cluster
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("opensearchpy"):
            raise
        raise MissingExtraError(setting=SETTING, library="opensearch-py", extra="opensearch") from None
    return Connection(address)
