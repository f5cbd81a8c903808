"""The command line beside a database that is sound, altered, damaged, read-only or full, as real processes."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import POSTGRES, SQLITE, Place, empty
from tests.rights import fill, ordinary, small_disk

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
CHECKOUT = Path(__file__).parents[3]
NAME = "rapporteur.db"
DAMAGED = "the file is damaged; restore it from a copy, or move it away and refresh"
READ_ONLY = "it may not be written to; choose a directory that this user may write to"
NOT_OPENED = "it cannot be opened; choose a directory that this user may write to"


class Home:
    """A folder of reports and a place for a database, for commands that run as an ordinary user.

    ``old`` is the citation of a wording that is no longer live.
    """

    def __init__(self, directory: Path) -> None:
        self.reports, self.data = directory / "reports", directory / "data"
        self.reports.mkdir()
        self.write(WELLS, CAMPS)
        self.database_url = ""
        self.old = ""

    @property
    def file(self) -> Path:
        return self.data / NAME

    def write(self, *paragraphs: str) -> None:
        text = "\n\n".join(("Report of the mission", *paragraphs))
        (self.reports / "mission.txt").write_text(text + "\n", encoding="utf-8")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        passed = {
            name: value for name, value in os.environ.items() if name in ("PATH", "LANG") or name.startswith("COV")
        }
        return subprocess.run(
            ordinary(sys.executable, "-m", "bot", *arguments),
            cwd=CHECKOUT,
            env={
                **passed,
                "PYTHONUTF8": "1",
                "RAPPORTEUR_REPORTS": str(self.reports),
                "RAPPORTEUR_DATA": str(self.data),
                "DATABASE_URL": self.database_url,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def key(self, label: str) -> str:
        """The lasting citation of a passage."""
        return str(re.findall(r"\[(.*)\]", self.run("passage", f"mission:{label}").stdout)[0])


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    found = Home(tmp_path)
    yield found
    if found.data.exists():
        found.data.chmod(0o700)


@pytest.fixture
def refreshed(home: Home) -> Home:
    """One with two editions in its database, of which the second is live."""
    assert home.run("corpus", "refresh").returncode == 0
    home.old = home.key("2")
    home.write(WELLS, "The camp was left.")
    assert home.run("corpus", "refresh").returncode == 0
    return home


def alter(file: Path) -> None:
    """Change an archived passage."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE wordings SET text = replace(text, 'nine', 'two') WHERE text LIKE '%nine%'")
        connection.commit()


@pytest.mark.parametrize("kind", [SQLITE, POSTGRES])
def test_verify_looks_at_every_edition(home: Home, tmp_path: Path, kind: str) -> None:
    with empty(kind, tmp_path / "database") as place:
        home.database_url = place.url
        nothing = home.run("corpus", "verify")
        assert (nothing.returncode, nothing.stdout) == (
            0,
            "There is no database yet, so there is nothing to compare.\n",
        )
        assert json.loads(home.run("corpus", "verify", "--json").stdout)["database"] is False
        home.run("corpus", "refresh")
        home.write(WELLS, "The camp was left.")
        home.run("corpus", "refresh")
        sound = home.run("corpus", "verify")
        assert (sound.returncode, sound.stdout, sound.stderr) == (
            0,
            "Everything is as it was saved. Compared: reports 2, passages 6, editions 2, files to start from 2.\n",
            "",
        )
        damage(place)
        wrong = home.run("corpus", "verify")
        assert (wrong.returncode, wrong.stderr) == (1, "")
        assert re.fullmatch(
            r"One thing is not as it was saved\. Compared: reports 2, passages 6, editions 2, files to start from 2\.\n"
            r"• passage mission:2 [0-9a-f]{12}\n\n"
            r"What is named here is not quoted\. Restore the database from a copy, or move it away and refresh\.\n",
            wrong.stdout,
        )
        record = json.loads(home.run("corpus", "verify", "--json").stdout)
        (flaw,) = record.pop("wrong")
        assert record == {"database": True, "reports": 2, "passages": 6, "editions": 2, "files": 2}
        assert flaw["part"] == "passage"
        assert flaw["name"].startswith("mission:2 ")


