"""What the bot found, as JSON for programs: the stable shapes of ``--json`` and ``--jsonl``.

Text stands there exactly as it stands in the report; characters that a terminal would act on are written as escapes.
"""

import json
import re
from collections.abc import Iterable, Sequence

from bot.saying.citations import source
from bot.saying.jsontype import Json
from bot.saying.pruning import sizes_record
from bot.saying.templates import Templates
from bot.service.findings import LONGEST_HISTORY, Kept, Refreshed, Stored
from bot.service.live import Live
from corpus.citation import Citation, CitedPassage, SeveralCited
from corpus.edition import LABEL_DIGITS, ReportChange
from corpus.gathering.passed_over import PassedOver, Reason
from corpus.passage import Passage
from corpus.report import Report
from corpus.store.values import HistoryEntry, Verified
from retrieval.answer import Answer, Excerpt, Summary

# Controls beyond ASCII's, bidirectional controls, separators and lone surrogates; JSON itself escapes U+0000 to U+001F.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(record: object, *, ascii_only: bool, indent: int | None = None) -> str:
    """``record`` as JSON, ``ascii_only`` for an output that cannot carry more. Raises ``ValueError`` on NaN."""
    text = json.dumps(record, ensure_ascii=ascii_only, allow_nan=False, indent=indent)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def answer_record(templates: Templates, answer: Answer, milliseconds: float) -> Json:
    """An answer with every excerpt found, best first, whatever the outcome; its ``parts`` say which of them a reply
    shows under each half of a question that is several in one."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "confidence": answer.confidence,
        "edition": answer.edition,
        "ms": round(milliseconds, 3),
        "corrections": [{"typed": found.typed, "meant": found.meant} for found in answer.corrections],
        "tied": list(answer.tied),
        "topics": list(answer.topics),
        "only_stop_words": answer.only_stop_words,
        "is_yes_or_no": answer.is_yes_or_no,
        "unfound": list(answer.unfound),
        "foreign": answer.foreign,
        "facet": answer.facet.value if answer.facet else None,
        "which": list(answer.which),
        "itself": answer.itself,
        "parts": [part_record(answer, part) for part in answer.parts],
        "excerpts": [excerpt_record(templates, excerpt) for excerpt in answer.excerpts],
        **_reading(answer),
    }


def summary_record(templates: Templates, summary: Summary) -> Json:
    """A summary with its sentences in the report's order; ``corrections`` where words of its topic were taken for
    others."""
    read = [{"typed": found.typed, "meant": found.meant} for found in summary.corrections]
    return {
        "report": summary.report.id,
        "title": summary.report.title,
        "about": summary.about,
        **({"corrections": read} if read else {}),
        "edition": summary.edition,
        "by_section": summary.by_section,
        "excerpts": [
            {**excerpt_record(templates, excerpt), "section": excerpt.passage.locator.section}
            for excerpt in summary.excerpts
        ],
    }


def passage_record(templates: Templates, cited: CitedPassage) -> Json:
    """One whole passage."""
    return {
        "report": cited.report.id,
        "passage": cited.passage.id,
        "paragraph": cited.passage.locator.paragraph,
        "kind": cited.passage.kind.value,
        "text": cited.passage.text,
        "citation": _citation(templates, cited.report, cited.passage),
        "url": cited.report.url,
        "note": cited.report.note,
        "edition": cited.edition,
        "live": cited.live,
    }


def passages_record(templates: Templates, several: SeveralCited) -> Json:
    """Several whole passages in the order of their citations; for one that was not found, why."""
    return {
        "passages": [
            passage_record(templates, one) if isinstance(one, CitedPassage) else {"error": templates.error(one)}
            for one in several.found
        ]
    }


def reports_record(edition: str, reports: Iterable[Report]) -> Json:
    """The reports of an edition, without their text."""
    return {"edition": edition, "reports": [report_record(report) for report in reports]}


def status_record(templates: Templates, status: Live, kept: Kept | None = None, stored: Stored | None = None) -> Json:
    """What is live, and every passage that is kept out of answers and summaries.

    ``database`` is what the bot's database holds as live, ``stored`` how large it is; ``null`` where there is none or
    none could be read.
    """
    files = dict(status.reading.files)
    return {
        "edition": status.edition.label,
        "digest": status.edition.digest,
        "since": status.since.isoformat() if status.since else None,
        "actor": status.actor,
        "database": None if kept is None else _kept(status, kept),
        "stored": None if stored is None else sizes_record(stored.sizes, stored.prunable),
        "reports": [
            report_record(report) | {"file": files.get(report.id), "unranked": _unranked(report)}
            for report in status.edition.reports
        ],
        "refused": [templates.facts(error) for error in status.reading.refused],
        "passed_over": [passed_over_record(one) for one in status.reading.passed_over],
    }


def refresh_record(templates: Templates, refreshed: Refreshed) -> Json:
    """What a refresh came to, with every change.

    The edition is live by then. Where its changes cannot be listed, they are ``null`` and ``id`` is what that is logged
    under.
    """
    told: dict[str, object]
    try:
        diff = refreshed.changes()
        told = {
            "added": [report.id for report in diff.added],
            "removed": [report.id for report in diff.removed],
            "changed": [_change(change) for change in diff.changed],
        }
    except Exception as error:  # noqa: BLE001  # a report of what was done must not hide that it was
        from bot.logs import unforeseen  # 6 ms: no question ever needs it

        told = {"added": None, "removed": None, "changed": None, "id": unforeseen(error, task="refresh")}
    return {
        "edition": refreshed.edition,
        "unchanged": not refreshed.changed,
        "ms": refreshed.milliseconds,
        **told,
        "refused": [templates.facts(error) for error in refreshed.reading.refused],
        "passed_over": [passed_over_record(one) for one in refreshed.reading.passed_over],
    }


def history_record(templates: Templates, entries: Sequence[HistoryEntry]) -> Json:
    """What was done to the corpus, newest first: of all ``entries`` the last, and how many ``more`` there are."""
    return {
        "history": [
            {
                "at": entry.at.isoformat(),
                "actor": entry.actor,
                "action": entry.action,
                "edition": entry.edition,
                "previous": entry.previous,
                "detail": templates.kept_data(entry.detail),
                "kept": None if entry.edition is None else entry.is_kept,
            }
            for entry in entries[:LONGEST_HISTORY]
        ],
        "more": max(0, len(entries) - LONGEST_HISTORY),
    }


def verified_record(verified: Verified | None) -> Json:
    """How much of the database and its files was compared, and what is wrong; ``verified`` is ``None`` without one."""
    return {
        "database": verified is not None,
        "reports": verified.reports if verified else 0,
        "passages": verified.passages if verified else 0,
        "editions": verified.editions if verified else 0,
        "files": verified.files if verified else 0,
        "wrong": [{"part": flaw.part.value, "name": flaw.name} for flaw in verified.flaws] if verified else [],
    }


def passed_over_record(one: PassedOver) -> Json:
    """What was not read, or not as it might be, and why."""
    found: dict[str, object] = {"file": one.file, "reason": one.reason.value}
    if one.reason in (Reason.FOLDER, Reason.UNLISTED_FOLDER):
        found["count"] = one.count
    if one.reason is Reason.SAME:
        found["same_as"] = one.other
    if one.reason in (Reason.LANGUAGE, Reason.CONTRADICTED):
        found["language"] = one.language
    if one.reason is Reason.PICTURES:
        found["pages"] = [list(run) for run in one.pages]
    if one.reason is Reason.CONTRADICTED:
        found["spoken"] = one.spoken
    return found


def _reading(answer: Answer) -> Json:
    """How a question was read that leans on the one before it; nothing for one that stands alone."""
    reading = answer.reading
    if reading is None:
        return {}
    aspect = reading.aspect.value if reading.aspect else None
    return {"reading": {"asked": reading.asked, "taken": list(reading.taken), "aspect": aspect}}


def _kept(status: Live, kept: Kept) -> Json:
    label = None if kept.digest is None else kept.digest[:LABEL_DIGITS]
    return {"edition": label, "same": kept.digest == status.edition.digest}


def part_record(answer: Answer, part: Answer) -> Json:
    """The answer to one half; its excerpts by their places, from 0, among those of the whole."""
    places = {excerpt.identity: place for place, excerpt in enumerate(answer.excerpts)}
    return {
        "question": part.question,
        "read_as": part.read_as,
        "outcome": part.outcome.value,
        "confidence": part.confidence,
        "tied": list(part.tied),
        "only_stop_words": part.only_stop_words,
        "is_yes_or_no": part.is_yes_or_no,
        "unfound": list(part.unfound),
        "facet": part.facet.value if part.facet else None,
        "which": list(part.which),
        "itself": part.itself,
        "excerpts": [places[excerpt.identity] for excerpt in part.excerpts[: part.shown]],
    }


def excerpt_record(templates: Templates, excerpt: Excerpt) -> Json:
    """An excerpt: what is shown of it, and the sentence that carries the evidence."""
    return {
        "report": excerpt.report.id,
        "passage": excerpt.passage.id,
        "paragraph": excerpt.passage.locator.paragraph,
        "text": excerpt.shown,
        "sentence": excerpt.sentence_text,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
        "lead": None if excerpt.lead is None else excerpt.lead[0].id,
        "torn": list(excerpt.passage.is_torn(excerpt.span)),
        "score": excerpt.score,
        "citation": _citation(templates, excerpt.report, excerpt.passage),
        "url": excerpt.report.url,
    }


def _citation(templates: Templates, report: Report, passage: Passage) -> str:
    return f"{source(templates, report, passage)} [{Citation.of(passage)}]"


def report_record(report: Report) -> dict[str, object]:
    """What is known of a report, without its text."""
    return {
        "id": report.id,
        "title": report.title,
        "language": report.language,
        "publisher": report.publisher,
        "date": report.date.isoformat() if report.date else None,
        "url": report.url,
        "symbol": report.symbol,
        "note": report.note,
        "paragraphs": report.paragraphs,
    }


def _unranked(report: Report) -> list[Json]:
    return [
        {"passage": passage.id, "kind": passage.kind.value, "text": passage.text}
        for passage in report.passages
        if not passage.kind.is_ranked
    ]


def _change(change: ReportChange) -> Json:
    return {
        "report": change.report,
        "metadata": change.metadata,
        "added": [str(Citation.of(passage)) for passage in change.added],
        "removed": [str(Citation.of(passage)) for passage in change.removed],
        "changed": [[str(Citation.of(old)), str(Citation.of(new))] for old, new in change.changed],
    }
