"""One paragraph that a citation names, in the wording it names: by itself, or between its neighbours.

Where that wording is not live any more, what stands in its place now is shown beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.saying.citations import place
from bot.saying.quoting import notes, quote
from bot.saying.reply import Heading, Line, Note, Part, Quote, Reply
from bot.saying.templates import Templates
from corpus.citation import CitedPassage, SeveralCited
from corpus.passage import Passage, Span
from corpus.report import Report


def passage_reply(templates: Templates, cited: CitedPassage) -> Reply:
    """One whole passage, whether its wording is still the live one, and how it reads now where it is not."""
    return _reply(templates, cited, [_whole(templates, cited.report, cited.passage)])


def passages_reply(templates: Templates, several: SeveralCited) -> Reply:
    """Several whole passages in the order of their citations, and a sentence for each that was not found."""
    parts: list[Part] = []
    heading: Part | None = None  # what stands under the one before goes without it
    for one in several.found:
        own = passage_reply(templates, one).parts if isinstance(one, CitedPassage) else (Line(templates.error(one)),)
        parts += (part for part in own if part != heading and not isinstance(part, Note))
        heading = next((part for part in own if isinstance(part, Heading)), heading)
    reports = [shown.report for one in several.passages for shown in (one, one.now) if shown]
    return Reply((*parts, *notes(reports)), footer=templates("footer.quotes", edition=several.passages[0].edition))


def context_reply(templates: Templates, cited: CitedPassage, quoted: Span | None = None) -> Reply:
    """The passage between its neighbours, or an old wording beside the new one; ``quoted`` are the words of it that
    were quoted, which may be drawn bold."""
    report, (before, after) = cited.report, neighbours(cited)
    shown = [_whole(templates, report, cited.passage, (quoted,) if quoted else ())]
    if before is not None:
        shown.insert(0, replace(_whole(templates, report, before), further=True))
    if after is not None:
        shown.append(replace(_whole(templates, report, after), further=True))
    return _reply(templates, cited, shown)


def neighbours(cited: CitedPassage) -> tuple[Passage | None, Passage | None]:
    """The body passages before and after it, where its words stand now."""
    return cited.now.neighbours if cited.now and _is_moved(cited) else cited.neighbours


def _reply(templates: Templates, cited: CitedPassage, shown: Sequence[Quote]) -> Reply:
    report = cited.report
    parts: list[Part] = [Heading(report.title, report.title)]
    if cited.now and _is_moved(cited):
        moved = templates("passage.moved", edition=cited.edition, place=place(templates, cited.now.passage))
        parts.append(Line(moved))
    elif not cited.live:
        parts.append(Line(templates("passage.superseded", edition=cited.edition)))
    if not cited.passage.kind.is_ranked:
        parts.append(Line(templates("passage.unranked")))
    parts += (*shown, *_now(templates, cited))
    parts += notes((report, cited.now.report) if cited.now else (report,))
    return Reply(tuple(parts), footer=templates("footer.quotes", edition=cited.edition))


def _is_moved(cited: CitedPassage) -> bool:
    return cited.now is not None and cited.now.passage.text == cited.passage.text


def _now(templates: Templates, cited: CitedPassage) -> Iterator[Part]:
    """What the live edition has in place of an old wording."""
    if cited.live or _is_moved(cited):
        return
    if cited.now is None:
        yield Line(templates("passage.gone"))
        return
    yield Line(templates("passage.now", edition=cited.now.edition))
    yield _whole(templates, cited.now.report, cited.now.passage)


def _whole(templates: Templates, report: Report, passage: Passage, quoted: Sequence[Span] = ()) -> Quote:
    return quote(templates, report, passage, span=Span(0, len(passage.text)), matches=quoted)
