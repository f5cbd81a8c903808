"""`rapporteur reports` and `corpus` in-process: what there is, what is live, what the history tells."""

import json
import re
from pathlib import Path

import pytest

from corpus.readers import SUFFIXES
from tests.bot.terminal.command_line import CAMPS, MANIFEST, WELLS, Ran, Run, edition, key


def test_reports(run: Run) -> None:
    assert run("reports") == Ran(
        0,
        "One report can be asked\n"
        "\n"
        "• Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "  https://example.org/mission\n",
        "",
    )
    assert json.loads(run("reports", "--json").out) == {
        "edition": edition(run),
        "reports": [
            {
                "id": "mission",
                "title": "Report of the mission",
                "language": "en",
                "publisher": "The Mission",
                "date": "2024-05-01",
                "url": "https://example.org/mission",
                "symbol": "A/HRC/56/1",
                "note": "This report speaks of hardship.",
                "paragraphs": 2,
            }
        ],
    }


def test_status_shows_what_is_kept_out_of_answers(run: Run) -> None:
    assert run("corpus", "status") == Ran(
        0,
        "The corpus\n"
        "\n"
        f"Edition {edition(run)}, read from the files as they stand.\n"
        "• Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "  https://example.org/mission\n"
        "\n"
        "One passage is kept out of answers and summaries:\n"
        "\n"
        "> Report of the mission\n"
        f"  Report of the mission, title, A/HRC/56/1, The Mission, 1 May 2024 [{key(run, 'title')}]\n"
        "\n"
        f"Edition {edition(run)}. Quotes are verbatim.\n",
        "",
    )
    status = json.loads(run("corpus", "status", "--json").out)
    assert status["edition"] == status["digest"][:12] == edition(run)
    assert status["reports"][0]["unranked"] == [
        {"passage": "mission:title", "kind": "title", "text": "Report of the mission"}
    ]


