"""Where words stand, in words: the citation line and the facts about a report. Needed by replies and by JSON alike."""

from collections.abc import Iterable, Iterator

from bot.saying.reply import Source
from bot.saying.templates import Templates
from corpus.passage import Kind, Passage
from corpus.passed_over import PassedOver, Reason
from corpus.report import Report


def source(words: Templates, report: Report, passage: Passage) -> Source:
    """Title, paragraph, page, UN symbol, publisher and date, as far as there are any."""
    separator, where = words("citation.separator"), place(words, passage)
    if passage.locator.page is not None:
        where = f"{where}{separator}{words('citation.page', page=passage.locator.page)}"
    return Source(
        title=report.title,
        place=where,
        symbol=report.symbol or "",
        publisher=report.publisher or "",
        date=words.date(report.date) if report.date else "",
        separator=separator,
    )


def place(words: Templates, passage: Passage) -> str:
    """Where in its report a passage stands: ``paragraph 3``, ``title``."""
    locator = passage.locator
    if locator.paragraph is None:
        if passage.kind is Kind.NOTE:
            return words("citation.note", number=locator.label.partition("-")[2])
        return words(f"citation.{passage.kind}")
    if locator.part is None:
        return words("citation.paragraph", number=locator.paragraph)
    return words("citation.part", number=locator.paragraph, part=locator.part)


def entry(words: Templates, key: str, report: Report) -> str:
    """A report as the entry of a list, by the template ``key``: its title and its facts."""
    return words(key, title=report.title, facts=facts(words, report))


def facts(words: Templates, report: Report) -> str:
    """Id, UN symbol, publisher, date and number of paragraphs, as far as there are any."""
    return words("facts.separator").join(_facts(words, report))


def passed_over(words: Templates, one: PassedOver) -> str:
    """Why a file was not read, or not whole, or without knowing its language or by another than its own."""
    from corpus.manifest import NAME  # what few replies say must not cost every question
    from corpus.readers import SUFFIXES
    from retrieval.language import languages

    facts: dict[str, str | int]
    match one.reason:
        case Reason.KIND | Reason.FOLDER:
            facts = {"suffixes": ", ".join(SUFFIXES)}
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
            facts = {"language": one.language, "known": ", ".join(languages())}
        case Reason.PICTURES:
            facts = {"n": sum(last - first + 1 for first, last in one.pages), "pages": ranges(words, one.pages)}
        case Reason.CONTRADICTED:
            facts = {"language": one.language, "spoken": one.spoken, "manifest": NAME}
    return words(f"passed_over.{one.reason}", file=one.file, **facts)


def ranges(words: Templates, found: Iterable[tuple[int, int]]) -> str:
    """Runs of numbers, each given as its first and last: "3–5, 9"."""
    return words("facts.separator").join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def _facts(words: Templates, report: Report) -> Iterator[str]:
    yield report.id
    if report.symbol:
        yield report.symbol
    if report.publisher:
        yield report.publisher
    if report.date:
        yield words.date(report.date)
    yield words("facts.paragraphs", n=report.paragraphs)
