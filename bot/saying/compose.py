"""What the bot found, put into a ``Reply``: the only place that decides what a reply says and in which order.

Nothing here knows where the reply will be drawn, and no sentence stands here: they come from the templates.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice

from bot.errors import RefreshFailedError
from bot.saying.changes import changes, count
from bot.saying.citations import entry, facts, passed_over
from bot.saying.listing import listed
from bot.saying.pruning import prunable_line, sizes_line
from bot.saying.quoting import corrected, quote, quoting
from bot.saying.reply import Heading, Line, Note, Part, Reply
from bot.saying.templates import Templates
from bot.service.findings import FIRST_START, LONGEST_HISTORY, Kept, Reading, Refreshed, Stored
from bot.service.live import Live
from corpus.community.values import EQUIVALENT_ADDED, EQUIVALENT_REMOVED, Equivalent
from corpus.edition import LABEL_DIGITS
from corpus.errors import RapporteurError
from corpus.passage import Span
from corpus.report import Report
from corpus.store.values import PRUNED, HistoryEntry, Verified, pruned_counts
from retrieval.answer import Summary

LONGEST_LIST = 20  # entries of a list of changes or of passages, the rest is counted


def summary_reply(templates: Templates, summary: Summary) -> Reply:
    """The sentences of a summary, each cited; of a long report under the headings that they stand under."""
    title = summary.report.title
    if summary.about is None:
        heading = Heading(templates("summary.heading", title=title), title)
    else:
        heading = Heading(templates("summary.about", title=title, topic=summary.about), title)
    if not summary.excerpts:
        parts = heading, Line(templates("summary.nothing"))
        return Reply(parts, footer=templates("footer.plain", edition=summary.edition))
    head: tuple[Part, ...] = (heading, *corrected(templates, summary.corrections))
    return quoting(templates, head, summary.excerpts, summary.edition, by_section=summary.by_section)


def reports_reply(templates: Templates, reports: Sequence[Report], room: int | None = None) -> Reply:
    """The list of the reports that can be asked; where there is only ``room``, in characters, as many as that holds."""
    entries = (Line(entry(templates, "reports.entry", report), report.url, item=True) for report in reports)
    lines = listed(entries, len(reports), room, lambda n: templates("reports.more", n=n))
    return Reply((Heading(templates("reports.heading", n=len(reports))), *lines))


def help_reply(templates: Templates) -> Reply:
    """How to ask, in one line: for a message that mentions the bot and asks nothing."""
    return Reply((Line(templates("help.ask")),))


def hushed_reply(templates: Templates) -> Reply:
    """How to ask where answers are private, in one line: for a message that mentions the bot there."""
    return Reply((Line(templates("help.hushed")),))


def chat_help_reply(templates: Templates) -> Reply:
    """What can be typed in the terminal's chat."""
    ask, others = ("question", "why", "context", "cite", "more"), ("summary", "timeline", "facts", "passage", "quote")
    keys = (*ask, *others, "reports", "about", "help", "quit")
    return Reply((Heading(templates("help.heading")), *(Line(templates(f"chat.{key}"), item=True) for key in keys)))


