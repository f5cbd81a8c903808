"""A store in an SQLite file, whatever becomes of the file: replaced, removed, read-only, on a full disk, damaged."""

import dataclasses
import datetime as dt
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.citation import Citation
from corpus.clause import Clause
from corpus.edition import Edition
from corpus.errors import DamagedError, ReplacedError, StoreError
from corpus.passage import Span
from corpus.store.store import Notice, Store
from corpus.store.values import Part, StoredEdition
from tests.builders import edition
from tests.databases import Place
from tests.rights import fill, ordinary, small_disk
from tests.said import refusal

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
NAME = "rapporteur.db"
FULL = Clause("store.disk_full")
CHECKOUT = Path(__file__).parents[3]

LOOKER = """\
import sys
from pathlib import Path
from corpus.store.store import Store

def tell(notice):
    if notice.key == "exposed":
        print("told", notice.key, notice.fields["where"])

with Store.at(Path(sys.argv[1]), tell=tell, **{how: True for how in sys.argv[2:]}) as store:
    print(store.live_digest())
    store.audit(actor="a", at=__import__("datetime").datetime.now(__import__("datetime").UTC), action="x", detail="")
"""


def kept(directory: Path) -> Path:
    """A directory with a database that has an edition live."""
    with Store.at(directory) as store:
        store.publish(ONE, actor="a", at=NOON)
    return directory


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_that_takes_the_place_of_another_is_noticed_and_used(tmp_path: Path) -> None:
    """Nothing is written to the one that was removed; the caller is told once."""
    told: list[Notice] = []
    directory = kept(tmp_path / "data")
    shutil.copy(directory / NAME, tmp_path / "copy")
    with Store.at(directory, tell=told.append) as store:
        store.publish(TWO, actor="b", at=NOON)
        (tmp_path / "copy").replace(directory / NAME)
        assert store.live() == StoredEdition(ONE, NOON, "a")
        store.publish(TWO, actor="c", at=NOON)
        assert told == [Notice("replaced", {"where": str(directory / NAME)})]
    with Store.at(directory) as store:
        assert [entry.actor for entry in store.history()] == ["c", "a"]


def test_a_file_that_was_copied_over_is_read_as_it_is_now(tmp_path: Path) -> None:
    """As ``cp`` restores it: the same inode with other content."""
    directory = kept(tmp_path / "data")
    shutil.copy(directory / NAME, tmp_path / "copy")
    with Store.at(directory) as store:
        store.publish(TWO, actor="b", at=NOON)
        assert store.live_digest() == TWO.digest
        (directory / NAME).write_bytes((tmp_path / "copy").read_bytes())
        assert store.live() == StoredEdition(ONE, NOON, "a")


def test_a_file_that_was_removed_is_made_anew(tmp_path: Path) -> None:
    told: list[Notice] = []
    directory = kept(tmp_path / "data")
    with Store.at(directory, tell=told.append) as store:
        (directory / NAME).unlink()
        assert store.live_digest() is None
        store.publish(TWO, actor="b", at=NOON)
    assert [notice.key for notice in told] == ["replaced"]
    with Store.at(directory) as store:
        assert store.live() == StoredEdition(TWO, NOON, "b")


@pytest.mark.parametrize("is_replaced", [True, False])
def test_what_was_written_while_the_file_was_taken_away_is_not_called_live(tmp_path: Path, is_replaced: bool) -> None:
    """The clock of the entry is asked in the midst of the transaction; there the file goes."""
    directory = kept(tmp_path / "data")
    shutil.copy(directory / NAME, tmp_path / "copy")

    class Thief(str):
        __slots__ = ()

        def __conform__(self, _: object) -> str:  # what sqlite3 asks of a value it does not know
            (directory / NAME).unlink(missing_ok=True)
            if is_replaced:
                shutil.copy(tmp_path / "copy", directory / NAME)
            return "thief"

    with Store.at(directory) as store:
        with refusal(ReplacedError, "nothing of that is kept"):
            store.publish(TWO, actor=Thief(), at=NOON)
        assert store.live_digest() == (ONE.digest if is_replaced else None)


