"""What can go wrong with a store: crashes, other people's files, damage; each is survived or told in one sentence."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.edition import Edition
from corpus.errors import StoreError
from corpus.rows.tables import SCHEMA
from corpus.store.store import Store
from corpus.store.values import StoredEdition
from tests.builders import edition
from tests.said import refusal, words

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])


NEITHER = "it should begin with sqlite:/// or postgresql://, the databases there is a driver for"


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


CRASHER = """\
import datetime, sys
from pathlib import Path
from corpus.store.store import Store
from tests.builders import edition

store = Store.at(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 1000):
    new = edition(*([f"Paragraph {n} of report {r}, wording {number}." for n in range(40)] for r in range(20)))
    print(new.digest, flush=True)
    store.publish(new, actor="crasher", at=datetime.datetime.now(datetime.UTC))
"""


def test_a_publisher_killed_in_the_middle_leaves_the_old_edition_or_the_new_one(tmp_path: Path) -> None:
    """A process announces each edition, then publishes it; it is killed at once or as soon as the log grows."""
    with Store.at(tmp_path) as store:
        store.publish(ONE, actor="start", at=NOON)
    log = tmp_path / "rapporteur.db-wal"
    may_be_live = {ONE.digest}
    killed_early = 0
    announced = ""
    for round_ in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", CRASHER, str(tmp_path), str(100 * round_)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONPATH": "."},
        ) as process:
            assert process.stdout is not None
            for _ in range(1 + round_ % 3):
                announced = process.stdout.readline().strip()
                may_be_live.add(announced)
            before = size(log)
            while round_ % 2 and size(log) == before and process.poll() is None:
                pass  # the log grows in the midst of a transaction
            process.send_signal(signal.SIGKILL)
        with Store.at(tmp_path) as store:
            live = store.live()
            entries = store.history(1000)
        assert live is not None
        assert live.edition.digest in may_be_live
        assert live.edition.digest == entries[0].edition
        assert [entry.previous for entry in entries] == [*(entry.edition for entry in entries[1:]), None]
        killed_early += live.edition.digest != announced
        may_be_live = {live.edition.digest}
    assert killed_early


def reason(open_store: Callable[[], Store]) -> tuple[str, str]:
    with pytest.raises(StoreError) as caught:
        open_store()
    return words(caught.value.fields["where"]), words(caught.value.fields["problem"])


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rapporteur.db"
    path.write_text("This is no database at all, but it is long enough to be looked at closely." * 20)
    content = path.read_bytes()
    assert reason(lambda: Store.at(tmp_path)) == (
        str(path),
        "the file is no database; move it away or choose another directory",
    )
    assert path.read_bytes() == content


def test_a_directory_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert reason(lambda: Store.at(tmp_path / "file")) == (
        str(tmp_path / "file"),
        "the directory cannot be made: File exists",
    )
    assert reason(lambda: Store.at(tmp_path / "file" / "data")) == (
        str(tmp_path / "file" / "data"),
        "the directory cannot be made: Not a directory",
    )
    missing = tmp_path / "missing" / "rapporteur.db"
    assert reason(lambda: Store(f"sqlite:///{missing}")) == (
        str(missing),
        "it cannot be opened; choose a directory that this user may write to",
    )


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("nothing", "it is no address that SQLAlchemy knows"),
        ("nosuch://somebody:secret@host/name", NEITHER),
        ("mysql://somebody:secret@host/name", NEITHER),
        ("sqlite+nosuch:///x.db", NEITHER),
        ("sqlite://", "SQLite needs the path of a file, as in sqlite:////data/my.db"),
        ("sqlite:///:memory:", "SQLite needs the path of a file, as in sqlite:////data/my.db"),
        ("postgresql+nosuch://somebody:secret@host/name", "it is no address that SQLAlchemy knows"),
        (
            "postgresql://somebody:se@cret@host/name",
            "in a password @ is written %40, / is written %2F and % is written %25",
        ),
    ],
)
def test_an_address_that_is_none_is_told_without_repeating_it(url: str, problem: str) -> None:
    assert reason(lambda: Store(url)) == ("its address", problem)


def execute(directory: Path, statement: str) -> None:
    connection = sqlite3.connect(directory / "rapporteur.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    Store.at(tmp_path).close()
    execute(tmp_path, f"UPDATE schema SET version = {SCHEMA + 1}")
    expected = (
        str(tmp_path / "rapporteur.db"),
        f"it was made by another Rapporteur (schema {SCHEMA + 1}, not {SCHEMA}); use that one",
    )
    assert reason(lambda: Store.at(tmp_path)) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wordings SET text = 'Forged.' WHERE text = 'First.'",
        """UPDATE chunks SET text = replace(text, '"body"', '"nonsense"')""",
        """UPDATE chunks SET text = replace(text, '"6"', '"1 x"')""",
        "UPDATE reports SET date = 'someday'",
        "DELETE FROM wordings WHERE text = 'Second.'",
        "DELETE FROM chunks WHERE number = 1",
        "UPDATE editions SET chunks = '2'",
        "UPDATE editions SET chunks = NULL",
    ],
)
def test_an_edition_that_is_not_what_was_saved_is_never_shown(tmp_path: Path, statement: str) -> None:
    with Store.at(tmp_path) as store:
        store.publish(ONE, actor="a", at=NOON)
        execute(tmp_path, statement)
        with refusal(StoreError, "it does not hold what was once saved"):
            store.live()


def test_an_edition_that_fails_to_be_saved_leaves_the_old_one_live(tmp_path: Path) -> None:
    """Two equal reports in one edition are a programming error; the transaction is undone as a whole."""
    twice = Edition((TWO.reports[0], TWO.reports[0]))
    with Store.at(tmp_path) as store:
        store.publish(ONE, actor="a", at=NOON)
        with pytest.raises(StoreError):
            store.publish(twice, actor="b", at=NOON)
        assert store.live() == StoredEdition(ONE, NOON, "a")
        assert [entry.actor for entry in store.history()] == ["a"]
