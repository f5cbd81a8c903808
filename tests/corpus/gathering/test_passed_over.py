"""What lies in a folder and is not read is named, with why; nothing that is read is."""

import os
from pathlib import Path

import pytest

from corpus.gathering.passed_over import PassedOver, Reason
from corpus.ingest.pipeline import BUNDLED, ingest

REPORT = "Title\n\nText."


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(REPORT, "utf-8")
    return folder


def manifest(folder: Path, *files: str, language: str = "en") -> Path:
    entries = (
        f'[[report]]\nfile = "{file}"\nid = "r{n}"\ntitle = "R"\nlanguage = "{language}"\n'
        for n, file in enumerate(files)
    )
    (folder / "reports.toml").write_text("\n".join(entries), "utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, str]]:
    return [(one.file, one.reason.value) for one in ingest(folder).passed_over]


def test_the_bundled_folder_passes_nothing_over() -> None:
    found = ingest(BUNDLED)
    assert (found.passed_over, found.languages) == ((), (("un-experts-mali-2025.txt", "en"),))


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.png", "c.DOCM", "d.css", "LICENSE", "e.txt~", ".hidden.png", ".git/config")
    assert told(tmp_path) == [(name, "kind") for name in ("LICENSE", "b.png", "c.DOCM", "d.css", "e.txt~")]


def test_tables_of_words_and_settings_are_no_reports(tmp_path: Path) -> None:
    """docs/lexicon.md has operators put their lexicon beside their reports."""
    assert told(put(tmp_path, "a.txt", "lexicon.toml")) == []


def test_files_that_the_manifest_does_not_list_are_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "second.txt", "b.png", "data/c.md")
    (tmp_path / "link.txt").symlink_to("a.txt")
    assert told(manifest(tmp_path, "a.txt", "data/c.md")) == [("b.png", "kind"), ("second.txt", "unlisted")]


def test_of_a_folder_within_that_has_nothing_to_read_the_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2023/b.txt", "2023/d.png", "images/f.png", "images/more/g.png", ".g/h.txt", "empty/.i.txt")
    (tmp_path / "up").symlink_to("..")
    assert ingest(tmp_path).passed_over == (
        PassedOver("2023/d.png", Reason.KIND),
        PassedOver("images", Reason.FOLDER, 2),
        PassedOver("up", Reason.LINK),
    )


def test_of_a_folder_of_which_the_manifest_lists_nothing_the_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2023/b.txt", "2023/more/c.md", "2023/more/d.md", "2024/e.txt", "2024/f.png")
    assert ingest(manifest(tmp_path, "a.txt", "2023/b.txt")).passed_over == (
        PassedOver("2023/more", Reason.UNLISTED_FOLDER, 2, "reports.toml"),
        PassedOver("2024", Reason.UNLISTED_FOLDER, 1, "reports.toml"),
    )


@pytest.mark.parametrize("name", ["report.toml", "Reports.toml", "reports.tml", "reports.toml.txt", "REPORTS.TOML"])
def test_a_misnamed_manifest_is_named_and_no_report(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.txt", name)
    found = ingest(tmp_path)
    assert (told(tmp_path), [report.id for report in found.edition.reports]) == ([(name, "misnamed")], ["a"])
    assert told(manifest(tmp_path, "a.txt")) == [(name, "misnamed")]


def test_the_manifest_by_another_name_is_the_manifest(tmp_path: Path) -> None:
    """As where the file system takes large letters for small ones."""
    manifest(put(tmp_path, "a.txt"), "a.txt")
    (tmp_path / "Reports.toml").hardlink_to(tmp_path / "reports.toml")
    assert told(tmp_path) == []


@pytest.mark.parametrize("name", ["reports.txt", "report.md", "reports-2024.txt", "annual.report.txt"])
def test_a_report_is_not_taken_for_a_misnamed_manifest(tmp_path: Path, name: str) -> None:
    assert told(put(tmp_path, name)) == []
    assert len(ingest(tmp_path).edition.reports) == 1


def test_a_file_that_was_refused_is_not_named_twice(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.png")
    os.mkfifo(tmp_path / "c.txt")
    found = ingest(manifest(tmp_path, "a.txt", "b.png"), skip_unreadable=True)
    assert [error.fields["file"] for error in found.refused] == ["b.png"]
    assert [one.file for one in found.passed_over] == ["c.txt"]


def test_names_are_said_on_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b\nc\x1b.png", "d\u202e.txt")
    (tmp_path / "d\u202e.txt").write_bytes(b"")
    found = ingest(tmp_path, skip_unreadable=True)
    assert [one.file for one in found.passed_over] == ["b?c?.png"]
    assert [error.fields["file"] for error in found.refused] == ["d?.txt"]


def test_the_languages_that_the_manifest_gives_are_known_by_file(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert ingest(manifest(tmp_path, "a.txt", language="xx")).languages == (("a.txt", "xx"),)
