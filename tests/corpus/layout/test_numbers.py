"""Numbers at the beginning of paragraphs: whose they are, what leads to a list, and what a heading numbers."""

import pytest

from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage


def passages(text: str, suffix: str = ".txt") -> tuple[Passage, ...]:
    return parse(text.encode(), suffix, "r").passages


def body(text: str, suffix: str = ".txt") -> list[tuple[int | str | None, str]]:
    return [(p.locator.paragraph, p.text) for p in passages(text, suffix) if p.kind is Kind.BODY]


def leads(text: str, suffix: str = ".txt") -> dict[str, str | None]:
    found = passages(text, suffix)
    texts = {p.locator.label: p.text for p in found}
    return {p.text: texts.get(p.lead or "") for p in found if p.kind is Kind.BODY}


@pytest.mark.parametrize("year", ["1994. It was", "2019. In"])
def test_a_year_within_a_sentence_begins_no_paragraph(year: str) -> None:
    closed = f"2. They were closed by the mayor in June\n{year} that year."
    text = f"Report on wells\n\n1. The wells were dry.\n\n{closed}\n\n3. It left."
    assert [number for number, _ in body(text)] == [1, 2, 3]


def test_a_year_that_begins_a_paragraph_is_no_number_of_it() -> None:
    text = (
        "Report on wells\n\n1. The wells were dry.\n\n2019. In that year it left.\n\n2. It came back.\n\n1994 was dry."
    )
    assert body(text) == [
        (1, "1. The wells were dry."),
        (1, "2019. In that year it left."),
        (2, "2. It came back."),
        (2, "1994 was dry."),
    ]


def test_paragraphs_that_run_on_past_a_thousand_keep_their_numbers() -> None:
    text = "Report on wells\n\n" + "".join(f"{n}. Well {n} was dry.\n\n" for n in range(1990, 2010))
    assert [number for number, _ in body(text)] == list(range(1990, 2010))


def test_a_number_that_leaps_out_of_a_sequence_is_not_believed() -> None:
    text = "Report on wells\n\n7. It was dry.\n\n45. That was their number.\n\n8. It was closed.\n\n9. It left."
    assert [number for number, _ in body(text)] == [7, 7, 8, 9]


def test_a_decimal_at_the_beginning_of_a_line_begins_no_paragraph() -> None:
    text = "Report on wells\n\n7. The share of wells that were dry rose by\n3.5 per cent in June.\n\n8. It was closed."
    assert [number for number, _ in body(text)] == [7, 8]


QUOTED = """\
Report on the wells of Maro

1. The wells were dry.

2. The board wrote:

“11. We drilled nine wells in the north.

12. Two of them were dry. They are closed.”

3. The mayor denied it:

“2. The wells are full.

3. They are guarded by the riders.

4. Nobody is thirsty.”

4. It was so ordered.

5. Nobody came.
"""


def test_numbers_within_a_quotation_are_those_of_what_is_quoted() -> None:
    assert [number for number, _ in body(QUOTED)] == [1, 2, 2, 2, 3, 3, 3, 3, 4, 5]


def test_a_quotation_whose_end_is_not_seen_takes_no_number_from_the_paragraphs_after_it() -> None:
    text = QUOTED.replace("thirsty.”", "thirsty.")
    assert [number for number, _ in body(text)][-2:] == [4, 5]


@pytest.mark.parametrize("line", ["29. Subsection (5) provides:", "29. The Court held:", "29. It reads as follows:"])
@pytest.mark.parametrize(("form", "suffix"), [("{}", ".txt"), ("### {}", ".md"), ("**{}**", ".md"), ("{}", ".md")])
def test_a_numbered_line_that_leads_to_a_quotation_is_no_heading(line: str, form: str, suffix: str) -> None:
    text = (
        f"# Wells of Maro\n\n28. The wells were dry.\n\n{form.format(line)}\n\n“A dry well is closed.”\n\n30. It left."
    )
    found = body(text, suffix)
    assert (29, form.format(line)) in found
    assert (29, "“A dry well is closed.”") in found


def test_a_numbered_heading_stays_one() -> None:
    text = "# Wells of Maro\n\n### 3. Findings:\n\nThe wells were dry.\n\n### 4. Conclusions\n\nThey are closed."
    assert len([p for p in passages(text, ".md") if p.kind is Kind.HEADING]) == 2


LISTS = """\
Report on the wells of Maro

30. The court held:

(a) that the well was dry;

(b) that the owner:

(i) had known it; and

(ii) had said nothing;

(c) that he must pay for

(i) the pump;

(ii) the pipes.

31. The board said: “The State party should:

“(a) repair the wells;

“(b) pay the owners;

(c) close the dam.”

32. It asked for:

(h) wells;

(i) pumps.
"""