def status_reply(
    templates: Templates, status: Live, kept: Kept | None = None, stored: Stored | None = None, room: int | None = None
) -> Reply:
    """What is live, and which passages of it are kept out of answers and summaries.

    ``kept`` is what the bot's database holds as live, for comparison with files; ``stored`` how large it is. Where
    there is only ``room``, in characters, as many reports and files are listed as that holds.
    """
    edition = status.edition
    parts: list[Part] = [Heading(templates("status.heading"))]
    if status.since is None or status.actor is None:
        parts.append(Line(templates("status.files", edition=edition.label)))
    elif status.actor == FIRST_START:
        parts.append(Line(templates("status.first", edition=edition.label, moment=templates.moment(status.since))))
    else:
        since = templates.moment(status.since)
        parts.append(Line(templates("status.live", edition=edition.label, moment=since, actor=status.actor)))
    if status.unkept is not None:
        told = (
            templates.error(status.unkept) if room is None else templates.discreet(status.unkept)
        )  # in a room others see
        parts.append(Line(templates("status.unkept", problem=told)))
    if kept is not None:
        parts.append(Line(_kept(templates, edition.digest, kept)))
    if stored is not None:
        parts.append(sizes_line(templates, stored.sizes))
        if stored.prunable is not None and stored.prunable.editions:
            parts.append(prunable_line(templates, stored.prunable))
    part = None if room is None else room // 3  # reports must not crowd out the files that were passed over
    files = dict(status.reading.files)
    entries = (Line(_listed(templates, report, files), report.url, item=True) for report in edition.reports)
    parts += listed(entries, len(edition.reports), part, lambda n: templates("status.more_reports", n=n))
    parts += not_read(templates, status.reading, part)
    unranked = sum(report.unranked for report in edition.reports)
    if unranked:
        parts.append(Line(templates("status.unranked", n=unranked)))
        found = ((r, p) for r in edition.reports if r.unranked for p in r.passages if not p.kind.is_ranked)
        parts += (quote(templates, r, p, Span(0, len(p.text))) for r, p in islice(found, LONGEST_LIST))
    if unranked > LONGEST_LIST:
        parts.append(Line(templates("status.more", n=unranked - LONGEST_LIST)))
    return Reply(tuple(parts), footer=templates("footer.quotes" if unranked else "footer.plain", edition=edition.label))


def refresh_reply(templates: Templates, refreshed: Refreshed, room: int | None = None) -> Reply:
    """What a refresh added, removed and changed, paragraph by paragraph, and which files it passed over.

    Where there is only ``room``, in characters, as many are listed as that holds. The edition is live by then: where
    its changes cannot be listed, that is logged and said, and the rest stands.
    """
    part = None if room is None else room // 2
    unread = tuple(not_read(templates, refreshed.reading, part))
    if not refreshed.changed:
        return Reply((Line(templates("refresh.unchanged", edition=refreshed.edition)), *unread))
    done = Heading(templates("refresh.done", edition=refreshed.edition))
    took = Note(templates("refresh.took", milliseconds=refreshed.milliseconds))
    try:
        diff = refreshed.changes()
        first = islice(changes(templates, diff), LONGEST_LIST)
        lines = tuple(listed(first, count(diff), part, lambda n: templates("refresh.more", n=n)))
    except Exception as error:  # noqa: BLE001  # a report of what was done must not hide that it was
        from bot.logs import unforeseen  # 6 ms: no question ever needs it

        lines = (Line(templates("refresh.untold", id=unforeseen(error, task="refresh"))),)
    return Reply((done, *lines, *unread, took))


def history_reply(templates: Templates, entries: Sequence[HistoryEntry]) -> Reply:
    """What was done to the corpus, newest first; of all ``entries`` the last."""
    heading = Heading(templates("history.heading"))
    if not entries:
        return Reply((heading, Line(templates("history.empty"))))
    left = len(entries) - LONGEST_HISTORY
    more = (Line(templates("history.more", n=left), item=True),) if left > 0 else ()
    return Reply((heading, *(_event(templates, done) for done in entries[:LONGEST_HISTORY]), *more))


def verified_reply(templates: Templates, verified: Verified | None) -> Reply:
    """How much of the database, and of the files made of it, was compared, and everything that is wrong, by name."""
    if verified is None:
        return Reply((Line(templates("verify.none")),))
    counts = {"reports": verified.reports, "passages": verified.passages, "editions": verified.editions}
    counts["files"] = verified.files
    if not verified.flaws:
        return Reply(
            (Line(templates("verify.sound", **counts) if any(counts.values()) else templates("verify.empty")),)
        )
    wrong = (Line(templates(f"verify.{flaw.part}", name=flaw.name), item=True) for flaw in verified.flaws)
    head = Line(templates("verify.wrong", n=len(verified.flaws), **counts))
    is_kept_whole = all(flaw.part == "start" for flaw in verified.flaws)
    return Reply((head, *wrong, Line(templates("verify.made_anew" if is_kept_whole else "verify.advice"))))


