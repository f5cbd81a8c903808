"""Where words stand, in words: the citation line and the facts about a report. Needed by replies and by JSON alike."""

from collections.abc import Iterable, Iterator

from bot.saying.reply import Source
from bot.saying.templates import Templates
from corpus.gathering.manifest import NAME
from corpus.gathering.passed_over import PassedOver, Reason
from corpus.passage import Kind, Passage
from corpus.readers import SUFFIXES
from corpus.report import Report
from retrieval.language import languages


def source(templates: Templates, report: Report, passage: Passage) -> Source:
    """Title, paragraph, page, UN symbol, publisher and date, as far as there are any."""
    separator, where = templates("citation.separator"), place(templates, passage)
    if passage.locator.page is not None:
        where = f"{where}{separator}{templates('citation.page', page=passage.locator.page)}"
    return Source(
        title=report.title,
        place=where,
        symbol=report.symbol or "",
        publisher=report.publisher or "",
        date=templates.date(report.date) if report.date else "",
        separator=separator,
    )


def place(templates: Templates, passage: Passage) -> str:
    """Where in its report a passage stands: ``paragraph 3``, ``title``."""
    locator = passage.locator
    if locator.paragraph is None:
        if passage.kind is Kind.NOTE:
            return templates("citation.note", number=locator.label.partition("-")[2])
        return templates(f"citation.{passage.kind}")
    if locator.part is None:
        return templates("citation.paragraph", number=locator.paragraph)
    return templates("citation.part", number=locator.paragraph, part=locator.part)


def entry(templates: Templates, key: str, report: Report) -> str:
    """A report as the entry of a list, by the template ``key``: its title and its facts."""
    return templates(key, title=report.title, facts=facts(templates, report))


def facts(templates: Templates, report: Report) -> str:
    """Id, UN symbol, publisher, date and number of paragraphs, as far as there are any."""
    return templates("facts.separator").join(_facts(templates, report))


def passed_over(templates: Templates, one: PassedOver) -> str:
    """Why a file was not read, or not whole, or without knowing its language or by another than its own."""
    facts: dict[str, str | int]
    match one.reason:
        case Reason.KIND | Reason.FOLDER:
            facts = {"suffixes": templates("facts.separator").join(SUFFIXES)}
        case Reason.UNLISTED:
            facts = {"manifest": one.other or NAME}
        case Reason.MISNAMED:
            facts = {"manifest": NAME}
        case Reason.UNLISTED_FOLDER:
            facts = {"n": one.count, "manifest": one.other or NAME}
        case Reason.LINK:
            facts = {}
        case Reason.SAME:
            facts = {"other": one.other}
        case Reason.LANGUAGE:
            facts = {"language": one.language, "known": templates("facts.separator").join(languages())}
        case Reason.PICTURES:
            facts = {"n": sum(last - first + 1 for first, last in one.pages), "pages": ranges(templates, one.pages)}
        case Reason.CONTRADICTED:
            facts = {"language": one.language, "spoken": one.spoken, "manifest": NAME}
    return templates(f"passed_over.{one.reason}", file=one.file, **facts)


def ranges(templates: Templates, found: Iterable[tuple[int, int]]) -> str:
    """Runs of numbers, each given as its first and last: "3–5, 9"."""
    return templates("facts.separator").join(
        str(first) if first == last else f"{first}–{last}" for first, last in found
    )


def _facts(templates: Templates, report: Report) -> Iterator[str]:
    yield report.id
    if report.symbol:
        yield report.symbol
    if report.publisher:
        yield report.publisher
    if report.date:
        yield templates.date(report.date)
    yield templates("facts.paragraphs", n=report.paragraphs)
