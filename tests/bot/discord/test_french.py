"""Who has set French is answered in French: commands, options, buttons, refusals; quotes stay as they are."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import pytest_asyncio

from bot.commands.command import Face
from bot.commands.registry import Registry
from bot.saying.templates import load
from bot.saying.templates.keys import PLACEHOLDERS
from tests.bot.discord.conftest import MANIFEST, WELL, Stage, assert_clean, set_up
from tests.fakes.discord_server import Channel, Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRENCH = "fr"
RUN = 3  # words that follow one another as in an English sentence of the bot
HERE = "here"  # the channel in which the walk goes on
COMMANDS: list[tuple[str, dict[str, str | int]]] = [
    ("ask", {"question": "Who dug the well?"}),
    ("ask", {"question": "Who dug the well?", "private": True}),
    ("ask", {"question": "Who won the football cup?"}),
    ("ask", {"question": "How many lorries were stuck in January?"}),
    ("ask", {"question": "Qui a creusé le puits ?"}),
    ("ask", {"question": "What happened?"}),
    ("ask", {"question": "who is it"}),
    ("ask", {"question": "?"}),
    ("ask", {"question": "Who dug the well?", "report": "nowhere"}),
    ("summary", {"report": "well"}),
    ("summary", {"report": "well", "about": "the pump", "length": 2}),
    ("summary", {"report": "well", "about": "the moon"}),
    ("summary", {}),
    ("timeline", {"report": "well"}),
    ("timeline", {"report": "road", "page": 2}),
    ("facts", {"report": "road"}),
    ("facts", {"report": "well", "page": 9}),
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
    ("corpus preview", {"report": "nowhere"}),
    ("corpus refresh", {}),
    ("corpus equivalent", {"word": "manivelle", "means": "pump"}),  # and its button is pressed
    ("corpus equivalent", {"word": "manivelle", "means": "pump"}),
    ("corpus prune", {}),
    ("corpus prune", {"days": 400}),
    ("corpus equivalent", {}),
    ("corpus equivalent", {"word": "manivelle", "remove": True}),
    ("corpus equivalent", {"word": "manivelle", "remove": True}),
    ("corpus equivalent", {"word": "manivelle"}),
    ("corpus equivalent", {"word": "the well", "means": "zeppelin"}),
    ("corpus equivalent", {"word": "wells", "means": "well"}),
    ("settings", {"answers": "private"}),
    ("settings", {"answers": "public", "channel": HERE}),
    ("settings", {}),
    ("settings", {"channel": HERE}),
    ("settings", {"answers": "private", "channel": HERE}),
    ("settings", {"answers": "as_server", "channel": HERE}),
    ("settings", {"answers": "as_server"}),
    ("settings", {"answers": "public"}),
    ("corpus gaps", {}),
]
FOR_MODERATORS = ("corpus", "settings")
QUOTED = "They wrote: “The well was dug in May 2024 by the people” and “no such thing was ever said”."
BUTTONS = [
    "actions.context",
    *map("discord.{}".format, ("before", "after", "onward", "why", "now", "cite", "more", "back")),
    "equivalent.add",
    *map("discord.{}".format, ("helpful", "unhelpful", "forget", "forget_now")),
]
# A paragraph that Discord needs more signs for than a message has, and many that answer one question.
WALL = "\n\n".join(
    [
        "Notes on a wall",
        f"The wall goes on {'* ' * 1400}.",
        *(f"The wall was mended in {year}." for year in range(1990, 2004)),
    ]
)
DEPTH = 2  # presses of buttons under what a press of a button showed
SIGNS = " #*_-•>\u200b"  # of Markdown, around the words of a line


@dataclass
class Walk:
    """A French server, and what was said there."""

    stage: Stage
    said: list[Message]
    pressed: set[tuple[int, str]]

    async def follow(self, who: User, done: Interaction, depth: int = DEPTH) -> None:
        """Press every button under what was said, and choose each report of its menu, and so on."""
        shown = done.message
        if shown is None or depth == 0:
            return
        if menu := shown.component("which"):
            for option in menu["options"]:
                sent = await self.stage.server.select(who, shown, "which", [option["value"]], locale=FRENCH)
                await self.heard(sent)
        for id_ in [button["custom_id"] for button in shown.buttons]:
            if (shown.id, id_) not in self.pressed:
                self.pressed.add((shown.id, id_))
                # A private one is leafed through in place; here each button is pressed on what stood there first.
                now = self.stage.server.world.edit(shown, shown.body)
                await self.follow(who, await self.press(who, now, id_), depth - 1)

    async def heard(self, sent: Interaction) -> Interaction:
        """Keep what was said as it stands now: a private one is leafed through in place."""
        done = await sent.finished()
        assert done.message, done
        self.said.append(done.message)
        return done

    async def menu(self, who: User, text: str, name: str) -> Interaction:
        """An entry of the menu of a message."""
        posted = await self.stage.server.message(self.stage.anyone(), self.stage.channel, text)
        sent = await self.stage.server.context_menu(who, posted.message, name, locale=FRENCH)
        return await self.heard(sent)

    async def command(self, who: User, name: str, /, **options: str | int) -> Interaction:
        """A command of somebody whose Discord is French."""
        here = self.stage.channel
        given: dict[str, str | int | Channel] = {key: here if one == HERE else one for key, one in options.items()}
        return await self.heard(
            await self.stage.server.slash(who, here, name, locale=FRENCH, permissions=None, **given)
        )

    async def alone(self, who: User, name: str, /, **options: str | int) -> Interaction:
        """The same in a direct message."""
        server = self.stage.server
        where = server.world.direct_channel(who)
        return await self.heard(await server.slash(who, where, name, locale=FRENCH, permissions=None, **options))

    async def press(self, who: User, message: Message, custom_id: str) -> Interaction:
        """A press of theirs."""
        sent = await self.stage.server.button(who, message, custom_id, locale=FRENCH)
        if custom_id.startswith("about:"):  # a form, into which a question is typed
            opened = await sent.acknowledged()
            assert opened.modal is not None
            assert opened.modal["title"] == load(FRENCH, "discord")("discord.form")
            sent = await self.stage.server.submit(opened, {"question": "quand ?"}, locale=FRENCH)
        return await self.heard(sent)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(directory: Path) -> AsyncIterator[Walk]:
    async with set_up(directory, FRENCH) as stage, stage.process() as bot:
        stage.bot = bot
        yield Walk(stage, [], set())
        assert await bot.stop() == 0
        assert_clean(bot)


def runs(text: str) -> Iterator[str]:
    """Every run of so many words of a text, in small letters; a sign ends a run."""
    for piece in re.split(r"[^\w' ’-]|\n", text.casefold()):
        words = re.findall(r"[^\W\d_]+", piece)
        yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


@cache
def english() -> set[str]:
    """The runs of words of all English sentences."""
    templates = load("en", "discord")
    return {
        run
        for key, fields in PLACEHOLDERS.items()
        for n in ((1, 2) if "n" in fields.split() else (0,))
        for run in runs(templates(key, **{name: n if name == "n" else "§" for name in fields.split()}))
    }


@cache
def short(language: str) -> set[str]:
    """What is said in a language with nothing filled in, whole: labels, headings, sentences."""
    templates = load(language, "discord")
    return {templates(key) for key, fields in PLACEHOLDERS.items() if not fields}


def own_words(text: str) -> str:
    """What the bot says itself: without quotes, links and what stands between quotation marks."""
    lines = [line for line in text.splitlines() if not line.startswith(("> ", "```"))]
    return re.sub(r"«[^»]*»|\]\([^)]*\)|`[^`]*`", "§", "\n".join(lines))


def english_in(said: Message) -> list[str]:
    """What of the bot's English there is in what it said and in its buttons and menus."""
    labels = [button["label"] for button in said.buttons]
    menu = said.component("which")
    text = own_words("\n".join([said.text, *labels, *([menu["placeholder"]] if menu else [])]))
    asked = {str(options.get("question")) for _, options in COMMANDS}  # which stands over its answer
    lines = {line.strip(SIGNS) for line in text.splitlines()} - asked
    return sorted(english().intersection(runs(text)) | (lines & (short("en") - short(FRENCH))))


