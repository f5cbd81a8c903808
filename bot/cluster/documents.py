"""Passages as the cluster has them: our own terms, and with each what it adds to a score before its idf.

A score is then a sum of products of two numbers that are ours: the saturation of a term in a passage, which stands in
the index, and the idf times the weight, which comes with the question. So nothing depends on where a passage lies, nor
on what a node counts. OpenSearch keeps how often a term stands as a whole number, and the saturation is written as
that; its sums have 32 bits, so that they only say which passages to be exact about: see ``bot.cluster.remote``.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np

from retrieval.evidence.headings import HEADED, TITLED, Above
from retrieval.index.bm25 import PassageIndex

BODY = "body"
SCALE = 1 << 18  # units of 1; the sum of a passage has to stay below 2^31 units, which an average of 3,600 terms keeps
LONGEST = 200  # code points of a term as it is: Lucene takes no more than 255
_SEPARATOR = "|"
_AT_ONCE = 16_384  # passages whose terms are sorted together

_TERMS: Mapping[str, Any] = {
    "type": "text",
    "analyzer": "given",
    "search_analyzer": "asked",
    "similarity": "given",
    "norms": False,
}
MAPPINGS: Mapping[str, Any] = {
    "dynamic": "strict",
    "_source": {"includes": ["number", "length", "held"]},
    "properties": {
        "number": {"type": "integer"},
        "length": {"type": "integer", "index": False, "doc_values": False},
        "held": {"type": "object", "enabled": False},
        **{field: {**_TERMS, "index_options": "freqs"} for field in (BODY, HEADED, TITLED)},
    },
}
ANALYSIS: Mapping[str, Any] = {
    "filter": {"counts": {"type": "delimited_term_freq", "delimiter": _SEPARATOR}},
    "analyzer": {
        "given": {"type": "custom", "tokenizer": "whitespace", "filter": ["counts"]},
        "asked": {"type": "custom", "tokenizer": "keyword"},
    },
}
SIMILARITY: Mapping[str, Any] = {
    "given": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}},
}


def token(key: str) -> str:
    """A term as it stands in the cluster: itself, or a digest where it could be taken for another or for several."""
    is_plain = len(key) <= LONGEST and key.isprintable() and not any(one.isspace() or one in "|#" for one in key)
    return key if is_plain and key else f"#{sha256(key.encode(errors='surrogatepass')).hexdigest()}"


def _texts(index: PassageIndex, tokens: Sequence[str], among: range) -> Iterator[tuple[str, dict[str, int], int]]:
    """The texts of an index that are ``among`` some that follow each other, in turn: as each is indexed, how often it
    holds each term, and its length. ``tokens`` are those of all terms."""
    postings = index.postings
    places = np.flatnonzero((postings.numbers >= among.start) & (postings.numbers < among.stop))
    terms = np.searchsorted(postings.starts, places, "right") - 1
    numbers = postings.numbers[places].astype(np.int64) - among.start
    order = np.argsort(numbers, kind="stable")
    places, terms, numbers = places[order], terms[order], numbers[order]
    often = postings.frequencies[places].astype(np.int64)
    lengths = postings.lengths[among.start : among.stop]
    norm = index.k1 * (1 - index.b + index.b * lengths / (index.avgdl or 1.0))
    units = np.maximum(np.rint(SCALE * often * (index.k1 + 1) / (often + norm[numbers])).astype(np.int64), 1)
    starts = np.searchsorted(numbers, np.arange(len(among) + 1)).tolist()
    for (start, end), length in zip(pairwise(starts), lengths.tolist(), strict=True):
        held = [tokens[term] for term in terms[start:end].tolist()]
        said = " ".join(f"{one}{_SEPARATOR}{n}" for one, n in zip(held, units[start:end].tolist(), strict=True))
        yield said, dict(zip(held, often[start:end].tolist(), strict=True)), length


def documents(index: PassageIndex, above: Above, among: range) -> Iterator[dict[str, Any]]:
    """The passages that are ``among`` some, each as a document under its number."""
    tokens = list(map(token, index.document_frequency))
    titles, headings = _said(above.titled), [*_said(above.headed), ""]
    title_of, heading_of = above.title_of.tolist(), above.heading_of.tolist()
    for start in range(among.start, among.stop, _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, among.stop))
        groups = above.of[some.start : some.stop].tolist()
        for number, group, (said, held, length) in zip(some, groups, _texts(index, tokens, some), strict=True):
            yield {
                "_id": str(number),
                "number": number,
                "length": length,
                "held": held,
                BODY: said,
                HEADED: headings[heading_of[group]],
                TITLED: titles[title_of[group]],
            }


def _said(index: PassageIndex) -> list[str]:
    """The texts of a small index as they are indexed."""
    tokens = list(map(token, index.document_frequency))
    return [said for said, _, _ in _texts(index, tokens, range(index.corpus_size))]
