"""How documents were understood, in words: what an operator looks at before anything goes live."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.saying.citations import passed_over, ranges
from bot.saying.reply import Heading, Line, Part, Reply
from bot.saying.templates import Templates
from bot.saying.text import clipped
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver, runs
from corpus.ingest.understanding import Understood
from corpus.passage import Kind, Passage

FACTS = ("title", "subtitle", "symbol", "date", "publisher", "language")
EXTREMES = 5  # passages that are shown as the longest, and as the shortest
MOST_LISTED = 12  # labels or numbers that a line lists
_OPENING = 48  # columns of a passage that stand for it: a line of 80 columns holds them with what is said of it


def document_reply(templates: Templates, found: Understood | ReadError, *, division: bool = False) -> Reply:
    """One document as it was understood, or why it cannot be read; with its ``division`` passage by passage."""
    if isinstance(found, ReadError):
        problem = templates("check.refused", problem=found.fields["problem"])
        return Reply((Heading(str(found.fields["file"])), Line(problem)))
    lines = (Line(text, item=number > 0) for number, text in enumerate(_lines(templates, found)))
    passages = (part for passage in found.report.passages for part in _whole(templates, passage)) if division else ()
    return Reply((Heading(found.file), *lines, *passages))


def entry(templates: Templates, found: Understood | ReadError) -> Line:
    """A document on one line of a list."""
    if isinstance(found, ReadError):
        return Line(templates("status.refused", **found.fields), item=True)
    ranked = sum(passage.kind.is_ranked for passage in found.report.passages)
    report, out = found.report, len(found.report.passages) - ranked
    facts = {"title": report.title, "file": found.file, "id": report.id}
    return Line(templates("check.entry", **facts, ranked=ranked, out=out, torn=len(found.torn)), item=True)


def totals(
    templates: Templates, read: int, refused: int, beside: Sequence[PassedOver], most: int | None = None
) -> Reply:
    """How many documents were read, and everything that was not read, with why; of more than ``most`` the rest is
    counted."""
    lines = [Line(templates("check.total", read=read, refused=refused))]
    lines += [Line(passed_over(templates, one), item=number > 0) for number, one in enumerate(beside[:most])]
    if most is not None and len(beside) > most:
        lines.append(Line(templates("passed_over.more", n=len(beside) - most), item=True))
    return Reply(tuple(lines))


def _lines(templates: Templates, found: Understood) -> Iterator[str]:
    yield templates("check.id", id=found.report.id)
    yield from _facts(templates, found)
    kinds = found.kinds
    ranked = sum(count for kind, count in kinds.items() if kind.is_ranked)
    yield templates("check.passages", total=len(found.report.passages), ranked=ranked)
    yield templates("check.parts", headings=kinds[Kind.HEADING], notes=kinds[Kind.NOTE], tables=found.tables)
    yield _kept_out(templates, found)
    if found.pictures:
        yield templates("check.pictures", n=len(found.pictures), pages=ranges(templates, runs(found.pictures)))
    yield _torn(templates, found)
    yield from _numbers(templates, found)
    by_length = found.by_length()
    shortest = by_length[EXTREMES:][: -EXTREMES - 1 : -1]  # none that is among the longest already
    for key, some in (("longest", by_length[:EXTREMES]), ("shortest", shortest)):
        if some:
            yield templates(f"check.{key}")
        yield from (_brief(templates, passage) for passage in some)


def _facts(templates: Templates, found: Understood) -> Iterator[str]:
    """What is known of the report and where it was taken from, then what nothing tells."""
    absent = []
    for name in FACTS:
        value = found.subtitle if name == "subtitle" else getattr(found.report, name)
        if not value:
            absent.append(templates(f"check.fact_{name}"))
            continue
        origin = templates("check.from_document" if name == "subtitle" else f"check.from_{found.origins[name]}")
        told = templates.date(value) if isinstance(value, dt.date) else value
        yield templates("check.fact", name=templates(f"check.fact_{name}"), value=told, origin=origin)
    if absent:
        yield templates("check.absent", names=templates("facts.separator").join(absent))


def _kept_out(templates: Templates, found: Understood) -> str:
    out = [(kind, count) for kind in Kind if not kind.is_ranked and (count := found.kinds[kind])]
    if not out:
        return templates("check.all_in")
    kinds = (templates("check.kind", kind=templates(f"citation.{kind}"), count=count) for kind, count in out)
    return templates("check.kept_out", list=templates("facts.separator").join(kinds))


def _torn(templates: Templates, found: Understood) -> str:
    if not found.torn:
        return templates("check.whole")
    labels = [passage.locator.label for passage in found.torn]
    return templates("check.torn", count=len(labels), list=_some(templates, labels))


def _numbers(templates: Templates, found: Understood) -> Iterator[str]:
    numbers = found.numbers
    if not numbers:
        yield templates("check.counted")
        return
    yield templates("check.numbers", count=len(numbers), first=numbers[0], last=numbers[-1])
    if gaps := [str(first) if first == last else f"{first}–{last}" for first, last in found.gaps]:
        yield templates("check.gaps", list=_some(templates, gaps))
    if found.stray:
        yield templates("check.stray", list=_some(templates, [str(number) for number in found.stray]))
    if found.uncited:
        yield templates("check.uncited", count=len(found.uncited), list=_some(templates, found.uncited))


def _some(templates: Templates, items: Sequence[str]) -> str:
    listed = templates("facts.separator").join(items[:MOST_LISTED])
    left = len(items) - MOST_LISTED
    return templates("why.more", n=left, list=listed) if left > 0 else listed


def _brief(templates: Templates, passage: Passage) -> str:
    opening = clipped(" ".join(passage.text[: 2 * _OPENING].split()), _OPENING)
    return templates("check.brief", label=passage.locator.label, length=len(passage.text), opening=opening)


def _whole(templates: Templates, passage: Passage) -> Iterator[Part]:
    """A passage with what it is and where it stands over it."""
    facts = templates("facts.separator").join(_told(templates, passage))
    yield Line(templates("check.passage", label=passage.locator.label, facts=facts))
    yield Line(passage.text, item=True)


def _told(templates: Templates, passage: Passage) -> Iterator[str]:
    at = passage.locator
    yield templates(f"check.kind_{passage.kind}")
    if not passage.kind.is_ranked:
        yield templates("check.out")
    if at.page is not None:
        yield templates("citation.page", page=at.page)
    if at.section:
        yield templates("check.section", section=at.section)
    if passage.lead:
        yield templates("check.lead", label=passage.lead)
    for is_torn, key in zip(passage.torn, ("torn_before", "torn_after"), strict=True):
        if is_torn:
            yield templates(f"check.{key}")