async def test_the_walk_passes_by_every_command_and_option() -> None:
    passed = {name: {word for other, given in COMMANDS if other == name for word in given} for name, _ in COMMANDS}
    offered = Registry().on(Face.DISCORD)
    assert passed == {one.name: {option.name for option in one.options_on(Face.DISCORD)} for one in offered}


async def test_every_command_option_and_button_speaks_french(walk: Walk) -> None:
    """For a member, a moderator and, in a direct message, a stranger; buttons before a refresh are pressed after it."""
    for command in FOR_MODERATORS:
        walk.stage.server.open_command(command)
    stage, member, stranger = walk.stage, walk.stage.anyone(), walk.stage.anyone()
    old = await walk.command(member, "ask", question="How deep is the well?")
    for name, options in COMMANDS:
        who = stage.moderator if name.startswith(FOR_MODERATORS) else member
        await walk.follow(who, await walk.command(who, name, **options))
        if not name.startswith(FOR_MODERATORS):
            await walk.alone(stranger, name, **options)
    for text, entry in (
        ("Who dug the well?", "Ask the report about this"),
        ("", "Ask the report about this"),
        (QUOTED, "Check this quote"),
        ("Nobody said anything.", "Check this quote"),
    ):
        await walk.follow(member, await walk.menu(member, text, entry))
    old_key = re.findall(r"well:1@[0-9a-f]{8}", str(old.message and old.message.buttons))[0]
    stage.write("well.txt", WELL.replace("nine metres", "ten metres").replace("a new handle", "a handle"))
    stage.write("wall.txt", WALL)
    stage.write(
        "reports.toml",
        f'{MANIFEST}\n[[report]]\nfile = "wall.txt"\nid = "wall"\ntitle = "Notes on a wall"\nlanguage = "en"\n',
    )
    await walk.command(member, "corpus refresh")  # who may not
    live = await walk.command(stage.moderator, "corpus refresh")
    assert "est en ligne" in live.text
    await walk.follow(stage.moderator, live)
    walk.pressed.clear()
    await walk.follow(member, old)
    await walk.follow(member, await walk.command(member, "ask", question="When was the wall mended?"))
    for citation in ("wall:1", old_key):
        await walk.follow(member, await walk.command(member, "passage", citation=citation))
    assert "quotes are verbatim" in english(), "this test can see them"
    assert "Why this?" in short("en") - short(FRENCH)
    for one in walk.said:
        assert one.text, one
        assert english_in(one) == [], one.text
        assert not one.pings
    assert len(walk.said) > 180
    labels = {button["label"] for one in walk.said for button in one.buttons}
    french = load(FRENCH)
    assert {french(key) for key in BUTTONS} <= labels


