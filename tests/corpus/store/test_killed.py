"""Killed in the middle of a long piece of work, a database is as it was before or as it is afterwards."""

import datetime as dt
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from corpus.rows.tables import SCHEMA
from corpus.store.store import FILE_NAME, Store
from tests.builders import edition
from tests.databases import Place

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WORK = {
    "prune": "store.prune(NOON + timedelta(days=1), actor='a', at=NOON)",
    "lift": "store.live_digest()",
}
AT_WORK = """\
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from corpus.store.store import FILE_NAME, Store
from corpus.rows.tables import SCHEMA

NOON = datetime(2025, 3, 15, 12, tzinfo=UTC)
print("begin", flush=True)
with Store.at(Path(sys.argv[1])) as store:
    {work}
"""


def size(file: Path) -> int:
    """The bytes of a file that may come and go."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def kill_at_work(directory: Path, work: str, log_has: int) -> bool:
    """Let a process work on a database, and kill it once the log has grown by so many bytes; whether it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK.format(work=WORK[work]), str(directory)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    ) as process:
        while process.poll() is None and size(directory / f"{FILE_NAME}-wal") < log_has:
            pass
        process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def test_killed_in_the_middle_of_pruning_all_is_there_or_what_was_to_go_is_gone(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    editions = [
        edition(*([f"Paragraph {n} of report {r}, wording {number}." for n in range(60)] for r in range(100)))
        for number in range(3)
    ]
    with Store.at(origin) as store:
        for number, one in enumerate(editions):
            store.publish(one, actor="a", at=NOON - (3 - number) * DAY)
    killed = set()
    for round_, log_has in enumerate((1, 100_000, 500_000, 1_000_000, 2_000_000)):
        here = tmp_path / str(round_)
        shutil.copytree(origin, here)
        was_killed = kill_at_work(here, "prune", log_has)
        with Store.at(here) as store:
            kept = store.sizes().editions
            assert store.verify().flaws == ()
            assert store.live_digest() == editions[2].digest
            assert len(store.history()) == 3 + (kept == 1)
        assert kept in (1, 3)
        killed |= {kept} if was_killed else set()
    assert 3 in killed, "it was killed before the end at least once"


def test_killed_while_a_database_is_lifted_it_is_whole_in_its_old_version_or_in_ours(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    place = Place(f"sqlite:///{origin / FILE_NAME}")
    place.make_older(3)
    with closing(sqlite3.connect(origin / FILE_NAME)) as connection:  # so much that lifting it takes a while
        connection.execute("PRAGMA journal_mode = WAL")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(passages)")]
        (report,) = connection.execute("SELECT report FROM passages LIMIT 1").fetchone()
        new = ", ".join({"position": "n + 1000", "label": "'x' || n"}.get(name, name) for name in columns)
        numbers = "WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < 30000)"
        row = "SELECT * FROM passages WHERE report = ? AND position = 0"
        connection.execute(f"INSERT INTO passages {numbers} SELECT {new} FROM counted, ({row})", (report,))
        connection.commit()
        before = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    killed = set()
    for round_, log_has in enumerate((1, 200_000, 1_000_000, 2_000_000)):
        here = tmp_path / str(round_)
        shutil.copytree(origin, here)
        was_killed = kill_at_work(here, "lift", log_has)
        copy = Place(f"sqlite:///{here / FILE_NAME}")
        version = copy.execute("SELECT max(version) FROM schema")[0][0]
        assert version in (3, SCHEMA)
        if version == 3:
            assert copy.count("passages") == before
        with Store.at(here) as store:
            assert store.verify().passages == before
        killed |= {version} if was_killed else set()
    assert 3 in killed, "it was killed before the end at least once"
