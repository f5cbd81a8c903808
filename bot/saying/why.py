"""Why an excerpt was chosen, in sentences that a person understands: under each excerpt of an answer, what it holds.

Says what ``retrieval.why.explanation`` found and judges nothing itself. An equivalent is named as one.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.saying.answers import finished, further, half, heading
from bot.saying.quoting import cited, quote_of
from bot.saying.reply import Line, Part, Quote, Reply, Subheading
from bot.saying.templates import Templates
from retrieval.answer import Answer, Excerpt
from retrieval.considered import Explained
from retrieval.kind import Kind
from retrieval.outcome import Outcome
from retrieval.question.facet import Facet
from retrieval.why.explanation import Asked, Counted, Explanation, Found, How, Offer, Place

if TYPE_CHECKING:
    from retrieval.why.sought import Search, Sought

OPENING = 5  # words by which a sentence is named
MOST_LISTED = 6  # words in one list, the rest is counted
PLACES = 2  # decimals of a probability
# From which confidence on it is called what; the last one is for all that is less.
CERTAINTY = ((0.85, "why.sure"), (0.2, "why.unlikely"), (0.0, "why.hardly"))


def explanation_reply(templates: Templates, explained: Explained, before: str | None = None) -> Reply:
    """The answer with its reasons: under each excerpt why it was chosen, at the end how sure that is.

    ``before`` is the label of the edition that gave the answer that is to be explained; where another one is live by
    now, the reply says so.
    """
    answer = explained.answer
    head, *read = heading(templates, answer)
    parts: list[Part] = [head]
    if before not in (None, answer.edition) and not (answer.which or answer.itself):
        parts.append(Line(templates("why.changed", before=before, edition=answer.edition)))
    parts += read
    if all(part.which for part in answer.parts) and (answer.parts or answer.which):  # nothing was looked for at all
        parts += (*further(templates, answer), *_end(templates, explained))
    elif explained.parts:
        for one in explained.parts:
            parts += (Subheading(one.answer.question), *_reasoned(templates, one), *_end(templates, one))
        parts += further(templates, answer)
    else:
        parts += (*_reasoned(templates, explained), *further(templates, answer), *_end(templates, explained))
    return finished(templates, parts, answer)


def excerpt_reply(templates: Templates, explained: Explained, place: int) -> Reply:
    """One excerpt of an answer with its reasons, by its place from 0, and how sure the answer is."""
    answer, excerpt = explained.answer, explained.answer.excerpts[place]
    reasons = _reasons(templates, excerpt, explained.explanations[place])
    parts = (
        *heading(templates, answer),
        quote_of(templates, excerpt),
        *reasons,
        Line(_certainty(templates, explained)),
    )
    return cited(templates, parts, (excerpt,), answer.edition)


def _reasoned(templates: Templates, explained: Explained) -> Iterator[Part]:
    """What is said to one question, with the reasons under each quote."""
    pairs = iter(zip(explained.answer.excerpts, explained.explanations, strict=False))  # not every excerpt is shown
    for part in half(templates, explained.answer):
        yield part
        if isinstance(part, Quote):
            yield from _reasons(templates, *next(pairs))


def _end(templates: Templates, explained: Explained) -> Iterator[Line]:
    """How one question was read, what was looked for, and how sure its answer is."""
    answer = explained.answer
    if answer.facet is not None:
        yield Line(_facet(templates, answer.facet))
    if not (answer.which or answer.itself):
        yield from _looked_for(templates, explained.search)
        yield Line(_certainty(templates, explained))


def _certainty(templates: Templates, explained: Explained) -> str:
    """How sure the best sentence is to answer and, where that is not enough, how sure it would have to be."""
    search, sure = explained.search, explained.answer.confidence
    if search is None:
        return _sure(templates, explained.answer, templates.number(sure, PLACES))
    if search.closest is None:
        return templates("search.nothing")
    answered, closest = (templates.number(least, PLACES) for least in (search.answered_from, search.closest_from))
    short_of = (
        templates(
            "search.below",
            answered=answered,
            closest=closest,
            about=_short_of(templates, search.about, search.closest_from),
        )
        if explained.answer.outcome is Outcome.SILENT
        else templates("search.between", answered=answered, about=templates.number(search.about, PLACES))
    )
    told = _short_of(templates, sure, search.answered_from)
    return f"{_sure(templates, explained.answer, told)} {short_of}"


def _short_of(templates: Templates, probability: float, least: float) -> str:
    """A probability below a threshold; what is rounded up to the threshold that it misses would contradict itself."""
    return templates.number(probability, PLACES if round(probability, PLACES) < least else 2 * PLACES)


def _facet(templates: Templates, facet: Facet) -> str:
    return templates("why.facet", facet=templates(f"why.facet_{facet}"))


def _sure(templates: Templates, answer: Answer, confidence: str) -> str:
    key = next(key for least, key in CERTAINTY if answer.confidence >= least)
    if answer.outcome is Outcome.ANSWERED and key != "why.sure":
        key = "why.likely"
    return templates(key, confidence=confidence)


def _looked_for(templates: Templates, search: "Search | None") -> Iterator[Line]:
    """Where the words of a question stand that got no answer, and what is missing."""
    if search is None or not search.words:
        return
    yield Line(templates("search.heading"))
    sentences = [_standing(templates, word) for word in search.words]
    plain = [word for word in search.words if not word.is_phrase]
    missing = [word.read_as or word.typed for word in plain if not word.in_closest]
    if search.closest is not None and len(missing) < len(plain):
        key = "search.lacks" if missing else "search.complete"
        fields = {"list": _list(templates, missing)} if missing else {}
        sentences.append(templates(key, passage=search.closest.id, **fields))
    if search.closest is not None and search.kind not in (Kind.THING, Kind.VERIFICATION) and not search.closest_offers:
        key = "search.not_in_closest" if search.is_offered else "search.not_offered"
        sentences.append(templates(key, kind=templates(f"why.kind_{search.kind}")))
    for sentence in sentences:
        yield Line(templates("why.item", text=sentence), item=True)


def _standing(templates: Templates, sought: "Sought") -> str:
    word = sought.read_as or sought.typed
    read = templates("why.read", word=sought.typed, meant=sought.read_as) + " " if sought.read_as else ""
    if sought.how is None:
        return read + templates("search.phrase_nowhere" if sought.is_phrase else "search.nowhere", word=word)
    places = templates("facts.separator").join(passage.id for passage in sought.passages)
    if sought.more:
        places = templates("search.places", list=places, n=sought.more)
    if sought.how is How.EXACT:
        return read + templates("search.exact", word=word, places=places)
    key = "search.phrase" if sought.is_phrase else f"search.{sought.how}"
    return read + templates(key, word=word, list=_list(templates, sought.found), places=places)


def _heading(templates: Templates, excerpt: Excerpt) -> str:
    if excerpt.span == excerpt.sentence:
        return templates("why.heading")
    if excerpt.span.end == excerpt.sentence.end:
        return templates("why.heading_last")
    return templates("why.heading_one", opening=" ".join(excerpt.sentence_text.split()[:OPENING]))


def _reasons(templates: Templates, excerpt: Excerpt, explanation: Explanation) -> Iterator[Line]:
    yield Line(_heading(templates, excerpt))
    sentences = [_word(templates, asked) for asked in explanation.asked]
    if explanation.pairs:
        sentences.append(templates("why.pairs", list=_list(templates, explanation.pairs)))
    sentences.append(_offer(templates, explanation.kind, explanation.offer))
    sentences.append(_counted(templates, explanation.counted))
    for sentence in sentences:
        yield Line(templates("why.item", text=sentence), item=True)


def _word(templates: Templates, asked: Asked) -> str:
    if asked.read_as is None:
        return _found(templates, asked.typed, asked.found)
    read = templates("why.read", word=asked.typed, meant=asked.read_as)
    return f"{read} {_found(templates, asked.read_as, asked.found)}"


def _found(templates: Templates, word: str, found: Found | None) -> str:
    if found is None:
        return templates("why.missing", word=word)
    if found.place is Place.HERE:
        if found.how in (How.EXACT, How.SPELLING):
            return templates("why.exact", word=word)
        return templates(f"why.{found.how}", word=word, found=" ".join(found.text.split()))
    place = templates(f"why.{found.place}")
    if found.how in (How.EXACT, How.SPELLING):
        return templates("why.near_exact", word=word, place=place)
    return templates(f"why.near_{found.how}", word=word, place=place, found=" ".join(found.text.split()))


def _offer(templates: Templates, kind: Kind, offer: Offer) -> str:
    wanted = templates(f"why.kind_{kind}")
    things = tuple(_things(templates, offer))
    if not things:
        return templates("why.offers_nothing", kind=wanted)
    judged = kind not in (Kind.THING, Kind.VERIFICATION)
    key = "why.offers_other" if judged and not offer.holds(kind) else "why.offers"
    return templates(key, kind=wanted, things=templates("facts.separator").join(things))


def _things(templates: Templates, offer: Offer) -> Iterator[str]:
    if offer.words:
        yield templates("why.has_words", list=_list(templates, offer.words))
    if offer.names:
        yield templates("why.has_names", list=_list(templates, offer.names))
    if offer.numbers:
        yield templates("why.has_numbers", list=_list(templates, offer.numbers))
    if offer.has_year:
        yield templates("why.has_year")
    if offer.has_quotation:
        yield templates("why.has_quotation")
    if offer.says_by_whom:
        yield templates("why.has_agent")
    if offer.says_how_many:
        yield templates("why.has_count")


def _counted(templates: Templates, counted: Counted) -> str:
    """Which parts of the score speak for the sentence, the weightiest first."""
    shares = {
        "why.by_words": counted.words,
        "why.by_surroundings": counted.surroundings,
        "why.by_offer": counted.offer,
    }
    speaking = sorted((key for key, value in shares.items() if value > 0), key=lambda key: -shares[key])
    if not speaking:
        return templates("why.nothing_counted")
    return templates("why.counted", list=templates("facts.separator").join(templates(key) for key in speaking))


def _list(templates: Templates, texts: Iterable[str]) -> str:
    listed = [templates("why.word", word=" ".join(text.split())) for text in texts]
    shown, more = templates("facts.separator").join(listed[:MOST_LISTED]), len(listed) - MOST_LISTED
    return templates("why.more", list=shown, n=more) if more > 0 else shown