async def test_the_outcomes_are_told_in_french(walk: Walk) -> None:
    member = walk.stage.anyone()
    silent = await walk.command(member, "ask", question="Who won the football cup?")
    assert "Rien à ce sujet n'a été trouvé dans les rapports." in silent.text
    answered = await walk.command(member, "ask", question="Who dug the well?")
    assert answered.message
    assert [button["label"] for button in answered.message.buttons][:3] == ["Contexte", "Pourquoi\u00a0?", "Citer"]
    assert "Les citations sont textuelles." in answered.text
    assert "in March 2024 by the people of the village" in answered.text
    refused = await walk.command(member, "corpus refresh")
    assert "Seuls les membres qui peuvent gérer ce serveur" in refused.text
    assert refused.ephemeral


async def test_a_message_is_answered_in_the_language_of_its_server(walk: Walk) -> None:
    stage = walk.stage
    posted = await stage.server.message(stage.anyone(), stage.channel, "Who won the football cup?", mentions_bot=True)
    assert "Rien à ce sujet n'a été trouvé" in (await posted.reply()).text


async def test_a_direct_message_is_answered_in_the_language_of_who_wrote_it_where_that_is_known(walk: Walk) -> None:
    """Discord tells a person's language with commands and buttons alone."""
    stage, reader = walk.stage, walk.stage.anyone()
    unknown = await stage.server.direct_message(reader, "Who won the football cup?")
    assert "Nothing about this was found" in (await unknown.reply()).text
    await walk.command(reader, "about")
    known = await stage.server.direct_message(reader, "Who won the football cup?")
    assert "Rien à ce sujet n'a été trouvé" in (await known.reply()).text


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
