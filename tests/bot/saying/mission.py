"""A report by hand, and replies on what is found in it."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from bot.saying.answers import answer_reply
from bot.saying.reply import Quote, Reply, Source
from bot.saying.templates import load
from corpus.citation import Citation, CitedPassage
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Answer, Excerpt
from retrieval.outcome import Outcome
from tests import builders

TEMPLATES = load()
FIRST = "The mission visited two camps."
SECOND = "It met with elders. It was told of three wells. Nobody spoke of a fourth."
REPORT = builders.report(
    FIRST,
    SECOND,
    id="mission-2024",
    title="Report of the mission",
    publisher="The Mission",
    date=dt.date(2024, 5, 1),
    url="https://example.org/mission",
    symbol="A/HRC/56/1",
    note="This report speaks of hardship.",
)
PLAIN = builders.report("Nothing but one line.", id="plain", title="A plain report")
WELLS = Span(20, 47)
SOURCE = Source("Report of the mission", "paragraph 2", "A/HRC/56/1", "The Mission", "1 May 2024")
KEY = str(Citation.of(REPORT.passages[2]))


def replied(found: Answer, asked: Sequence[Report]) -> Reply:
    """The reply to a question that was put to these reports."""
    return answer_reply(TEMPLATES, _asked_of(found, asked))


def _asked_of(found: Answer, asked: Sequence[Report]) -> Answer:
    parts = tuple(_asked_of(part, asked) for part in found.parts)
    return dataclasses.replace(found, reports=tuple(asked), parts=parts)


def excerpt(report: Report = REPORT, number: int = 2, span: Span = WELLS, matches: tuple[Span, ...] = ()) -> Excerpt:
    return Excerpt(report, report.passages[number], span, span, 1.0, matches)


def answer(outcome: Outcome, *excerpts: Excerpt, shown: int | None = None) -> Answer:
    return Answer(
        question="How many wells?",
        outcome=outcome,
        confidence=0.9,
        edition="0f1e2d3c4b5a",
        excerpts=excerpts,
        shown=len(excerpts) if shown is None else shown,
        reports=(),
    )


PLAIN_QUOTE = Quote(
    "Nothing but one line.", Source("A plain report", "paragraph 1"), str(Citation.of(PLAIN.passages[1]))
)
WELLS_QUOTE = Quote(
    text="It was told of three wells.",
    source=SOURCE,
    key=KEY,
    url="https://example.org/mission",
    matches=(Span(15, 20),),
    cut_before=True,
    cut_after=True,
    sensitive=True,
)


def old(text: str, label: int, report: Report = REPORT) -> CitedPassage:
    """A passage in a wording that is not live, as the archive finds it."""
    passage = builders.passage(text, label, report=report.id)
    return CitedPassage(passage, dataclasses.replace(report, passages=(passage,)), "ffffffffffff", live=False)


def quotes_of(reply: Reply) -> list[Quote]:
    return [part for part in reply.parts if isinstance(part, Quote)]
