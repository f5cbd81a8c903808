"""`corpus check`, `--reports` with several places, and what every command says of files that were not read."""

import json
from pathlib import Path

import pytest

from tests.bot.terminal.command_line import Ran, Run
from tests.corpus.readers import pdfs

NUMBERED = """\
Report on the wells of Maro

1. The Commission visited nine wells in the district of Maro in the spring of 2024.

2. Two of the wells were dry. The others gave water of good quality to the villages.

FINDINGS

5. The Commission recommends that the dry wells be deepened before the rains begin.
"""


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    place = tmp_path / "our reports" / "2024"
    place.mkdir(parents=True)
    (place / "Wells 3.txt").write_text(NUMBERED, "utf-8")
    return place.parent


def test_it_shows_how_a_document_was_understood(run: Run, wells: Path) -> None:
    assert run("corpus", "check", str(wells)) == Ran(
        0,
        "2024/Wells 3.txt\n\n"
        "• id: 2024-Wells-3\n"
        "• title: Report on the wells of Maro (from the document)\n"
        "• language: en (guessed by its words)\n"
        "• not found: subtitle, symbol, date, publisher\n"
        "• passages: 5, of which 3 may be answers\n"
        "• headings: 1; footnotes: 0; tables: 0\n"
        "• kept out of answers: title (1), heading (1)\n"
        "• torn: nothing\n"
        "• printed numbers: 3, from 1 to 5\n"
        "• missing between printed numbers: 3–4\n"
        "• longest passages, in characters:\n"
        "– 2: 84, “2. Two of the wells were dry. The others gave…”\n"
        "– 1: 83, “1. The Commission visited nine wells in the…”\n"
        "– 5: 83, “5. The Commission recommends that the dry wells…”\n\n"
        "Documents read: 1. Not readable: 0.\n",
        "",
    )


def test_pages_that_are_pictures_are_named_when_a_file_is_looked_at_and_when_it_is_loaded(
    run: Run, tmp_path: Path
) -> None:
    place = tmp_path / "wells"
    place.mkdir()
    (place / "wells.pdf").write_bytes(pdfs.with_pictures([2, 3, 5]))
    advice = "hold no text, only pictures; run it through a text recognition such as OCRmyPDF"
    assert f"\n• pages 2–3, 5 {advice}\n" in run("corpus", "check", str(place)).out
    (told,) = json.loads(run("corpus", "check", "--json", str(place)).out)["documents"]
    assert told["pages_without_text"] == [2, 3, 5]
    status = run("corpus", "status", "--reports", str(place)).out
    assert f"\nRead but for 3 pages: wells.pdf, whose pages 2–3, 5 {advice}." in status
    (beside,) = json.loads(run("corpus", "status", "--json", "--reports", str(place)).out)["passed_over"]
    assert beside == {"file": "wells.pdf", "reason": "pictures", "pages": [[2, 3], [5, 5]]}


def test_no_passage_is_both_among_the_longest_and_the_shortest(run: Run, tmp_path: Path) -> None:
    texts = [f"{number}. The well of village {number} was dry{' again' * number}." for number in range(1, 8)]
    (tmp_path / "seven.txt").write_text("Report on the wells of Maro\n\n" + "\n\n".join(texts), "utf-8")
    shown = run("corpus", "check", str(tmp_path / "seven.txt")).out.partition("• longest")[2]
    longest, _, shortest = shown.partition("• shortest")
    assert [line[2] for line in longest.splitlines() if line.startswith("– ")] == list("76543")
    assert [line[2] for line in shortest.splitlines() if line.startswith("– ")] == list("12")


def test_it_says_what_the_manifest_gave(run: Run) -> None:
    out = run("corpus", "check").out
    assert "• symbol: A/HRC/56/1 (from reports.toml)\n• date: 1 May 2024 (from reports.toml)\n" in out
    assert "• not found: subtitle\n" in out


def test_with_passages_the_whole_division_is_shown(run: Run, wells: Path) -> None:
    out = run("corpus", "check", "--passages", str(wells / "2024" / "Wells 3.txt")).out
    assert "\n[title] title, kept out\nReport on the wells of Maro\n\n[1] text\n1. The Commission visited" in out
    assert "\n[5] text, under “FINDINGS”\n5. The Commission recommends" in out


def test_for_programs(run: Run, wells: Path) -> None:
    (wells / "b.png").write_bytes(b"%PDF")
    (wells / "c.txt").write_bytes(b"")
    ran = run("corpus", "check", str(wells), "--json", "--passages")
    found = json.loads(ran.out)
    first, refused = found["documents"]
    assert refused == {"file": "c.txt", "problem": "it is empty"}
    assert found["passed_over"] == [{"file": "b.png", "reason": "kind"}]
    assert (first["file"], first["id"], first["problem"]) == ("2024/Wells 3.txt", "2024-Wells-3", None)
    assert first["from"] == {"title": "document", "language": "words"}
    assert first["kinds"] == {"body": 3, "title": 1, "heading": 1}
    assert first["numbers"] == {"printed": ["1", "2", "5"], "gaps": [[3, 4]], "stray": [], "uncited": []}
    assert first["longest"][0] == {"label": "2", "characters": 84}
    assert first["division"][0] == {
        "label": "title",
        "kind": "title",
        "ranked": False,
        "page": None,
        "section": None,
        "lead": None,
        "torn": [False, False],
        "text": "Report on the wells of Maro",
    }
    assert ran.code == 1
    assert "division" not in json.loads(run("corpus", "check", str(wells), "--json").out)["documents"][0]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(run: Run, wells: Path) -> None:
    (wells / "a.txt").write_bytes(b"\x00")
    (wells / "b.png").write_bytes(b"%PDF")
    ran = run("corpus", "check", str(wells))
    assert (
        "a.txt\n\nCannot be read: it is not text, since it holds NUL bytes; save the report as UTF-8 text.\n" in ran.out
    )
    assert ran.out.startswith("2024/Wells 3.txt\n\n")
    assert "\nDocuments read: 1. Not readable: 1.\n\nPassed over: b.png, because only files that end in" in ran.out
    assert (ran.code, ran.err) == (1, "")


