"""Which rows of a table are the heads of its columns, and which are rows like any other."""

import pytest

from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage

INTRO = "The inspectors counted the wells of the district in the spring of the year 2024.\n\n"


def rows(*lines: str) -> list[Passage]:
    return list(parse((INTRO + "\n".join(lines) + "\n\n" + INTRO).encode(), ".txt", "r").passages)[1:-1]


def test_heads_of_typed_columns_lead_their_rows_and_are_no_answer() -> None:
    head, *others = rows("Place       Wells", "Maro        12", "Tessit      7")
    assert (head.kind, head.text) == (Kind.CAPTION, "Place       Wells")
    assert [(row.kind, row.lead) for row in others] == [(Kind.BODY, head.locator.label)] * 2


def test_the_call_of_a_note_makes_no_figure_of_heads() -> None:
    head, *_ = rows("Place²      Wells", "Maro        12", "Tessit      7")
    assert head.kind is Kind.CAPTION


@pytest.mark.parametrize(
    "lines",
    [
        ("Maro        the governor", "Tessit      the driller", "Odun        the teacher"),
        ("1998        12", "1999        7"),
        ("Place       Wells", "Maro        12        3", "Tessit      7        2"),
    ],
)
def test_rows_that_are_alike_have_no_heads(lines: tuple[str, ...]) -> None:
    assert {row.kind for row in rows(*lines)} == {Kind.BODY}
