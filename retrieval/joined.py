"""The answers to the halves of a question → the one answer to the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from corpus.passage import Span
from retrieval.answer import Answer
from retrieval.outcome import Outcome

_T = TypeVar("_T")

SHOWN = 4  # excerpts at most under all halves together
LISTED = 5  # excerpts in the answer, as in one to a single question
_RANK = {Outcome.ANSWERED: 0, Outcome.CLOSEST: 1, Outcome.SILENT: 2}


def joined(question: str, parts: Sequence[Answer]) -> Answer:
    """The answer to ``question``, whose halves have the answers ``parts``; ``Answer`` says what follows from them."""
    parts = tuple(_limited(part, SHOWN // len(parts)) for part in parts)
    outcome = _outcome([part.outcome for part in parts])
    turns = in_turn(parts)
    is_silent = outcome is Outcome.SILENT
    return Answer(
        question=question,
        outcome=outcome,
        confidence=min(part.confidence for part in parts),
        edition=parts[0].edition,
        reports=parts[0].reports,
        excerpts=tuple(parts[n].excerpts[place] for n, place in turns),
        shown=sum(place < parts[n].shown for n, place in turns),
        corrections=_each(part.corrections for part in parts),
        topics=next((part.topics for part in parts if part.topics), ()) if is_silent else (),
        only_stop_words=is_silent and all(part.only_stop_words for part in parts),
        is_aside=is_silent and all(part.is_aside for part in parts),
        is_yes_or_no=all(part.is_yes_or_no for part in parts),
        unfound=_each(part.unfound for part in parts),
        foreign=next((part.foreign for part in parts if part.foreign), None),
        which=next((part.which for part in parts if part.which), ()),
        parts=parts,
    )


def _limited(part: Answer, most: int) -> Answer:
    """A half's answer with no more excerpts shown than there is room for."""
    if part.shown <= most:
        return part
    reports = {excerpt.report.id for excerpt in part.excerpts[:most]}
    return replace(part, shown=most, tied=part.tied if reports.issuperset(part.tied) else ())


def in_turn(parts: Sequence[Answer]) -> Sequence[tuple[int, int]]:
    """The excerpts of the whole, each as the number of its half and its place there.

    What is shown comes first; then the best of each half before the second best, that of the surest half before others.
    """
    surest = sorted(range(len(parts)), key=lambda n: (_RANK[parts[n].outcome], -parts[n].confidence))
    places = [(place >= parts[n].shown, place, turn, n) for turn, n in enumerate(surest) for place in _places(parts[n])]
    found: dict[tuple[str, Span], tuple[int, int]] = {}
    for _, place, _, n in sorted(places):
        found.setdefault(parts[n].excerpts[place].identity, (n, place))
    return list(found.values())[:LISTED]


def _places(part: Answer) -> range:
    return range(len(part.excerpts))


def _outcome(outcomes: Sequence[Outcome]) -> Outcome:
    if len(set(outcomes)) == 1:
        return outcomes[0]
    return Outcome.CLOSEST


def _each(found: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    """What all hold, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(found)))
