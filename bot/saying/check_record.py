"""How documents were understood, as JSON for programs: the stable shape of ``corpus check --json``."""

from collections.abc import Iterable, Sequence

from bot.saying.check_reply import EXTREMES
from bot.saying.jsontype import Json
from bot.saying.records import passed_over_record, report_record
from bot.saying.templates import Templates
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver
from corpus.ingest.understanding import Understood
from corpus.passage import Kind, Passage


def check_record(
    templates: Templates, found: Sequence[Understood | ReadError], beside: Iterable[PassedOver], *, division: bool
) -> Json:
    """How each document was understood, or why it cannot be read; with its ``division`` every passage of it."""
    return {
        "documents": [_document(templates, one, division=division) for one in found],
        "passed_over": [passed_over_record(one) for one in beside],
    }


def _document(templates: Templates, found: Understood | ReadError, *, division: bool) -> Json:
    if isinstance(found, ReadError):
        return templates.facts(found)
    by_length = found.by_length()
    record: dict[str, object] = {
        "file": found.file,
        "problem": None,
        **report_record(found.report),
        "subtitle": found.subtitle or None,
        "from": {name: origin.value for name, origin in found.origins.items()},
        "passages": len(found.report.passages),
        "kinds": {kind.value: count for kind in Kind if (count := found.kinds[kind])},
        "tables": found.tables,
        "pages_without_text": list(found.pictures),
        "torn": [passage.locator.label for passage in found.torn],
        "numbers": {
            "printed": list(found.numbers),
            "gaps": [list(gap) for gap in found.gaps],
            "stray": list(found.stray),
            "uncited": list(found.uncited),
        },
        "longest": [_length(passage) for passage in by_length[:EXTREMES]],
        "shortest": [_length(passage) for passage in by_length[: -EXTREMES - 1 : -1]],
    }
    if division:
        record["division"] = [_divided(passage) for passage in found.report.passages]
    return record


def _length(passage: Passage) -> Json:
    return {"label": passage.locator.label, "characters": len(passage.text)}


def _divided(passage: Passage) -> Json:
    return {
        "label": passage.locator.label,
        "kind": passage.kind.value,
        "ranked": passage.kind.is_ranked,
        "page": passage.locator.page,
        "section": passage.locator.section,
        "lead": passage.lead,
        "torn": list(passage.torn),
        "text": passage.text,
    }