def test_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also in a directory that everybody may enter, and while it is written to."""
    tmp_path.chmod(0o755)
    with Store.at(tmp_path) as store, sqlite3.connect(tmp_path / NAME) as reader:
        store.publish(ONE, actor="a", at=NOON)
        reader.execute("SELECT * FROM live").fetchall()
        store.publish(TWO, actor="a", at=NOON)
        files = sorted(tmp_path.iterdir())
        assert [file.name for file in files] == [NAME, f"{NAME}-shm", f"{NAME}-wal"]
        assert {mode(file) for file in files} == {0o600}
    reader.close()


def test_a_database_that_others_can_read_is_taken_from_them(tmp_path: Path) -> None:
    told: list[Notice] = []
    kept(tmp_path)
    (tmp_path / NAME).chmod(0o644)
    Store.at(tmp_path, tell=told.append).close()
    assert mode(tmp_path / NAME) == 0o600
    assert told == [Notice("mended", {"where": str(tmp_path / NAME)})]
    Store.at(tmp_path, tell=told.append).close()
    assert len(told) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_database_of_another_user_that_others_can_read_is_told_of(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / NAME).chmod(0o666)
    os.chown(tmp_path / NAME, 65534, 65534)
    looked = look(tmp_path)
    assert looked.stdout.splitlines() == [f"told exposed {tmp_path / NAME}", ONE.digest]
    assert mode(tmp_path / NAME) == 0o666


def test_who_only_looks_changes_nothing(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / NAME).chmod(0o644)
    before = (tmp_path / NAME).read_bytes()
    with Store.at(tmp_path, readonly=True) as store:
        assert store.live() == StoredEdition(ONE, NOON, "a")
        with pytest.raises(StoreError):
            store.publish(TWO, actor="b", at=NOON)
    assert (tmp_path / NAME).read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    assert mode(tmp_path / NAME) == 0o644


def test_who_only_looks_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Store.at(tmp_path / "data", readonly=True)
    assert not (tmp_path / "data").exists()
    (tmp_path / NAME).touch()
    with Store.at(tmp_path, readonly=True) as store:
        assert not store.is_made
    assert (tmp_path / NAME).stat().st_size == 0


def look(directory: Path, *how: str) -> "subprocess.CompletedProcess[str]":
    """Open a store as an ordinary user, say what is live, and write."""
    return subprocess.run(
        ordinary(sys.executable, "-c", LOOKER, str(directory), *how),
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("how", ["readonly", "patient"])
def test_a_database_in_a_directory_that_cannot_be_written_to_is_read(tmp_path: Path, how: str) -> None:
    directory = kept(tmp_path / "data")
    directory.chmod(0o500)
    looked = look(directory, how)
    assert looked.stdout == f"{ONE.digest}\n"
    assert "store.read_only()" in looked.stderr
    assert [file.name for file in directory.iterdir()] == [NAME]


def test_a_directory_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "store.closed()" in look(tmp_path).stderr
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_holds_the_last_changes_is_read_there_too(tmp_path: Path) -> None:
    """As a bot leaves it that was killed: the log and its index lie beside the file."""
    copy = kill_with_a_log(tmp_path)
    copy.chmod(0o500)
    assert look(copy, "readonly").stdout == f"{TWO.digest}\n"


def test_nor_are_the_last_changes_passed_over_where_the_log_cannot_be_read(tmp_path: Path) -> None:
    """Without its index the log can only be read where one can be made."""
    copy = kill_with_a_log(tmp_path)
    (copy / f"{NAME}-shm").unlink()
    copy.chmod(0o500)
    looked = look(copy, "readonly")
    assert looked.stdout == ""
    assert "store.unmerged()" in looked.stderr


def kill_with_a_log(tmp_path: Path) -> Path:
    """A directory as it is left where the process died: TWO stands in the log alone."""
    directory, copy = kept(tmp_path / "data"), tmp_path / "copy"
    with closing(sqlite3.connect(directory / NAME)) as reader:
        reader.execute("SELECT * FROM live").fetchall()  # keeps the log from being taken in
        with Store.at(directory) as store:
            store.publish(TWO, actor="b", at=NOON)
        shutil.copytree(directory, copy)
    assert (copy / f"{NAME}-wal").stat().st_size
    return copy


def test_a_directory_that_can_be_written_to_again_is(tmp_path: Path) -> None:
    """A patient store tries anew with each writing."""
    (tmp_path / "file").write_text("in the way")
    store = Store.at(tmp_path / "file" / "data", patient=True)
    with pytest.raises(StoreError):
        store.publish(ONE, actor="a", at=NOON)
    (tmp_path / "file").unlink()
    (tmp_path / "file" / "data").mkdir(parents=True)
    store.publish(ONE, actor="a", at=NOON)
    assert store.live_digest() == ONE.digest
    store.close()


def test_on_a_full_disk_what_is_kept_is_read_and_nothing_else_is_said_to_be(tmp_path: Path) -> None:
    told: list[Notice] = []
    with small_disk(tmp_path / "disk") as disk:
        directory = kept(disk / "data")
        ballast = fill(disk)
        with refusal(StoreError, "the disk is full"):
            Store.at(directory)
        with Store.at(directory, patient=True, tell=told.append) as store:
            assert told == [Notice("readonly", {"where": str(directory / NAME), "problem": FULL})]
            assert store.live() == StoredEdition(ONE, NOON, "a")
            with refusal(StoreError, "the disk is full"):
                store.publish(TWO, actor="b", at=NOON)
            assert store.live_digest() == ONE.digest
            ballast.unlink()
            store.publish(TWO, actor="b", at=NOON)
            assert store.live() == StoredEdition(TWO, NOON, "b")


def test_a_disk_that_becomes_full_in_the_midst_of_it_leaves_the_old_edition_live(tmp_path: Path) -> None:
    large = edition([f"Paragraph {n}, which is long enough to fill a disk. " * 20 for n in range(500)])
    with small_disk(tmp_path / "disk") as disk, Store.at(disk / "data") as store:
        store.publish(ONE, actor="a", at=NOON)
        with refusal(StoreError, "the disk is full"):
            store.publish(large, actor="b", at=NOON)
        assert store.live() == StoredEdition(ONE, NOON, "a")
        assert [entry.actor for entry in store.history()] == ["a"]


def test_an_empty_database_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        ballast = fill(disk)
        with Store.at(disk, patient=True) as store:
            with refusal(StoreError, "the disk is full"):
                store.live_digest()
            ballast.unlink()
            assert store.live_digest() is None


def shorten(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def overwrite(file: Path) -> None:
    """All pages but the first one."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xab" * (size - 4096))


