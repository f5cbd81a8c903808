"""A question that is two in one, and one whose report is still to be chosen."""

import dataclasses

import pytest

from bot.saying.answers import MOST_CHOICES
from bot.saying.reply import Heading, Line, Lookup, Menu, Note, Option, Reply, Subheading
from corpus.passage import Span
from retrieval.answer import Answer
from retrieval.joined import joined
from retrieval.outcome import Outcome
from tests.bot.saying.mission import (
    KEY,
    PLAIN,
    PLAIN_QUOTE,
    REPORT,
    TEMPLATES,
    WELLS,
    WELLS_QUOTE,
    answer,
    excerpt,
    replied,
)


def test_which_report_is_meant_is_asked_with_the_reports_to_choose_from() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), which=(REPORT.id, PLAIN.id))
    first, *choices = replied(found, (REPORT, PLAIN)).parts[1:]
    assert first == Line("Which report do you mean? Ask again about one of these, by its name:")
    assert [REPORT.id in choice.text or PLAIN.id in choice.text for choice in choices if isinstance(choice, Line)] == [
        True,
        True,
    ]


def test_the_reports_to_choose_from_are_a_menu_with_what_a_terminal_says_in_its_place() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), which=(REPORT.id, PLAIN.id))
    assert replied(found, (REPORT, PLAIN)).menu == Menu(
        "Choose a report",
        (
            Option(
                "Report of the mission",
                "mission-2024, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs",
                "mission-2024",
            ),
            Option("A plain report", "plain, 1 paragraph", "plain"),
        ),
        "Or ask the same question again with /ask, adding --report and the id of the report you mean, such as "
        "--report mission-2024.",
    )
    assert replied(answer(Outcome.SILENT), (REPORT, PLAIN)).menu is None


def halves(*parts: Answer) -> Answer:
    return joined("How many wells and who said so?", parts)


def test_each_half_stands_under_its_own_heading_and_no_excerpt_twice() -> None:
    """Content note, edition and buttons stand once, for all halves together."""
    first = answer(Outcome.ANSWERED, excerpt(matches=(Span(35, 40),)))
    second = dataclasses.replace(
        answer(Outcome.CLOSEST, excerpt(), excerpt(PLAIN, 1, Span(0, 21))), question="who said so?", confidence=0.2
    )
    assert replied(halves(first, second), (REPORT, PLAIN)) == Reply(
        parts=(
            Heading("How many wells and who said so?"),
            Subheading("How many wells?"),
            WELLS_QUOTE,
            Subheading("who said so?"),
            Line("The closest passages, not an answer:"),
            PLAIN_QUOTE,
            Line("One more excerpt for this is quoted above."),
            Note("This report speaks of hardship."),
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(
            Lookup("Context: paragraph 2", KEY, WELLS),
            Lookup("Context: paragraph 1", PLAIN_QUOTE.key, Span(0, 21)),
        ),
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.ANSWERED, "The words for this are quoted above."),
        (Outcome.CLOSEST, "What comes closest to this, without being an answer, is quoted above."),
    ],
)
def test_a_half_whose_excerpts_all_stand_above_says_so(outcome: Outcome, said: str) -> None:
    second = dataclasses.replace(answer(outcome, excerpt()), question="who said so?")
    parts = replied(halves(answer(Outcome.ANSWERED, excerpt()), second), (REPORT,)).parts
    assert parts[3:5] == (Subheading("who said so?"), Line(said))


def test_a_half_of_which_nothing_was_found_says_so_and_advice_comes_only_where_that_is_true_of_all() -> None:
    lost = dataclasses.replace(answer(Outcome.SILENT), question="who sang?", confidence=0.0, unfound=("sang",))
    parts = replied(halves(answer(Outcome.ANSWERED, excerpt()), lost), (REPORT,)).parts
    assert parts[3:6] == (
        Subheading("who sang?"),
        Line("Nothing about this was found in the report."),
        Line("Not found in what was asked: “sang”."),
    )
    assert TEMPLATES("answer.rephrase") not in [part.text for part in parts]
    nothing = replied(halves(lost, lost), (REPORT,))
    assert nothing.parts[-2:] == (
        Line("The report asked is “Report of the mission”."),
        Line(TEMPLATES("answer.rephrase")),
    )
    assert nothing.footer == "Edition 0f1e2d3c4b5a."


def test_where_one_half_depends_on_the_report_the_other_is_answered_all_the_same() -> None:
    open_ = dataclasses.replace(answer(Outcome.SILENT), confidence=0.0, which=(REPORT.id, PLAIN.id))
    reply = replied(halves(answer(Outcome.ANSWERED, excerpt()), open_), (REPORT, PLAIN))
    assert Line("That depends on which report is meant.") in reply.parts
    assert Line("Which report do you mean? Ask again about one of these, by its name:") in reply.parts
    assert reply.menu is not None
    whole = replied(halves(open_, open_), (REPORT, PLAIN))
    assert not [part for part in whole.parts if isinstance(part, Subheading)]


def test_of_many_reports_to_choose_from_the_rest_is_counted() -> None:
    many = tuple(dataclasses.replace(PLAIN, id=f"plain-{n}") for n in range(15))
    found = dataclasses.replace(answer(Outcome.SILENT), which=tuple(report.id for report in many))
    parts = replied(found, many).parts
    assert len(parts) == 1 + 1 + MOST_CHOICES + 1
    assert isinstance(parts[-1], Line)
    assert "5 more" in parts[-1].text


def test_the_record_of_a_report_is_told_where_it_answers() -> None:
    found = dataclasses.replace(answer(Outcome.ANSWERED), excerpts=(), shown=0, itself=REPORT.id)
    line, entry = replied(found, (REPORT, PLAIN)).parts[1:]
    assert line == Line("From the record of the report, not from its text:")
    assert isinstance(entry, Line)
    assert REPORT.title in entry.text
    assert entry.url == REPORT.url
