"""A sentence may hold every word of a question and say nothing of what is asked: facts that
``retrieval.confidence.facts`` gathers.

Asked which firm awarded 92 points, "a certification firm had awarded it 92 points" tells that the report does not name
it. Asked who tied the bag, "a bag was tied round it" does not say. Asked whether the quarry has been drained, "the
State should drain the quarry" says that somebody wants it. The words are data, in ``questions.toml``.
"""

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from retrieval.evidence.features import Match
from retrieval.kind import Kind, offers
from retrieval.language import language
from retrieval.question.needs import NAME
from retrieval.question.query import Query
from retrieval.question.roles import Role, is_agentless
from retrieval.question.roles import offers as offers_role
from retrieval.search.ranking import Ranking
from retrieval.sentence import Sentence
from retrieval.words.background import common_terms

BEFORE = 3  # words before a noun at most among which its article is looked for


class Doubts(NamedTuple):
    """What speaks against the best sentence though it holds the words: 1 where it is so, where nothing else is said."""

    new_names: float  # ln(1 + names that the question does not have)
    which_unnamed: float  # asked which one: it has no such name
    which_any: float  # asked which one: it speaks of "a" or of "several"
    who_any: float  # asked who: the same of anything that was asked about, and no such name
    name_any: float  # asked for a name: the same
    stale_number: float  # asked for a number: it has none that the question does not have
    focus_uncounted: float  # asked how many: none of its own stands before what is to be counted
    agentless: float  # asked who did it: it says that it was done, and not by whom
    roleless: float  # asked who did it or to whom it was done: it does not say
    unreal: float  # it tells what should, may or will be, and the question asks for what is
    unreal_whether: float  # the same where the question is one of yes or no
    asked_words: float  # how many words the question has


class _Words:
    """The words of one language that say that a thing is not known, or not yet so."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self.which = frozenset(tables.get("which", "").split())
        self.any = frozenset(tables.get("any", "").split())
        self.articles = self.any.union(tables.get("definite", "").split())
        self.unreal = frozenset(tables.get("unreal", "").split())
        self.numbers = offers(tag).get(Kind.NUMBER, frozenset())


@cache
def _words(tag: str) -> _Words:
    return _Words(tag)


def doubts(ranking: Ranking) -> Doubts:
    """The doubts about the best sentence; there must be evidence."""
    best = ranking.evidence[0]
    query, sentence = ranking.ranker(best).query, best.sentence
    own = _words(query.tag)
    start = sum(len(one.words) for one in ranking.scope.read(best.passage)[: sentence.number])
    places = [_places(match, sentence, start) for match in best.matches]
    names = [
        name for name in sentence.names if name not in query.known and name not in common_terms(query.tag, name[0])
    ]
    which = _which(query, own)
    is_any = [any(_is_any(sentence.words, at, own) for at in found) for found in places]
    is_unnamed_any = any(is_any) and not names
    is_which = which is not None and query.kind is not Kind.NUMBER
    is_number = query.kind is Kind.NUMBER
    numbers = _new_numbers(sentence, start, query, own) if is_number else frozenset()
    keys = [match.keys if match else () for match in best.matches]
    role = query.role if query.role and keys[query.role.verb] else None
    last = max((at for found in places for at in found), default=0)
    is_unreal = own.unreal.isdisjoint(query.words) and not own.unreal.isdisjoint(sentence.words[:last])
    return Doubts(
        new_names=math.log(1 + len(names)),
        which_unnamed=float(is_which and not names),
        which_any=float(which is not None and is_any[which]),
        who_any=float(query.kind is Kind.PERSON and is_unnamed_any),
        name_any=float(query.need is not None and query.need.name == NAME and is_unnamed_any),
        stale_number=float(is_number and not numbers),
        focus_uncounted=float(
            is_number and query.focus is not None and not any(_is_counted(at, numbers) for at in places[query.focus])
        ),
        agentless=float(role is not None and role.role is Role.AGENT and is_agentless(sentence, keys[role.verb])),
        roleless=float(query.role is not None and not (role and offers_role(role, sentence, keys))),
        unreal=float(is_unreal),
        unreal_whether=float(is_unreal and query.kind is Kind.VERIFICATION),
        asked_words=float(sum(map(bool, query.words))),
    )


def _places(match: Match | None, sentence: Sentence, start: int) -> list[int]:
    """Where the sentence, whose first word has the number ``start`` in its passage, holds a want, as numbers of its
    own words."""
    return [at - start for key in match.keys for at in sentence.positions.get(key, ())] if match else []


def _which(query: Query, own: _Words) -> int | None:
    """The want of which it is asked which one it is ("which safari company"), as its number."""
    found = (
        n
        for n, want in enumerate(query.wants)
        if want.position > 0 and not own.which.isdisjoint(query.words[max(0, want.position - BEFORE) : want.position])
    )
    return next(found, None)


def _is_any(words: Sequence[str], at: int, own: _Words) -> bool:
    """Whether the nearest article before the word ``at`` says that it is not known which one is meant."""
    before = words[max(0, at - BEFORE) : at]
    return next((word in own.any for word in reversed(before) if word in own.articles), False)


def _new_numbers(sentence: Sentence, start: int, query: Query, own: _Words) -> AbstractSet[int]:
    """Where the sentence has numbers that the question does not have, and no dates, as numbers of its own words."""
    digits = {at - start for key, places in sentence.positions.items() if key[0].isdigit() for at in places}
    spelt = {at for at, word in enumerate(sentence.words) if word in own.numbers}
    asked = query.known.union(want.number for want in query.wants if want.number)
    keys = {at - start: key for key, places in sentence.positions.items() for at in places}
    plain = {at: sentence.words[at].replace(",", "") for at in digits | spelt}
    return {
        at for at, word in plain.items() if asked.isdisjoint((word, keys.get(at, ""))) and word not in sentence.dates
    }


def _is_counted(at: int, numbers: AbstractSet[int]) -> bool:
    return any(at - back in numbers for back in range(1, BEFORE + 1))
