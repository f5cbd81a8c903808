"""Who did it, and to whom? Asked who killed the civilians, a sentence answers that says by whom they were killed, or
who killed them; one that says who condemned the killing does not.

Told from the order of words around the verb, without grammar: its agent stands after "by", or before it where no form
of "be" does; whoever undergoes it stands before it with a form of "be", or after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.language import language
from retrieval.sentence import Sentence

_BEFORE = 3  # words that a form of "be" stands before its verb at most: "were later summarily executed"
_AFTER = 6  # words that an agent or an object stands after the verb at most


class Role(StrEnum):
    """What a question who asks for."""

    AGENT = "agent"  # who killed them
    PATIENT = "patient"  # who was killed


@dataclass(frozen=True, slots=True)
class Sought:
    """The role that a question asks for, and the verb that it is a role of, as the number of its want."""

    role: Role
    verb: int


def sought(words: Sequence[str], places: Mapping[int, int], tag: str) -> Sought | None:
    """Which role the ``words`` of a question ask for; ``None`` where it asks for none.

    ``places`` has the number of the want that each telling word belongs to.
    """
    tables = language(tag).questions
    who = frozenset(tables.get("who", "").split())
    at = next((n for n, word in enumerate(words) if word in who), None)
    after = [n for n in range(len(words) if at is None else at + 1, len(words)) if words[n]]
    telling = [n for n in after if n in places]
    if at is None or not telling:
        return None
    verb, last = places[telling[0]], places[telling[-1]]
    if at and words[at - 1] in tables.get("agents", "").split():  # "by whom were they killed"
        return Sought(Role.AGENT, last)
    helping = frozenset(tables.get("helping", "").split())
    opening = next((words[n] for n in after if words[n] not in helping), "")
    going_on = tuple(tables.get("going_on", "").split())  # "who was killing them"
    if opening in tables.get("passives", "").split() and not (going_on and words[telling[0]].endswith(going_on)):
        return Sought(Role.PATIENT, verb)
    if opening in tables.get("doing", "").split():  # "who did the soldiers kill"
        return Sought(Role.PATIENT, last)
    return Sought(Role.AGENT, verb)


def offers(asked: Sought, sentence: Sentence, held: Sequence[Sequence[str]]) -> bool:
    """Whether the sentence says who has the role. ``held`` are the term keys by which it holds each want."""
    verbs = [at for key in held[asked.verb] for at in sentence.positions[key]]
    others = [at for n, keys in enumerate(held) if n != asked.verb for key in keys for at in sentence.positions[key]]
    return any(_names(asked.role, verb, sentence, others) for verb in verbs)


def is_agentless(sentence: Sentence, verb: Sequence[str]) -> bool:
    """Whether the sentence says that a thing was done and not by whom. ``verb`` are the term keys that say it."""
    return any(
        _is_undergone(at, sentence) and not any(0 < by - at <= _AFTER for by in sentence.agents)
        for key in verb
        for at in sentence.positions[key]
    )


def _is_undergone(verb: int, sentence: Sentence) -> bool:
    """Whether the verb stands in a form that its subject undergoes, or as a noun."""
    is_noun = verb + 1 in sentence.linking  # the killing of civilians
    return is_noun or any(0 < verb - at <= _BEFORE for at in sentence.passives)


def _names(role: Role, verb: int, sentence: Sentence, others: Sequence[int]) -> bool:
    is_undergone = _is_undergone(verb, sentence)
    if role is Role.PATIENT:
        return is_undergone
    if any(0 < at - verb <= _AFTER for at in sentence.agents):
        return True
    return not is_undergone and any(0 < at - verb <= _AFTER for at in others)
