"""How a document was understood: where each fact is from, what is torn, which printed numbers are missing."""

from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.gathering.sources import gather
from corpus.ingest.origin import Origin
from corpus.ingest.pipeline import BUDGET, Look, look_at, read_each
from corpus.ingest.understanding import Understood
from corpus.parsing.parse import Budget
from corpus.passage import Kind

NUMBERED = """\
Report on the wells of Maro

12. The Commission visited nine wells in the district of Maro in the spring of 2024.

13. Two of the wells were dry. The others gave water of good quality to the villages around.

17. The Commission recommends that the dry wells be deepened before the rains begin.

17 bis. The Commission thanks the villages for their patience and their hospitality.

ANNEX

1. The wells are listed here in the order in which they were visited.

2. Their depths were measured by the engineers of the district.
"""


def understood(folder: Path, budget: Budget = BUDGET, **files: str) -> list[Understood]:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    found = []
    for one in read_each(gather((folder,)), budget=budget):
        assert isinstance(one, Understood)
        found.append(one)
    return found


def test_gaps_between_printed_numbers_are_told_and_what_counts_anew_is_none(tmp_path: Path) -> None:
    (found,) = understood(tmp_path, a_txt=NUMBERED)
    assert found.numbers == ("12", "13", "17", "17 bis", "1", "2")
    assert (found.gaps, found.uncited) == (((14, 16),), ())


def test_a_year_at_the_beginning_of_a_line_makes_no_gap(tmp_path: Path) -> None:
    year = "2024. That was the year in which the Commission visited the wells of the district.\n\n13. Two"
    (found,) = understood(tmp_path, a_txt=NUMBERED.replace("13. Two", year))
    assert (found.gaps, found.stray) == (((14, 16),), ())
    assert "2024" not in found.numbers


def test_a_number_that_leaps_ahead_makes_no_gap(tmp_path: Path) -> None:
    leap = "99. Well 99 was not visited by the Commission.\n\n17. The"
    (found,) = understood(tmp_path, a_txt=NUMBERED.replace("17. The", leap))
    assert (found.gaps, found.stray) == (((14, 16),), (99,))


def test_numbers_that_belong_to_a_list_are_no_citations(tmp_path: Path) -> None:
    prose = "The engineers measured the wells one by one and wrote down what they had found. " * 6
    (found,) = understood(tmp_path, a_txt=f"A title\n\n{prose}\n\n5. One well.\n\n{prose}\n\n{prose}")
    assert (found.numbers, found.uncited) == (("5",), ("5",))


@pytest.mark.parametrize("entry", ["", 'language = "fr"\ndate = 2024-06-01\nsymbol = "A/1"'])
def test_every_fact_says_where_it_is_from(tmp_path: Path, entry: str) -> None:
    text = "Report on the wells of Maro\n\nThe wells of the district were dry, and that was what the people said.\n"
    if entry:
        (tmp_path / "reports.toml").write_text(f'[[report]]\nfile = "a.txt"\nid = "a"\ntitle = "T"\n{entry}\n')
    (found,) = understood(tmp_path, a_txt=text)
    if entry:
        assert found.origins == dict.fromkeys(("title", "symbol", "date", "language"), Origin.MANIFEST)
        assert found.contradicts == "en"
    else:
        assert found.origins == {"title": Origin.DOCUMENT, "language": Origin.WORDS}
        assert found.contradicts is None


def test_without_a_title_the_files_name_stands_for_it(tmp_path: Path) -> None:
    (found,) = understood(
        tmp_path, a_txt="The council said on Friday that six wells had been poisoned.\n\nTwo were dry."
    )
    assert (found.report.title, found.origins) == ("a", {"title": Origin.NAME, "language": Origin.ASSUMED})


@pytest.mark.parametrize(
    "line",
    [
        "GENEVA (3 May 2024) – Experts call on the board to open the wells",
        "GENÈVE (3 mai 2024) – Des experts demandent la réouverture des puits",
    ],
)
def test_a_first_line_that_is_no_sentence_stands_for_it_before_that(tmp_path: Path, line: str) -> None:
    (found,) = understood(tmp_path, a_txt=f"{line}\n\nThe council said on Friday that six wells had been poisoned.")
    assert (found.report.title, found.origins["title"]) == (line, Origin.DOCUMENT)


def test_tables_are_counted(tmp_path: Path) -> None:
    table = "| well | depth |\n|---|---|\n| Kanga | 9 m |\n| Dabo | 12 m |\n"
    (found,) = understood(tmp_path, a_md=f"# Wells\n\nThey were measured.\n\n{table}\nMore.\n\n{table}\nThe end.\n")
    assert found.tables == 2


def test_the_same_is_known_of_a_file_that_is_read_apart(tmp_path: Path) -> None:
    """Large files are read in a process of their own."""
    table = "| well | depth |\n|---|---|\n| Kanga | 9 m |\n"
    body = "".join(f"{number}. Well {number} is deep, and its water is good.\n\n" for number in range(1, 12000))
    (found,) = understood(tmp_path, a_md=f"# Wells\n\nThe wells.\n\n{table}\n{body}")
    assert (found.tables, found.kinds[Kind.TITLE]) == (1, 1)


def test_the_longest_and_the_shortest_passages(tmp_path: Path) -> None:
    (found,) = understood(tmp_path, a_txt="A title\n\nTwo were dry.\n\nNine wells were drilled.\n\nAll was well now.")
    assert [passage.locator.label for passage in found.by_length()] == ["2", "3", "1"]


def test_every_file_is_looked_at_also_one_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A title\n\nText of it.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.png").write_text("")
    found: list[Understood | ReadError] = []
    tell: Look = found.append
    assert [one.file for one in look_at(tmp_path, None, tell)] == ["c.png"]
    assert [type(one) for one in found] == [Understood, ReadError]
    assert look_at(tmp_path, "B.txt", tell) == ()
    assert isinstance(found[-1], ReadError)


def test_a_document_without_a_printed_number_has_no_gaps(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Report\n\nNine wells were drilled.\n\nTwo of them were dry.\n", "utf-8")
    (tmp_path / "dotted.txt").write_text("Report\n\n12.1 Nine wells were drilled.\n\n12.2 Two were dry.\n", "utf-8")
    for found in read_each(gather([tmp_path])):
        assert isinstance(found, Understood)
        assert (found.gaps, found.stray) == ((), ())
