"""Words of reports put into a reply: what stands before them, where they are cut, each with its citation, the content
notes of its report, and a way to what stands around it."""

from collections.abc import Iterator, Sequence

from bot.saying.citations import place, source
from bot.saying.reply import Lookup, Note, Part, Quote, Reply, Subheading
from bot.saying.templates import Templates
from corpus.citation import Citation
from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.answer import OMISSION, Correction, Excerpt


def quoting(
    templates: Templates, head: Sequence[Part], excerpts: Sequence[Excerpt], edition: str, *, by_section: bool = False
) -> Reply:
    """A reply that quotes ``excerpts`` after ``head``; ``by_section``: under the headings that they stand under."""
    parts = list(head)
    section: str | None = None
    for excerpt in excerpts:
        before, section = section, excerpt.passage.locator.section
        if by_section and section and section != before:
            parts.append(Subheading(section))
        parts.append(quote_of(templates, excerpt))
    return cited(templates, parts, excerpts, edition)


def corrected(templates: Templates, corrections: Sequence[Correction]) -> tuple[Note, ...]:
    """Which words that were typed were taken for others; a quiet line, since the quotes may rest on it."""
    read = dict.fromkeys(templates("answer.correction", typed=c.typed, meant=c.meant) for c in corrections)
    return (Note(" ".join(read)),) if read else ()


def cited(templates: Templates, parts: Sequence[Part], excerpts: Sequence[Excerpt], edition: str) -> Reply:
    """A reply of ``parts`` that quote ``excerpts``, with the content notes of their reports and a way to each whole
    paragraph. It may quote none."""
    reports = {excerpt.report.id: excerpt.report for excerpt in excerpts}
    footer = templates("footer.quotes" if excerpts else "footer.plain", edition=edition)
    return Reply((*parts, *notes(tuple(reports.values()))), footer=footer, lookups=tuple(_lookups(templates, excerpts)))


def quote_of(templates: Templates, excerpt: Excerpt) -> Quote:
    """The words of an excerpt."""
    return quote(
        templates, excerpt.report, excerpt.passage, span=excerpt.span, matches=excerpt.set_off, before=lead(excerpt)
    )


def lead(excerpt: Excerpt) -> tuple[str, bool]:
    """The words that an excerpt is quoted with, and whether something stands between the two."""
    if excerpt.lead is None:
        return "", False
    passage, span = excerpt.lead
    before = f"{OMISSION} " if passage.text[: span.start].strip() or passage.is_torn(span)[0] else ""
    return f"{before}{passage.cut(span)} ", not excerpt.follows_lead


def quote(
    templates: Templates,
    report: Report,
    passage: Passage,
    span: Span,
    matches: Sequence[Span] = (),
    before: tuple[str, bool] = ("", False),
) -> Quote:
    """The words of a passage at ``span``; ``matches`` are spans of the passage, ``before`` is what ``lead`` gives."""
    torn = passage.is_torn(span)
    return Quote(
        text=passage.cut(span),
        source=source(templates, report, passage),
        key=str(Citation.of(passage)),
        url=report.url,
        matches=tuple(
            Span(match.start - span.start, match.end - span.start) for match in matches if span.covers(match)
        ),
        cut_before=bool(passage.text[: span.start].strip()) or torn[0] or before[1],
        cut_after=bool(passage.text[span.end :].strip()) or torn[1],
        lead=before[0],
        sensitive=report.note is not None,
    )


def notes(reports: Sequence[Report]) -> Iterator[Note]:
    """The content notes of the quoted reports, each once."""
    yield from (Note(text) for text in dict.fromkeys(report.note for report in reports) if text)


def _lookups(templates: Templates, excerpts: Sequence[Excerpt]) -> Iterator[Lookup]:
    """One for each passage that is quoted from, in order."""
    first: dict[str, Excerpt] = {}
    for excerpt in excerpts:
        first.setdefault(excerpt.passage.id, excerpt)
    for excerpt in first.values():
        label = templates("actions.context")
        if len(first) > 1:
            label = templates("actions.context_of", place=place(templates, excerpt.passage))
        yield Lookup(label, str(excerpt.citation), excerpt.span)
