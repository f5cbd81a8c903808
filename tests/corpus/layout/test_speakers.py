"""Who is a speaker, and who is none: decided by what labels name and by how a record looks, not by the colon."""

import pytest

from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage


def passages(text: str, suffix: str = ".txt") -> tuple[Passage, ...]:
    return parse(text.encode(), suffix, "r").passages


def said(text: str, suffix: str = ".txt") -> list[tuple[str | None, str]]:
    found = passages(text, suffix)
    labels = {p.locator.label: p.text for p in found if p.kind is Kind.SPEAKER}
    return [(labels.get(p.lead or ""), p.text) for p in found if p.kind is Kind.BODY]


@pytest.mark.parametrize(
    "labels",
    [
        ("And:", "But:"),
        ("Between :", "Before :"),
        ("Note:", "Date:"),
        ("Source:", "Re:"),
        ("Subject:", "Attn:"),
        ("Q:", "A:"),
        ("Date of adoption:", "Place of birth:"),
        ("Main findings:", "Key recommendation:"),
        ("Depth:", "Owner:"),
        ("District:", "Township:"),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", " "])
def test_what_names_nobody_is_no_speaker(labels: tuple[str, str], between: str) -> None:
    first, second = labels
    text = (
        f"Report on the wells of Maro\n\n{first}{between}The wells of the town were dry.\n\n"
        f"{second}{between}The council drilled nine of them.\n\n"
    )
    assert not any(p.kind is Kind.SPEAKER for p in passages(text))


def test_fields_that_come_again_with_short_values_are_no_speakers() -> None:
    text = "Wells of Maro\n\n" + "".join(f"Owner:\n\nAwa Tall\n\nDepth Below:\n\n{n} m\n\n" for n in range(3, 6))
    assert not any(p.kind is Kind.SPEAKER for p in passages(text))


@pytest.mark.parametrize(
    "form",
    ["### {}", "### {}:", "## **{}**", "**{}**", "**{}:**", "__{}__:"],
)
def test_a_heading_or_a_bold_line_that_names_somebody_is_a_speaker(form: str) -> None:
    diallo, tall = form.format("Ms. Diallo"), form.format("Mr. Tall (Norland)")
    text = (
        f"# Meeting of the board\n\n{diallo}\n\nThe pipes cost too much.\n\n{tall}\n\nThere is none.\n\n"
        f"{diallo}\n\nIt is dry."
    )
    assert said(text, ".md") == [
        (diallo, "The pipes cost too much."),
        (tall, "There is none."),
        (diallo, "It is dry."),
    ]


def test_bold_labels_before_what_is_said_in_any_of_their_forms() -> None:
    text = "# Meeting\n\n**Ms. Diallo:** The pipes cost too much.\n\n**Mr. Tall**: There is none.\n"
    assert [label for label, _ in said(text, ".md")] == ["**Ms. Diallo:**", "**Mr. Tall**:"]


def test_a_heading_below_a_speaker_ends_no_speech_and_one_above_does() -> None:
    text = (
        "# Meeting\n\n## Morning\n\n### Ms. Diallo\n\nThe pipes cost too much.\n\n#### The fund\n\nIt should pay.\n\n"
        "### Mr. Tall\n\nThere is none.\n\n## Afternoon\n\nNobody came."
    )
    assert [label for label, _ in said(text, ".md")] == ["### Ms. Diallo", "### Ms. Diallo", "### Mr. Tall", None]


def test_headings_that_are_topics_are_no_speakers() -> None:
    text = "# Wells\n\n## Water\n\nWe drilled nine.\n\n## Ministry of Water\n\nIt paid.\n\n## Water\n\nMore."
    assert not any(p.kind is Kind.SPEAKER for p in passages(text, ".md"))


def test_long_speeches_are_parted_by_titles_and_offices() -> None:
    speech = "\n\n".join(f"The well of ward {n} was dry for a year." for n in range(6))
    text = (
        f"Hearing on wells\n\nThe President: The meeting is open.\n\n{speech}\n\n"
        f"Mr. Tall (Norland): It was dry.\n\n{speech}"
    )
    found = said(text)
    assert [label for label, _ in found] == ["The President:"] * 7 + ["Mr. Tall (Norland):"] * 7


def test_names_in_capitals_with_a_stop_are_those_of_hearings() -> None:
    text = "Hearing on wells\n\n    Ms. FUNDE. I thank him.\n\n    Senator TALL. They were dry.\n\n    They still are."
    assert [label for label, _ in said(text)] == ["Ms. FUNDE.", "Senator TALL.", "Senator TALL."]
