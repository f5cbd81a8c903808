"""Whether two names are of one person, may be, or are not: "a relative" may be "the sister", "the general" is not.

Told by tables of words that name people in general (``quoting.toml``) and by the lexicon. Where these do not tell that
it is another one, nobody is said to be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from retrieval.language import quoting
from retrieval.quotation.tokens import Token, tokens
from retrieval.quotation.wording import Wording
from retrieval.words.lexicon import lexicon
from retrieval.words.terms import analyzer_of

_SURELY, _MAYBE = 0.8, 0.6  # weights from which words of the lexicon name the same, and may
_ROOT, _ENDING = 5, 3  # letters that names of a place share at least, and in which they differ at most: "Malian"
_TITLE = 3  # letters of such as "Mrs" at most


class Likeness(IntEnum):
    """How two names stand to each other."""

    OTHER = 0
    MAYBE = 1
    SAME = 2


class Name(NamedTuple):
    """The words that name somebody: ``keys`` as they are compared, ``head`` those up to the first preposition or sign,
    ``words`` all of them, folded; ``is_proper``: each is written with a capital."""

    keys: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    is_proper: bool = False


@dataclass(frozen=True, slots=True)
class _Persons:
    """The words of one language that name people and bodies in general; ``alike`` are sets of keys for one office."""

    anyone: frozenset[str]
    powers: frozenset[str]
    bodies: frozenset[str]
    relatives: frozenset[str]
    kin: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    alike: tuple[frozenset[str], ...]


def name(text: str, words: Wording) -> Name:
    """The name that the words of ``text`` are."""
    run = tokens(text)
    apart = words.prepositions - words.linking | words.subordinating
    end = next((n for n, one in enumerate(run) if n and (is_sign(run, n) or one.text in apart)), len(run))
    told = [text[one.start : one.end] for one in run if one.is_word and one.text not in words.unnamed]
    return Name(
        keys=words.names(text),
        head=words.names(text[: run[end - 1].end] if end else ""),
        words=frozenset(one.text.removesuffix("'s") for one in run if one.is_word),
        is_proper=bool(told) and all(word[0].isupper() or word[0].isdigit() for word in told),
    )


def is_sign(run: Sequence[Token], place: int) -> bool:
    """Whether a sign stands at ``place`` that ends a name, and not the stop of an initial or of "Ms."."""
    is_short = place > 0 and run[place].text == "." and len(run[place - 1].text) <= _TITLE
    return not run[place].is_word and not is_short


def likeness(one: Name, other: Name, tag: str) -> Likeness:
    """Whether two names are of the same: the one holds the other, each word as it is or in another that the lexicon of
    the language has for it, such as "army" for "military". They may be where one is more general or near."""
    if not one.keys or not other.keys:
        return Likeness.OTHER
    if _hold(one.keys, other.keys, tag, _SURELY):
        return Likeness.SAME
    if _are_apart(one, other, tag):
        return Likeness.OTHER
    is_near = any(_hold(a, b, tag, _MAYBE) for a in {one.keys, one.head} for b in {other.keys, other.head} if a and b)
    return Likeness.MAYBE if is_near or _covers(one, other, tag) or _covers(other, one, tag) else Likeness.OTHER


def are_apart(one: Name, pronoun: str, tag: str) -> bool:
    """Whether a pronoun cannot stand for somebody with that name: "she" for a brother."""
    return _are_apart(one, Name(words=frozenset([pronoun])), tag)


def _are_apart(one: Name, other: Name, tag: str) -> bool:
    """Whether one is a man and the other a woman."""
    own = _persons(tag)
    genders = [(not own.male.isdisjoint(name.words), not own.female.isdisjoint(name.words)) for name in (one, other)]
    return sorted(genders) == [(False, True), (True, False)]


def _covers(general: Name, other: Name, tag: str) -> bool:
    """Whether a name is so general that it may be the other's: a witness, a relative, a company."""
    own = _persons(tag)
    if not own.anyone.isdisjoint(general.words):
        return own.powers.isdisjoint(other.words)
    if not own.relatives.isdisjoint(general.words):
        return not own.kin.isdisjoint(other.words)
    is_body = not own.bodies.isdisjoint(general.words)
    return is_body and other.is_proper and own.powers.isdisjoint(other.words)


def _hold(one: frozenset[str], other: frozenset[str], tag: str, least: float) -> bool:
    """Whether every key of the one is in the other, or what stands for it is."""
    return any(
        all(key in holder or _is_another(key, holder, tag, least) for key in held)
        for holder, held in ((one, other), (other, one))
    )


def _is_another(key: str, holder: frozenset[str], tag: str, least: float) -> bool:
    if any(weight >= _SURELY and holder.issuperset(keys) for keys, weight in _equivalents(key, tag)):
        return True
    if least >= _SURELY:
        return False
    near = ((a, b) for held in holder for a, b in ((key, held), (held, key)))
    if any((b,) == keys and weight >= least for a, b in near for keys, weight in _equivalents(a, tag)):
        return True
    if any(key in office and not office.isdisjoint(holder) for office in _persons(tag).alike):
        return True
    return any(_have_one_root(key, held) for held in holder)


def _equivalents(key: str, tag: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """What else the lexicon of the language has for a key, and how near it is."""
    return ((keys, weight) for _, _, keys, weight in lexicon(tag).matches([key]))


def _have_one_root(one: str, other: str) -> bool:
    """Whether two keys may be of the name of one place: "Mali" and "Malian" are in the lexicon, but not every one."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _ROOT and longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING


@cache
def _persons(tag: str) -> _Persons:
    table = quoting(tag)
    key = analyzer_of(tag).key
    return _Persons(
        anyone=_folded(table, "anyone"),
        powers=_folded(table, "powers"),
        bodies=_folded(table, "bodies"),
        relatives=_folded(table, "relatives"),
        kin=_folded(table, "kin"),
        male=_folded(table, "male"),
        female=_folded(table, "female"),
        alike=tuple(frozenset(key(word) or word for word in line.split()) for line in table.get("alike", ())),
    )


def _folded(table: Mapping[str, tuple[str, ...]], of: str) -> frozenset[str]:
    return frozenset(token.text for line in table.get(of, ()) for token in tokens(line) if token.is_word)
