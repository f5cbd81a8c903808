"""reports.toml: what it says, and one plain sentence for each thing that can be wrong with it."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ManifestError
from corpus.gathering.manifest import KEYS, Entry, load
from corpus.ingest.pipeline import BUNDLED
from tests.said import refusal, words

GOOD = """\
# Our reports.
[[report]]
file = "a.txt"
id = "a-2025"
title = "The first report"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two report files and no manifest."""
    inside = tmp_path / "reports"
    (inside / "more").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "more/c.md"):
        (inside / name).write_text("Title\n\nText.", "utf-8")
    (tmp_path / "outside.txt").write_text("Title\n\nText.", "utf-8")
    return inside


def write(folder: Path, text: str) -> Path:
    (folder / "reports.toml").write_text(text, "utf-8")
    return folder


def problem(folder: Path, text: str) -> tuple[str | int, str | int]:
    """Where and what is wrong, as the error says it."""
    with pytest.raises(ManifestError) as caught:
        load(write(folder, text))
    assert caught.value.fields["file"] == "reports.toml"
    return words(caught.value.fields["where"]), words(caught.value.fields["problem"])


def test_a_folder_without_manifest_has_none(folder: Path) -> None:
    assert load(folder) is None


def test_every_key_is_read_and_entries_keep_their_order(folder: Path) -> None:
    text = """\
[[report]]
file = "more/c.md"
id = "c"
title = " The third "
publisher = "A publisher"
date = 2025-03-15
url = "https://example.org/c?d=e"
language = "fr-ML"
symbol = "A/HRC/56/1"
note = "A content note."

