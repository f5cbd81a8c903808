"""Every folder of templates: what it says is translated, fits where Discord shows it, and is set as it should be."""

import re
import string
import tomllib
from collections.abc import Iterator

import pytest

from bot.commands.command import Face
from bot.commands.registry import Registry
from bot.discord import limits
from bot.saying.templates import FOLDER, languages, load
from bot.saying.templates.keys import PARTS, PLACEHOLDERS
from bot.terminal.conversation import COMMANDS
from tests.fakes.discord_server.limits import COMMAND_NAME

OTHERS = [language for language in languages() if language != "en"]
# What labels a button, and what a menu of reports says before anything is chosen.
BUTTONS = {"actions.context", "actions.context_of", "equivalent.add"} | {
    f"discord.{name}"
    for name in (
        *("before", "after", "onward", "why", "now", "cite", "more", "back", "share", "summary", "summary_of"),
        *("helpful", "unhelpful", "forget", "forget_now"),
    )
}
MENUS = {"discord.ask_about", "discord.check_quotes"}
PLACE = "paragraph 123456, part 123"
# What is the same in many languages: signs, names, and words that they share.
SAME = {
    "about.heading",
    "chat.prompt",
    "check.fact_date",
    "check.kind",
    "check.passage",
    "cite.bibtex",
    "cite.markdown",
    "cite.ris",
    "citation.page",
    "citation.separator",
    "discord.source",
    "facts.separator",
    "history.other",
    "manual.options",
    "place.moment",
    "process.signal",
    "quotation.beside",
    "reports.entry",
    "roll.entry",
    "scorecard.questions",
    "setting.RAPPORTEUR_LOG_LEVEL",
    "status.report",
    "tour.example_of",
    "verify.passage",
}


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text of a language's files that people read, by its key and its form."""
    for part in PARTS:
        content = tomllib.loads((FOLDER / language / f"{part}.toml").read_text("utf-8"))
        for section, table in content.items():
            if section not in ("commands", "called"):
                yield from _within(section, table)


def _within(key: str, found: object) -> Iterator[tuple[str, str]]:
    if isinstance(found, str):
        yield key, found
    elif isinstance(found, dict):
        for name, inner in found.items():
            yield from _within(f"{key}.{name}", inner)


@pytest.mark.parametrize("language", languages())
def test_labels_and_entries_of_menus_fit(language: str) -> None:
    templates = load(language, "discord")

    def told(key: str) -> str:
        return templates(key, **dict.fromkeys(PLACEHOLDERS[key].split(), PLACE))

    assert [key for key in sorted(BUTTONS) if len(told(key)) > limits.BUTTON_LABEL] == []
    assert [key for key in sorted(MENUS) if len(told(key)) > COMMAND_NAME] == []
    assert len(told("actions.choose")) <= limits.PLACEHOLDER
    assert len({told(key) for key in BUTTONS}) == len(BUTTONS), "two buttons are called the same"


@pytest.mark.parametrize("language", languages())
def test_commands_and_options_have_names_that_discord_takes_and_no_two_the_same(language: str) -> None:
    """Application Commands, Naming: letters, digits, hyphens and underscores, small where there are small ones."""
    templates, registry = load(language, "discord"), list(Registry().on(Face.DISCORD))
    verbs = {command.verb for command in registry} | {command.group for command in registry if command.group}
    of_options = {option.name for command in registry for option in command.options_on(Face.DISCORD)}
    for kind, words in (("command", verbs), ("option", of_options)):
        names = {word: templates.called(kind, word) or word for word in words}
        assert len(set(names.values())) == len(names)
        content = tomllib.loads((FOLDER / language / "usage.toml").read_text("utf-8")).get("called", {})
        assert set(content.get(kind, {})) <= {*words, *COMMANDS}, "a name of nothing"
        for name in names.values():
            assert re.fullmatch(r"[-_'\w]{1,32}", name)
            assert name == name.lower()


@pytest.mark.parametrize("language", languages())
def test_commands_are_called_in_sentences_what_discord_calls_them(language: str) -> None:
    content = tomllib.loads((FOLDER / language / "sentences.toml").read_text("utf-8"))
    templates = load(language, "discord")
    within = {"preview": "corpus preview"}
    called = {
        word: "/" + " ".join(templates.called("command", part) or part for part in within.get(word, word).split())
        for word in content["commands"]["discord"]
    }
    assert content["commands"]["discord"] == called


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_was_left_in_english(language: str) -> None:
    english = dict(texts("en"))
    same = {key for key, text in texts(language) if english.get(key) == text and re.search("[a-z]{2}", _bare(text))}
    assert same <= SAME


def _bare(text: str) -> str:
    """A template without what is filled in."""
    return string.Template(text).safe_substitute(dict.fromkeys(string.Template(text).get_identifiers(), ""))


def test_french_is_set_as_french_is() -> None:
    """Blanks before signs and within « » are such as no line ends at; there are no other marks, and no tutoiement."""
    for key, text in texts("fr"):
        bare = re.sub(r"`[^`]*`|\$\{\w+\}|\$\w+|https?:\S*", "X", text)
        assert not re.search(r" [:;?!»]|« ", bare), (key, text)
        assert not re.search(r"[^\W\d_][;?!](?=\s|$)|[^\W\d_]:(?=\s|$)", bare), (key, text)
        assert not re.search("[“”„]|’", bare), (key, text)
        assert not re.search(r"\b(tu|toi|tes?|tien)\b", bare, re.IGNORECASE), (key, text)


@pytest.mark.parametrize("language", languages())
def test_what_is_to_be_installed_is_installed_from_the_clone_into_its_own_folder(language: str) -> None:
    """The name of this program belongs to somebody else's package on PyPI, and a bare pip is another Python's."""
    told = {key: text for key, text in texts(language) if "pip install" in text or "rapporteur[" in text}
    assert {"reading.html_extra", "reading.pdf_extra", "errors.missing_library"} <= told.keys()
    for text in told.values():
        assert text.count(".venv/bin/pip install") == text.count("pip install") > 0
        assert "rapporteur[" not in text
