"""What is known of a ranking that tells whether its best sentence answers, and whether the reports are about the matter
at all: the facts that both models of ``retrieval.confidence.sureness`` weigh."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from retrieval.confidence.doubts import Doubts, doubts
from retrieval.confidence.lacks import Lacks, Places, lacks, places
from retrieval.confidence.margins import Margins, margins
from retrieval.confidence.unfound import is_named
from retrieval.evidence.features import Evidence, strengths
from retrieval.kind import Kind
from retrieval.language import language
from retrieval.question.asker import Asker, asker
from retrieval.question.needs import NAME, is_met, names_somebody
from retrieval.search.ranking import Ranking


class Held(NamedTuple):
    """What the best sentence and its passage hold of the question."""

    score: float  # of the best sentence
    coverage: float  # share of the question that the sentence holds
    passage_coverage: float  # share that its passage holds
    held: float  # ln(1 + idf-weighted amount of the question that the sentence holds)
    solid: float  # ln(1 + idf of the telling words that it holds as they were typed)
    news: float  # ln(1 + what the words that its passage holds tell, as ``_tells`` says)
    best_news: float  # the most that one of them tells
    gap: float  # the highest surprisal of a word that its passage lacks
    names_missing: float  # share of the question in names that the sentence lacks
    unknown: float  # share of the question that no passage holds in any form
    absent: float  # share of its telling words that no passage holds as they were typed
    stranger: float  # a name that no passage holds: the question is about somewhere or someone else
    other_number: float  # a number that the passage lacks: another year
    ruled_out: float  # share of the question that the sentence lacks although equivalents of it are known
    uncounted: float  # asked how many: no number stands before what is to be counted
    unfocused: float  # the noun after "which" or "how many" is not here
    numberless: float  # asked for a number: the sentence has none
    nameless: float  # asked who: the sentence names nobody, nor does it say by whom
    nothing: float  # asked for a time, a place or a reason: the sentence offers none
    topic: float  # the largest share of passages that hold one of its telling words
    bigrams: float  # pairs of words that follow each other in both


class Nearness(NamedTuple):
    """The same where near words count, by other measures, and what the question is about."""

    told: float  # share of the question that the sentence holds, by surprisal
    denied: float  # the question has a negation and the sentence has none
    near: float  # share of the question that the sentence holds where near words count
    near_passage: float  # the same of its passage
    compared: float  # the question and the sentences are compared as wholes
    alike: float  # how alike the question and the sentence are as wholes
    most_alike: float  # the most that any sentence is
    alike_above: float  # how much more than the sentences are on average
    facet: float  # a facet of the story is asked for
    facet_offered: float  # how far the sentence offers it
    wordless: float  # nothing is asked for besides, and there is no word to look for, or none that any passage holds
    whole: float  # the question is about the report as a whole
    wants: float  # share of its wants that the sentence holds, whatever their idf
    form: float  # share that it holds in the form that was typed
    elsewhere: float  # share missing there that stands elsewhere in its passage
    sentence_bm25: float  # BM25 of the sentence against the most the question could give
    passage_bm25: float  # the same of the passage
    told_mass: float  # ln(1 + the surprisal that the sentence holds)
    rarest: float  # how nearly it holds the most telling want
    names_held: float  # share of the names and numbers of the question that it holds
    names_held_passage: float  # the same of its passage


class Needs(NamedTuple):
    """Whether the sentence holds what an answer has to hold."""

    need: float  # an answer has to hold a name, a sum of money, a length of time or the like
    unmet: float  # the sentence does not
    unnamed: float  # asked for a name: it has none but those of the question
    asks_who: float  # asked who
    who_unnamed: float  # asked who: the same


_GROUPS = (Held, Margins, Nearness, Needs, Lacks, Places, Doubts, Asker)
FACTS = tuple(chain.from_iterable(group._fields for group in _GROUPS))


def facts(ranking: Ranking) -> tuple[float, ...]:
    """The numbers that the models weigh, in the order of ``FACTS``. There must be evidence."""
    best = ranking.evidence[0]
    return (
        *_held(ranking, best),
        *margins(ranking),
        *_nearness(ranking, best),
        *_needs(ranking, best),
        *lacks(ranking),
        *places(ranking),
        *doubts(ranking),
        *asker(ranking.ranker(best).query),
    )


def _held(ranking: Ranking, best: Evidence) -> Held:
    ranker = ranking.ranker(best)
    query = ranker.query
    vocabulary = ranking.scope.vocabulary
    features, cues = best.features, best.cues
    strong = strengths(best.matches)
    wants = list(zip(query.wants, ranker.idf, strong, strict=True))
    telling = [(want, idf, held) for want, idf, held in wants if want.is_telling]
    solid = sum(idf for want, idf, held in telling if held == 1.0 and not want.meant)
    absent = sum(idf for want, idf, _ in telling if want.meant or not vocabulary.holds(want.key or ""))
    numbers = {number for sentence in ranking.scope.read(best.passage) for number in sentence.numbers}
    told, gap = _tells(ranking)
    return Held(
        score=best.score,
        coverage=features.coverage,
        passage_coverage=features.passage_coverage,
        held=math.log(1 + sum(idf * held for _, idf, held in wants)),
        solid=math.log(1 + solid),
        news=math.log(1 + sum(told)),
        best_news=max(told, default=0.0),
        gap=gap,
        names_missing=sum(idf * (1 - held) for want, idf, held in wants if is_named(want, query)) / ranker.total,
        unknown=sum(idf for n, (_, idf, _) in enumerate(wants) if not ranker.is_findable(n)) / ranker.total,
        absent=absent / (sum(idf for _, idf, _ in telling) or 1.0),
        stranger=float(
            any(is_named(want, query) and not held and not vocabulary.holds(want.key or "") for want, _, held in wants)
        ),
        other_number=float(any(want.number and not held and want.number not in numbers for want, _, held in wants)),
        ruled_out=sum(idf for n, (_, idf, held) in enumerate(wants) if not held and query.equivalents[n])
        / ranker.total,
        uncounted=float(query.kind is Kind.NUMBER and query.focus is not None and not features.counted),
        unfocused=1.0 - strong[query.focus] if query.focus is not None else 0.0,
        numberless=cues.nothing if query.kind is Kind.NUMBER else 0.0,
        nameless=cues.nothing if query.kind is Kind.PERSON and not features.agent else 0.0,
        nothing=0.0 if query.kind in (Kind.NUMBER, Kind.PERSON, Kind.THING, Kind.VERIFICATION) else cues.nothing,
        topic=max((vocabulary.share(want.key) for want, _, _ in telling if want.key), default=0.0),
        bigrams=features.bigrams,
    )


def _nearness(ranking: Ranking, best: Evidence) -> Nearness:
    ranker = ranking.ranker(best)
    query, features = ranker.query, best.features
    alike = [evidence.features.alike for evidence in ranking.evidence]
    is_denied = is_negated(query.words, query.tag) and not is_negated(best.sentence.words, query.tag)
    return Nearness(
        told=features.told,
        denied=float(is_denied),
        near=features.near,
        near_passage=features.near_passage,
        compared=float(ranker.compares),
        alike=features.alike,
        most_alike=max(alike),
        alike_above=features.alike - sum(alike) / len(alike),
        facet=float(query.facet is not None),
        facet_offered=features.facet_offered,
        wordless=float(query.is_whole and not ranker.finds_any()),
        whole=float(query.is_whole),
        wants=features.wants,
        form=features.form,
        elsewhere=features.elsewhere,
        sentence_bm25=features.bm25,
        passage_bm25=features.passage_bm25,
        told_mass=features.told_mass,
        rarest=features.rarest,
        names_held=features.named,
        names_held_passage=features.named_passage,
    )


def _needs(ranking: Ranking, best: Evidence) -> Needs:
    query = ranking.ranker(best).query
    is_unnamed = not names_somebody(best.sentence, query.known, query.tag)
    is_unmet = query.need is not None and not is_met(query.need, best.sentence, query.known, query.tag)
    is_who = query.kind is Kind.PERSON
    return Needs(
        need=float(query.need is not None),
        unmet=float(is_unmet),
        unnamed=float(query.need is not None and query.need.name == NAME and is_unnamed),
        asks_who=float(is_who),
        who_unnamed=float(is_who and is_unnamed),
    )


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