def test_status_says_whether_the_bots_database_has_the_same_edition_live(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    def database() -> object:
        return json.loads(run("corpus", "status", "--json").out)["database"]

    assert database() is None
    assert not (tmp_path / "data").exists()
    run("corpus", "refresh")
    first = edition(run)
    assert database() == {"edition": first, "same": True}
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n", encoding="utf-8")
    assert database() == {"edition": first, "same": False}
    assert f"\nIn the bot's database, edition {first} is live, which differs" in run("corpus", "status").out


def test_status_makes_no_database_where_an_address_is_set(run: Run, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}"}
    assert json.loads(run("corpus", "status", "--json", environ=environ).out)["database"] is None
    assert run("corpus", "history", environ=environ).out.endswith("Nothing has been done to the corpus yet.\n")
    assert not (tmp_path / "own.db").exists()


def test_status_shows_the_files_also_where_the_database_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rapporteur.db").write_text("no database" * 100, encoding="utf-8")
    ran = run("corpus", "status")
    assert ran.code == 1, "this is not all that was asked for"
    assert ran.out.startswith("The corpus\n\nEdition ")
    assert "In the bot's database" not in ran.out
    assert ran.err.startswith("The database cannot be used")


def test_a_refresh_and_what_the_history_says_of_it(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("corpus", "history") == Ran(0, "History of the corpus\n\nNothing has been done to the corpus yet.\n", "")
    assert not (tmp_path / "data").exists()
    first = edition(run)
    ran = run("corpus", "refresh")
    assert ran.code == 0
    assert re.sub(r"\d+ ms", "0 ms", ran.out) == (
        f"Edition {first} is live.\n\n"
        "• added: Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "\nMaking it took 0 ms.\n"
    )
    assert re.fullmatch(rf"\S+ info event=refresh edition={first} changed=True ms=\d+\n", ran.err)
    assert run("corpus", "refresh").out == f"Nothing has changed. Edition {first} stays live.\n"
    old = key(run, "2")
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n\nNobody came.\n", encoding="utf-8")
    refreshed = json.loads(run("corpus", "refresh", "--json").out)
    second = edition(run)
    assert refreshed | {"ms": 0} == {
        "edition": second,
        "unchanged": False,
        "ms": 0,
        "added": [],
        "removed": [],
        "changed": [
            {"report": "mission", "metadata": False, "added": [], "removed": [], "changed": [[old, key(run, "2")]]}
        ],
        "refused": [],
        "passed_over": [],
    }
    told = re.sub(r"• .*? UTC", "• NOW", run("corpus", "history").out)
    assert told == (
        "History of the corpus\n"
        "\n"
        f"• NOW, terminal: made edition {second} live, in place of {first}\n"
        "• NOW, terminal: refreshed, nothing had changed\n"
        f"• NOW, terminal: made edition {first} live\n"
    )
    entry = json.loads(run("corpus", "history", "--json").out)["history"][0]
    assert list(entry) == ["at", "actor", "action", "edition", "previous", "detail", "kept"]
    assert (entry["actor"], entry["action"], entry["edition"][:12]) == ("terminal", "refresh", second)
    again = run("passage", old)
    assert again.code == 0
    assert f"This wording is no longer live. It was last part of edition {first}.\n\n> {CAMPS}\n" in again.out


@pytest.mark.parametrize(("more", "told"), [(1, "one more"), (3, "3 more")])
def test_a_long_history_says_how_much_more_there_is(run: Run, more: int, told: str) -> None:
    for _ in range(20 + more):
        run("corpus", "refresh")
    *_, last, end = run("corpus", "history").out.splitlines()
    assert (last.endswith("terminal: refreshed, nothing had changed"), end) == (True, f"• and {told} before that")
    record = json.loads(run("corpus", "history", "--json").out)
    assert (len(record["history"]), record["more"]) == (20, more)


@pytest.mark.parametrize(("reports", "told"), [(10, "."), (11, " and one more; "), (13, " and 3 more; ")])
def test_a_list_of_reports_that_is_cut_says_how_many_more_there_are(
    run: Run, tmp_path: Path, reports: int, told: str
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(reports):
        (folder / f"r{number:02}.txt").write_text(f"Number {number}\n\nIt rained on day {number}.\n", encoding="utf-8")
    listed = ", ".join(f"r{number:02}" for number in range(10))
    rest = "`rapporteur reports` lists them." if reports > 10 else ""
    kind = "There are: " if reports == 10 else "There are "
    asked = "summary", "--reports", str(folder)
    assert run(*asked, "x").err == f"There is no report called “x”. {kind}{listed}{told}{rest}\n"
    rest = told.removesuffix("; ").replace(" and ", " or ").replace(" 3", " one of 3")
    rest += ", which `rapporteur reports` lists." if reports > 10 else ""
    assert run(*asked).err == f"There are several reports. Name one of them: {listed}{rest}\n"


def test_what_lies_in_the_folder_and_is_not_read_is_named(run: Run, folder: Path) -> None:
    for name in ("second.txt", "b.png", "report.toml"):
        (folder / name).write_text("Second\n\nText.\n", "utf-8")
    (folder / "reports.toml").write_text(MANIFEST + 'language = "xx"\n', "utf-8")
    for action in ("refresh", "status", "refresh"):
        out = run("corpus", action).out
        assert f"Passed over: b.png, because only files that end in {', '.join(SUFFIXES)} are read" in out
        assert "Passed over: second.txt, because reports.toml does not list it" in out
        assert "Passed over: report.toml, because a table of contents has to be called reports.toml" in out
        assert "Read without knowing its language: mission.txt, whose “xx” is none of those known here: ar," in out
        assert str(folder) not in out
        assert json.loads(run("corpus", action, "--json").out)["passed_over"] == [
            {"file": "b.png", "reason": "kind"},
            {"file": "report.toml", "reason": "misnamed"},
            {"file": "second.txt", "reason": "unlisted"},
            {"file": "mission.txt", "reason": "language", "language": "xx"},
        ]
    for asked in (("ask", "Where were the wells found?"), ("reports",), ("summary",)):
        assert run(*asked).err.splitlines()[0].startswith("Passed over: b.png, because only files that end in ")
        assert len(run(*asked).err.splitlines()) == 4


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Wells of Maro\n---\n\n# Wells of Maro\n\nNine wells were drilled.\n",
        "# Wells of Maro\n\n<!-- a draft -->\n\nNine wells were drilled.\n",
        "# Wells of Maro\n\nNine wells were drilled.\n\n***\n\nTwo were dry.\n",
        "# Wells of Maro\n\nNine wells were drilled.\n\n---\n\nTwo were dry.\n",
    ],
)
def test_what_is_none_of_a_reports_words_is_told_of_and_can_be_looked_up(run: Run, tmp_path: Path, text: str) -> None:
    other = tmp_path / "maro"
    other.mkdir()
    (other / "maro.md").write_text(text, "utf-8")
    here = {"RAPPORTEUR_REPORTS": str(other)}
    assert "ornament or front matter [maro:furniture-1@" in run("corpus", "status", environ=here).out
    assert run("passage", "maro:furniture-1", environ=here).code == 0
    assert run("passage", "maro:furniture-1", "--json", environ=here).code == 0
    assert run("corpus", "refresh", environ=here).out.startswith("Edition ")
    (other / "maro.md").write_text("# Wells of Maro\n\nNine wells were drilled.\n", "utf-8")
    assert "• removed: ornament or front matter (maro:furniture-1@" in run("corpus", "refresh", environ=here).out


def test_a_refresh_that_fails_names_the_file_and_keeps_the_old_edition(run: Run, folder: Path) -> None:
    run("corpus", "refresh")
    (folder / "mission.txt").write_bytes(b"\0\0")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_LOG_LEVEL": "error"})
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("mission.txt cannot be read: ")
    assert ran.err.endswith("The edition that was live stays live.\n")
    assert "terminal: failed to refresh: mission.txt cannot be read: it is not text" in run("corpus", "history").out


def test_log_lines_as_json(run: Run) -> None:
    line = json.loads(run("corpus", "refresh", environ={"RAPPORTEUR_LOG_FORMAT": "json"}).err)
    assert list(line) == ["at", "level", "event", "edition", "changed", "ms"]
    assert (line["level"], line["event"]) == ("info", "refresh")


def test_files_passed_over_are_named_on_standard_error(run: Run, folder: Path) -> None:
    (folder / "reports.toml").unlink()
    (folder / "broken.txt").write_bytes(b"\0\0")
    ran = run("reports")
    assert ran.code == 0
    assert ran.out == "One report can be asked\n\n• Report of the mission (mission, 2 paragraphs)\n"
    assert ran.err.startswith("Passed over: broken.txt, because ")


@pytest.mark.parametrize("skip", ["no", "yes"])
def test_a_line_feed_in_a_files_name_makes_no_line_of_its_own(run: Run, folder: Path, skip: str) -> None:
    (folder / "reports.toml").unlink()
    (folder / "x\n2026-01-01T00:00:00.000+00:00 info event=refresh\u2028y.txt").write_bytes(b"\0\0")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_SKIP_UNREADABLE": skip})
    told = f"{ran.out}{ran.err}".splitlines()
    assert [line.partition("?")[0] for line in told if "x?2026" in line] == [{"no": "x", "yes": "Passed over: x"}[skip]]
    assert not [line for line in told if line.startswith("2026-01-01")]
