"""Whether a report has said it by whom a quotation says that it was said."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import takewhile

from retrieval.answer import Excerpt
from retrieval.question.typed import typed
from retrieval.quotation.naming import named_by, speaker
from retrieval.quotation.shelf import Shelf
from retrieval.quotation.showing import around
from retrieval.quotation.speaking import clauses, is_same
from retrieval.quotation.tokens import tokens
from retrieval.quotation.values import Checked, Difference, Part
from retrieval.quotation.verdict import Verdict
from retrieval.quotation.wording import Wording, wording

_SIGN = re.compile(r"[,.;:“”\"«»]")


def attributed(shelf: Shelf, checked: Checked, outside: str) -> Checked:
    """What was checked, with the speaker that stands ``outside`` of its quotation marks compared with the report's.

    One that the report does not name makes it *altered*. A speaker who is named is not cut off.
    """
    if checked.verdict is Verdict.NOT_FOUND or not checked.excerpts:
        return checked
    excerpt = checked.excerpts[0]
    number, tag = shelf.number(excerpt.passage), excerpt.report.language
    own = wording(tag)
    named = speaker(outside, own)
    if not named:  # "she said"
        return checked
    told = list(_told(shelf, number, excerpt))
    known = [(text, names) for text in told if not own.is_nobodys(text) and (names := speaker(text, own))]
    if any(
        is_same(named, names, tag) or is_same(named, _apposed(excerpt.passage.text, text, own), tag)
        for text, names in known
    ):
        return _without(checked, told, own, outside)
    if named <= own.names(f"{excerpt.report.publisher or ''} {' '.join(own.itself)}"):
        return checked
    if known:
        true = known[0][0]
    else:
        untold = _untold(shelf, number, checked, named=named, told=told, outside=outside)
        if isinstance(untold, Checked):
            return untold
        true = untold
    worst = max(checked.verdict, Verdict.ALTERED, key=tuple(Verdict).index)
    change = Difference(outside.strip(" .,;:…\n"), true.strip(" :"), Part.SPEAKER)
    return replace(checked, verdict=worst, differences=(*checked.differences, change))


def _untold(
    shelf: Shelf,
    number: int,
    checked: Checked,
    *,
    named: frozenset[str],
    told: Collection[str],
    outside: str,
) -> Checked | str:
    """Where nobody is named beside the words: what was checked, if whoever is ``named`` may have said them, else the
    clause that says who did, or nothing for the report's own words: nobody is named, its publisher no more than others.
    """
    excerpt = checked.excerpts[0]
    own = wording(excerpt.report.language)
    is_quoted = around(shelf, number, excerpt.matches or [excerpt.sentence]).is_quoted
    if not is_quoted and _is_first_person(shelf, number, excerpt):
        return checked
    if told or is_quoted:  # "she said", or marks alone: whoever spoke last, as far as that is sure
        before = _last(shelf, number, excerpt)
        if before and is_same(named, speaker(before, own), own.tag):
            return _without(checked, told, own, outside)
        return checked if not before or _is_mentioned(excerpt, named) else before
    return checked if _tells(shelf, number, excerpt, named) or _spoke(shelf, number, excerpt, named) else ""


def _without(checked: Checked, told: Collection[str], words: Wording, outside: str) -> Checked:
    """What was checked without the clauses that say who speaks, but for those that deny what the text that is checked
    does not deny ``outside`` of its quotation."""
    is_denied = words.is_denied(outside)
    kept = (text for text in checked.cut_off if text not in told or (words.is_denied(text) and not is_denied))
    return replace(checked, cut_off=tuple(kept))


def _is_first_person(shelf: Shelf, number: int, excerpt: Excerpt) -> bool:
    """Whether the sentences at the matches are somebody's own, whoever that is: "I urge", "we did not pay"."""
    frame = around(shelf, number, excerpt.matches or [excerpt.sentence]).frame
    asker = typed(excerpt.report.language).asker
    return any(token.text in asker for token in tokens(excerpt.passage.cut(frame)))


