"""What is known of a ranking that tells whether its best sentence answers, and whether the reports are about the matter
at all: the facts that both models of ``retrieval.confidence`` weigh."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.evidence import CUES, FEATURES, Evidence, strengths
from retrieval.kind import Kind
from retrieval.language import language
from retrieval.needs import NAME, is_met, names_somebody
from retrieval.ranked import Ranking
from retrieval.unfound import is_named

FACTS = (
    "score",  # of the best sentence
    "coverage",  # share of the question that the sentence holds
    "passage_coverage",  # share that its passage holds
    "held",  # ln(1 + idf-weighted amount of the question that the sentence holds)
    "solid",  # ln(1 + idf of the telling words that it holds as they were typed)
    "news",  # ln(1 + what the words that its passage holds tell, as ``_tells`` says)
    "best_news",  # the most that one of them tells
    "gap",  # the highest surprisal of a word that its passage lacks
    "names_missing",  # share of the question in names that the sentence lacks
    "unknown",  # share of the question that no passage holds in any form
    "absent",  # share of its telling words that no passage holds as they were typed
    "stranger",  # a name that no passage holds: the question is about somewhere or someone else
    "other_number",  # a number that the passage lacks: another year
    "ruled_out",  # share of the question that the sentence lacks although equivalents of it are known
    "uncounted",  # asked how many: no number stands before what is to be counted
    "unfocused",  # the noun behind "which" or "how many" is not here
    "numberless",  # asked for a number: the sentence has none
    "nameless",  # asked who: the sentence names nobody, nor does it say by whom
    "nothing",  # asked for a time, a place or a reason: the sentence offers none
    "topic",  # the largest share of passages that hold one of its telling words
    "bigrams",  # pairs of words that follow each other in both
    "share",  # the share of the softmax over all sentences that the best one has
    "lead",  # how far it lies before the second
    "above",  # how far above the mean
    "told",  # share of the question that the sentence holds, by surprisal
    "denied",  # the question has a negation and the sentence has none
    "near",  # share of the question that the sentence holds where near words count
    "near_passage",  # the same of its passage
    "facet",  # a facet of the story is asked for
    "facet_offered",  # how far the sentence offers it
    "wordless",  # nothing is asked for besides, and there is no word to look for, or none that any passage holds
    "whole",  # the question is about the report as a whole
    "need",  # an answer has to hold a name, a sum of money, a length of time or the like
    "unmet",  # the sentence does not
    "unnamed",  # asked for a name: it has none but those of the question
    "asks_who",  # asked who
    "who_unnamed",  # asked who: the same
    "missing",  # the most telling word, by surprisal, that the sentence lacks where near words count
    "missing_passage",  # the same of its passage
    "missing_anywhere",  # the same of all passages
    "missing_mass",  # the surprisal of all words that no passage holds where near words count
    "missing_share",  # share of the question's surprisal that the sentence lacks where near words count
    "missing_words",  # how many telling words the sentence lacks so
    "first_missing",  # how far the first word of the question is missing so
    "last_missing",  # the same of the last word
    "who_first_missing",  # asked who: the first, which is what somebody did
    "verification",  # asked whether
    "verification_missing",  # asked whether: the most telling word that it lacks
    "named",  # the question names somebody or somewhere
)
MISSES = 0.5  # surprisal that a word lacks to count as a missing one


class _Lack(NamedTuple):
    """How far one want is missing, from 0 to 1, from the best sentence, its passage, and all passages, where near words
    count; ``telling`` is its surprisal and ``position`` where it stands in the question."""

    position: int
    telling: float
    sentence: float
    passage: float
    anywhere: float


def facts(ranking: Ranking) -> tuple[float, ...]:
    """The numbers that the models weigh, in the order of ``FACTS``. There must be evidence."""
    best = ranking.evidence[0]
    named = dict(zip(FEATURES, best.features, strict=True))
    by_words = (*_held(ranking, best, named), *_margins(ranking), *_nearness(ranking, best, named))
    return (*by_words, *_needs(ranking, best), *_lacks(ranking, best))


def _held(ranking: Ranking, best: Evidence, named: Mapping[str, float]) -> tuple[float, ...]:
    """From ``score`` to ``bigrams``: what the best sentence and its passage hold of the question."""
    ranker = ranking.ranker(best)
    query = ranker.query
    vocabulary = ranking.scope.vocabulary
    cued = dict(zip(CUES, best.cues, strict=True))
    strong = strengths(best.matches)
    wants = list(zip(query.wants, ranker.idf, strong, strict=True))
    telling = [(want, idf, held) for want, idf, held in wants if not want.is_light]
    solid = sum(idf for want, idf, held in telling if held == 1.0 and not want.meant)
    absent = sum(idf for want, idf, _ in telling if want.meant or not vocabulary.holds(want.key or ""))
    numbers = {number for sentence in ranking.scope.read(best.passage) for number in sentence.numbers}
    told, gap = _tells(ranking)
    return (
        best.score,
        named["coverage"],
        named["passage_coverage"],
        math.log(1 + sum(idf * held for _, idf, held in wants)),
        math.log(1 + solid),
        math.log(1 + sum(told)),
        max(told, default=0.0),
        gap,
        sum(idf * (1 - held) for want, idf, held in wants if is_named(want, query)) / ranker.total,
        sum(idf for n, (_, idf, _) in enumerate(wants) if not ranker.is_findable(n)) / ranker.total,
        absent / (sum(idf for _, idf, _ in telling) or 1.0),
        float(
            any(is_named(want, query) and not held and not vocabulary.holds(want.key or "") for want, _, held in wants)
        ),
        float(any(want.number and not held and want.number not in numbers for want, _, held in wants)),
        sum(idf for n, (_, idf, held) in enumerate(wants) if not held and query.equivalents[n]) / ranker.total,
        float(query.kind is Kind.NUMBER and query.focus is not None and not named["counted"]),
        1.0 - strong[query.focus] if query.focus is not None else 0.0,
        cued["nothing"] if query.kind is Kind.NUMBER else 0.0,
        cued["nothing"] if query.kind is Kind.PERSON and not named["agent"] else 0.0,
        0.0 if query.kind in (Kind.NUMBER, Kind.PERSON, Kind.THING, Kind.VERIFICATION) else cued["nothing"],
        max((vocabulary.share(want.key) for want, _, _ in telling if want.key), default=0.0),
        named["bigrams"],
    )


def _margins(ranking: Ranking) -> tuple[float, float, float]:
    """What sets the best sentence apart from all others: its share of the softmax of the scores, how far it lies before
    the second, and how far above the mean."""
    scores = [evidence.score for evidence in ranking.evidence]
    best = scores[0]
    share = 1.0 / math.fsum(math.exp(score - best) for score in scores)
    lead = best - scores[1] if len(scores) > 1 else 0.0
    return share, lead, best - math.fsum(scores) / len(scores)


def _nearness(ranking: Ranking, best: Evidence, named: Mapping[str, float]) -> tuple[float, ...]:
    """From ``told`` to ``whole``."""
    ranker = ranking.ranker(best)
    query = ranker.query
    is_denied = is_negated(query.words, query.tag) and not is_negated(best.sentence.words, query.tag)
    return (
        named["told"],
        float(is_denied),
        named["near"],
        named["near_passage"],
        float(query.facet is not None),
        named["facet_offered"],
        float(query.is_whole and not ranker.finds_any()),
        float(query.is_whole),
    )


def _needs(ranking: Ranking, best: Evidence) -> tuple[float, ...]:
    """From ``need`` to ``who_unnamed``: does the sentence hold what an answer has to hold?"""
    query = ranking.ranker(best).query
    is_unnamed = not names_somebody(best.sentence, query.known, query.tag)
    is_unmet = query.need is not None and not is_met(query.need, best.sentence, query.known, query.tag)
    is_who = query.kind is Kind.PERSON
    return (
        float(query.need is not None),
        float(is_unmet),
        float(query.need is not None and query.need.name == NAME and is_unnamed),
        float(is_who),
        float(is_who and is_unnamed),
    )


def _lacks(ranking: Ranking, best: Evidence) -> tuple[float, ...]:
    """From ``missing`` to ``named``: what of the question is said nowhere, not even in near words?"""
    query = ranking.ranker(best).query
    lacks = sorted(_missing(ranking, best))
    most = max((lack.telling * lack.sentence for lack in lacks), default=0.0)
    first, last = (lacks[0].sentence, lacks[-1].sentence) if lacks else (0.0, 0.0)
    all_telling = sum(lack.telling for lack in lacks) or 1.0
    is_whether = query.kind is Kind.VERIFICATION
    return (
        most,
        max((lack.telling * lack.passage for lack in lacks), default=0.0),
        max((lack.telling * lack.anywhere for lack in lacks), default=0.0),
        sum(lack.telling * lack.anywhere for lack in lacks),
        sum(lack.telling * lack.sentence for lack in lacks) / all_telling,
        float(sum(lack.telling * lack.sentence > MISSES for lack in lacks)),
        first,
        last,
        first if query.kind is Kind.PERSON else 0.0,
        float(is_whether),
        most if is_whether else 0.0,
        float(any(want.is_name for want in query.wants)),
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
        yield _Lack(want.position, ranker.telling[n], 1.0 - own, 1.0 - passage, 1.0 - anywhere)


def is_negated(words: Sequence[str], tag: str) -> bool:
    """Whether words, folded, hold a negation."""
    return not _negations(tag).isdisjoint(words) or any(word.endswith("n't") for word in words)


@cache
def _negations(tag: str) -> frozenset[str]:
    return frozenset(language(tag).questions.get("negations", "").split())


def _tells(ranking: Ranking) -> tuple[list[float], float]:
    """What each word of the question tells that the best passage holds, and the highest surprisal of one it lacks.

    A word tells that this passage is meant, and no other text, where it is rare in reports at large (its surprisal)
    and also rare in this one (its idf): the lesser of the two, times how nearly the passage holds it.
    """
    best = ranking.evidence[0]
    scope = ranking.scope
    passage = ranking.passage(best)
    tag = scope.report(passage).language
    matches = [evidence.matches for evidence in ranking.evidence if evidence.passage == best.passage]
    told: list[float] = []
    gap = 0.0
    for n, want in enumerate(ranking.ranker(best).query.wants):
        if not want.key:
            continue
        surprisal = scope.background.surprisal(want.key, tag, passage.report)
        held = max(match.strength if (match := row[n]) else 0.0 for row in matches)
        told.append(min(surprisal, scope.vocabulary.idf(want.key)) * held)
        gap = max(gap, surprisal * (1 - held))
    return told, gap