def error_reply(templates: Templates, error: RapporteurError) -> Reply:
    """The one sentence for a problem; private."""
    return _problem(templates, error, templates.error)


def discreet_reply(templates: Templates, error: RapporteurError) -> Reply:
    """The same for people who are not to know where on the server a folder, a file or a database lies."""
    return _problem(templates, error, templates.discreet)


def unforeseen_reply(templates: Templates, error_id: str) -> Reply:
    """The sentence for a problem nobody foresaw, with the id that its traceback is logged under; private."""
    return Reply((Line(templates("errors.unforeseen", id=error_id)),), private=True)


def _problem(templates: Templates, error: RapporteurError, sentence: Callable[[RapporteurError], str]) -> Reply:
    if isinstance(error, RefreshFailedError):
        return Reply((Line(sentence(error.reason)), Line(templates("refresh.kept"))), private=True)
    return Reply((Line(sentence(error)),), private=True)


def _kept(templates: Templates, digest: str, kept: Kept) -> str:
    """Whether the bot's database has the edition with this ``digest`` live."""
    if kept.digest is None:
        return templates("status.kept_none")
    if kept.digest == digest:
        return templates("status.kept_same", edition=kept.digest[:LABEL_DIGITS])
    return templates("status.kept_other", edition=kept.digest[:LABEL_DIGITS])


def not_read(
    templates: Templates, reading: Reading, room: int | None = None, most: int = LONGEST_LIST
) -> Iterator[Line]:
    """The files that could not be read or were passed over, each with why; beyond ``most`` the rest is counted."""
    refused = (templates("status.refused", **error.fields) for error in reading.refused)
    beside = (passed_over(templates, one) for one in reading.passed_over)
    lines = (Line(text, item=number > 0) for number, text in enumerate(islice(chain(refused, beside), most)))
    total = len(reading.refused) + len(reading.passed_over)
    return listed(lines, total, room, lambda n: templates("passed_over.more_named", n=n))


def _listed(templates: Templates, report: Report, files: Mapping[str, str]) -> str:
    """A report of the list, with the file that made it where its id does not say it."""
    file = files.get(report.id, "")
    if file.rpartition(".")[0] in (report.id, ""):
        return entry(templates, "status.report", report)
    return templates("status.report_of", title=report.title, facts=facts(templates, report), file=file)


def _event(templates: Templates, entry: HistoryEntry) -> Line:
    if entry.action == "refresh" and entry.edition and entry.previous:
        what = templates(
            "history.replaced", edition=entry.edition[:LABEL_DIGITS], previous=entry.previous[:LABEL_DIGITS]
        )
    elif entry.action == "refresh" and entry.edition:
        what = templates("history.made", edition=entry.edition[:LABEL_DIGITS])
    elif entry.action == "unchanged":
        what = templates("history.unchanged")
    elif entry.action == "failed":
        what = templates("history.failed", detail=templates.kept_error(entry.detail))
    elif entry.action in (EQUIVALENT_ADDED, EQUIVALENT_REMOVED) and (said := Equivalent.of_detail(entry.detail)):
        what = templates(f"history.{entry.action}", word=said.word, means=said.means)
    elif entry.action == PRUNED and (counts := pruned_counts(entry.detail)):
        what = templates("history.pruned", **counts)
    else:
        what = templates("history.other", action=entry.action)
    if not entry.is_kept:
        what = templates("history.gone", what=what)
    return Line(templates("history.entry", moment=templates.moment(entry.at), actor=entry.actor, what=what), item=True)
