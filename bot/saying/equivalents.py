"""Equivalents put into words and into JSON: what one would do, what was added or taken out, and all there are."""

from collections.abc import Iterator, Sequence

from bot.saying.jsontype import Json
from bot.saying.listing import listed
from bot.saying.quoting import notes, quote
from bot.saying.reply import Addition, Heading, Line, Part, Reply
from bot.saying.templates import Templates
from bot.saying.templates.keys import PLACEHOLDERS
from corpus.citation import Citation
from corpus.community.values import Equivalent, KeptEquivalent
from retrieval.why.proposal import Proposal

MOST_KNOWN = 8  # words that a word finds already, the rest is left out


def proposed_reply(templates: Templates, proposal: Proposal, *, was_added: bool, is_added: bool) -> Reply:
    """What an equivalent would do, or that it does so now."""
    words = {"word": proposal.word, "means": proposal.means}
    if is_added:
        return Reply((Heading(templates("equivalent.heading", **words)), Line(templates("equivalent.added", **words))))
    parts: list[Part] = [Heading(templates("equivalent.heading", **words))]
    if proposal.passages:
        parts.append(Line(templates("equivalent.stands", n=proposal.passages, means=proposal.means)))
        parts += (
            quote(templates, one.report, one.passage, span=one.span, matches=one.matches) for one in proposal.places
        )
    else:
        parts.append(Line(templates("equivalent.nowhere", means=proposal.means)))
    parts += (Line(text) for text in _known(templates, proposal))
    if proposal.is_of_many:
        parts.append(Line(templates("equivalent.language", language=_language(templates, proposal.tag))))
    parts += notes([place.report for place in proposal.places])
    if was_added or proposal.is_known:
        key = "equivalent.was_added" if was_added else "equivalent.is_known"
        return Reply((*parts, Line(templates(key, **words))))
    addition = Addition(proposal.word, proposal.means, templates("equivalent.add"), templates("equivalent.apply"))
    return Reply((*parts, Line(templates("equivalent.not_yet"))), addition=addition)


def removed_reply(templates: Templates, gone: Sequence[Equivalent]) -> Reply:
    """What was taken out."""
    return Reply(tuple(Line(templates("equivalent.removed", word=one.word, means=one.means)) for one in gone))


def listed_reply(templates: Templates, kept: Sequence[KeptEquivalent], room: int | None) -> Reply:
    """All that was added, in the form of a lexicon file, each with when and by whom."""
    if not kept:
        return Reply((Line(templates("equivalent.none")),))
    lines = (Line(_entry(templates, one), item=True) for one in kept)
    entries = listed(lines, len(kept), room, lambda n: templates("equivalent.more", n=n))
    return Reply((Heading(templates("equivalent.list")), *entries))


def proposed_record(proposal: Proposal, *, was_added: bool, is_added: bool) -> Json:
    """What an equivalent would do, as JSON."""
    return {
        **_record(Equivalent(proposal.word, proposal.means, proposal.tag)),
        "passages": proposal.passages,
        "places": [
            {"citation": str(Citation.of(place.passage)), "text": place.passage.cut(place.span)}
            for place in proposal.places
        ],
        "itself": proposal.itself,
        "known": list(proposal.known),
        "meant": proposal.meant,
        "found_already": proposal.is_known,
        "was_added": was_added,
        "added": is_added,
    }


def removed_record(gone: Sequence[Equivalent]) -> Json:
    """What was taken out, as JSON."""
    return {"removed": [_record(one) for one in gone]}


def listed_record(kept: Sequence[KeptEquivalent]) -> Json:
    """All that was added, as JSON."""
    return {"equivalents": [{**_record(one.equivalent), "at": one.at.isoformat(), "actor": one.actor} for one in kept]}


def _known(templates: Templates, proposal: Proposal) -> Iterator[str]:
    """Whether the word is known already, and through what."""
    if proposal.itself:
        yield templates("equivalent.itself", n=proposal.itself, word=proposal.word)
    if proposal.meant:
        yield templates("equivalent.meant", word=proposal.word, meant=proposal.meant)
    if proposal.known:
        known = [templates("answer.word", word=word) for word in proposal.known[:MOST_KNOWN]]
        yield templates("equivalent.known", word=proposal.word, list=templates("facts.separator").join(known))
    elif not (proposal.itself or proposal.meant):
        yield templates("equivalent.unknown", word=proposal.word)


def _entry(templates: Templates, one: KeptEquivalent) -> str:
    said = one.equivalent
    fields = {"word": said.word, "means": said.means, "language": _language(templates, said.language)}
    return templates("equivalent.entry", **fields, moment=templates.moment(one.at), actor=one.actor)


def _language(templates: Templates, tag: str) -> str:
    key = f"tongue.{tag}"
    return templates(key) if key in PLACEHOLDERS else tag


def _record(one: Equivalent) -> dict[str, object]:
    return {"word": one.word, "means": one.means, "language": one.language}
