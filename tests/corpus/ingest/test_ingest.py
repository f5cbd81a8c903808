"""A folder of files to an edition."""

import datetime as dt
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import MAX_BYTES
from corpus.edition import Edition
from corpus.errors import EmptyCorpusError, ManifestError, NoFolderError, NoPlaceError, NothingReadError, ReadError
from corpus.ingest.pipeline import BUNDLED, Ingested, ingest
from corpus.readers import SUFFIXES
from tests.said import facts, refusal

MANIFEST = """\
[[report]]
file = "b.txt"
id = "second"
title = "The second report"
publisher = "A publisher"
date = 2025-03-15
url = "https://example.org/"
language = "fr"
symbol = "A/HRC/56/1"
note = "A note."

[[report]]
file = "a.md"
id = "first"
title = "The first report"
"""


def put(folder: Path, **files: str | bytes) -> Path:
    """Files by their names, in which "_" stands for the dot."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def outline(edition: Edition) -> list[tuple[str, str, list[str]]]:
    return [(report.id, report.title, [p.text for p in report.body]) for report in edition.reports]


def test_without_a_manifest_every_readable_file_is_a_report_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, b_txt="B title\n\nB text.", a_md="# A title\n\nA text.", Z_TXT="Z title\nZ text.", c_csv="1,2")
    put(tmp_path, _hidden_txt="Hidden\n\nText.", d_markdown="No heading\n\nD text.")
    (tmp_path / "folder.txt").mkdir()
    assert outline(ingest(tmp_path).edition) == [
        ("Z", "Z title", ["Z text."]),
        ("a", "A title", ["A text."]),
        ("b", "B title", ["B text."]),
        ("d", "No heading", ["D text."]),
    ]


def test_a_manifest_gives_order_and_metadata_and_leaves_other_files_out(tmp_path: Path) -> None:
    put(tmp_path, b_txt="The second report\n\nB text.", a_md="# Another title\n\nA text.", c_txt="C\n\nText.")
    put(tmp_path, reports_toml=MANIFEST)
    second, first = ingest(tmp_path).edition.reports
    assert (second.id, second.title, second.publisher, second.date, second.url, second.language) == (
        "second",
        "The second report",
        "A publisher",
        dt.date(2025, 3, 15),
        "https://example.org/",
        "fr",
    )
    assert (second.symbol, second.note) == ("A/HRC/56/1", "A note.")
    assert [(p.id, p.text) for p in second.passages] == [
        ("second:title", "The second report"),
        ("second:1", "B text."),
    ]
    assert (first.language, first.publisher, first.date) == ("en", None, None)
    assert [(p.id, p.text) for p in first.passages] == [("first:title", "# Another title"), ("first:1", "A text.")]


LINES = (
    "Wells of Maro",
    "wells",
    "WELLS OF MARO",
    "The council said on Friday that six wells had been poisoned.",
    "Nine wells were drilled. Two were dry.",
    "Findings and evidence:",
    "# Wells of Maro",
    "## Findings",
    "READ MORE ON:",
    "- Pumps",
    "***",
    "<!-- a draft -->",
    "=====",
)


@given(
    lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=8),
    between=st.sampled_from(["\n", "\n\n"]),
    title=st.sampled_from(LINES) | st.just("A title of its own"),
    suffix=st.sampled_from([".txt", ".md"]),
)
def test_a_manifest_numbers_nothing_anew(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], between: str, title: str, suffix: str
) -> None:
    """Whatever it calls a report, be it the file's own first line: labels, kinds and words stay as they are."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / f"a{suffix}").write_text(between.join(lines), "utf-8")

    def passages() -> list[object]:
        try:
            (report,) = ingest(folder).edition.reports
        except ReadError as error:
            return [error.fields]
        return [(p.id, p.kind, p.locator, p.text, p.tail, p.sentences) for p in report.passages]

    without = passages()
    (folder / "reports.toml").write_text(f"[[report]]\nfile = 'a{suffix}'\nid = 'a'\ntitle = '{title}'\n", "utf-8")
    assert passages() == without


