"""The terminal speaks the language that is asked for, that is set, or that of the system; programs read only one."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.command import Face
from bot.commands.registry import Registry
from bot.discord.voices import Voices, language_of
from bot.saying.templates import FOLDER, languages, load, read
from bot.terminal.languages import given, of_system
from tests.fakes.discord_server.limits import COMMAND_DESCRIPTION

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


def test_help_and_refusals_speak_it_too(said: Said) -> None:
    assert "Poser une question aux rapports." in said("ask", "--help", "--language", "fr")[1]
    code, _, err = said("passage", "nowhere:1", environ={"LANG": "fr_FR"})
    assert (code, err.replace("\u00a0", " ").startswith("Il n'y a pas de passage « nowhere:1 ».")) == (1, True)
    code, _, err = said("frobnicate", environ={"LANG": "fr_FR"})
    assert (code, err.startswith("Il n'y a pas de `rapporteur frobnicate`")) == (2, True)


def test_words_behind_two_dashes_ask_for_no_language() -> None:
    assert given(["ask", "--", "--language", "fr"]) is None
    assert given(["ask", "--language"]) is None
    assert of_system({"LANG": ""}) == "en"


@pytest.mark.parametrize("language", languages())
def test_what_discord_shows_of_commands_fits(language: str) -> None:
    """Names have been checked when the file was read."""
    templates = load(language, "discord")
    for command in Registry().on(Face.DISCORD):
        texts = [templates.command(command.name)]
        texts += [templates.option(command.name, option.name) for option in command.options_on(Face.DISCORD)]
        assert [text for text in texts if len(text) > COMMAND_DESCRIPTION] == []


@pytest.mark.parametrize("language", languages())
def test_every_name_of_a_command_is_one_and_no_two_are_the_same(language: str) -> None:
    templates = load(language, "discord")
    for options in [command.options_on(Face.DISCORD) for command in Registry().on(Face.DISCORD)]:
        names = [templates.called("option", option.name) or option.name for option in options]
        assert len(set(names)) == len(names)
    verbs = {command.verb for command in Registry().on(Face.DISCORD)}
    called = [templates.called("command", verb) or verb for verb in sorted(verbs)]
    assert len(set(called)) == len(verbs)


def test_a_third_language_is_one_folder(tmp_path: Path) -> None:
    """Of the plural forms and the dates CLDR is asked."""
    folder = Path(shutil.copytree(FOLDER / "en", tmp_path / "de"))
    for file in folder.iterdir():
        file.write_text(file.read_text("utf-8").replace("Quotes are verbatim.", "Zitate sind wörtlich."), "utf-8")
    templates = read(folder)
    templates.check()
    assert templates("footer.quotes", edition="1") == "Edition 1. Zitate sind wörtlich."


def test_on_discord_the_setting_is_for_all_and_the_readers_locale_for_one() -> None:
    english, french = load("en", "discord"), load("fr", "discord")
    assert Voices.of(None) == Voices(english, english)
    assert Voices.of(None, "fr", "en-US") == Voices(english, french)
    assert Voices.of(None, "en-GB", "fr") == Voices(french, english)
    assert Voices.of("fr", "ja", "en-US") == Voices(french, french)
    assert Voices.of(None, "ja", "pl") == Voices(english, english)
    assert Voices.of("fr", "en-US").alone() == Voices(english, english)
    assert [language_of(locale) for locale in (None, "", "fr", "en-US", "zh-CN")] == [None, None, "fr", "en", None]
