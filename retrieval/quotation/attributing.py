"""Whether a report has said it by whom a quotation says that it was said."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.quotation.naming import speaker
from retrieval.quotation.persons import Likeness, Name, are_apart, likeness
from retrieval.quotation.shelf import Shelf
from retrieval.quotation.source import Source
from retrieval.quotation.tokens import tokens
from retrieval.quotation.values import Checked, Difference, Part
from retrieval.quotation.verdict import Verdict
from retrieval.quotation.wording import Wording


def attributed(shelf: Shelf, checked: Checked, outside: str) -> Checked:
    """What was checked, with the speaker that stands ``outside`` of its quotation marks compared with the report's.

    One who is surely another makes it *altered*; of one who may be the same the report's words are told. A speaker who
    is named is not cut off.
    """
    if checked.verdict is Verdict.NOT_FOUND or not checked.excerpts:
        return checked
    source = Source(shelf, checked.excerpts[0])
    named = speaker(outside, source.words)
    if not named.keys:  # "she said"
        return checked
    found, true = _judged(source, named)
    if found is Likeness.SAME:
        return _without(checked, source.told, source.words, outside) if true else checked
    kind, verdict = Part.NAME, checked.verdict
    if found is Likeness.OTHER:
        kind, verdict = Part.SPEAKER, max(checked.verdict, Verdict.ALTERED, key=tuple(Verdict).index)
    change = Difference(outside.strip(" .,;:…\n"), true.strip(" :"), kind)
    return replace(checked, verdict=verdict, differences=(*checked.differences, change))


def _judged(source: Source, named: Name) -> tuple[Likeness, str]:
    """Whether whoever is ``named`` is the one whose words these are, and by which words the report says so; by none
    where they are its own, or do not tell."""
    tag = source.words.tag
    found = [(likeness(named, own, tag), text) for text, own in source.known]
    besides = ((likeness(named, other, tag), text) for text, _ in source.known for other in source.called_besides(text))
    best = max(found, key=lambda one: one[0], default=None)
    if best and best[0] is not Likeness.SAME:
        best = next((one for one in besides if one[0] is Likeness.SAME), best)
    if best and best[0] is not Likeness.OTHER:
        return best
    if source.is_itself(named):
        return Likeness.SAME, ""
    return best or _untold(source, named)


def _untold(source: Source, named: Name) -> tuple[Likeness, str]:
    """The same where nobody is named beside the words: they are of whoever spoke last, as far as that is sure, else the
    report's own, and its publisher said them no more than others."""
    is_quoted = source.beside.is_quoted
    if not is_quoted and source.is_first_person:
        return source.by_asker(named), ""
    if source.told or is_quoted:  # "she said", or marks alone
        return _said_before(source, named)
    found = source.by_title(named)
    if found is Likeness.OTHER and (text := _since(source, named)):
        return Likeness.MAYBE, text
    is_near = source.spoke_last(named) or source.is_subject(named)
    return max(found, Likeness.MAYBE) if is_near else found, ""


def _said_before(source: Source, named: Name) -> tuple[Likeness, str]:
    """Whether whoever is named spoke last before the words, or may be who "she" is."""
    tag, told = source.words.tag, next(iter(source.told), "")
    if any(are_apart(named, token.text, tag) for token in tokens(told)):
        return Likeness.OTHER, told
    if not told and named.keys <= source.lead.head:
        return Likeness.SAME, ""
    if told and (text := _since(source, named)):  # marks alone tell nothing of who goes on speaking
        return Likeness.SAME, text
    if source.last is None:
        return (Likeness.SAME if source.by_title(named) is Likeness.SAME else Likeness.MAYBE), told
    clause, other, between = source.last
    if found := likeness(named, other, tag):
        return (Likeness.MAYBE, told) if told and source.since else (found, clause)
    return (Likeness.MAYBE, told) if source.is_near(named, between) else (Likeness.OTHER, clause)


def _since(source: Source, named: Name) -> str:
    """The words by which whoever is named begins a sentence after the last clause, and tells something; or none."""
    same = (text for text, who in source.since if likeness(named, who, source.words.tag) is Likeness.SAME)
    return next(same, "")


def _without(checked: Checked, told: Sequence[str], words: Wording, outside: str) -> Checked:
    """What was checked without the clauses that say who speaks, but for those that deny what the text that is checked
    does not deny ``outside`` of its quotation."""
    is_denied = words.is_denied(outside)
    is_told = {text: any(text in one for one in told) for text in checked.cut_off}
    kept = (text for text, is_his in is_told.items() if not is_his or (words.is_denied(text) and not is_denied))
    return replace(checked, cut_off=tuple(kept))
