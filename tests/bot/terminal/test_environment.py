"""The command line by what is set: in the environment or a .env file, used, or refused before anything begins."""

import json
import os
from pathlib import Path

import pytest

from tests.bot.terminal.command_line import CAMPS, Ran, Run


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        (
            {"RAPPORTEUR_REPORT": "x"},
            "There is no setting RAPPORTEUR_REPORT. Did you mean RAPPORTEUR_REPORTS?",
        ),
        (
            {"RAPPORTEUR_SPOILER": "maybe"},
            "RAPPORTEUR_SPOILER is “maybe”, which cannot be used. Set it to yes or no.",
        ),
        (
            {"RAPPORTEUR_LANGUAGE": "xx"},
            "There are no sentences in the language “xx”. Choose one of: en, fr.",
        ),
    ],
)
@pytest.mark.parametrize("command", [["ask", "Where?"], ["run"]])
def test_a_bad_setting_ends_every_command(run: Run, command: list[str], environ: dict[str, str], sentence: str) -> None:
    ran = run(*command, environ=environ | {"DISCORD_TOKEN": "aaaa.bbbb.cccc"})
    assert ran == Ran(2, "", sentence + "\n")


@pytest.fixture
def lexicon(tmp_path: Path) -> dict[str, str]:
    """A lexicon of an operator's own, as the environment names it."""
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = '''\nlayette > camp\n'''\n", encoding="utf-8")
    return {"RAPPORTEUR_LEXICON": str(file)}


def test_an_operators_lexicon_finds_an_answer_and_is_named_as_the_reason(run: Run, lexicon: dict[str, str]) -> None:
    asked = "Which layette near Mopti holds nine hundred families?"
    bare, found = (json.loads(run("ask", "--json", asked, environ=e).out)["excerpts"][0] for e in ({}, lexicon))
    assert (found["text"], found["score"] > bare["score"]) == (CAMPS, True)
    assert "• “layette” stands neither in it nor elsewhere in the passage.\n" in run("ask", "--explain", asked).out
    explained = run("ask", "--explain", asked, environ=lexicon)
    assert "• “layette” does not stand in it, but “camp” does, which may stand for it.\n" in explained.out


def test_an_operators_lexicon_widens_a_summary_of_a_topic(run: Run, lexicon: dict[str, str]) -> None:
    assert json.loads(run("summary", "--about", "layette", "--json").out)["excerpts"] == []
    found = json.loads(run("summary", "--about", "layette", "--json", environ=lexicon).out)
    assert [excerpt["text"] for excerpt in found["excerpts"]] == [CAMPS]


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "Where?"],
        ["ask", "--jsonl"],
        ["chat"],
        ["summary"],
        ["reports"],
        ["corpus", "refresh"],
        ["evaluate", "questions.jsonl"],
        ["run"],
    ],
)
def test_a_bad_lexicon_ends_every_command_before_it_begins(
    run: Run, tmp_path: Path, lexicon: dict[str, str], command: list[str]
) -> None:
    file = lexicon["RAPPORTEUR_LEXICON"]
    (tmp_path / "lexicon.toml").write_text("[en]\nsame = '''\nlayette\n'''\n", encoding="utf-8")
    ran = run(*command, environ=lexicon | {"DISCORD_TOKEN": "aaaa.bbbb.cccc"})
    assert ran == Ran(
        2,
        "",
        f"Line 3 of {file}, which RAPPORTEUR_LEXICON names, cannot be used: “layette” stands alone; write what may "
        "stand for it behind a comma, or what it finds behind “>”.\n",
    )
    assert not (tmp_path / "data").exists()


def test_a_lexicon_that_there_is_not(run: Run) -> None:
    assert run("ask", "Where?", environ={"RAPPORTEUR_LEXICON": "/nowhere.toml"}) == Ran(
        2,
        "",
        "/nowhere.toml, which RAPPORTEUR_LEXICON names, cannot be used: there is no such file; correct its path, or "
        "take the setting out.\n",
    )


def test_a_misspelt_name_in_the_dotenv_file_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPORTEUR_LEXICON=lexicon.toml\n", encoding="utf-8")
    sentence = "There is no setting RAPORTEUR_LEXICON. Did you mean RAPPORTEUR_LEXICON?\n"
    assert run("ask", "Where?") == Ran(2, "", sentence)


def test_a_dotenv_file_is_read_from_where_the_command_runs(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPPORTEUR_SPOILER=perhaps\n", encoding="utf-8")
    assert run("reports").code == 2


def test_a_setting_set_to_nothing_leaves_it_to_the_dotenv_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPPORTEUR_REPORTS=/nowhere\n", encoding="utf-8")
    assert run("reports", environ={"RAPPORTEUR_REPORTS": ""}).err.startswith("There is no folder /nowhere.")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has permission bits that mean this")
@pytest.mark.parametrize("secret", ["DISCORD_TOKEN=aaaa.bbbb.cccc", "DISCORD_TOKEN=a.b.c\nDATABASE_URL=sqlite:///x.db"])
def test_the_bot_warns_of_a_dotenv_file_with_a_secret_that_others_can_read(
    run: Run, tmp_path: Path, secret: str
) -> None:
    """Only ``run`` does, and only where the secret comes from the file. A bad lexicon ends it before it connects."""
    (tmp_path / "lexicon.toml").write_text("x", encoding="utf-8")
    (tmp_path / ".env").write_text(f"{secret}\nRAPPORTEUR_LEXICON=lexicon.toml\n", encoding="utf-8")

    def told(mode: int, **environ: str) -> str:
        (tmp_path / ".env").chmod(mode)
        ran = run("run", environ=environ)
        assert ran.code == 2
        return ran.err

    for mode in (0o644, 0o640, 0o604):
        warning, _ = told(mode).splitlines()
        assert " warning event=dotenv problem=" in warning
        assert "chmod 600 .env" in warning
    assert "event=dotenv" not in told(0o600) + told(0o400)
    assert "event=dotenv" not in told(0o644, DISCORD_TOKEN="d.e.f", DATABASE_URL="sqlite:///y.db")
    (tmp_path / "lexicon.toml").unlink()
    (tmp_path / ".env").write_text(f"{secret}\n", encoding="utf-8")
    assert run("reports").err == ""


def test_a_data_directory_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    directory = str(tmp_path / "file" / "data")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_DATA": directory})
    assert ran == Ran(
        2,
        "",
        f"The data directory {directory} cannot be used: Not a directory. Make it writable, or set RAPPORTEUR_DATA to "
        "another folder.\n",
    )


@pytest.mark.parametrize("action", ["refresh", "status", "history"])
def test_a_data_directory_that_is_a_file(run: Run, tmp_path: Path, action: str) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    sentence = f"{file} is a file, not a folder. Set RAPPORTEUR_DATA to the folder for the database.\n"
    assert run("corpus", action, environ={"RAPPORTEUR_DATA": str(file)}) == Ran(2, "", sentence)


def test_a_database_address_that_cannot_be_used_is_not_shown(run: Run) -> None:
    ran = run("corpus", "refresh", environ={"DATABASE_URL": "nonsense://me:secret@host/name"})
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("The database cannot be used")
    assert "secret" not in ran.err
