"""A word of questions and one of reports → what it would do if the one found the other: where that stands, and whether
the word is known already and through what. Changes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.confidence.model import shipped
from retrieval.errors import EquivalentError
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.search.scope import Scope
from retrieval.search.spelt import LOOKED_AT
from retrieval.why.explanation import places
from retrieval.words.lexicon import WEIGHTS, Keys
from retrieval.words.lexicon_entry import BadEntryError, one_way
from retrieval.words.spelling import edits
from retrieval.words.terms import analyzer_of

LONGEST = 40  # characters of a word or phrase
SHOWN = 3  # passages of which the words are shown


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: ``span`` is their sentence, ``matches`` are they."""

    report: Report
    passage: Passage
    span: Span
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """That ``word`` may find ``means`` in reports in the language of ``tag``, the first part of one of BCP 47.

    ``passages`` is how many of them hold ``means``, ``places`` are the first; ``itself`` is how many hold the word.
    ``known`` are the words of theirs that it finds already; ``is_known``: ``means`` is one of what it may find, and
    counts as much as it would. ``meant`` is the word that it is taken for as misspelt; ``is_of_many``: there are
    reports in other languages, for which it would do nothing.
    """

    word: str
    means: str
    tag: str
    passages: int
    places: tuple[Place, ...]
    itself: int
    known: tuple[str, ...] = ()
    is_known: bool = False
    meant: str | None = None
    is_of_many: bool = False


def propose(scope: Scope, word: str, means: str) -> Proposal:
    """What it would do for the reports of a scope. Raises ``EquivalentError`` for what cannot be added."""
    word, means = " ".join(word.split()), " ".join(means.split())
    for one in (word, means):
        if len(one) > LONGEST:
            problem = Clause("lexicon.long_words", item=one[:LONGEST], length=len(one), most=LONGEST)
            raise EquivalentError(problem=problem)
    tags = list(dict.fromkeys(language(tag).tag for tag in scope.languages))
    checked = {tag: _checked(word, means, tag) for tag in tags or ["en"]}
    found = {tag: _holding(scope, keys, tag) for tag, (_, keys) in checked.items()}
    tag = max(found, key=lambda tag: (len(found[tag]), -list(found).index(tag)))
    source, target = checked[tag]
    known = _known(scope, word, tag)
    return Proposal(
        word=word,
        means=means,
        tag=tag,
        passages=len(found[tag]),
        places=tuple(place for number in found[tag][:SHOWN] for place in _places(scope, number, target)),
        itself=len(_holding(scope, source, tag)),
        known=tuple(dict.fromkeys(_written(scope, keys, tag) for keys in known if _holding(scope, keys, tag))),
        is_known=known.get(target, 0.0) >= max(WEIGHTS.values()),
        meant=_meant(scope, word, tag),
        is_of_many=len(tags) > 1,
    )


def _checked(word: str, means: str, tag: str) -> tuple[Keys, Keys]:
    """The keys of both in a language. Raises ``EquivalentError``."""
    try:
        left, _, right = one_way(word, means, tag).partition(" > ")
    except BadEntryError as error:
        raise EquivalentError(problem=error.problem) from None
    analyzer = analyzer_of(tag)
    source = tuple(analyzer.key(one) or one for one in left.split())
    target = tuple(key for one in right.split() if (key := analyzer.key(one, is_name=one.isupper())))
    if source == target:
        raise EquivalentError(problem=Clause("lexicon.same", item=word, other=means))
    return source, target


def _holding(scope: Scope, keys: Sequence[str], tag: str) -> list[int]:
    """The numbers of the passages in a language that hold words with these keys, one near the other, in their order."""
    counted = Counter(int(number) for key in set(keys) for number in scope.index.holding(key))
    numbers = sorted(number for number, count in counted.items() if count == len(set(keys)))
    here = [n for n in numbers if language(scope.report(scope.passages[n]).language).tag == tag]
    return here if len(keys) == 1 else [n for n in here if any(places(keys, scope.terms(scope.passages[n])))]


def _places(scope: Scope, number: int, keys: Sequence[str]) -> Iterator[Place]:
    """The first sentence of a passage that holds words with these keys; where they are in none, all of it."""
    passage = scope.passages[number]
    standing = tuple(places(keys, scope.terms(passage)))
    sentences = map(passage.sentence, range(len(passage.sentences)))
    span = next((one for one in sentences if any(map(one.covers, standing))), Span(0, len(passage.text)))
    if standing:
        yield Place(scope.report(passage), passage, span, tuple(filter(span.covers, standing)))


def _known(scope: Scope, word: str, tag: str) -> dict[Keys, float]:
    """What the word finds already, with how near that comes to the word itself: the nearest first."""
    found: dict[Keys, float] = {}
    for equivalents in scope.query(word, tag, shipped()).equivalents:
        for keys, weight in equivalents.items():
            found[keys] = max(weight, found.get(keys, 0.0))
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _meant(scope: Scope, word: str, tag: str) -> str | None:
    """The word that it is taken for, where it looks misspelt."""
    wants = scope.query(word, tag, shipped()).wants
    return next((_spelt(scope, want.key, tag, want.surface) for want in wants if want.meant and want.key), None)


def _written(scope: Scope, keys: Keys, tag: str) -> str:
    """Words with these keys as they are written."""
    return " ".join(_spelt(scope, key, tag) for key in keys)


def _spelt(scope: Scope, key: str, tag: str, typed: str = "") -> str:
    """A word with that key as the reports write it, else the lexicon: the most like ``typed``, or the first."""
    passages = [scope.passages[hit.passage] for hit in scope.index.search([key], LOOKED_AT)]
    terms = ((passage, term) for passage in passages for term in scope.terms(passage) if term.key == key)
    found = [passage.cut(Span(term.start, term.end)) for passage, term in terms]
    words = found or scope.lexicons.of(tag).spellings(key) or [key]
    return min(words, key=lambda one: edits(fold(one), fold(typed))) if typed else words[0]