@pytest.mark.parametrize("named", [None, "Wells of Maro", "Annual report"])
def test_the_first_line_is_the_title_also_where_the_manifest_gives_another(tmp_path: Path, named: str | None) -> None:
    put(tmp_path, a_txt="Wells of Maro\n\nNine wells were drilled.\n\nTwo were dry.")
    if named:
        put(tmp_path, reports_toml=f'[[report]]\nfile = "a.txt"\nid = "a"\ntitle = "{named}"\n')
    (report,) = ingest(tmp_path).edition.reports
    assert report.title == (named or "Wells of Maro")
    assert [(p.locator.label, p.text) for p in report.passages] == [
        ("title", "Wells of Maro"),
        ("1", "Nine wells were drilled."),
        ("2", "Two were dry."),
    ]


@pytest.mark.parametrize(
    "first",
    [
        "The council said that six wells were poisoned in Kanga on the night of 4 May.",
        "“Nobody may leave Dabo now and nobody ever will,” said the envoy on Friday, “until the siege has ended.”",
        "The council makes the following seven recommendations to the government:",
    ],
)
def test_a_first_line_that_is_a_sentence_is_a_paragraph(tmp_path: Path, first: str) -> None:
    put(tmp_path, a_txt=f"{first}\n\nThe governor has opened an inquiry.")
    assert outline(ingest(tmp_path).edition) == [("a", "a", [first, "The governor has opened an inquiry."])]


def test_the_bundled_report_stands_as_its_publisher_wrote_it() -> None:
    (report,) = ingest(BUNDLED).edition.reports
    assert report.text == (BUNDLED / "un-experts-mali-2025.txt").read_text("utf-8")
    assert [(p.locator.label, p.text[:24], len(p.sentences)) for p in report.passages] == [
        ("title", "UN Experts Condemn Alleg", 1),
        ("deck", "Witnesses reported that ", 1),
        ("1", "United Nations human rig", 1),
        ("2", "Between January 2 and 4,", 2),
        ("3", "Witnesses reported that ", 4),
        ("4", "The UN experts demanded ", 3),
        ("5", "Further concern was expr", 2),
        ("6", "The UN group has officia", 1),
        ("links-1", "- READ MORE ON:", 1),
        ("links-2", "- Mali", 1),
    ]
    assert report.note == "This report describes killings of civilians, among them a child."


@pytest.mark.parametrize(
    ("name", "report_id"),
    [
        ("un-experts.txt", "un-experts"),
        ("UN report 2025 (final).txt", "UN-report-2025-final"),
        ("Ségou_v1.2.md", "Ségou_v1.2"),
        ("Se\u0301gou.txt", "S\u00e9gou"),
        ("_draft_.txt", "draft_"),
        ("a:b@c.txt", "a-b-c"),
        ("报告.txt", "报告"),
    ],
)
def test_an_id_is_the_file_name_as_it_fits_into_a_citation(tmp_path: Path, name: str, report_id: str) -> None:
    (tmp_path / name).write_text("Title\n\nText.", "utf-8")
    assert ingest(tmp_path).edition.reports[0].id == report_id


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("A single line is no title.", "a", ["A single line is no title."]),
        ("word " * 70 + "\n\nText.", "a", [("word " * 70).strip(), "Text."]),
        ("  A  wide\ttitle \n\nText.", "A wide title", ["Text."]),
        (
            "It begins with a sentence\nthat goes on.\n\nText.",
            "a",
            ["It begins with a sentence that goes on.", "Text."],
        ),
    ],
)
def test_a_first_line_that_cannot_be_a_title_is_body(tmp_path: Path, text: str, title: str, body: list[str]) -> None:
    assert outline(ingest(put(tmp_path, a_txt=text)).edition) == [("a", title, body)]