def test_where_there_is_nothing_to_read_something_of_it_is_named(run: Run, wells: Path) -> None:
    (wells / "2024" / "Wells 3.txt").rename(wells / "2024" / "Wells 3.csv")
    ran = run("corpus", "check", str(wells))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Nothing in {wells} is read; there is 2024 alone. Put at least one file there that ends")


def test_an_option_names_all_that_it_goes_with(run: Run) -> None:
    said = "--apply goes with `rapporteur corpus equivalent` and `rapporteur corpus prune` alone."
    assert run("corpus", "check", "--apply") == Ran(2, "", f"{said} See: rapporteur corpus --help\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("status x", "Nothing can be done with “x” here. See: rapporteur corpus --help\n"),
        ("status --passages", "--passages goes with `rapporteur corpus check` alone. See: rapporteur corpus --help\n"),
    ],
)
def test_what_goes_with_check_alone_is_refused_elsewhere(run: Run, typed: str, said: str) -> None:
    assert run("corpus", *typed.split()) == Ran(2, "", said)


@pytest.mark.parametrize(
    "places",
    [
        ("--reports", "{wells}", "--reports", "{mission}"),
        ("--reports", "{wells}", "{mission}"),
        ("--reports={wells}", "{mission}"),
    ],
)
@pytest.mark.parametrize("command", ["reports", "ask"])
def test_several_places_may_be_given(
    run: Run, wells: Path, folder: Path, command: str, places: tuple[str, ...]
) -> None:
    given = [place.format(wells=wells, mission=folder / "mission.txt") for place in places]
    if command == "reports":
        assert [report["id"] for report in json.loads(run("reports", *given, "--json").out)["reports"]] == [
            "2024-Wells-3",
            "mission",
        ]
    else:
        assert run("ask", *given, "Which", "camp", "holds", "families?").out.startswith("Which camp holds families?\n")
        assert "2. Two of the wells were dry." in run("ask", *given, "How many wells were dry?").out


def test_a_word_of_the_question_that_is_also_a_folder_is_a_word(run: Run, wells: Path, tmp_path: Path) -> None:
    (tmp_path / "wells").mkdir()
    assert run("ask", "--reports", str(wells), "wells", "dry").out.startswith("wells dry\n")


def test_the_setting_takes_several_places_too(run: Run, wells: Path, folder: Path) -> None:
    both = f"{folder}:{wells / '2024' / 'Wells 3.txt'}"
    found = json.loads(run("reports", "--json", environ={"RAPPORTEUR_REPORTS": both}).out)
    assert [report["id"] for report in found["reports"]] == ["mission", "Wells-3"]


def test_the_status_says_which_file_made_which_id(run: Run, wells: Path) -> None:
    (wells / "b.txt").write_text(NUMBERED, "utf-8")
    out = run("corpus", "status", "--reports", str(wells)).out
    assert (
        "• Report on the wells of Maro (2024-Wells-3, 3 paragraphs), made of the file 2024/Wells 3.txt\n"
        "• Report on the wells of Maro (b, 3 paragraphs)\n"
    ) in out
    found = json.loads(run("corpus", "status", "--json", "--reports", str(wells)).out)
    assert [report["file"] for report in found["reports"]] == ["2024/Wells 3.txt", "b.txt"]


def test_files_for_programs_are_named_where_reports_are_looked_at_alone(run: Run, wells: Path) -> None:
    names = [f"{number}{suffix}" for number, suffix in enumerate((".json", ".jsonl", ".yaml", ".ini", ".log"))]
    for name in names:
        (wells / name).write_text("1")
    for command in (("ask", "How many wells were dry?"), ("summary",), ("passage", "2024-Wells-3:1"), ("reports",)):
        assert run(*command, "--reports", str(wells)).err == ""
    for out in (run("corpus", "check", str(wells)).out, run("corpus", "status", "--reports", str(wells)).out):
        assert all(f"Passed over: {name}" in out for name in names)


def test_every_command_says_of_the_first_files_why_they_were_not_read(run: Run, wells: Path) -> None:
    for number in range(7):
        (wells / f"{number}.csv").write_text("1")
    for command in (("ask", "How many wells were dry?"), ("summary",), ("passage", "2024-Wells-3:1"), ("reports",)):
        told = run(*command, "--reports", str(wells)).err.splitlines()
        assert [line.split(",")[0] for line in told[:5]] == [f"Passed over: {number}.csv" for number in range(5)]
        assert told[5:] == ["And 2 more were passed over; `rapporteur corpus check` names each."]
        check = run("corpus", "check", str(wells)).out
        assert all(f"Passed over: {number}.csv" in check for number in range(7))
