"""Folders as people have them: folders within, several places, single files, and which file makes which id."""

import os
from pathlib import Path

import pytest

from corpus.errors import ManifestError, NoFolderError, ReadError, UnknownReportError
from corpus.gathering.passed_over import PassedOver, Reason
from corpus.gathering.sources import gather, only
from corpus.ingest.pipeline import ingest
from tests.said import facts, refusal, words

REPORT = "A title\n\nNine wells were drilled."


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(REPORT, "utf-8")
    return folder


def manifest(folder: Path, **files: str) -> None:
    """Entries by their ids, in which "_" stands for the hyphen."""
    entries = (f'[[report]]\nfile = "{file}"\nid = "{name}"\ntitle = "T"\n' for name, file in files.items())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reports.toml").write_text("\n".join(entries), "utf-8")


def made(*places: Path) -> list[tuple[str, str]]:
    """The ids of the reports, and the files that made them."""
    return list(ingest(places).files)


def test_a_file_in_a_folder_within_has_the_names_of_its_folders_in_its_id(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2024/Report 3.txt", "2024/Été à Ségou/note (final).md", "b.txt")
    assert made(tmp_path) == [
        ("2024-Report-3", "2024/Report 3.txt"),
        ("2024-Été-à-Ségou-note-final", "2024/Été à Ségou/note (final).md"),
        ("a", "a.txt"),
        ("b", "b.txt"),
    ]


def test_the_id_of_a_file_does_not_depend_on_what_else_there_is(tmp_path: Path) -> None:
    put(tmp_path, "2024/a.txt", "2024/b.txt")
    before = dict(made(tmp_path))
    put(tmp_path, "2023/a.txt", "a.txt", "2024/more/a.txt", "2024/A.txt")
    assert before.items() <= dict(made(tmp_path)).items()


def test_a_long_way_makes_a_short_id_of_its_own(tmp_path: Path) -> None:
    deep = "Documents of the commission/Hearings of the second session/Written statements"
    put(tmp_path, f"{deep}/statement 1.txt", f"{deep}/statement 2.txt")
    ids = [name for name, _ in made(tmp_path)]
    assert [name[:55] for name in ids] == ["Documents-of-the-commission-Hearings-of-the-second-sess"] * 2
    assert (len(set(ids)), {len(name) for name in ids}) == (2, {64})


def test_two_files_that_make_one_id_are_refused_with_both_names(tmp_path: Path) -> None:
    put(tmp_path, "2024/Report 3.txt", "2024-Report 3.txt")
    with pytest.raises(ReadError) as caught:
        ingest(tmp_path)
    assert facts(caught.value) == {
        "file": "2024/Report 3.txt",
        "problem": "it would be the report 2024-Report-3, as 2024-Report 3.txt is; rename one of them",
    }


def test_hidden_folders_and_what_office_programs_leave_are_nobodys_reports(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", ".git/b.txt", "2024/.c.txt", "~$d.txt", "__MACOSX/e.txt")
    assert (made(tmp_path), ingest(tmp_path).passed_over) == ([("a", "a.txt")], ())


def test_a_manifest_says_what_is_read_of_its_folder_and_of_those_within_that_have_none(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2023/b.txt", "2023/c.txt", "2024/d.txt", "2024/e.txt", "2024/in/f.txt")
    manifest(tmp_path, second="2023/b.txt", first="a.txt")
    manifest(tmp_path / "2024", d="d.txt")
    found = ingest(tmp_path)
    assert found.files == (("second", "2023/b.txt"), ("first", "a.txt"), ("d", "2024/d.txt"))
    assert found.passed_over == (
        PassedOver("2023/c.txt", Reason.UNLISTED, other="reports.toml"),
        PassedOver("2024/e.txt", Reason.UNLISTED, other="2024/reports.toml"),
        PassedOver("2024/in", Reason.UNLISTED_FOLDER, 1, "2024/reports.toml"),
    )


def test_a_manifest_deep_down_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2024/b.txt", "2024/c.txt")
    manifest(tmp_path / "2024", a="b.txt")
    with refusal(ReadError, r"it would be the report a, as 2024/b\.txt is"):
        ingest(tmp_path)
    manifest(tmp_path / "2024", b="b.txt")
    assert made(tmp_path) == [("b", "2024/b.txt"), ("a", "a.txt")]


def test_a_file_that_two_manifests_list_is_read_as_the_upper_one_says(tmp_path: Path) -> None:
    put(tmp_path, "2024/b.txt")
    manifest(tmp_path, upper="2024/b.txt")
    manifest(tmp_path / "2024", lower="b.txt")
    assert made(tmp_path) == [("upper", "2024/b.txt")]


def test_a_fault_in_a_manifest_deep_down_is_named_with_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    manifest(tmp_path / "2024", b="../a.txt")
    with pytest.raises(ManifestError) as caught:
        ingest(tmp_path)
    assert caught.value.fields["file"] == "2024/reports.toml"
    assert "lies outside this folder" in words(caught.value.fields["problem"])


def test_files_and_folders_together_in_the_order_given(tmp_path: Path) -> None:
    put(tmp_path, "z.txt", "2023/a.txt", "2024/b.txt", "2024/in/c.txt", "2024/d.png")
    places = tmp_path / "z.txt", tmp_path / "2024", tmp_path / "2023"
    assert made(*places) == [("z", "z.txt"), ("b", "2024/b.txt"), ("in-c", "2024/in/c.txt"), ("a", "2023/a.txt")]
    assert ingest(places).passed_over == (PassedOver("2024/d.png", Reason.KIND),)


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    assert made(tmp_path / "b.txt", tmp_path, tmp_path / "b.txt") == [("b", "b.txt"), ("a", f"{tmp_path.name}/a.txt")]


def test_a_single_file_may_be_a_link_or_hidden_since_somebody_has_named_it(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    put(tmp_path, ".b.txt")
    assert made(tmp_path / "link.txt", tmp_path / ".b.txt") == [("link", "link.txt"), ("b", ".b.txt")]


def test_the_manifest_stands_for_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    manifest(tmp_path, only="b.txt")
    assert made(tmp_path / "reports.toml") == [("only", "b.txt")]


def test_one_place_of_several_that_is_not_there_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(NoFolderError) as caught:
        gather((put(tmp_path, "a.txt"), tmp_path / "none"))
    assert facts(caught.value) == {"folder": str(tmp_path / "none")}


def test_another_name_of_a_file_in_the_folder_is_told_and_the_file_read_once(tmp_path: Path) -> None:
    put(tmp_path, "2024/a.txt")
    (tmp_path / "newest.txt").symlink_to(tmp_path / "2024" / "a.txt")
    (tmp_path / "now").symlink_to(tmp_path / "2024")
    found = ingest(tmp_path)
    assert found.files == (("newest", "newest.txt"),)
    assert found.passed_over == (
        PassedOver("2024/a.txt", Reason.SAME, other="newest.txt"),
        PassedOver("now", Reason.LINK),
    )


def test_a_link_out_of_the_folder_is_refused_deep_down_too(tmp_path: Path) -> None:
    folder = put(tmp_path / "reports", "a.txt")
    put(tmp_path, "secret.txt")
    (folder / "in").mkdir()
    (folder / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (refused,) = ingest(folder, skip_unreadable=True).refused
    assert facts(refused) == {
        "file": "in/b.txt",
        "problem": "it is a link that leads out of the folder; copy the file itself",
    }


@pytest.mark.parametrize("beside", [0, 10, 245])  # how far the last path that can be opened is from the longest one
def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, beside: int) -> None:
    """A path may be no longer than the system takes, also where each folder on it could be made from within."""
    put(tmp_path, "a.txt")
    here, longest = Path.cwd(), 4095
    name = "x" * 250
    first = "y" * ((longest - len(str(tmp_path)) - beside - 2) % (len(name) + 1) or 1)
    try:
        os.chdir(tmp_path)
        for folder in (first, *[name] * 20):
            Path(folder).mkdir()
            os.chdir(folder)
    finally:
        os.chdir(here)
    (refused,) = ingest(tmp_path, skip_unreadable=True).refused
    assert words(refused.fields["problem"]) == "the folder cannot be opened: File name too long"


@pytest.mark.parametrize("name", ["2024-a", "2024/a.txt", "2024/A.TXT"])
def test_one_file_can_be_chosen_by_its_id_or_its_name(tmp_path: Path, name: str) -> None:
    gathered = gather((put(tmp_path, "2024/a.txt", "b.txt"),))
    assert [source.id for source in only(gathered, name).sources] == ["2024-a"]
    with pytest.raises(UnknownReportError) as caught:
        only(gathered, "c")
    assert facts(caught.value) == {"report": "c", "known": "2024-a, b"}
