"""What of a question the best sentence lacks, not only in its words but also in near ones, and how close together those
stand that it holds: facts that ``retrieval.confidence.facts`` gathers."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from retrieval.evidence.features import Evidence
from retrieval.kind import Kind
from retrieval.search.ranking import Ranking

MISSES = 0.5  # surprisal that a word lacks to count as a missing one


class Lacks(NamedTuple):
    """What of the question is said nowhere, not even in near words."""

    missing: float  # the most telling word, by surprisal, that the sentence lacks where near words count
    missing_passage: float  # the same of its passage
    missing_anywhere: float  # the same of all passages
    missing_mass: float  # the surprisal of all words that no passage holds where near words count
    missing_share: float  # share of the question's surprisal that the sentence lacks where near words count
    missing_words: float  # how many telling words the sentence lacks so
    first_missing: float  # how far the first word of the question is missing so
    last_missing: float  # the same of the last word
    who_first_missing: float  # asked who: the first, which is what somebody did
    verification: float  # asked whether
    verification_missing: float  # asked whether: the most telling word that it lacks
    named: float  # the question names somebody or somewhere
    rarest_missing: float  # the highest idf of a telling word that it lacks so
    both_missing: float  # the most that it lacks so of a word by surprisal and by idf, whichever is less
    both_held: float  # ln(1 + what it holds so of all words by the same)
    telling_held: float  # share of the telling words that it holds so


class Places(NamedTuple):
    """How near to each other the words stand by which the best sentence holds the question."""

    found_words: float  # how many words of the sentence hold something
    spread: float  # how many words it takes for each of them, from the first to the last
    gaps: float  # how many words lie from one to the next, on average


class _Lack(NamedTuple):
    """How far one want is missing, from 0 to 1, from the best sentence, its passage, and all passages, where near words
    count. ``telling`` is its surprisal, ``idf`` that of its word; ``position`` says where it stands in the question,
    ``want`` which one it is."""

    position: int
    want: int
    telling: float
    idf: float
    sentence: float
    passage: float
    anywhere: float


def lacks(ranking: Ranking) -> Lacks:
    """What the best sentence lacks; there must be evidence."""
    best = ranking.evidence[0]
    ranker = ranking.ranker(best)
    query = ranker.query
    found = sorted(_missing(ranking, best))
    most = max((lack.telling * lack.sentence for lack in found), default=0.0)
    first, last = (found[0].sentence, found[-1].sentence) if found else (0.0, 0.0)
    all_telling = sum(lack.telling for lack in found) or 1.0
    is_whether = query.kind is Kind.VERIFICATION
    heavy = [
        (ranker.idf[lack.want], min(lack.telling, lack.idf), lack.sentence)
        for lack in found
        if query.wants[lack.want].is_telling
    ]
    return Lacks(
        missing=most,
        missing_passage=max((lack.telling * lack.passage for lack in found), default=0.0),
        missing_anywhere=max((lack.telling * lack.anywhere for lack in found), default=0.0),
        missing_mass=sum(lack.telling * lack.anywhere for lack in found),
        missing_share=sum(lack.telling * lack.sentence for lack in found) / all_telling,
        missing_words=float(sum(lack.telling * lack.sentence > MISSES for lack in found)),
        first_missing=first,
        last_missing=last,
        who_first_missing=first if query.kind is Kind.PERSON else 0.0,
        verification=float(is_whether),
        verification_missing=most if is_whether else 0.0,
        named=float(any(want.is_name for want in query.wants)),
        rarest_missing=max((idf * lack for idf, _, lack in heavy), default=0.0),
        both_missing=max((both * lack for _, both, lack in heavy), default=0.0),
        both_held=math.log(1 + sum(both * (1.0 - lack) for _, both, lack in heavy)),
        telling_held=sum(1.0 - lack for _, _, lack in heavy) / (len(heavy) or 1),
    )


def places(ranking: Ranking) -> Places:
    """How close together the words stand; there must be evidence."""
    best = ranking.evidence[0]
    first = (best.sentence.positions[key][0] for match in best.matches if match for key in match.keys)
    at = sorted(
        {place for match in best.matches if match for key in match.keys for place in best.sentence.positions[key]}
    )
    found = set(first)
    return Places(
        found_words=float(len(found)),
        spread=(max(found) - min(found)) / len(found) if len(found) > 1 else 0.0,
        gaps=sum(b - a for a, b in pairwise(at)) / (len(at) - 1) if len(at) > 1 else 0.0,
    )


def _missing(ranking: Ranking, best: Evidence) -> Iterator[_Lack]:
    ranker = ranking.ranker(best)
    beside = [evidence for evidence in ranking.evidence if evidence.passage == best.passage]
    for n, want in enumerate(ranker.query.wants):
        if not want.key:
            continue
        own = ranker.held_by(best, n)
        passage = own if own == 1.0 else max(ranker.held_by(evidence, n) for evidence in beside)
        anywhere = passage if passage == 1.0 else max(passage, ranker.held_anywhere(n))
        idf = ranking.scope.vocabulary.idf(want.key)
        yield _Lack(
            position=want.position,
            want=n,
            telling=ranker.telling[n],
            idf=idf,
            sentence=1.0 - own,
            passage=1.0 - passage,
            anywhere=1.0 - anywhere,
        )
