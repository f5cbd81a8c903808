"""An index that is searched on a cluster: what it finds, its scores and the order of ties are as the embedded one's.

The cluster sums in 32 bits, off by no more than a bound that is known beforehand. It gives more passages than are
wanted, with their counts; these are scored again here, exactly. Where one that it has not given could still be among
the best, it is asked for more. A shard that is missing, an answer cut short: an error, never the rest.
"""

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.cluster.connection import Connection
from bot.cluster.documents import BODY, SCALE, token
from bot.cluster.loading import is_whole
from corpus.clause import Clause
from retrieval.index.bm25 import Hit, Lift, PassageIndex
from retrieval.index.rescoring import Counted, rescored

_MORE = 2  # times as many as are wanted are asked for at first, and as many again where they do not do
_SPARE = 8  # and so many besides
_MOST = 10_000  # hits of one request: OpenSearch's limit, index.max_result_window
_ROUNDING = 2.0**-23  # of a number in 32 bits, at most, relatively; twice, since a factor and a product are rounded
_WHOLE = {"allow_partial_search_results": "false", "request_cache": "false"}
_CLAUSES = 300  # terms of a question, each in three fields at most: OpenSearch takes 1,024 in one query


class Remote:
    """The index ``name`` at ``connection``, which was made of ``local``; see ``retrieval.index.engine.Engine``.

    Of ``local`` only its words are asked and what it reckons with; its postings are left where they are.
    """

    def __init__(self, connection: Connection, name: str, local: PassageIndex) -> None:
        self._connection = connection
        self._name = name
        self._local = local
        self._is_whole = False

    @property
    def corpus_size(self) -> int:
        """How many passages there are."""
        return self._local.corpus_size

    @property
    def terms_held(self) -> int:
        """How many terms they have together."""
        return self._local.terms_held

    @property
    def avgdl(self) -> float:
        """How many terms one has on average."""
        return self._local.avgdl

    @property
    def document_frequency(self) -> Mapping[str, int]:
        """In how many passages each term stands."""
        return self._local.document_frequency

    def search(
        self, query: Sequence[str], count: int, weights: Sequence[float] | None = None, lift: Lift | None = None
    ) -> list[Hit]:
        """See ``PassageIndex.search``. Raises ``ClusterError``."""
        given = list(zip(query, weights or repeat(1.0, len(query)), strict=True))
        known = [key for key in dict.fromkeys(query) if key in self._local.document_frequency]
        if count < 1 or not known:
            return []
        clauses, slack = self._clauses(given, lift)
        asked = {
            "query": {"bool": {"should": clauses, "filter": [_any_of(known)]}},
            "sort": [{"_score": "desc"}, {"number": "asc"}],
            "track_total_hits": False,
        }
        size = count * _MORE + _SPARE
        while True:
            found = self._asked({**asked, "size": min(size, _MOST)})
            hits = rescored(self._local, self._counted(found, known), query, weights, lift=lift)
            if len(found) < size or size >= _MOST:
                return hits[:count]
            last, top = float(found[-1]["sort"][0]), float(found[0]["sort"][0])
            if hits[count - 1].score > last + slack + (2 * len(clauses) + 8) * _ROUNDING * max(top, 0.0):
                return hits[:count]
            size *= _MORE

    def holding(self, key: str, among: range | None = None) -> NDArray[np.int32]:
        """See ``PassageIndex.holding``. Raises ``ClusterError``."""
        numbers: list[int] = []
        if key not in self._local.document_frequency or (among is not None and not among):
            return np.empty(0, np.int32)
        limits: list[dict[str, Any]] = [_any_of([key])]
        if among is not None:
            limits.append({"range": {"number": {"gte": among.start, "lt": among.stop}}})
        asked: dict[str, Any] = {
            "query": {"bool": {"filter": limits}},
            "sort": [{"number": "asc"}],
            "size": _MOST,
            "_source": False,
            "track_total_hits": False,
        }
        while True:
            found = [int(hit["sort"][0]) for hit in self._asked(asked)]
            numbers += found
            if len(found) < _MOST:
                return np.array(numbers, np.int32)
            asked["search_after"] = found[-1:]

    def _clauses(self, given: Sequence[tuple[str, float]], lift: Lift | None) -> tuple[list[dict[str, Any]], float]:
        """What is summed for a passage, and how much less that may be than it should: saturations are whole units, and
        of very many terms those that count least are left out. A term that takes away counts nothing: the sum may be
        too much then, never too little."""
        fields = (lift.fields if lift else None) or {}
        each: list[dict[str, float]] = []
        for key, weight in given:
            factors = {BODY: weight * self._local.idf_of(key)}
            factors |= {field: own[key] for field, own in fields.items() if key in own}
            positive = {field: factor for field, factor in factors.items() if factor > 0.0}
            each.append(positive)
        order = sorted(range(len(given)), key=lambda n: -max(each[n].values(), default=0.0))
        clauses: list[dict[str, Any]] = []
        slack = 0.0
        for n in order:
            most = max(each[n].values(), default=0.0)
            if len(clauses) == _CLAUSES:
                slack += most * (self._local.k1 + 1)
                continue
            slack += most / SCALE
            value = token(given[n][0])
            terms = [{"term": {f: {"value": value, "boost": factor / SCALE}}} for f, factor in each[n].items()]
            if terms:
                clauses.append({"dis_max": {"queries": terms}} if len(terms) > 1 else terms[0])
        return clauses, slack

    def _asked(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The hits of a request, if they are all that there are."""
        if not self._is_whole and not is_whole(self._connection, self._name):
            raise self._connection.problem(Clause("cluster.absent"))
        self._is_whole = True
        found = self._connection.ask("POST", f"/{self._name}/_search", body, params=_WHOLE)
        try:
            shards, hits = found["_shards"], found["hits"]["hits"]
            is_all = shards["failed"] == 0 and shards["total"] == shards["successful"] > 0
            is_sorted = all(isinstance(hit["sort"][0], int | float) for hit in hits)
        except (KeyError, TypeError, IndexError):
            raise self._connection.problem(Clause("cluster.no_engine")) from None
        if found.get("timed_out") is not False or found.get("terminated_early") or not (is_all and is_sorted):
            raise self._connection.problem(Clause("cluster.partial"))
        return list(hits)

    def _counted(self, found: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[Counted]:
        """What the hits say of these terms."""
        tokens = {key: token(key) for key in keys}
        counted: list[Counted] = []
        try:
            for source in (hit["_source"] for hit in found):
                often = {key: int(source["held"].get(one, 0)) for key, one in tokens.items()}
                counted.append(Counted(int(source["number"]), int(source["length"]), often))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._connection.problem(Clause("cluster.incomplete")) from None
        if any(not 0 <= one.number < self.corpus_size for one in counted):
            raise self._connection.problem(Clause("cluster.incomplete"))
        return counted


def _any_of(keys: Sequence[str]) -> dict[str, Any]:
    return {"terms": {BODY: [token(key) for key in keys]}}