def _told(shelf: Shelf, number: int, excerpt: Excerpt) -> Iterator[str]:
    """What the report says of who speaks the words at the excerpt's matches, the nearest first."""
    beside = around(shelf, number, excerpt.matches or [excerpt.sentence])
    if beside.label is not None:
        yield beside.label.strip()
        return
    words = excerpt.matches[0] if excerpt.matches else excerpt.sentence
    if by := named_by(excerpt.passage.text, beside.tokens, words, wording(excerpt.report.language)):
        yield excerpt.passage.cut(by)
        return
    own = [span for span in beside.speakers if not any(span.overlaps(quoted) for quoted in beside.spans)]
    spans = [span for span in own if beside.sentences.overlaps(span)] or own
    yield from (excerpt.passage.cut(span) for span in spans)


def _apposed(passage: str, told: str, words: Wording) -> frozenset[str]:
    """What else a speaker is called right after the name: "said Ms. D, a midwife"."""
    after = passage.partition(told)[2]
    if not after.startswith(","):
        return frozenset()
    other = _SIGN.split(after[1:])[0].strip()
    first = next((token.text for token in tokens(other)), "")
    if first in words.subordinating or first in words.joins or words.is_participle(first):
        return frozenset()
    return words.names(other)


def _tells(shelf: Shelf, number: int, excerpt: Excerpt, named: frozenset[str]) -> bool:
    """Whether the title or the sentence itself begins with a name and what it tells: "Experts condemn …", "experts
    condemned …, raising concerns that …". Of a title that tells nothing so all words may name who wrote it."""
    words = wording(excerpt.report.language)
    beside = around(shelf, number, excerpt.matches or [excerpt.sentence])
    match = excerpt.matches[0] if excerpt.matches else excerpt.sentence
    title, sentence = excerpt.report.title, excerpt.passage.text[beside.frame.start : match.start]
    author = _teller(title, words)
    tellers = (words.names(title if author is None else author), words.names(_teller(sentence, words) or ""))
    return any(named <= teller for teller in tellers)


def _teller(text: str, words: Wording) -> str | None:
    """What stands before the first verb of speech in a text; ``None`` where there is none."""
    run = tokens(text)
    verbs = (token for n, token in enumerate(run) if n and token.text in words.speech and not words.is_noun(run, n))
    verb = next(verbs, None)
    return None if verb is None else text[: verb.start]


def _spoke(shelf: Shelf, number: int, excerpt: Excerpt, named: frozenset[str]) -> bool:
    """Whether it is who spoke last in the sentences before, in the same passage, and may go on speaking."""
    words = wording(excerpt.report.language)
    return any(is_same(named, words.names(text), words.tag) for text in _earlier(shelf, number, excerpt)[-1:])


def _last(shelf: Shelf, number: int, excerpt: Excerpt) -> str:
    """The clause nearest before, in the same passage, that names who speaks; empty where there is none."""
    words = wording(excerpt.report.language)
    return next((text for text in reversed(_earlier(shelf, number, excerpt)) if speaker(text, words)), "")


def _earlier(shelf: Shelf, number: int, excerpt: Excerpt) -> list[str]:
    """The clauses of the same passage, before the sentences of the excerpt, that say who speaks."""
    beside = around(shelf, number, excerpt.matches or [excerpt.sentence])
    before = [token for token in beside.tokens if token.end <= beside.frame.start]
    if not before:
        return []
    words = wording(excerpt.report.language)
    return [excerpt.passage.cut(span) for span in clauses(excerpt.passage.text, before, [False] * len(before), words)]


def _is_mentioned(excerpt: Excerpt, named: frozenset[str]) -> bool:
    """Whether a report has any word of a name up to the passage of the excerpt, or in its title, so that it may be who
    "she" is."""
    words = wording(excerpt.report.language)
    before = takewhile(lambda passage: passage != excerpt.passage, excerpt.report.passages)
    texts = (excerpt.report.title, *(passage.text for passage in before), excerpt.passage.text)
    own = frozenset[str]().union(*map(words.names, texts))
    return any(is_same(frozenset([key]), own, words.tag) for key in named)
