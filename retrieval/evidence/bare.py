"""Lines that say nothing by themselves: a heading that was not told as one, and what only leads to a list.

What they are found by counts for what stands under them, which is quoted in their place.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from corpus.passage import Kind, Passage
from retrieval.evidence.features import Evidence
from retrieval.sentence import Sentence

LONGEST = 16  # words of such a line, as of a heading
_STOPS = (".", "!", "?", "…", ";", ":")
# One whose stop is that of initials: "V. The conduct of the U.S.".
_NUMBERED = re.compile(r"(?:[IVXLC]{1,6}\.|\d{1,3}(?:\.\d{1,3})+\.?)(?:\s\S+){1,9}?[\s.][^\W\d_]\.\s?[^\W\d_]\.?\Z")
_CLOSERS = "\"'”’»)]*_ "


def is_bare(passages: Sequence[Passage], number: int) -> bool:
    """Whether the passage of that number is such a line, by its own shape and that of the passages around it."""
    passage = passages[number]
    if len(passage.sentences) != 1 or passage.kind is not Kind.BODY or passage.lead is not None or any(passage.torn):
        return False
    text = passage.text.rstrip(_CLOSERS)
    is_short = text[:1].isalnum() and len(text.split()) <= LONGEST
    if not is_short or not 0 < number < len(passages) - 1:
        return False
    before, after = passages[number - 1], passages[number + 1]
    if {before.report, after.report} != {passage.report}:  # the first line may be a headline, which says something
        return False
    if text.endswith(":"):
        return True
    is_open = not _stops(passage.text) or _NUMBERED.match(text) is not None
    return is_open and _stops(before.text) and _stops(after.text)


def is_label(sentence: Sentence) -> bool:
    """Whether a sentence that opens a passage is one word beside its number, and names what follows: "Summary."."""
    return sentence.number == 0 and sum(not word[0].isdigit() for word in sentence.words) == 1


class Told(NamedTuple):
    """Evidence, best first, and the places of that which is no better than the line above it, which was found."""

    evidence: Sequence[Evidence]
    lifted: frozenset[tuple[int, int]]


def told_under(evidence: Sequence[Evidence], bare: AbstractSet[int]) -> Told:
    """The evidence, best first as it came, without lines and labels that have something under them: what that is, the
    best of the passage under one of the passages ``bare``, the sentence after a label, is as good as they are."""
    best = {one.passage: one for one in reversed(evidence)}
    places = {(one.passage, one.sentence.number): one for one in evidence}
    lifted: dict[int, float] = {}
    gone = set()
    for one in evidence:
        under = None
        if one.passage in bare:
            under = best.get(one.passage + 1)
        elif is_label(one.sentence):
            under = places.get((one.passage, 1))
        if under is not None:
            gone.add(id(one))
            lifted[id(under)] = max(one.score, lifted.get(id(under), under.score))
    if not gone:
        return Told(evidence, frozenset())
    above = frozenset(place for place, one in places.items() if lifted.get(id(one), one.score) > one.score)
    kept = (replace(one, score=lifted.get(id(one), one.score)) for one in evidence if id(one) not in gone)
    return Told(sorted(kept, key=lambda e: (-e.score, e.passage, e.sentence.number)), above)


def _stops(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_STOPS)