def test_items_are_led_by_what_opens_their_list_in_lists_and_quotations() -> None:
    board = "31. The board said: “The State party should:"
    assert leads(LISTS) == {
        "30. The court held:": None,
        "(a) that the well was dry;": "30. The court held:",
        "(b) that the owner:": "30. The court held:",
        "(i) had known it; and": "(b) that the owner:",
        "(ii) had said nothing;": "(b) that the owner:",
        "(c) that he must pay for": "30. The court held:",
        "(i) the pump;": "(c) that he must pay for",
        "(ii) the pipes.": "(c) that he must pay for",
        board: None,
        "“(a) repair the wells;": board,
        "“(b) pay the owners;": board,
        "(c) close the dam.”": board,
        "32. It asked for:": None,
        "(h) wells;": "32. It asked for:",
        "(i) pumps.": "32. It asked for:",
    }


def test_bullets_in_bullets_are_led_by_theirs() -> None:
    text = "Report on wells\n\nIt asked for:\n\n• wells:\n\no deep ones;\n\no wide ones;\n\n• pumps.\n\nIt left."
    assert leads(text) == {
        "It asked for:": None,
        "• wells:": "It asked for:",
        "o deep ones;": "• wells:",
        "o wide ones;": "• wells:",
        "• pumps.": "It asked for:",
        "It left.": None,
    }


@pytest.mark.parametrize("noun", ["Article", "Section", "Rule", "Art.", "Principle", "Recommendation", "Sec."])
@pytest.mark.parametrize("title", ["", "\nUse of wells", " – Use of wells", ": Use of wells", ". Use of wells"])
def test_what_stands_under_a_numbered_heading_has_its_number(noun: str, title: str) -> None:
    second = f"{noun} 2{title}\n\nNo one shall sell it.\n\nAll may drink it."
    text = f"Charter of wells\n\n{noun} 1\n\nWater is free.\n\n{second}"
    found = passages(text)
    assert body(text) == [(1, "Water is free."), (2, "No one shall sell it."), (2, "All may drink it.")]
    assert (found[-1].locator.section or "").startswith(f"{noun} 2")


def test_paragraphs_that_count_anew_under_each_article_have_both_numbers() -> None:
    text = (
        "Charter of wells\n\nArticle 1\n\n1. Water is free.\n\n2. All may drink it:\n\n(a) by day;\n\n(b) by night.\n\n"
        "Article 2\n\n1. No one shall sell it.\n\n2. Nor give it away."
    )
    assert [number for number, _ in body(text)] == ["1 (1)", "1 (2)", "1 (2) (a)", "1 (2) (b)", "2 (1)", "2 (2)"]


def test_paragraphs_that_run_on_under_such_headings_have_their_own() -> None:
    text = (
        "Report on wells\n\nSection 1\n\n1. Water is free.\n\n2. All may drink it.\n\nSection 2\n\n3. No one sells.\n\n"
        "Section 3\n\n4. Nor gives it away."
    )
    assert [number for number, _ in body(text)] == [1, 2, 3, 4]


def test_an_article_that_a_sentence_is_wrapped_before_is_no_heading() -> None:
    acted = "The council acted under the law of wells and in the spirit of its\nArticle 2 as it said."
    text = f"Report on wells\n\n{acted}\n\nIt left."
    assert [p.kind for p in passages(text)] == [Kind.TITLE, Kind.BODY, Kind.BODY]


def test_numbered_paragraphs_below_a_heading_are_no_notes() -> None:
    """Their numbers stand in brackets above, and lines of them begin with small letters."""
    wrapped = (
        "1. The first of the wells of the town was closed by the\nmayor in June.\n\n"
        "2. The second one was closed by\nthe board."
    )
    text = f"Case of the wells\n\nAWA TALL (1)\n\nOLE BRANDT (2)\n\nIntroduction\n\n{wrapped}\n\n3. It left."
    assert [number for number, _ in body(text) if number in (1, 2, 3)] == [1, 2, 3]
    assert not any(p.kind is Kind.NOTE for p in passages(text))


@pytest.mark.parametrize("end", [":-", ":–", ":"])
def test_a_colon_with_a_dash_leads_as_one_without(end: str) -> None:
    relied = f"2. The mayor relied on paragraph 40 (as quoted above){end}\n\n“It is dry.”"
    text = f"Case of the wells\n\n1. It was dry.\n\n{relied}\n\n3. It left."
    assert [number for number, _ in body(text)] == [1, 2, 2, 3]