def test_verify_looks_at_the_files_that_a_bot_starts_from(refreshed: Home) -> None:
    files = sorted((refreshed.data / "editions").iterdir())
    whole = files[0].read_bytes()
    at = whole.index(b"nine hundred")
    files[0].write_bytes(whole[:at] + b"NINE" + whole[at + 4 :])
    ran = refreshed.run("corpus", "verify")
    assert ran.returncode == 1
    assert f"• file to start from {files[0].name}\n" in ran.stdout
    assert "is made anew at the next start" in ran.stdout
    (flaw,) = json.loads(refreshed.run("corpus", "verify", "--json").stdout)["wrong"]
    assert flaw == {"part": "start", "name": files[0].name}


def damage(place: Place) -> None:
    place.execute("UPDATE wordings SET text = 'Two hundred.' WHERE text LIKE '%nine%'")


def test_an_archived_wording_that_was_altered_is_not_shown(refreshed: Home) -> None:
    assert "nine hundred families" in refreshed.run("passage", refreshed.old).stdout
    alter(refreshed.file)
    ran = refreshed.run("passage", refreshed.old)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert re.match(
        r"The database cannot be used \(report mission, digest [0-9a-f]{12}\): it does not hold", ran.stderr
    )
    refreshed.write("Another report.")
    for citation in ("mission:2", refreshed.old):
        assert "two hundred" not in refreshed.run("passage", citation).stdout


def test_in_a_directory_that_cannot_be_written_to_everything_is_read(refreshed: Home) -> None:
    refreshed.data.chmod(0o500)
    assert "nine hundred families" in refreshed.run("passage", refreshed.old).stdout
    status = refreshed.run("corpus", "status")
    assert (status.returncode, status.stderr) == (0, "")
    assert "is live: the same as these files." in status.stdout
    assert refreshed.run("corpus", "history").stdout.count("made edition") == 2
    assert refreshed.run("corpus", "verify").returncode == 0
    refresh = refreshed.run("corpus", "refresh")
    assert (refresh.returncode, refresh.stdout) == (1, "")
    assert refresh.stderr == f"The database cannot be used ({refreshed.file}): {READ_ONLY}.\n"
    assert {file.name for file in refreshed.data.iterdir()} == {NAME, "editions"}


def test_a_refresh_where_no_database_can_be_made(home: Home) -> None:
    home.data.mkdir(mode=0o500)
    refresh = home.run("corpus", "refresh")
    assert (refresh.returncode, refresh.stdout) == (1, "")
    assert refresh.stderr == f"The database cannot be used ({home.file}): {NOT_OPENED}.\n"
    assert home.run("corpus", "status").returncode == 0, "there is none, and that is all there is to say"


