"""How documents were understood, in words: what an operator looks at before anything goes live."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.saying.citations import passed_over, ranges
from bot.saying.reply import Heading, Line, Part, Reply
from bot.saying.templates import Templates
from bot.saying.text import clipped
from corpus.errors import ReadError
from corpus.passage import Kind, Passage
from corpus.passed_over import PassedOver, runs
from corpus.understanding import Understood

FACTS = ("title", "subtitle", "symbol", "date", "publisher", "language")
EXTREMES = 5  # passages that are shown as the longest, and as the shortest
MOST_LISTED = 12  # labels or numbers that a line lists
_OPENING = 48  # columns of a passage that stand for it: a line of 80 columns holds them with what is said of it


def document_reply(words: Templates, found: Understood | ReadError, *, division: bool = False) -> Reply:
    """One document as it was understood, or why it cannot be read; with its ``division`` passage by passage."""
    if isinstance(found, ReadError):
        problem = words("check.refused", problem=found.fields["problem"])
        return Reply((Heading(str(found.fields["file"])), Line(problem)))
    lines = (Line(text, item=number > 0) for number, text in enumerate(_lines(words, found)))
    passages = (part for passage in found.report.passages for part in _whole(words, passage)) if division else ()
    return Reply((Heading(found.file), *lines, *passages))


def entry(words: Templates, found: Understood | ReadError) -> Line:
    """A document on one line of a list."""
    if isinstance(found, ReadError):
        return Line(words("status.refused", **found.fields), item=True)
    ranked = sum(passage.kind.is_ranked for passage in found.report.passages)
    report, out = found.report, len(found.report.passages) - ranked
    facts = {"title": report.title, "file": found.file, "id": report.id}
    return Line(words("check.entry", **facts, ranked=ranked, out=out, torn=len(found.torn)), item=True)


def totals(words: Templates, read: int, refused: int, beside: Sequence[PassedOver], most: int | None = None) -> Reply:
    """How many documents were read, and everything that was not read, with why; of more than ``most`` the rest is
    counted."""
    lines = [Line(words("check.total", read=read, refused=refused))]
    lines += [Line(passed_over(words, one), item=number > 0) for number, one in enumerate(beside[:most])]
    if most is not None and len(beside) > most:
        lines.append(Line(words("passed_over.more", n=len(beside) - most), item=True))
    return Reply(tuple(lines))


def _lines(words: Templates, found: Understood) -> Iterator[str]:
    yield words("check.id", id=found.report.id)
    yield from _facts(words, found)
    kinds = found.kinds
    ranked = sum(count for kind, count in kinds.items() if kind.is_ranked)
    yield words("check.passages", total=len(found.report.passages), ranked=ranked)
    yield words("check.parts", headings=kinds[Kind.HEADING], notes=kinds[Kind.NOTE], tables=found.tables)
    yield _kept_out(words, found)
    if found.pictures:
        yield words("check.pictures", n=len(found.pictures), pages=ranges(words, runs(found.pictures)))
    yield _torn(words, found)
    yield from _numbers(words, found)
    by_length = found.by_length()
    shortest = by_length[EXTREMES:][: -EXTREMES - 1 : -1]  # none that is among the longest already
    for key, some in (("longest", by_length[:EXTREMES]), ("shortest", shortest)):
        if some:
            yield words(f"check.{key}")
        yield from (_brief(words, passage) for passage in some)


def _facts(words: Templates, found: Understood) -> Iterator[str]:
    """What is known of the report and where it was taken from, then what nothing tells."""
    absent = []
    for name in FACTS:
        value = found.subtitle if name == "subtitle" else getattr(found.report, name)
        if not value:
            absent.append(words(f"check.fact_{name}"))
            continue
        origin = words("check.from_document" if name == "subtitle" else f"check.from_{found.origins[name]}")
        told = words.date(value) if isinstance(value, dt.date) else value
        yield words("check.fact", name=words(f"check.fact_{name}"), value=told, origin=origin)
    if absent:
        yield words("check.absent", names=words("facts.separator").join(absent))


def _kept_out(words: Templates, found: Understood) -> str:
    out = [(kind, count) for kind in Kind if not kind.is_ranked and (count := found.kinds[kind])]
    if not out:
        return words("check.all_in")
    kinds = (words("check.kind", kind=words(f"citation.{kind}"), count=count) for kind, count in out)
    return words("check.kept_out", list=words("facts.separator").join(kinds))


def _torn(words: Templates, found: Understood) -> str:
    if not found.torn:
        return words("check.whole")
    labels = [passage.locator.label for passage in found.torn]
    return words("check.torn", count=len(labels), list=_some(words, labels))


def _numbers(words: Templates, found: Understood) -> Iterator[str]:
    numbers = found.numbers
    if not numbers:
        yield words("check.counted")
        return
    yield words("check.numbers", count=len(numbers), first=numbers[0], last=numbers[-1])
    if gaps := [str(first) if first == last else f"{first}–{last}" for first, last in found.gaps]:
        yield words("check.gaps", list=_some(words, gaps))
    if found.stray:
        yield words("check.stray", list=_some(words, [str(number) for number in found.stray]))
    if found.uncited:
        yield words("check.uncited", count=len(found.uncited), list=_some(words, found.uncited))


def _some(words: Templates, items: Sequence[str]) -> str:
    listed = words("facts.separator").join(items[:MOST_LISTED])
    left = len(items) - MOST_LISTED
    return words("why.more", n=left, list=listed) if left > 0 else listed


def _brief(words: Templates, passage: Passage) -> str:
    opening = clipped(" ".join(passage.text[: 2 * _OPENING].split()), _OPENING)
    return words("check.brief", label=passage.locator.label, length=len(passage.text), opening=opening)


def _whole(words: Templates, passage: Passage) -> Iterator[Part]:
    """A passage with what it is and where it stands over it."""
    facts = words("facts.separator").join(_told(words, passage))
    yield Line(words("check.passage", label=passage.locator.label, facts=facts))
    yield Line(passage.text, item=True)


def _told(words: Templates, passage: Passage) -> Iterator[str]:
    at = passage.locator
    yield words(f"check.kind_{passage.kind}")
    if not passage.kind.is_ranked:
        yield words("check.out")
    if at.page is not None:
        yield words("citation.page", page=at.page)
    if at.section:
        yield words("check.section", section=at.section)
    if passage.lead:
        yield words("check.lead", label=passage.lead)
    for is_torn, key in zip(passage.torn, ("torn_before", "torn_after"), strict=True):
        if is_torn:
            yield words(f"check.{key}")
