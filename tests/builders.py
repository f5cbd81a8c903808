"""Small reports for tests: values built directly, past the readers and the splitter's rules."""

import datetime as dt
from collections.abc import Iterable

from corpus.edition import Edition
from corpus.passage import Kind, Locator, Passage
from corpus.report import Report
from corpus.text.segmentation import sentences

# What a label starts with where the passage is no body text, as corpus.parsing.split gives them out.
_UNNUMBERED = {Kind.TITLE: "title", Kind.DECK: "deck", Kind.HEADING: "heading-1", Kind.LINKS: "links-1"}


def passage(
    text: str,
    number: int = 1,
    *,
    part: int | None = None,
    report: str = "report",
    kind: Kind = Kind.BODY,
    label: str | None = None,
    section: str | None = None,
    page: int | None = None,
    tail: str = "",
) -> Passage:
    """One passage with its sentences split; ``number`` and ``part`` count for body text only."""
    body = kind is Kind.BODY
    if label is None:
        label = (f"{number}.{part}" if part else str(number)) if body else _UNNUMBERED[kind]
    locator = Locator(
        label=label,
        paragraph=number if body else None,
        part=part if body else None,
        page=page,
        section=section,
    )
    return Passage(report=report, locator=locator, kind=kind, text=text, tail=tail, sentences=sentences(text))


def report(
    *paragraphs: str,
    id: str = "report",  # noqa: A002  # named as the field it fills
    title: str = "A report",
    language: str = "en",
    publisher: str | None = None,
    date: dt.date | None = None,
    url: str | None = None,
    symbol: str | None = None,
    note: str | None = None,
) -> Report:
    """A report of a title passage and numbered body paragraphs, each exactly as given."""
    passages = [passage(title, kind=Kind.TITLE, report=id, tail="\n\n" if paragraphs else "")]
    passages += [
        passage(text, number, report=id, tail="" if number == len(paragraphs) else "\n")
        for number, text in enumerate(paragraphs, start=1)
    ]
    return Report(
        id=id,
        title=title,
        passages=tuple(passages),
        language=language,
        publisher=publisher,
        date=date,
        url=url,
        symbol=symbol,
        note=note,
    )


def edition(*reports: Report | Iterable[str]) -> Edition:
    """An edition of reports, or of bare lists of paragraphs, which become reports ``report-1``, ``report-2`` …."""
    return Edition(
        tuple(
            entry if isinstance(entry, Report) else report(*entry, id=f"report-{number}")
            for number, entry in enumerate(reports, start=1)
        )
    )
