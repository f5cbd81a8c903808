"""The terminal speaks the language that is asked for, that is set, or that of the system; programs read only one."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.discord.voices import MOST_READERS, Readers, Voices, language_of
from bot.saying.templates import FOLDER, load
from bot.terminal.languages import given, of_system
from tests.architecture.sources import CHECKOUT, ROOMS

QUESTION = "Where were the bodies found?"
FRENCH, ENGLISH = "Les citations sont textuelles.", "Quotes are verbatim."
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    def run(*arguments: str, environ: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        code = main(arguments, environ or {})
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        ((), {}, ENGLISH),
        (("--language", "fr"), {}, FRENCH),
        (("--language=fr",), {"LANG": "en_GB.UTF-8"}, FRENCH),
        ((), {"RAPPORTEUR_LANGUAGE": "fr"}, FRENCH),
        (("--language", "en"), {"RAPPORTEUR_LANGUAGE": "fr", "LANG": "fr_FR"}, ENGLISH),
        ((), {"LANG": "fr_CA.UTF-8"}, FRENCH),
        ((), {"LC_ALL": "C", "LANG": "fr_FR"}, ENGLISH),
        ((), {"LC_MESSAGES": "fr_FR@euro", "LANG": "en_US"}, FRENCH),
        ((), {"RAPPORTEUR_LANGUAGE": "en", "LANG": "fr_FR"}, ENGLISH),
        ((), {"LANG": "xx_YY"}, ENGLISH),
    ],
)
def test_which_language_is_spoken(
    said: Said, arguments: tuple[str, ...], environ: dict[str, str], expected: str
) -> None:
    code, out, _ = said("ask", *arguments, QUESTION, environ=environ)
    assert (code, expected in out) == (0, True)
    assert "were discovered near Fatissouma village." in " ".join(out.split())  # a quote is never translated


def test_a_language_that_there_is_not_is_refused_by_name(said: Said) -> None:
    refused = "There are no sentences in the language “xx”. Choose one of: en, fr.\n"
    assert said("ask", "--language", "xx", QUESTION) == (2, "", refused)
    assert said("ask", "--language=../en", QUESTION)[0] == 2


def test_what_programs_read_does_not_depend_on_the_system(said: Said) -> None:
    code, out, _ = said("ask", "--json", QUESTION, environ={"LANG": "fr_FR.UTF-8"})
    assert code == 0
    assert "paragraph 3" in json.loads(out)["excerpts"][0]["citation"]


def test_a_language_changes_no_key_and_no_verdict_of_json(said: Said) -> None:
    altered = "Three days later, their bodies were discovered"
    for command, name in ((("quote", altered), "verdict"), (("ask", QUESTION), "outcome")):
        english, french = (
            json.loads(said(command[0], "--json", "--language", language, command[1])[1]) for language in ("en", "fr")
        )
        assert (list(english), english[name]) == (list(french), french[name])
        assert [one["text"] for one in english["excerpts"]] == [one["text"] for one in french["excerpts"]]


def test_help_and_refusals_speak_it_too(said: Said) -> None:
    assert "Poser une question aux rapports." in said("ask", "--help", "--language", "fr")[1]
    code, _, err = said("passage", "nowhere:1", environ={"LANG": "fr_FR"})
    assert (code, err.replace("\u00a0", " ").startswith("Il n'existe pas de passage « nowhere:1 ».")) == (1, True)
    code, _, err = said("frobnicate", environ={"LANG": "fr_FR"})
    assert (code, err.startswith("`rapporteur frobnicate` n'existe pas")) == (2, True)


@pytest.mark.parametrize("asking", [("--language", "fr"), ("--language=fr",), ("--language", "en", "--language=fr")])
def test_it_may_be_asked_for_before_the_command(said: Said, asking: tuple[str, ...]) -> None:
    code, out, _ = said(*asking, "ask", QUESTION)
    assert (code, FRENCH in out) == (0, True)
    for help_of_all in (said(*asking, "--help"), said("--help", *asking)):
        assert help_of_all[0] == 0
        assert "Poser une question aux rapports." in " ".join(help_of_all[1].split())
    assert said(*asking)[2].startswith("COMMAND manque.")


def test_help_has_french_headings(said: Said) -> None:
    heads = [line for line in said("ask", "--help", "--language", "fr")[1].splitlines() if line.endswith(":")]
    assert heads == ["arguments\u00a0:", "options\u00a0:", "exemples\u00a0:", "codes de sortie\u00a0:"]


@pytest.mark.parametrize(("language", "confidence"), [("en", "Confidence 0."), ("fr", "Confiance 0,")])
def test_decimals_are_written_as_the_language_has_them(said: Said, language: str, confidence: str) -> None:
    assert confidence in said("ask", "--explain", "--language", language, QUESTION)[1]


def test_a_setting_without_sentences_is_refused_in_the_language_of_the_system(said: Said) -> None:
    code, _, err = said("reports", environ={"RAPPORTEUR_LANGUAGE": "xx", "LANG": "fr_FR"})
    assert (code, err.startswith("Il n'y a pas de phrases dans la langue")) == (2, True)


def test_words_behind_two_dashes_ask_for_no_language() -> None:
    assert given(["ask", "--", "--language", "fr"]) is None
    assert given(["ask", "--language"]) is None
    assert of_system({"LANG": ""}) == "en"


def test_a_third_language_is_one_folder(tmp_path: Path) -> None:
    """One is put beside the others in a copy of the program, and everything knows it; CLDR has its dates."""
    for room in ROOMS:
        shutil.copytree(CHECKOUT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / FOLDER.relative_to(CHECKOUT)
    shutil.copytree(folder / "en", folder / "de")
    for file in (folder / "de").iterdir():
        file.write_text(file.read_text("utf-8").replace("Quotes are verbatim.", "Zitate sind wörtlich."), "utf-8")
    ask = [sys.executable, "-P", "-m", "bot", "ask", QUESTION]
    environ = {"PYTHONPATH": str(tmp_path), "LANG": "de_AT.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(ask, env=environ, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Zitate sind wörtlich." in done.stdout
    assert "15. März 2025" in done.stdout


def test_the_languages_of_those_who_were_here_last_are_known() -> None:
    readers = Readers()
    readers.meet(1, "fr")
    readers.meet(2, "fr")
    readers.meet(1, "en-GB")
    for person in range(3, MOST_READERS + 2):
        readers.meet(person, "de")
    assert [readers.locale(person) for person in (1, 2, 3)] == ["en-GB", None, "de"]


def test_on_discord_the_setting_is_for_all_and_the_readers_locale_for_one() -> None:
    english, french = load("en", "discord"), load("fr", "discord")
    assert Voices.of(None) == Voices(english, english)
    assert Voices.of(None, "fr", "en-US") == Voices(english, french)
    assert Voices.of(None, "en-GB", "fr") == Voices(french, english)
    assert Voices.of(None, "ja", "fr") == Voices(french, english)
    assert Voices.of("fr", "ja", "en-US") == Voices(french, french)
    assert Voices.of(None, "ja", "pl") == Voices(english, english)
    assert Voices.of("fr", "en-US").alone() == Voices(english, english)
    assert [language_of(locale) for locale in (None, "", "fr", "en-US", "zh-CN")] == [None, None, "fr", "en", None]