[[report]]
file = "a.txt"
id = "a"
title = "The first"
"""
    assert load(write(folder, text)) == (
        Entry(
            file="more/c.md",
            id="c",
            title="The third",
            publisher="A publisher",
            date=dt.date(2025, 3, 15),
            url="https://example.org/c?d=e",
            language="fr-ML",
            symbol="A/HRC/56/1",
            note="A content note.",
        ),
        Entry(file="a.txt", id="a", title="The first"),
    )


def test_a_manifest_may_have_a_byte_order_mark_and_windows_line_ends(folder: Path) -> None:
    (folder / "reports.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(folder) == (Entry(file="a.txt", id="a-2025", title="The first report"),)


def test_the_bundled_manifest_is_valid() -> None:
    entries = load(BUNDLED)
    assert entries is not None
    assert [(entry.id, entry.publisher, entry.date) for entry in entries] == [
        ("un-experts-mali-2025", "Devdiscourse", dt.date(2025, 3, 15))
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('titel = "x"', 'there is no key "titel"; the nearest one is "title"'),
        ('Publisher = "x"', 'there is no key "Publisher"; the nearest one is "publisher"'),
        (
            'zzz = "x"',
            'there is no key "zzz"; the keys are file, id, title, publisher, date, url, language, symbol, note',
        ),
        ("publisher = 5", '"publisher" must be text in quotation marks'),
        ('publisher = " "', '"publisher" is empty'),
        ('publisher = "a\\nb"', '"publisher" must be one line of text without control characters'),
        (f'note = "{"x" * 501}"', '"note" is too long'),
        ('date = "yesterday"', '"date" must be a date such as 2025-03-15'),
        ("date = 2025-03-15T10:00:00Z", '"date" must be a date such as 2025-03-15'),
        ("date = true", '"date" must be a date such as 2025-03-15'),
        ('url = "ftp://example.org"', '"url" must be a web address that begins with http:// or https://'),
        ('url = "javascript:alert(1)"', '"url" must be a web address that begins with http:// or https://'),
        ('url = "https://"', '"url" must be a web address that begins with http:// or https://'),
        ('url = "https://[::1"', '"url" must be a web address that begins with http:// or https://'),
        ('url = "https://a.b/c d"', '"url" must be a web address that begins with http:// or https://'),
        ('language = "English"', '"language" must be a language tag such as en or fr'),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_entry_and_line(folder: Path, line: str, said: str) -> None:
    assert problem(folder, GOOD + line) == ('entry 1 ("a-2025"), line 2', said)


@pytest.mark.parametrize("bad", ["", "A", "-a", "a b", "é", "a/b", "a" * 65, "a:b"])
def test_an_id_must_fit_into_a_citation(folder: Path, bad: str) -> None:
    where, said = problem(folder, GOOD.replace("a-2025", bad))
    assert where == f'entry 1 ("{bad[:64]}"), line 2'
    assert said == '"id" must be 1 to 64 of the signs a-z, 0-9, ".", "_" and "-", and begin with a letter or digit'


def test_a_missing_key_is_named(folder: Path) -> None:
    assert problem(folder, '[[report]]\nfile = "a.txt"') == ("entry 1, line 1", 'the key "id" is missing')


def test_a_misspelt_key_comes_before_the_one_it_leaves_missing(folder: Path) -> None:
    assert problem(folder, GOOD.replace("title", "titel")) == (
        'entry 1 ("a-2025"), line 2',
        'there is no key "titel"; the nearest one is "title"',
    )


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('file = "b.txt"\nid = "a-2025"', 'the id "a-2025" already stands in entry 1'),
        ('file = "a.txt"\nid = "b"', 'the file "a.txt" already stands in entry 1'),
        ('file = "more/../a.txt"\nid = "b"', 'the file "more/../a.txt" already stands in entry 1'),
        ('file = "b.text"\nid = "b"', 'there is no file "b.text"; the nearest one is "b.txt"'),
        ('file = "zzz"\nid = "b"', 'there is no file "zzz" in this folder'),
        ('file = "more"\nid = "b"', 'there is no file "more" in this folder'),
        ('file = "../outside.txt"\nid = "b"', 'the file "../outside.txt" lies outside this folder; copy it here'),
        ('file = "/etc/hostname"\nid = "b"', 'the file "/etc/hostname" lies outside this folder; copy it here'),
        ('file = "link.txt"\nid = "b"', 'the file "link.txt" lies outside this folder; copy it here'),
    ],
)
def test_files_and_ids_are_checked_against_the_folder_and_each_other(folder: Path, second: str, said: str) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    where, told = problem(folder, f'{GOOD}\n[[report]]\n{second}\ntitle = "The second"')
    assert (where, told) == (f'entry 2 ("{second.split(chr(34))[3]}"), line 7', said)


def test_a_file_name_that_no_system_takes_is_told(folder: Path) -> None:
    where, said = problem(folder, GOOD.replace("a.txt", "a" * 400))
    assert (where, said) == (
        'entry 1 ("a-2025"), line 2',
        f'the file "{"a" * 400}" cannot be opened: File name too long',
    )


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "the file", "it has no [[report]] entry"),
        ("report = []", "the file", "it has no [[report]] entry"),
        ("report = 5", "the file", "it has no [[report]] entry"),
        ("report = [1, 2]", "the file", "it has no [[report]] entry"),
        ("[report]\nid = 'a'", "[report]", "an entry begins with two brackets on each side: [[report]]"),
        ("[[reports]]", '"reports"', "it is no part of this file, in which every entry begins with [[report]]"),
        (f"{GOOD}[other]", '"other"', "it is no part of this file, in which every entry begins with [[report]]"),
        ("[[report]]\nid 5", "line 2, column 4", "it is not TOML: expected '=' after a key in a key/value pair"),
        ("[" * 1900, "line 1, column 3", "it is not TOML: invalid initial character for a key part"),
        ("a = " + "[" * 1900, "the file", "it is not TOML that can be read: its brackets are nested too deep"),
    ],
)
def test_what_is_no_table_of_contents_is_told_so(folder: Path, text: str, where: str, said: str) -> None:
    assert problem(folder, text) == (where, said)


PARTS = "it has a key of many parts, and the keys of this file have one"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#" * 2001, "it has 2001 characters, and may have 2000"),
        ("a." * 900 + "b = 1", PARTS),
        ("[" + "a . " * 400 + "b]", PARTS),
        ("x = {" + "'a'.\"b\"." * 200 + "c = 1}", PARTS),
    ],
)
def test_a_line_that_would_take_long_to_read_is_refused(folder: Path, line: str, said: str) -> None:
    """tomllib takes the square of the time for a key of many parts: a minute for a file of 1 MiB."""
    assert problem(folder, f"{GOOD}{line}\n") == ("line 6", said)


def test_many_dots_in_a_value_or_a_comment_are_no_key(folder: Path) -> None:
    text = GOOD + 'publisher = \'A.B.C.D.E.F.G.H.I.J.\'  # see a.b.c.d.e.f.g.h.i.j\nnote = "\\"a.b.c.d.e.f.g.h.i.j"'
    entries = load(write(folder, text))
    assert entries is not None
    assert (entries[0].publisher, entries[0].note) == ("A.B.C.D.E.F.G.H.I.J.", '"a.b.c.d.e.f.g.h.i.j')


def test_other_encodings_large_files_and_folders_are_told(folder: Path) -> None:
    path = folder / "reports.toml"
    path.write_bytes(GOOD.encode() + "note = 'S\u00e9gou'".encode("latin-1"))
    with refusal(ManifestError, r"line 6.*it is not UTF-8 text; save it as UTF-8"):
        load(folder)
    path.write_bytes(b"#" * (2**20 + 1))
    with refusal(ManifestError, "it is larger than 1 MiB, and so no table of contents"):
        load(folder)
    path.unlink()
    path.mkdir()
    with refusal(ManifestError, "it cannot be opened: Is a directory"):
        load(folder)


def test_a_dangling_link_is_not_mistaken_for_no_manifest(folder: Path) -> None:
    (folder / "reports.toml").symlink_to(folder / "nowhere.toml")
    with refusal(ManifestError, "it cannot be opened: No such file or directory"):
        load(folder)


@given(
    raw=st.dictionaries(
        st.sampled_from([*KEYS, "other"]),
        st.none() | st.text(max_size=30) | st.integers() | st.lists(st.text(max_size=3), max_size=2) | st.dates(),
    )
)
def test_any_table_is_an_entry_or_one_error(tmp_path_factory: pytest.TempPathFactory, raw: dict[str, object]) -> None:
    def toml(value: object) -> str:
        if isinstance(value, str):
            return '"' + "".join(f"\\U{ord(sign):08X}" for sign in value if not 0xD800 <= ord(sign) < 0xE000) + '"'
        if isinstance(value, list):
            return "[" + ", ".join(map(toml, value)) + "]"
        return f"{value.year:04}-01-01" if isinstance(value, dt.date) else str(value)

    # The manifest is the only file there, so that it alone can be named.
    folder = write(
        tmp_path_factory.getbasetemp(),
        "[[report]]\n" + "\n".join(f"{key} = {toml(value)}" for key, value in raw.items() if value is not None),
    )
    try:
        entries = load(folder)
    except ManifestError:
        return
    assert entries is not None
    assert [entry.file for entry in entries] == ["reports.toml"]