@pytest.mark.parametrize("command", ["status", "refresh", "history", "verify"])
def test_a_damaged_database_ends_with_1_and_its_sentence(refreshed: Home, command: str) -> None:
    with refreshed.file.open("r+b") as opened:
        opened.truncate(refreshed.file.stat().st_size // 2)
    ran = refreshed.run("corpus", command)
    assert ran.returncode == 1
    assert ran.stderr == f"The database cannot be used ({refreshed.file}): {DAMAGED}.\n"
    assert ran.stdout.startswith("The corpus\n") is (command == "status")


def test_a_database_of_another_user_is_told_of_by_status(refreshed: Home) -> None:
    refreshed.file.chmod(0)
    ran = refreshed.run("corpus", "status")
    assert ran.returncode == 1
    assert ran.stderr == f"The database cannot be used ({refreshed.file}): {NOT_OPENED}.\n"
    assert ran.stdout.startswith("The corpus\n")


def test_a_full_disk(home: Home, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        home.data = disk / "data"
        assert home.run("corpus", "refresh").returncode == 0
        home.old = home.key("2")
        home.write(WELLS)
        fill(disk)
        assert "nine hundred families" in home.run("passage", home.old).stdout
        status = home.run("corpus", "status")
        assert (status.returncode, status.stderr) == (0, "")
        ran = home.run("corpus", "refresh")
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"The database cannot be used ({home.file}): the disk is full; make room and try again.\n"


def test_an_equivalent_is_proposed_added_listed_noted_and_taken_out(home: Home) -> None:
    proposed = home.run("corpus", "equivalent", "boreholes", "wells", "--json")
    found = json.loads(proposed.stdout)
    assert (found["passages"], found["itself"], found["added"], found["was_added"]) == (1, 0, False, False)
    assert not home.file.exists()
    added = home.run("corpus", "equivalent", "boreholes", "--apply", "wells")
    assert "Added: from now on “boreholes” in a question finds “wells” in the reports." in added.stdout
    assert added.stderr.startswith("Bots on this database take that over at once.")
    again = json.loads(home.run("corpus", "equivalent", "Boreholes", "wells", "--apply", "--json").stdout)
    assert (again["known"], again["added"], again["was_added"]) == (["wells"], False, True)
    assert re.search(
        r"^• boreholes > wells \(English; .*, terminal\)$", home.run("corpus", "equivalent").stdout, re.MULTILINE
    )
    (one,) = json.loads(home.run("corpus", "equivalent", "--json").stdout)["equivalents"]
    assert (one["word"], one["means"], one["language"], one["actor"]) == ("boreholes", "wells", "en", "terminal")
    removed = json.loads(home.run("corpus", "equivalent", "boreholes", "--remove", "--json").stdout)
    assert removed == {"removed": [{"word": "boreholes", "means": "wells", "language": "en"}]}
    assert "took out that “boreholes” finds “wells”" in home.run("corpus", "history").stdout
    gone = home.run("corpus", "equivalent", "boreholes", "--remove")
    assert (gone.returncode, gone.stderr.startswith("There is no equivalent for “boreholes”")) == (1, True)


def test_an_equivalent_that_cannot_be_kept_is_one_sentence(home: Home) -> None:
    assert home.run("corpus", "refresh").returncode == 0
    home.file.chmod(0o400)
    home.data.chmod(0o500)
    refused = home.run("corpus", "equivalent", "boreholes", "wells", "--apply")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert READ_ONLY in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a", "b", "c"), "Nothing can be done with “c” here."),
        (("a", "b", "--apply", "c"), "Nothing can be done with “c” here."),
        (("a", "b", "--apply", "--remove"), "--apply and --remove do not go together."),
        (("a", "b", "--passages"), "--passages goes with `rapporteur corpus check` alone."),
    ],
)
def test_what_is_typed_wrongly_for_an_equivalent_is_told(home: Home, words: tuple[str, ...], said: str) -> None:
    refused = home.run("corpus", "equivalent", *words)
    assert (refused.returncode, refused.stderr.startswith(said)) == (2, True)


def test_prune_shows_first_what_would_go_and_then_drops_it(refreshed: Home) -> None:
    """What was live within the set time stays; an edition that was live a year ago goes with what it alone holds."""
    nothing = refreshed.run("corpus", "prune")
    assert nothing.returncode == 0
    assert "There is nothing to drop: every edition that is kept is live, or was after " in nothing.stdout
    with closing(sqlite3.connect(refreshed.file)) as connection:
        connection.execute("UPDATE audit SET at = '2020-01-0' || number || 'T12:00:00.000000+00:00'")
        connection.commit()
    shown = refreshed.run("corpus", "prune")
    assert "One edition has not been live since " in shown.stdout
    assert "Nothing has been dropped yet." in shown.stdout
    assert "The same command with --apply drops that." in shown.stdout
    assert "nine hundred families" in refreshed.run("passage", refreshed.old).stdout
    assert json.loads(refreshed.run("corpus", "status", "--json").stdout)["stored"]["prunable"]["editions"] == 1
    assert "Pruning would drop one edition" in refreshed.run("corpus", "status").stdout
    done = refreshed.run("corpus", "prune", "--apply")
    assert "Pruning would drop" not in refreshed.run("corpus", "status").stdout
    assert "One edition was dropped with what it alone held: " in done.stdout
    gone = refreshed.run("passage", refreshed.old)
    assert gone.returncode == 1
    assert "is in no edition that is kept; it may have been in one of those that were dropped" in gone.stderr
    history = refreshed.run("corpus", "history").stdout
    assert "(no longer kept)" in history
    assert "terminal: dropped what was no longer needed: editions 1, versions of reports 1" in history
    assert "Everything is as it was saved." in refreshed.run("corpus", "verify").stdout


def test_what_prune_alone_takes_is_refused_elsewhere(refreshed: Home) -> None:
    assert refreshed.run("corpus", "status", "--older-than", "3").returncode == 2
    assert refreshed.run("corpus", "prune", "--older-than", "0").returncode == 2
