"""An edition → its index on the cluster: made once, whole before anybody is answered from it, never changed after.

Every passage is a document under its number, so that what is loaded twice is there once. A load that was cut off goes
on where it was: portions that are there are not sent again. An index says itself whether it is whole.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

from bot.cluster.connection import PATIENCE_OF_WORK, Connection
from bot.cluster.documents import ANALYSIS, MAPPINGS, SIMILARITY, documents
from bot.errors.cluster import ClusterError
from corpus.clause import Clause
from retrieval.evidence.headings import Above
from retrieval.index.bm25 import PassageIndex

PORTION = 2_000  # passages that are there together or are sent again
A_SHARD = 250_000  # passages, ours: more are divided among nodes
_MOST_SHARDS = 64
_REST = r"-[0-9a-f]{20}-[0-9a-f]+-[0-9]+"  # of an index's name after its prefix; see ``Cluster``
_SPARE_WAIT = "30s"  # until every shard has its copy on another node; without it all goes on as well


def is_whole(connection: Connection, name: str) -> bool:
    """Whether an index holds all of its edition. Raises ``ClusterError``."""
    if not connection.is_there(f"/{name}"):
        return False
    found = connection.ask("GET", f"/{name}/_mapping")
    try:
        return found[name]["mappings"]["_meta"]["whole"] is True
    except (KeyError, TypeError):
        return False


def load(connection: Connection, name: str, index: PassageIndex, above: Above) -> bool:
    """Make the index of an edition, or what is missing of it; whether it was not whole. Slow. Raises ``ClusterError``.

    Several processes may do so at once: all put the same there.
    """
    if is_whole(connection, name):
        return False
    try:
        _fill(connection, name, index, above)
    except ClusterError:
        if not is_whole(connection, name):  # another has made it meanwhile, and lets nobody write there any more
            raise
    return True


def _fill(connection: Connection, name: str, index: PassageIndex, above: Above) -> None:
    size = index.corpus_size
    if not connection.is_there(f"/{name}"):
        _make(connection, name, size)
    there = _there(connection, name, size)
    portions = [portion for n, portion in enumerate(_portions(size)) if n not in there]
    connection.load(name, chain.from_iterable(documents(index, above, portion) for portion in _joined(portions)))
    connection.ask("POST", f"/{name}/_refresh", patience=PATIENCE_OF_WORK)
    if connection.ask("GET", f"/{name}/_count").get("count") != size:
        raise connection.problem(Clause("cluster.incomplete"))
    copies = {"index": {"refresh_interval": None, "auto_expand_replicas": "0-1"}}
    connection.ask("PUT", f"/{name}/_settings", copies, patience=PATIENCE_OF_WORK)
    health = {"wait_for_status": "green", "timeout": _SPARE_WAIT}
    with suppress(ClusterError):  # of copies that are not made in time
        connection.ask("GET", f"/_cluster/health/{name}", params=health, patience=PATIENCE_OF_WORK)
    connection.ask("PUT", f"/{name}/_mapping", {"_meta": {"whole": True, "passages": size}}, patience=PATIENCE_OF_WORK)
    connection.ask("PUT", f"/{name}/_settings", {"index": {"blocks.write": True}}, patience=PATIENCE_OF_WORK)


def make_live(connection: Connection, prefix: str, name: str) -> None:
    """Have the alias ``prefix`` name that index and no other, in one step, and drop those that were made before it.

    The one that it named until now stays: whoever answers from that edition still is not cut off. Raises
    ``ClusterError``.
    """
    found = connection.ask("GET", f"/{prefix}-*/_settings", params={"flat_settings": "true"})
    ours = {other: own for other, own in found.items() if re.fullmatch(rf"{re.escape(prefix)}{_REST}", other)}
    aliases = connection.ask("GET", f"/{prefix}-*/_alias")
    before = {other for other, own in aliases.items() if prefix in own.get("aliases", {})}
    actions: list[dict[str, Any]] = [{"remove": {"index": other, "alias": prefix}} for other in sorted(before - {name})]
    connection.ask("POST", "/_aliases", {"actions": [*actions, {"add": {"index": name, "alias": prefix}}]})
    if before == {name}:
        return
    made = {other: int(own["settings"]["index.creation_date"]) for other, own in ours.items()}
    for other in sorted(made.keys() - before - {name}):
        if made[other] < made[name]:
            connection.ask("DELETE", f"/{other}", params={"ignore_unavailable": "true"}, patience=PATIENCE_OF_WORK)


def _make(connection: Connection, name: str, size: int) -> None:
    settings = {
        "number_of_shards": min(_MOST_SHARDS, 1 + size // A_SHARD),
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "similarity": SIMILARITY,
        "analysis": ANALYSIS,
    }
    try:
        made = {"settings": settings, "mappings": MAPPINGS}
        connection.ask("PUT", f"/{name}", made, patience=PATIENCE_OF_WORK)
    except ClusterError:
        if not connection.is_there(f"/{name}"):  # another was first
            raise


def _portions(size: int) -> Iterator[range]:
    return (range(start, min(start + PORTION, size)) for start in range(0, size, PORTION))


def _there(connection: Connection, name: str, size: int) -> set[int]:
    """Which portions are there."""
    connection.ask("POST", f"/{name}/_refresh", patience=PATIENCE_OF_WORK)
    counts = {"by": {"histogram": {"field": "number", "interval": PORTION, "min_doc_count": 1}}}
    found = connection.ask("POST", f"/{name}/_search", {"size": 0, "aggs": counts}, patience=PATIENCE_OF_WORK)
    held = {round(one["key"]) // PORTION: one["doc_count"] for one in found["aggregations"]["by"]["buckets"]}
    return {n for n, portion in enumerate(_portions(size)) if held.get(n, 0) == len(portion)}


def _joined(portions: list[range]) -> Iterator[range]:
    """The portions, those that follow each other as one."""
    joined: range | None = None
    for portion in portions:
        if joined is not None and joined.stop == portion.start:
            joined = range(joined.start, portion.stop)
        else:
            if joined is not None:
                yield joined
            joined = portion
    if joined is not None:
        yield joined
