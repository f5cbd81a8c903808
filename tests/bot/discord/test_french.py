"""Who has set French is answered in French: commands, options, buttons, refusals; quotes stay as they are."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.saying.templates import load
from bot.saying.templates.keys import PLACEHOLDERS
from tests.bot.discord.conftest import Stage, assert_clean, set_up
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRENCH = "fr"
RUN = 3  # words that follow one another as in an English sentence of the bot
COMMANDS: list[tuple[str, dict[str, str | int]]] = [
    ("ask", {"question": "Who dug the well?"}),
    ("ask", {"question": "Who dug the well?", "private": True}),
    ("ask", {"question": "Who won the football cup?"}),
    ("ask", {"question": "How many lorries were stuck in January?"}),
    ("ask", {"question": "Qui a creusé le puits ?"}),
    ("ask", {"question": "what happened"}),
    ("ask", {"question": "who is it"}),
    ("ask", {"question": "?"}),
    ("ask", {"question": "Who dug the well?", "report": "nowhere"}),
    ("summary", {"report": "well"}),
    ("summary", {"report": "well", "about": "the pump", "length": 2}),
    ("summary", {"report": "well", "about": "the moon"}),
    ("summary", {}),
    ("timeline", {"report": "well"}),
    ("facts", {"report": "road"}),
    ("passage", {"citation": "well:2"}),
    ("passage", {"citation": "well:99"}),
    ("quote", {"text": "The well was dug in May 2024 by the people"}),
    ("quote", {"text": "The well is nine metres deep."}),
    ("quote", {"text": "nothing of the kind was ever said by anybody"}),
    ("quote", {"text": "…"}),
    ("reports", {}),
    ("about", {}),
    ("corpus status", {}),
    ("corpus preview", {}),
    ("corpus preview", {"report": "well"}),
    ("corpus refresh", {}),
]


@dataclass
class Walk:
    """A French server, and what was said there."""

    stage: Stage
    said: list[Interaction]

    async def command(self, who: User, name: str, **options: str | int) -> Interaction:
        """A command of somebody whose Discord is French."""
        sent = await self.stage.server.slash(who, self.stage.channel, name, locale=FRENCH, permissions=None, **options)
        self.said.append(await sent.finished())
        return self.said[-1]

    async def press(self, who: User, message: Message, custom_id: str) -> Interaction:
        """A press of theirs."""
        sent = await self.stage.server.button(who, message, custom_id, locale=FRENCH)
        self.said.append(await sent.finished())
        return self.said[-1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(directory: Path) -> AsyncIterator[Walk]:
    async with set_up(directory, FRENCH) as stage, stage.process() as bot:
        stage.bot = bot
        yield Walk(stage, [])
        assert await bot.stop() == 0
        assert_clean(bot)


def runs(text: str) -> Iterator[str]:
    """Every run of so many words of a text, in small letters; a sign ends a run."""
    for piece in re.split(r"[^\w' ’-]|\n", text.casefold()):
        words = re.findall(r"[^\W\d_]+", piece)
        yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def english() -> set[str]:
    """The runs of words of all English sentences."""
    templates = load("en", "discord")
    return {
        run
        for key, fields in PLACEHOLDERS.items()
        for n in ((1, 2) if "n" in fields.split() else (0,))
        for run in runs(templates(key, **{name: n if name == "n" else "§" for name in fields.split()}))
    }


def own_words(text: str) -> str:
    """What the bot says itself: without quotes, links and what stands between quotation marks."""
    lines = [line for line in text.splitlines() if not line.startswith(("> ", "```"))]
    return re.sub(r"«[^»]*»|\]\([^)]*\)|`[^`]*`", "§", "\n".join(lines))


async def test_every_command_option_and_button_speaks_french(walk: Walk) -> None:
    walk.stage.server.open_command("corpus")
    stage, member = walk.stage, walk.stage.anyone()
    for name, options in COMMANDS:
        who = stage.moderator if name.startswith("corpus") else member
        done = await walk.command(who, name, **options)
        if done.message:  # a private one is leafed through in place: what was pressed takes its buttons away
            for button in done.message.buttons[: 1 if done.ephemeral else None]:
                await walk.press(who, done.message, button["custom_id"])
    await walk.command(member, "corpus refresh")  # who may not
    foreign, found = english(), dict[str, list[str]]()
    assert "quotes are verbatim" in foreign, "this test can see them"
    for one in walk.said:
        assert one.text, one
        labels = [button["label"] for button in one.message.buttons] if one.message else []
        if wrong := foreign.intersection(runs(own_words("\n".join([one.text, *labels])))):
            found[one.text] = sorted(wrong)
        assert not one.message or not one.message.pings
    assert found == {}
    assert len(walk.said) > 50


async def test_the_outcomes_are_told_in_french(walk: Walk) -> None:
    member = walk.stage.anyone()
    silent = await walk.command(member, "ask", question="Who won the football cup?")
    assert "Rien à ce sujet n'a été trouvé dans les rapports." in silent.text
    answered = await walk.command(member, "ask", question="Who dug the well?")
    assert answered.message
    assert [button["label"] for button in answered.message.buttons][:3] == ["Contexte", "Pourquoi ?", "Citer"]
    assert "Les citations sont textuelles." in answered.text
    assert "in March 2024 by the people of the village" in answered.text
    refused = await walk.command(member, "corpus refresh")
    assert "Seuls les membres qui peuvent gérer ce serveur" in refused.text
    assert refused.ephemeral


async def test_a_message_is_answered_in_the_language_of_its_server(walk: Walk) -> None:
    stage = walk.stage
    posted = await stage.server.message(stage.anyone(), stage.channel, "Who won the football cup?", mentions_bot=True)
    assert "Rien à ce sujet n'a été trouvé" in (await posted.reply()).text


async def test_in_private_the_reader_decides(walk: Walk) -> None:
    """Somebody whose Discord is English, in a French server."""
    stage, reader = walk.stage, walk.stage.anyone()
    for private, said in ((False, "Les citations sont textuelles."), (True, "Quotes are verbatim.")):
        asked = await stage.server.slash(reader, stage.channel, "ask", question="Who dug the well?", private=private)
        assert said in (await asked.finished()).text


async def test_commands_and_options_have_french_names(walk: Walk) -> None:
    registered = {command["name"]: command for command in walk.stage.server.registry.all(None)}
    ask = registered["ask"]
    assert ask["name_localizations"]["fr"] == "demander"
    assert ask["description_localizations"]["fr"].startswith("Poser une question aux rapports.")
    named = {option["name"]: option["name_localizations"]["fr"] for option in ask["options"][1:]}
    assert named == {  # a question is called so in both
        "report": "rapport",
        "private": "privé",
    }
    assert registered["Check this quote"]["name_localizations"]["fr"] == "Vérifier cette citation"
    assert "en-US" not in ask["name_localizations"]  # which is what it is registered in