@pytest.mark.parametrize("damage", [shorten, overwrite])
def test_a_damaged_file_is_one_sentence_for_everything(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    kept(tmp_path)
    damage(tmp_path / NAME)
    with Store.at(tmp_path, patient=True) as store:
        for act in (store.live, store.live_digest, store.history, store.verify, lambda: store.find(Citation("r", "1"))):
            with refusal(StoreError, "the file is damaged; restore it from a copy, or move it away"):
                act()


@pytest.mark.parametrize(
    ("statement", "flaws"),
    [
        (f"DELETE FROM reports WHERE digest = '{ONE.reports[1].digest}'", {Part.REPORT, Part.EDITION}),
        ("DELETE FROM editions", {Part.EDITION}),
        ("DROP INDEX reports_by_number", set()),
    ],
)
def test_what_belongs_to_something_that_was_lost_is_found(tmp_path: Path, statement: str, flaws: set[Part]) -> None:
    """SQLite lets whoever does not ask for it break a reference; a missing index is slow, and no flaw."""
    kept(tmp_path)
    Place(f"sqlite:///{tmp_path / NAME}").execute(statement)
    with Store.at(tmp_path) as store:
        assert {flaw.part for flaw in store.verify().flaws} == flaws


def test_text_that_is_none_any_more_is_told(tmp_path: Path) -> None:
    """SQLite lets a column hold anything."""
    place = Place(f"sqlite:///{tmp_path / NAME}")
    for value in ("x'ff00'", "CAST(x'c328' AS TEXT)", "7"):
        with Store.at(tmp_path) as store:
            store.publish(ONE, actor="a", at=NOON)
            place.execute(f"UPDATE wordings SET text = {value} WHERE text = 'First.'")
            with refusal(StoreError, r"damaged|does not hold what was once saved"):
                store.live()
            assert store.verify().flaws
        (tmp_path / NAME).unlink()


def test_what_few_passages_have_is_kept(tmp_path: Path) -> None:
    """Printed numbers, what a passage is quoted with, torn sides, calls of footnotes, and the digest of the source."""
    first, second, *_ = ONE.reports[0].passages
    place = dataclasses.replace(second.locator, label="12-bis", paragraph="12 bis")
    rich = dataclasses.replace(second, locator=place, lead="title", torn=(True, False), marks=(Span(1, 2), Span(3, 4)))
    rich_edition = Edition((dataclasses.replace(ONE.reports[0], passages=(first, rich), source="ab" * 32),))
    with Store.at(tmp_path) as store:
        store.publish(rich_edition, actor="a", at=NOON)
        found = store.edition(rich_edition.digest)
        assert found == rich_edition
        assert found.reports[0].source == "ab" * 32
        assert store.find(Citation.parse(f"[{rich.id}]")).passage == rich
        assert store.verify().flaws == ()


def test_a_database_of_the_first_version_is_only_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.executescript((Path(__file__).parent / "schema-1.sql").read_text("utf-8"))
    before = (tmp_path / NAME).read_bytes()
    with Store.at(tmp_path, readonly=True) as store:
        assert store.edition(ONE.digest) == ONE
        assert store.verify().flaws == ()
    assert (tmp_path / NAME).read_bytes() == before


def test_a_database_of_the_first_version_is_read_and_written(tmp_path: Path) -> None:
    """Whoever changes the tables keeps this true: what was once cited stays found."""
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.executescript((Path(__file__).parent / "schema-1.sql").read_text("utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")
    with Store.at(tmp_path) as store:
        live = store.live()
        assert live == StoredEdition(TWO, NOON + dt.timedelta(hours=1), "terminal")
        assert store.edition(ONE.digest) == ONE
        assert store.find(Citation.of(ONE.reports[0].passages[2])).passage.text == "Second."
        assert store.verify().flaws == ()
        store.publish(ONE, actor="a", at=NOON)
        with pytest.raises(DamagedError):
            store.reports(["0" * 64])
