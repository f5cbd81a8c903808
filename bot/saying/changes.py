"""What is different in a new edition, in lines: whole reports, and paragraph by paragraph within those that stayed."""

from collections.abc import Iterator

from bot.saying.citations import entry, place
from bot.saying.reply import Line
from bot.saying.templates import Templates
from corpus.citation import Citation
from corpus.edition import EditionDiff, ReportChange


def changes(templates: Templates, diff: EditionDiff) -> Iterator[Line]:
    """A line for each report and each passage that was added, removed or changed."""
    yield from (Line(entry(templates, "refresh.report_added", report), item=True) for report in diff.added)
    yield from (Line(entry(templates, "refresh.report_removed", report), item=True) for report in diff.removed)
    for change in diff.changed:
        yield Line(templates("refresh.report_changed", title=change.title))
        yield from _passages(templates, change)


def count(diff: EditionDiff) -> int:
    """How many lines ``changes`` would yield."""
    within = (1 + c.metadata + len(c.changed) + len(c.added) + len(c.removed) for c in diff.changed)
    return len(diff.added) + len(diff.removed) + sum(within)


def _passages(templates: Templates, change: ReportChange) -> Iterator[Line]:
    if change.metadata:
        yield Line(templates("refresh.metadata"), item=True)
    for old, new in change.changed:
        old_key, new_key = str(Citation.of(old)), str(Citation.of(new))
        yield Line(templates("refresh.changed", place=place(templates, new), old=old_key, new=new_key), item=True)
    for passage in change.added:
        yield Line(
            templates("refresh.added", place=place(templates, passage), key=str(Citation.of(passage))), item=True
        )
    for passage in change.removed:
        yield Line(
            templates("refresh.removed", place=place(templates, passage), key=str(Citation.of(passage))), item=True
        )
