"""Why an answer is as it is, as JSON for programs: the stable shape of ``ask --explain --json``."""

from bot.saying.jsontype import Json
from bot.saying.records import answer_record, excerpt_record, part_record
from bot.saying.templates import Templates
from retrieval.considered import Explained
from retrieval.why.explanation import Explanation
from retrieval.why.sought import Search


def explained_record(templates: Templates, explained: Explained, milliseconds: float) -> Json:
    """An answer as ``answer_record`` has it; each excerpt that a reply shows has its ``explanation`` besides.

    ``search`` says what was looked for where the outcome is not *answered*, and is ``null`` where it is; so it does in
    each of the ``parts``.
    """
    record = dict(answer_record(templates, explained.answer, milliseconds))
    excerpts = [excerpt_record(templates, excerpt) for excerpt in explained.answer.excerpts]
    for number, explanation in enumerate(explained.explanations):
        excerpts[number] = {**excerpts[number], "explanation": _explanation(explanation)}
    parts = [
        {**part_record(explained.answer, one.answer), "search": _search(one.search) if one.search else None}
        for one in explained.parts
    ]
    search = _search(explained.search) if explained.search else None
    return record | {"parts": parts, "excerpts": excerpts, "search": search}


def _explanation(explanation: Explanation) -> Json:
    offer, counted = explanation.offer, explanation.counted
    return {
        "words": [
            {
                "word": asked.typed,
                "read_as": asked.read_as,
                "weight": asked.weight,
                "place": asked.found.place.value if asked.found else None,
                "how": asked.found.how.value if asked.found else None,
                "found": asked.found.text if asked.found else None,
            }
            for asked in explanation.asked
        ],
        "pairs": list(explanation.pairs),
        "kind": explanation.kind.value,
        "offer": {
            "words": list(offer.words),
            "names": list(offer.names),
            "numbers": list(offer.numbers),
            "year": offer.has_year,
            "quotation": offer.has_quotation,
            "by_whom": offer.says_by_whom,
        },
        "score": {"words": counted.words, "surroundings": counted.surroundings, "offer": counted.offer},
    }


def _search(search: Search) -> Json:
    return {
        "words": [
            {
                "word": word.typed,
                "read_as": word.read_as,
                "how": word.how.value if word.how else None,
                "found": list(word.found),
                "passages": [passage.id for passage in word.passages],
                "more": word.more,
                "in_closest": word.in_closest,
            }
            for word in search.words
        ],
        "closest": search.closest.id if search.closest else None,
        "kind": search.kind.value,
        "offered": search.is_offered,
        "closest_offers": search.closest_offers,
        "answered_from": search.answered_from,
        "closest_from": search.closest_from,
        "about": search.about,
    }
