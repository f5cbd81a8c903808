"""PDF files: read as the page is, in the same passages as the text alone; and whatever a file does, one sentence."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.document import UnreadableError
from corpus.errors import ReadError
from corpus.ingest.pipeline import ingest
from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage
from corpus.readers import READERS
from tests.corpus.readers import pdfs
from tests.corpus.readers.written import TITLE
from tests.said import refusal, said, words

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def passages(data: bytes) -> tuple[Passage, ...]:
    return parse(data, ".pdf", "r").passages


def as_text() -> str:
    """The same report as text with a line for each paragraph."""
    parts = [TITLE]
    for number, text in enumerate(pdfs.PARAGRAPHS):
        if number in pdfs.HEADINGS:
            parts.append(pdfs.HEADINGS[number])
        parts.append(f"{number + 1}. {text}{sorted(pdfs.NOTES).index(number) + 1 if number in pdfs.NOTES else ''}")
    return "\n\n".join(parts)


@pytest.mark.parametrize("columns", [1, 2])
def test_a_report_gives_the_passages_of_its_text(columns: int) -> None:
    found = parse(pdfs.report(columns), ".pdf", "r")
    text = parse(as_text().encode(), ".txt", "r")
    kinds = (Kind.BODY, Kind.HEADING, Kind.TITLE)
    assert [
        (p.kind, p.locator.label, p.locator.section, p.text.translate(RAISED))
        for p in found.passages
        if p.kind in kinds
    ] == [(p.kind, p.locator.label, p.locator.section, p.text) for p in text.passages if p.kind in kinds]
    assert found.facts.title == TITLE
    assert not any(any(p.torn) for p in found.passages)


@pytest.mark.parametrize("columns", [1, 2])
def test_footnotes_are_passages_and_their_calls_are_marked(columns: int) -> None:
    found = passages(pdfs.report(columns))
    assert [(p.locator.label, p.text) for p in found if p.kind is Kind.NOTE] == [
        ("note-1", f"¹ {pdfs.NOTES[5]}"),
        ("note-2", f"² {pdfs.NOTES[30]}"),
    ]
    calls = [p.cut(mark) for p in found if p.kind is Kind.BODY for mark in p.marks]
    assert calls == ["¹", "²"]


def test_running_feet_and_page_numbers_are_kept_out() -> None:
    found = passages(pdfs.report(2))
    running = [p.text for p in found if p.kind is Kind.RUNNING]
    assert running.count(pdfs.FOOT) == max(p.locator.page or 0 for p in found)
    assert not any(pdfs.FOOT in p.text for p in found if p.kind is Kind.BODY)


@pytest.mark.parametrize("stamp", ["", "Case 2:15-md-02641 Document 3 Filed 08/28/17"])
def test_pages_that_are_pictures_are_told_and_the_others_read(stamp: str) -> None:
    found = parse(pdfs.with_pictures([2, 3, 5], stamp), ".pdf", "r")
    assert found.shape.pictures == (2, 3, 5)
    assert [p.locator.page for p in found.passages if p.kind is Kind.BODY and "inspectors" in p.text] == [1, 4]


@pytest.mark.parametrize("stamp", ["", "Case 2:15-md-02641 Document 3 Filed 08/28/17"])
def test_a_file_of_pictures_is_refused_as_a_scan_whatever_is_stamped_on_it(stamp: str) -> None:
    with refusal(UnreadableError, "it is a scan"):
        passages(pdfs.with_pictures([1, 2, 3, 4, 5], stamp))


def test_every_paragraph_knows_its_page() -> None:
    found = passages(pdfs.report())
    at = [p.locator.page for p in found if p.kind is Kind.BODY]
    assert at == sorted(at, key=lambda page: page or 0)
    assert at[0] == 1


def test_the_rows_of_a_table_are_quoted_with_the_heads_of_its_columns() -> None:
    lines = [("Place", "Wells", "Dry"), ("Maro", "12", "3"), ("Tessit", "7", "0"), ("Odun", "9", "4")]
    content = "".join(
        f"BT /F1 10 Tf {60 + 150 * column} {600 - 12 * number} Td ({cell}) Tj ET\n"
        for number, cells in enumerate(lines)
        for column, cell in enumerate(cells)
    )
    prose = "BT /F1 10 Tf 60 700 Td (The inspectors counted the wells of three places in June.) Tj ET\n"
    found = passages(pdfs.with_content((prose + content).encode()))
    assert [p.text for p in found[1:]] == ["   ".join(cells) for cells in lines]
    assert [p.lead for p in found[2:]] == [found[1].locator.label] * 3
    assert [p.kind for p in found[1:]] == [Kind.CAPTION, *[Kind.BODY] * 3]


def printed(lines: Sequence[tuple[float, float, str]], size: float = 10) -> list[Passage]:
    """The passages of a page with a sentence at its top and these words at their places from the left and the foot."""
    above = (60.0, 740.0, "The inspectors counted what the district had promised them in June.")
    content = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in (above, *lines))
    return [p for p in passages(pdfs.with_content(content.encode())) if p.text != above[2]]


ENTRIES = [
    (60.0, 596.0, "Wells that were promised"),
    (260.0, 596.0, "Wells that were dug"),
    (60.0, 570.0, "Wells near the two schools of Tessit,"),
    (260.0, 570.0, "Three were dug by the people of the place."),
    (60.0, 558.0, "and one more behind the old market"),
    (260.0, 549.5, "The fourth was never begun, since the"),
    (60.0, 546.0, "of Odun, for those who trade there"),
    (260.0, 537.5, "driller had left for Sarn in the spring"),
    (60.0, 516.0, "Wells for the fields of Belka, which lie"),
    (260.0, 516.0, "None"),
    (60.0, 504.0, "far from the river in the dry years"),
    (60.0, 476.0, "Wells of the clinics"),
    (260.0, 476.0, "All of them"),
]


def test_cells_of_prose_that_are_not_in_step_do_not_run_into_one_another() -> None:
    found = [p.text for p in printed(ENTRIES) if p.kind in (Kind.BODY, Kind.CAPTION)]
    assert found == [
        "Wells that were promised   Wells that were dug",
        (
            "Wells near the two schools of Tessit, and one more behind the old market of Odun, for those who trade"
            " there   Three were dug by the people of the place."
        ),
        "The fourth was never begun, since the driller had left for Sarn in the spring",
        "Wells for the fields of Belka, which lie far from the river in the dry years   None",
        "Wells of the clinics   All of them",
    ]


def test_a_head_of_two_lines_keeps_both() -> None:
    lines = [(260.0, 612.0, "Wells in"), (60.0, 600.0, "Place"), (260.0, 600.0, "use")]
    for number, (place, wells) in enumerate([("Maro", "12"), ("Tessit", "7"), ("Odun", "9")]):
        lines += [(60.0, 576.0 - 16 * number, place), (260.0, 576.0 - 16 * number, wells)]
    found = printed(lines)
    assert [p.text for p in found] == ["Place   Wells in use", "Maro   12", "Tessit   7", "Odun   9"]
    assert {p.lead for p in found[1:]} == {found[0].locator.label}


def test_heads_that_span_several_columns_are_part_of_the_heads_of_each() -> None:
    lines = [(300.0, 624.0, "Wells of the district"), (60.0, 612.0, "Place"), (260.0, 612.0, "drilled")]
    lines += [(400.0, 612.0, "in use")]
    for number, cells in enumerate([("Maro", "12", "3"), ("Tessit", "7", "7"), ("Odun", "9", "4")]):
        lines += [(x, 588.0 - 16 * number, cell) for x, cell in zip((60.0, 260.0, 400.0), cells, strict=True)]
    found = printed(lines)
    assert [p.text for p in found] == [
        "Place   Wells of the district drilled   Wells of the district in use",
        *("Maro   12   3", "Tessit   7   7", "Odun   9   4"),
    ]
    assert [p.lead for p in found[1:]] == [found[0].locator.label] * 3


def test_a_line_over_the_whole_table_is_none_of_its_cells() -> None:
    over = "The wells of the clinics were told of by the governor, as follows:"
    lines = [line for line in ENTRIES if line[1] != 476.0]
    lines += [(60.0, 492.0, over), (60.0, 480.0, "Wells of Sarn"), (260.0, 480.0, "All of them")]
    found = printed(lines)
    assert over in [p.text for p in found if p.kind is Kind.BODY]
    assert not any(p.kind is Kind.FURNITURE for p in found)


def test_cells_that_cannot_be_told_apart_are_kept_out() -> None:
    across = "and one more behind the old market, which is told of both columns at once"
    found = printed([(x, y, across if y == 558.0 else words) for x, y, words in ENTRIES])  # one line of a row
    (kept_out,) = [p.text for p in found if p.kind is Kind.FURNITURE]
    assert across in kept_out
    body = [p.text for p in found if p.kind in (Kind.BODY, Kind.CAPTION)]
    assert body[0] == "Wells that were promised   Wells that were dug"
    assert body[-1] == "Wells of the clinics   All of them"
    assert not any("old market" in text or "Three were" in text for text in body)


def test_what_stands_across_the_page_is_listed_as_kept_out() -> None:
    content = (
        "BT /F1 10 Tf 60 700 Td (The inspectors came to the village in June and counted the wells.) Tj ET\n"
        "BT /F1 40 Tf 0 1 -1 0 300 300 Tm (DRAFT COPY) Tj ET\n"
    )
    found = passages(pdfs.with_content(content.encode()))
    assert [p.text for p in found if p.kind is Kind.FURNITURE] == ["DRAFT COPY"]
    assert not any("DRAFT" in p.text for p in found if p.kind is Kind.BODY)


def test_a_word_that_a_line_parts_is_whole_and_a_compound_keeps_its_hyphen() -> None:
    lines = (
        "The inspectors found that every inhab-",
        "itant of the village knew of the cross-",
        "border trade in inhabitant papers.",
    )
    content = "".join(f"BT /F1 10 Tf 60 {700 - 12 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    (found,) = [p.text for p in passages(pdfs.with_content(content.encode())) if p.kind is Kind.BODY]
    assert found == (
        "The inspectors found that every inhabitant of the village knew of the cross-border trade in inhabitant papers."
    )


def test_a_last_line_of_figures_belongs_to_its_sentence() -> None:
    lines = (
        "They came in June.",
        "The inspectors wrote to the governor of the district in their letter of the year",
        "2013.",
    )
    content = "".join(f"BT /F1 10 Tf 60 {700 - 12 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    assert [p.text for p in passages(pdfs.with_content(content.encode()))][-1].endswith(" ".join(lines[1:]))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdfs.locked, "it is locked with a password"),
        (pdfs.scan, "it is a scan, pictures of pages without their text"),
        (lambda: b"%PDF-1.4 (a scan)", "it is damaged, so that no page of it can be found"),
        (lambda: b"Report on Maro", "it is no PDF file, whatever it is called"),
        (lambda: pdfs.pages(3_001), r"it has 3,001 pages, more than 3,000"),
        (lambda: pdfs.bomb(20_000), r"page 1 holds more than 100,000 letters"),
        (lambda: pdfs.bomb(1_000_000), r"the process that read it broke off|it took "),
        (pdfs.loop, r"it is (?:damaged|a scan)"),
    ],
    ids=["locked", "scan", "damaged", "no PDF", "many pages", "many letters", "bomb", "loop"],
)
def test_what_cannot_be_read_is_named_in_one_sentence_and_the_rest_is_read(
    data: object, problem: str, tmp_path: Path
) -> None:
    assert callable(data)
    (tmp_path / "bad.pdf").write_bytes(data())
    (tmp_path / "good.pdf").write_bytes(pdfs.report())
    found = ingest(tmp_path, skip_unreadable=True)
    (refused,) = found.refused
    assert re.match(problem, words(refused.fields["problem"])), words(refused.fields["problem"])
    assert "\n" not in words(refused.fields["problem"])
    assert [report.id for report in found.edition.reports] == ["good"]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes_or_refused(cut: float) -> None:
    whole = pdfs.report()
    try:
        found = passages(whole[: int(cut * len(whole))])
    except UnreadableError as error:
        problem = said(error)
        assert re.search("damaged|scan", problem)  # either is right
    else:
        assert found


def test_a_table_of_objects_that_is_wrong_does_not_matter() -> None:
    whole = pdfs.report()
    assert passages(whole.replace(b"startxref\n", b"startxref\n99")) == passages(whole)


def test_deep_nesting_is_read_past() -> None:
    assert any("can still be read" in p.text for p in passages(pdfs.nested()))


def test_without_the_extra_one_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with refusal(UnreadableError, r'in a clone of the repository, `\.venv/bin/pip install "\.\[pdf\]"` installs it'):
        READERS[".pdf"].read(pdfs.report())


def test_larger_files_than_texts_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4" + bytes(READERS[".pdf"].most))
    with refusal(ReadError, "it is larger than 64 MiB"):
        ingest(tmp_path)


def set_(*lines: tuple[float, float, float, str]) -> list[Passage]:
    """The passages of a page with these words, each at its place and in its size."""
    content = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines)
    return list(passages(pdfs.with_content(content.encode())))


STORY = (
    "The inspectors came to Maro in June and counted",
    "the wells that the people of the place had dug.",
    "They found that nobody had asked for any money,",
    "and that the governor had never seen the wells.",
    "He said that work on the roads would go on until",
    "the rains, and that the mills would stand still.",
    "The inspectors wrote to him in the spring of the",
    "year, and had no answer from him until the next.",
    "The teachers of the school had kept the letters,",
    "which they gave to the inspectors when they left.",
    "Nobody in the district had heard of any of this.",
    "They promised that they would come once more.",
)
QUOTE = ("Nobody had asked", "for any money, and", "the governor had never", "seen the wells.")


def around(quote: Sequence[str], x: float, left: float) -> list[tuple[float, float, float, str]]:
    """The story in one column, with words in larger letters at a place beside it or within it."""
    gap = 0 if x != left else 18 * len(quote) + 12
    lines = [(left, 700 - 12 * n - (gap if n > 4 else 0), 10.0, words) for n, words in enumerate(STORY)]
    return [
        *lines,
        *((x, 700 - 12 * 5 - 18 * n + (0 if x != left else 4), 15.0, words) for n, words in enumerate(quote)),
    ]


@pytest.mark.parametrize("x", [60.0, 330.0])
def test_a_quote_that_is_pulled_out_of_the_text_is_not_quoted_twice_and_tears_nothing(x: float) -> None:
    found = set_(*around(QUOTE, x, 60.0))
    body = [p for p in found if p.kind is Kind.BODY]
    assert " ".join(p.text for p in body) == " ".join(STORY)
    assert not any(any(p.torn) for p in body)
    assert [p.text for p in found if p.kind is Kind.FURNITURE] == [" ".join(QUOTE)]


def test_words_beside_the_text_that_it_does_not_hold_stand_after_their_paragraph() -> None:
    told = ("The well is all that", "we have, and it was", "dry for three years.")
    found = [p for p in set_(*around(told, 330.0, 60.0)) if p.kind is Kind.BODY]
    assert " ".join(p.text for p in found if p.text != " ".join(told)) == " ".join(STORY)
    assert " ".join(told) in [p.text for p in found]
    assert not any(any(p.torn) for p in found)


def test_a_heading_over_part_of_the_text_is_no_quote() -> None:
    found = set_(*around(("What the inspectors", "found in the district of Maro", "in the spring"), 60.0, 60.0))
    assert not any(p.kind is Kind.FURNITURE for p in found)


def third_page(*lines: tuple[float, float, float, str]) -> list[Passage]:
    """The passages of the last of three pages."""
    whole = [[(110.0, 700.0, 10.0, "The inspectors came to Maro.")]] * 2 + [list(lines)]
    contents = ["".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in one) for one in whole]
    found = passages(pdfs.with_content(*(content.encode() for content in contents)))
    return [p for p in found if p.locator.page == 3]


def test_the_number_of_a_heading_that_hangs_in_the_margin_belongs_to_it() -> None:
    lines = [(110.0, 700 - 12 * n - 30 * (n > 5), 10.0, words) for n, words in enumerate(STORY)]
    head = [(70.0, 618.0, 13.0, "B."), (110.0, 618.0, 13.0, "What the governor said")]
    assert "B. What the governor said" in [p.text for p in third_page(*lines, *head) if p.kind is Kind.HEADING]


def test_a_heading_that_hangs_over_the_text_alone_is_one() -> None:
    lines = [(110.0, 650 - 12 * n, 10.0, words) for n, words in enumerate(STORY)]
    found = third_page((60.0, 720.0, 14.0, "Annex"), (110.0, 690.0, 14.0, "Who was there"), *lines)
    assert not any(p.kind is Kind.FURNITURE for p in found)
    assert " ".join(p.text for p in found).startswith("Annex Who was there The inspectors came")


def test_a_label_at_the_edge_of_a_page_does_not_run_into_its_words() -> None:
    lines = [(110.0, 700.0 - 12 * n, 10.0, words) for n, words in enumerate(STORY)]
    found = third_page(*lines, (440.0, 676.0, 24.0, "wells"), (440.0, 652.0, 24.0, "of Maro"))
    assert " ".join(p.text for p in found if p.kind is Kind.BODY) == " ".join(STORY)
    assert [p.text for p in found if p.kind is Kind.FURNITURE] == ["wells of Maro"]


@pytest.mark.parametrize(
    "items",
    [
        [f"- {place}" for place in ("Maro", "Tessit", "Odun", "Belka", "Sarn", "Ilmo", "Wadi", "Keno")],
        [f"{n}. {place}" for n, place in enumerate(("Maro", "Tessit", "Odun", "Belka", "Sarn", "Ilmo", "A", "B"), 1)],
        ["Belka", "Dara", "Fadi", "Gana", "Ilmo", "Keno", "Maro", "Odun", "Sarn", "Tessit"],
    ],
)
def test_a_list_in_two_columns_is_read_down_one_and_then_down_the_other(items: Sequence[str]) -> None:
    half = len(items) // 2
    places = [(60.0 + 200 * (n >= half), 600.0 - 14 * (n % half), 10.0, item) for n, item in enumerate(items)]
    opening = (60.0, 640.0, 10.0, "The inspectors came to these places in the spring of the year:")
    text = " ".join(p.text for p in set_(opening, *places))
    at = [text.index(item) for item in items]
    assert at == sorted(at)


def test_the_numbers_of_lines_in_the_margin_are_none_of_the_words() -> None:
    numbers = [(40.0, 700.0 - 20 * n, 10.0, str(n + 1)) for n in range(28)]
    lines = [(70.0, 700.0 - 20 * n, 10.0, words) for n, words in enumerate(STORY)]
    found = set_(*numbers, *lines, (300.0, 60.0, 10.0, "7"))
    assert " ".join(p.text for p in found if p.kind is Kind.BODY) == " ".join(STORY)
    assert next(p.text for p in found if p.kind is Kind.FURNITURE) == " ".join(str(n + 1) for n in range(28))


def test_a_symbol_of_two_sizes_is_one() -> None:
    lines = [(70.0, 700.0 - 12 * n, 10.0, words) for n, words in enumerate(STORY)]
    head = [(70.0, 780.3, 14.0, "United Nations"), (400.0, 778.0, 20.0, "A"), (413.4, 778.0, 10.0, "/HRC/28/15")]
    found = parse(
        pdfs.with_content(
            "".join(f"BT /F1 {s} Tf {x} {y} Td ({w}) Tj ET\n" for x, y, s, w in (*head, *lines)).encode()
        ),
        ".pdf",
        "r",
    )
    assert found.facts.symbol == "A/HRC/28/15"
