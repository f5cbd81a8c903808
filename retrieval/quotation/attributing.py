"""Whether a report has said it by whom a quotation says that it was said."""

from collections.abc import Iterator
from dataclasses import replace

from retrieval.answer import Excerpt
from retrieval.quotation.naming import named_by, speaker
from retrieval.quotation.shelf import Shelf
from retrieval.quotation.showing import around
from retrieval.quotation.speaking import clauses, is_same
from retrieval.quotation.values import Checked, Difference, Part
from retrieval.quotation.verdict import Verdict
from retrieval.quotation.wording import wording


def attributed(shelf: Shelf, checked: Checked, outside: str) -> Checked:
    """What was checked, with the speaker that stands ``outside`` of its quotation marks compared with the report's.

    One that the report does not name makes it *altered*. A speaker who is named is not cut off.
    """
    if checked.verdict is Verdict.NOT_FOUND or not checked.excerpts:
        return checked
    number = shelf.number(checked.excerpts[0].passage)
    tag = checked.excerpts[0].report.language
    own = wording(tag)
    named = speaker(outside, own)
    if not named:  # "she said"
        return checked
    told = list(_told(shelf, number, checked.excerpts[0]))
    known = [(text, names) for text in told if (names := speaker(text, own))]
    if any(is_same(named, names, tag) for _, names in known):
        kept = tuple(text for text in checked.cut_off if text not in told)
        return replace(checked, cut_off=kept)
    excerpt = checked.excerpts[0]
    if named <= own.names(f"{excerpt.report.publisher or ''} {' '.join(own.itself)}"):
        return checked
    if not known and (told or named <= own.names(excerpt.report.title) or _spoke(shelf, number, excerpt, named)):
        return checked  # "she said" in the report names nobody either
    true = known[0][0] if known else ""  # the report's own words: nobody is named, its publisher no more than others
    worst = max(checked.verdict, Verdict.ALTERED, key=tuple(Verdict).index)
    change = Difference(outside.strip(" .,;:…\n"), true.strip(" :"), Part.SPEAKER)
    return replace(checked, verdict=worst, differences=(*checked.differences, change))


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


def _spoke(shelf: Shelf, number: int, excerpt: Excerpt, named: frozenset[str]) -> bool:
    """Whether it is who spoke last in the sentences before, in the same passage, and may go on speaking."""
    beside = around(shelf, number, excerpt.matches or [excerpt.sentence])
    before = [token for token in beside.tokens if token.end <= beside.frame.start]
    if not before:
        return False
    words = wording(excerpt.report.language)
    earlier = list(clauses(excerpt.passage.text, before, [False] * len(before), words))
    return any(is_same(named, words.names(excerpt.passage.cut(span)), words.tag) for span in earlier[-1:])
