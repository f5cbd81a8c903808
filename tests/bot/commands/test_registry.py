"""The registry: a command is written down once and appears in both faces, in their help and in completion."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from discord import app_commands

from bot.commands.command import BOTH, AnyCommand, Command, Context, Face, Option, OptionKind, Upkeep, Values, Who
from bot.commands.registry import PLACES, Registry
from bot.discord.commands import commands
from bot.discord.desk import Desk
from bot.discord.tasks import Tasks
from bot.discord.voices import Voices
from bot.publishing.keeper import Keeper
from bot.saying.reply import Heading, Line, Reply
from bot.saying.templates import languages, load
from bot.service.service import Service
from bot.terminal.arguments import names
from bot.terminal.chat import chat
from bot.terminal.command_line import parse
from corpus.ingest.pipeline import BUNDLED


def _begin(context: Context, values: Values) -> Callable[[], str]:
    report = context.snapshot.choose(values.text("report"))
    return lambda: f"{report.id} {values.number('days', 1)} {values.flag('loud')}"


# A command that is defined nowhere but here.
WEATHER = Command(
    name="weather",
    begin=_begin,
    reply=lambda _context, found: Reply((Heading("Weather"), Line(found))),
    options=(
        Option(name="report", kind=OptionKind.REPORT, most=50, in_words=True),
        Option(name="days", kind=OptionKind.NUMBER, least=1, most=9, default=3),
        Option(name="loud", kind=OptionKind.FLAG),
    ),
    examples=("weather --days 2",),
)
TEXTS = {
    "weather": {
        "summary": "Say what the weather was.",
        "report": "Of which report",
        "days": "For how many days",
        "loud": "Whether loudly",
    }
}
TEMPLATES = load().with_uses(TEXTS)
VOICES = Voices(TEMPLATES, TEMPLATES)
REGISTRY = Registry([WEATHER])
NOBODY = cast("Upkeep", None)


@pytest.fixture(scope="module")
def service() -> Service:
    return Service.of_folder(BUNDLED)


@dataclass
class Silent:
    """A desk that keeps the tasks that it is given in place of serving them."""

    tasks: Tasks
    served: list[Any] = field(default_factory=list)

    async def serve(self, _interaction: object, task: object, via: str = "command") -> None:
        self.served.append((task, via))

    def asked(self, _interaction: object) -> Tasks:
        return self.tasks

    def offered(self, _interaction: object, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=typed, value=typed)]


def test_a_command_of_a_test_is_on_discord(service: Service) -> None:
    tasks = Tasks(cast("Keeper", service), VOICES, REGISTRY)
    made = {one.name: one for one in commands(REGISTRY, TEMPLATES, cast("Desk", Silent(tasks)))}
    weather = made["weather"]
    assert isinstance(weather, app_commands.Command)
    assert weather.description == "Say what the weather was."
    shown = [
        (p.name, p.type, p.required, str(p.description), p.min_value, p.max_value, p.autocomplete)
        for p in weather.parameters
    ]
    text, number, flag = (
        discord.AppCommandOptionType.string,
        discord.AppCommandOptionType.integer,
        discord.AppCommandOptionType.boolean,
    )
    assert shown == [
        ("report", text, False, "Of which report", 1, 50, True),
        ("days", number, False, "For how many days", 1, 9, False),
        ("loud", flag, False, "Whether loudly", None, None, False),
    ]


async def test_a_command_of_a_test_is_done_on_discord(service: Service) -> None:
    @dataclass
    class Kept:
        service: Service

    desk = Silent(Tasks(cast("Keeper", Kept(service)), VOICES, REGISTRY))
    made = {one.name: one for one in commands(REGISTRY, TEMPLATES, cast("Desk", desk))}
    user = type("User", (), {"id": 7})()
    interaction = type("Interaction", (), {"user": user, "channel": None})()
    await cast("Any", made["weather"]).callback(interaction, report=None, days=2, loud=True)
    ((task, via),) = desk.served
    assert (task.name, task.private, task.who, via) == ("weather", False, Who.EVERYONE, "command")
    assert task.begin()().page.texts[1].markdown == "un-experts-mali-2025 2 True"


def test_a_command_of_a_test_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert "weather" in names(REGISTRY)
    with pytest.raises(SystemExit):
        parse(["--help"], REGISTRY, TEMPLATES)
    assert "weather" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        parse(["weather", "--help"], REGISTRY, TEMPLATES)
    shown = capsys.readouterr().out
    assert "Say what the weather was." in shown
    assert "for how many days, 1 to 9 (default: 3)" in shown
    assert "rapporteur weather --days 2" in shown


def test_a_command_of_a_test_can_be_typed_in_a_chat(service: Service) -> None:
    shown, told = list[Reply](), io.StringIO()
    context = Context(service.snapshot, NOBODY, TEMPLATES, "chat")
    chat(context, REGISTRY, iter(["/weather --days 5", "/wether"]), shown.append, told)
    assert shown == [Reply((Heading("Weather"), Line("un-experts-mali-2025 5 False")))]
    assert "/weather" in told.getvalue()  # named as what was meant


@pytest.mark.parametrize("language", languages())
def test_each_command_and_option_says_what_it_is_for(language: str) -> None:
    said: dict[str, set[str]] = {name: set(texts) for name, texts in load(language).uses.items()}
    needed: dict[str, set[str]] = {}
    for name in Registry().names:
        command = Registry()[name]
        needed[name] = {"summary", *(option.name for option in command.options)}
        if command.group:
            needed.setdefault(command.group, {"summary"})
    assert said == needed


@pytest.mark.parametrize("language", languages())
def test_what_is_said_of_a_command_fits_into_discord(language: str) -> None:
    """Application Commands, Structure: a description of 1 to 100 characters."""
    on_discord: Mapping[str, Mapping[str, str]] = load(language).uses
    for command in Registry().on(Face.DISCORD):
        options = [option.name for option in command.options_on(Face.DISCORD)]
        texts = [on_discord[command.name][key] for key in ("summary", *options)]
        assert [text for text in texts if not 1 <= len(text) <= 100] == []


@pytest.mark.parametrize("language", languages())
def test_each_choice_has_a_name_and_no_two_of_an_option_the_same(language: str) -> None:
    """Application Commands, Option Choice Structure: a name of 1 to 100 characters."""
    options = [option for command in Registry().on(Face.DISCORD) for option in command.options if option.choices]
    assert [option.name for option in options] == ["answers"]
    for option in options:
        called = [load(language)(f"choice.{one}") for one in option.choices]
        assert len(set(called)) == len(called)
        assert all(1 <= len(name) <= 100 for name in called)


def test_what_a_server_sets_is_for_discord_alone() -> None:
    assert "settings" not in names(Registry())
    command = Registry()["settings"]
    assert (command.who, command.is_private, command.options_on(Face.TERMINAL)) == (Who.MANAGERS, True, ())


def test_a_command_stands_in_one_module_of_its_own() -> None:
    folder = Path(__file__).parents[3] / "bot" / "commands"
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__", "command", "registry"}
    assert modules == set(PLACES.values())
    assert all(Registry()[name].name == name for name in PLACES)


def test_only_moderators_may_change_the_corpus() -> None:
    for name in Registry().names:
        command = Registry()[name]
        assert (command.who is Who.MODERATORS) is (command.group == "corpus")
        assert command.faces <= BOTH


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ask", {"question": "Where were the wells found?"}),
        ("ask", {"question": "Where were the wells found?", "report": "mission"}),
        ("ask", {"question": "Where were the wells found?", "explain": True}),
        ("summary", {"report": "mission", "length": 1}),
        ("timeline", {"report": "mission"}),
        ("facts", {"report": "mission"}),
        ("passage", {"citation": "mission:1"}),
        ("reports", {}),
    ],
)
def test_nothing_is_mixed_where_the_edition_changes_between_two_steps(
    name: str, given: Mapping[str, str | int | bool], tmp_path: Path
) -> None:
    """What is checked, found and said is of the edition that was live when the request began."""
    text = "The mission\n\nThe wells were found near Niono in May 2024, six wells in all.\n"
    (tmp_path / "mission.txt").write_text(text, "utf-8")
    service = Service.of_folder(tmp_path)
    context = Context(service.snapshot, NOBODY, TEMPLATES, "chat")
    command = REGISTRY[name]
    before = _said(command, context, command.begin(context, Values(given))())
    work = command.begin(context, Values(given))
    other = Service.of_folder(BUNDLED).snapshot().live  # another report altogether: nothing of it may be said
    service.go_live(other)
    assert _said(command, context, work()) == before
    found = work()
    service.go_live(other)
    assert _said(command, context, found) == before
    assert "wells" in str(before) or name == "reports"


def _said(command: AnyCommand, context: Context, found: object) -> tuple[Reply, object]:
    record = None if command.record is None else command.record(context, found, 0.0)
    return command.reply(context, found), record
