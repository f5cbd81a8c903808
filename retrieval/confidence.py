"""How likely is the best sentence to answer? A logistic model over a few facts of the ranking and their products."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import combinations_with_replacement
from operator import mul

from retrieval.evidence import CUES, FEATURES
from retrieval.language import language
from retrieval.query import Kind
from retrieval.scope import Ranking
from retrieval.unfound import strangers
from retrieval.weights import Weights

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
    "passages",  # ln(1 + passages of the scope)
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
)
# Each fact and each product of two: what a held word is worth depends on how much else is missing.
NAMES = FACTS + tuple(f"{a} {b}" for a, b in combinations_with_replacement(FACTS, 2))


def facts(ranking: Ranking) -> tuple[float, ...]:
    """The numbers that the model weighs, in the order of ``NAMES``. There must be evidence."""
    best = ranking.evidence[0]
    ranker = ranking.ranker(best)
    query = ranker.query
    vocabulary = ranking.scope.vocabulary
    cued = dict(zip(CUES, best.cues, strict=True))
    named = dict(zip(FEATURES, best.features, strict=True))
    wants = list(
        zip(query.wants, ranker.idf, [match.strength if match else 0.0 for match in best.matches], strict=True)
    )
    telling = [(want, idf, held) for want, idf, held in wants if not want.is_light]
    solid = sum(idf for want, idf, held in telling if held == 1.0 and not want.meant)
    absent = sum(idf for want, idf, _ in telling if want.meant or not vocabulary.holds(want.key or ""))
    numbers = {number for sentence in ranking.scope.read(best.passage) for number in sentence.numbers}
    told, gap = _tells(ranking)
    tag = ranking.scope.report(ranking.passage(best)).language
    plain = (
        best.score,
        named["coverage"],
        named["passage_coverage"],
        math.log(1 + sum(idf * held for _, idf, held in wants)),
        math.log(1 + solid),
        math.log(1 + sum(told)),
        max(told, default=0.0),
        gap,
        sum(idf * (1 - held) for want, idf, held in wants if want.is_name) / ranker.total,
        sum(idf for n, (_, idf, _) in enumerate(wants) if not ranker.is_findable(n)) / ranker.total,
        absent / (sum(idf for _, idf, _ in telling) or 1.0),
        float(any(want.is_name and not held and not vocabulary.holds(want.key or "") for want, _, held in wants)),
        float(any(want.number and not held and want.number not in numbers for want, _, held in wants)),
        sum(idf for n, (_, idf, held) in enumerate(wants) if not held and query.equivalents[n]) / ranker.total,
        float(query.kind is Kind.NUMBER and query.focus is not None and not named["counted"]),
        1.0 - wants[query.focus][2] if query.focus is not None else 0.0,
        cued["nothing"] if query.kind is Kind.NUMBER else 0.0,
        cued["nothing"] if query.kind is Kind.PERSON and not named["agent"] else 0.0,
        0.0 if query.kind in (Kind.NUMBER, Kind.PERSON, Kind.THING, Kind.VERIFICATION) else cued["nothing"],
        max((vocabulary.share(want.key) for want, _, _ in telling if want.key), default=0.0),
        named["bigrams"],
        math.log(1 + len(ranking.scope.passages)),
        *_margins(ranking),
        named["told"],
        float(_is_negated(query.words, tag) and not _is_negated(best.sentence.words, tag)),
        named["near"],
        named["near_passage"],
        float(query.facet is not None),
        named["facet_offered"],
        float(query.is_whole and not any(map(ranker.is_findable, range(len(query.wants))))),
    )
    return plain + tuple(a * b for a, b in combinations_with_replacement(plain, 2))


def _margins(ranking: Ranking) -> tuple[float, float, float]:
    """What sets the best sentence apart from all others: its share of the softmax of the scores, how far it lies before
    the second, and how far above the mean."""
    scores = [evidence.score for evidence in ranking.evidence]
    best = scores[0]
    share = 1.0 / math.fsum(math.exp(score - best) for score in scores)
    lead = best - scores[1] if len(scores) > 1 else 0.0
    return share, lead, best - math.fsum(scores) / len(scores)


def _is_negated(words: Sequence[str], tag: str) -> bool:
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


# What is left of the confidence where a number is asked for and the sentence has none, or a person and it names nobody.
# Encyclopedias answer "how long" with "a century" and "who" with "the workers" often enough for the model to be
# lenient; beside the question who found the bodies, a sentence that leaves it open reads like an answer.
NOT_OFFERED = 0.5
# The same where the question names somebody, somewhere or a number that stands nowhere in the reports: whatever the
# best sentence says, it does not say it of them. It is below any threshold of an answer.
STRANGE = 0.5
# How telling a word has to be in reports at large for one that holds it to be about the matter: no word of which one
# report in eight is expected to have it.
ABOUT = 2.1


def confidence(ranking: Ranking, weights: Weights) -> float:
    """The probability, in [0, 1], that the best sentence answers the question; 0 where there is none."""
    if not ranking.evidence:
        return 0.0
    constant, *slopes = weights.confidence
    found = facts(ranking)
    x = constant + math.fsum(map(mul, slopes, found))
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
    is_offered = not (found[FACTS.index("numberless")] or found[FACTS.index("nameless")])
    return sure * (1.0 if is_offered else NOT_OFFERED) * (STRANGE if strangers(ranking) else 1.0)


def is_about(ranking: Ranking) -> bool:
    """Whether the reports are about the matter of the question: they hold a name or another telling word of it, or it
    is about the report as a whole."""
    ranker, vocabulary = ranking.best_ranker, ranking.scope.vocabulary
    return ranker.query.is_whole or any(
        want.is_name or telling >= ABOUT
        for want, telling in zip(ranker.query.wants, ranker.telling, strict=True)
        if want.key and vocabulary.holds(want.key) and not want.is_number
    )
