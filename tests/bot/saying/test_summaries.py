"""What is said of a report as a whole: its sentences, each cited, of a long one under its headings."""

import dataclasses

from bot.saying import compose as replies
from bot.saying.records import summary_record
from bot.saying.reply import Heading, Line, Lookup, Note, Quote, Reply, Subheading
from corpus.citation import Citation
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Correction, Excerpt, Summary
from tests import builders
from tests.bot.saying.mission import FIRST, REPORT, SOURCE, TEMPLATES, excerpt

SECTIONED = (
    ("It rained.", None),
    ("They were dry.", "Wells"),
    ("They were shut.", "Wells"),
    ("They were cut.", "Roads"),
)


def test_a_summary() -> None:
    summary = Summary(REPORT, "0f1e2d3c4b5a", None, (excerpt(number=1, span=Span(0, len(FIRST))),))
    assert replies.summary_reply(TEMPLATES, summary) == Reply(
        parts=(
            Heading("Summary: Report of the mission", "Report of the mission"),
            Quote(
                text=FIRST,
                source=dataclasses.replace(SOURCE, place="paragraph 1"),
                key=str(Citation.of(REPORT.passages[1])),
                url="https://example.org/mission",
                sensitive=True,
            ),
            Note("This report speaks of hardship."),
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(Lookup("Context", str(Citation.of(REPORT.passages[1])), Span(0, len(FIRST))),),
    )


def test_a_summary_says_which_word_of_its_topic_was_read_as_another() -> None:
    found = Summary(REPORT, "e", "wels", (excerpt(),), corrections=(Correction("wels", "wells"),))
    assert Note("Read “wels” as “wells”.") in replies.summary_reply(TEMPLATES, found).parts
    assert list(summary_record(TEMPLATES, found))[2:4] == ["about", "corrections"]


def test_a_summary_by_section_names_each_heading_once() -> None:
    passages = [builders.passage(text, n, section=at) for n, (text, at) in enumerate(SECTIONED, start=1)]
    of = Report("long", "A long report", tuple(passages))
    excerpts = tuple(Excerpt(of, p, p.sentence(0), p.sentence(0), 0.0) for p in passages)
    reply = replies.summary_reply(TEMPLATES, Summary(of, "e", None, excerpts, by_section=True))
    assert [part.text for part in reply.parts] == [
        "Summary: A long report",
        "It rained.",
        "Wells",
        "They were dry.",
        "They were shut.",
        "Roads",
        "They were cut.",
    ]
    short = replies.summary_reply(TEMPLATES, Summary(of, "e", None, excerpts))
    assert not any(isinstance(part, Subheading) for part in short.parts)


def test_a_summary_about_what_the_report_does_not_speak_of() -> None:
    assert replies.summary_reply(TEMPLATES, Summary(REPORT, "0f1e2d3c4b5a", "bridges", ())) == Reply(
        parts=(
            Heading("Report of the mission, on: bridges", "Report of the mission"),
            Line("Nothing about this was found in the report."),
        ),
        footer="Edition 0f1e2d3c4b5a.",
    )