BROKEN = {
    "b_txt": (b"Title\n\nS\xe9gou", "it is not UTF-8 text, see line 3; save it as UTF-8"),
    "c_md": (b"", "it is empty"),
    "d_txt": (b"x" * (MAX_BYTES + 1), "it is larger than 10 MiB; split it into several reports"),
    "e_txt": (b"Title\n\nREAD MORE:\n\nMali", "it holds no paragraph beside title, headings and links"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_stops_everything_and_is_named(tmp_path: Path, name: str) -> None:
    data, problem = BROKEN[name]
    put(tmp_path, a_txt="Title\n\nText.", **{name: data})
    with pytest.raises(ReadError) as caught:
        ingest(tmp_path)
    assert facts(caught.value) == {"file": name.replace("_", "."), "problem": problem}


def test_broken_files_are_passed_over_only_if_asked_for_and_each_is_reported(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Title\n\nText.", **{name: data for name, (data, _) in BROKEN.items()})
    found = ingest(tmp_path, skip_unreadable=True)
    assert outline(found.edition) == [("a", "Title", ["Text."])]
    assert [facts(error) for error in found.refused] == [
        {"file": name.replace("_", "."), "problem": problem} for name, (_, problem) in BROKEN.items()
    ]


def test_where_every_file_is_broken_the_first_one_is_named_all_the_same(tmp_path: Path) -> None:
    put(tmp_path, a_txt="", b_txt=b"\x00")
    with refusal(ReadError, r"a\.txt"):
        ingest(tmp_path, skip_unreadable=True)


def test_two_files_that_would_be_one_report_are_refused(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Title\n\nText.", a_md="Title\n\nText.")
    with pytest.raises(ReadError) as caught:
        ingest(tmp_path)
    assert facts(caught.value) == {
        "file": "a.txt",
        "problem": "it would be the report a, as a.md is; rename one of them",
    }
    assert [report.id for report in ingest(tmp_path, skip_unreadable=True).edition.reports] == ["a"]


@pytest.mark.parametrize(
    ("holder", "other", "told"),
    [
        (
            b"",
            b"\x00",
            {"a.md": "it is empty", "a.txt": "it is not text, since it holds NUL bytes; save the report as"},
        ),
        (
            b"",
            b"Title\n\nText.",
            {
                "a.md": "it is empty",
                "a.txt": "it would be the report a, as a.md would, which cannot be read; rename one of them, or take",
            },
        ),
        (b"Title\n\nText.", b"", {"a.txt": "it would be the report a, as a.md is; rename one of them"}),
    ],
)
def test_of_two_files_that_would_be_one_report_it_is_said_what_is_wrong_with_each(
    tmp_path: Path, holder: bytes, other: bytes, told: dict[str, str]
) -> None:
    put(tmp_path, a_md=holder, a_txt=other, b_txt="Title\n\nText.")
    found = {
        error.fields["file"]: str(facts(error)["problem"]) for error in ingest(tmp_path, skip_unreadable=True).refused
    }
    assert found.keys() == told.keys()
    assert all(found[name].startswith(problem) for name, problem in told.items())


def test_what_is_wrong_with_each_is_said_whichever_comes_first(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_bytes(b"")
    put(tmp_path, b_txt="Title\n\nText.")
    (tmp_path / "2024-a.txt").write_bytes(b"\x00")
    found = ingest(tmp_path, skip_unreadable=True)
    assert [(error.fields["file"], str(facts(error)["problem"]).split(",")[0]) for error in found.refused] == [
        ("2024/a.txt", "it is empty"),
        ("2024-a.txt", "it is not text"),
    ]


def test_a_name_without_letter_or_digit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "--.txt").write_text("Title\n\nText.")
    with refusal(ReadError, "its name has no letter or digit to make an id of; rename it"):
        ingest(tmp_path)


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "data").mkdir(parents=True)
    put(folder / "data", a_txt="Title\n\nText.")
    (folder / "a.txt").symlink_to(folder / "data" / "a.txt")
    assert [report.id for report in ingest(folder).edition.reports] == ["a"]
    put(tmp_path, secret_txt="Secret\n\nText.")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    with refusal(ReadError, r"b\.txt.*it is a link that leads out of the folder; copy the file itself"):
        ingest(folder)


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / os.fsdecode(b"c\xff.txt")).write_bytes(b"\x00")
    put(tmp_path, d_txt="Title\n\nText.")
    assert [facts(error) for error in ingest(tmp_path, skip_unreadable=True).refused] == [
        {"file": "a.txt", "problem": "it cannot be opened: Too many levels of symbolic links"},
        {"file": "b.txt", "problem": "it is no ordinary file"},
        {"file": "c?.txt", "problem": "it is not text, since it holds NUL bytes; save the report as UTF-8 text"},
    ]


def test_a_link_to_nothing_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    with refusal(ReadError, r"a\.txt.*it cannot be opened: No such file or directory"):
        ingest(tmp_path)


def test_a_file_of_another_kind_is_refused_when_the_manifest_names_it(tmp_path: Path) -> None:
    put(tmp_path, r_png="PNG", reports_toml='[[report]]\nfile = "r.png"\nid = "r"\ntitle = "R"')
    with pytest.raises(ReadError) as caught:
        ingest(tmp_path)
    assert facts(caught.value) == {
        "file": "r.png",
        "problem": f"only files that end in {', '.join(SUFFIXES)} can be read; if it has a text, convert it",
    }


def test_a_bad_manifest_stops_everything_even_if_broken_files_may_be_passed_over(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Title\n\nText.", reports_toml="[[report]")
    with pytest.raises(ManifestError):
        ingest(tmp_path, skip_unreadable=True)


@pytest.mark.parametrize(
    ("name", "error"), [("empty", EmptyCorpusError), ("missing", NoFolderError), ("missing.txt", NoPlaceError)]
)
def test_a_folder_without_reports_is_an_empty_corpus(tmp_path: Path, name: str, error: type[EmptyCorpusError]) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCorpusError) as caught:
        ingest(tmp_path / name)
    assert type(caught.value) is error
    assert caught.value.fields["folder"] == str(tmp_path / name)


def test_where_nothing_is_read_something_of_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, b_csv="1", a_csv="1")
    with pytest.raises(NothingReadError) as caught:
        ingest(tmp_path)
    assert facts(caught.value) | {"suffixes": "…"} == {
        "folder": str(tmp_path),
        "file": "a.csv",
        "n": 2,
        "suffixes": "…",
    }


def test_progress_is_told_after_each_file_also_a_broken_one(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Title\n\nText.", b_txt="", c_txt="Title\n\nText.")
    told: list[tuple[int, int, str]] = []
    ingest(tmp_path, skip_unreadable=True, progress=lambda *step: told.append(step))
    assert told == [(1, 3, "a.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]


def test_the_same_files_make_the_same_edition_whatever_order_they_were_written_in(tmp_path: Path) -> None:
    names = [f"r{number:02}" for number in range(30)]
    for folder, seed in (("one", 1), ("two", 2)):
        (tmp_path / folder).mkdir()
        for name in random.Random(seed).sample(names, len(names)):
            (tmp_path / folder / f"{name}.txt").write_text(f"Title {name}\n\nText of {name}. It is short.")
    one, two = ingest(tmp_path / "one"), ingest(tmp_path / "two")
    assert one == two == Ingested(one.edition, files=tuple((name, f"{name}.txt") for name in names))
    assert one.edition.digest == two.edition.digest


def test_reading_plain_text_loads_neither_the_markdown_parser_nor_the_database() -> None:
    code = (
        "import sys; from corpus.ingest.pipeline import BUNDLED, ingest; ingest(BUNDLED);"
        "print([name for name in ('markdown_it', 'sqlalchemy', 'discord', 'rich', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
