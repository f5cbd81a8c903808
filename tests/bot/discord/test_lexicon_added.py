"""`/corpus equivalent`: a gap is mended on the spot, for all bots on the database, and goes again as it came."""

import asyncio
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.community.values import EQUIVALENT_ADDED, EQUIVALENT_REMOVED, Equivalent
from corpus.store.store import Store
from tests.bot.discord.conftest import Stage, assert_clean, set_up
from tests.databases import POSTGRES, SQLITE, empty
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Interaction, Message, Misuse, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOCALE = "en-US"
GAP, FILLED = "Is there a crank?", "He brought a new handle."
NOTHING = "Nothing about this was found in the reports."
DENIED = "Only members who may manage this server (permission Manage Server) can do that."
REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."
ADDED_NOW = "Added: from now on “crank” in a question finds “handle” in the reports."
NONE_HERE = "No equivalent has been added here."


def plain(text: str) -> str:
    return text.replace("\\", "").replace("**", "")


async def equivalent(stage: Stage, who: User | None = None, **given: str | bool) -> Interaction:
    asked = await stage.server.slash(
        who or stage.moderator, stage.channel, "corpus equivalent", locale=LOCALE, permissions=None, **given
    )
    done = await asked.finished()
    assert done.ephemeral
    return done


async def answer(stage: Stage, question: str = GAP) -> Message:
    asked = await (await stage.server.slash(stage.anyone(), stage.channel, "ask", question=question)).finished()
    assert asked.message is not None
    return asked.message


async def in_terminal(stage: Stage, *arguments: str) -> str:
    """What `rapporteur corpus equivalent` prints beside the bot."""
    terminal = stage.process()
    terminal.argv = (*terminal.argv[:-1], "corpus", "equivalent", *arguments)
    await terminal.start()
    assert await terminal.ended() == 0
    return terminal.output


async def until_answered(stage: Stage, bot: BotProcess) -> None:
    for _ in range(100):
        if FILLED in plain((await answer(stage)).text):
            return
        await asyncio.sleep(0.1)
    pytest.fail(bot.output)


def add(message: Message | None) -> str:
    assert message is not None
    (found,) = (button["custom_id"] for button in message.buttons if button["label"] == "Add")
    return str(found)


async def test_a_gap_is_proposed_filled_named_and_taken_back(stage: Stage) -> None:
    unrelated = (await answer(stage, "Who dug the well?")).text
    assert NOTHING in plain((await answer(stage)).text)
    proposed = await equivalent(stage, word="crank", means="handle")
    text = plain(proposed.text)
    assert text.startswith(
        "### “crank” in a question, “handle” in a report\n“handle” stands in one passage of the reports:"
    )
    assert "> […] He brought a new handle." in text
    assert "“crank” finds nothing in the reports so far." in text
    assert "Nothing has been changed. Added, it counts at once, in every server and for every question." in text
    assert "--apply" not in text
    assert NOTHING in plain((await answer(stage)).text)
    assert plain((await equivalent(stage)).text) == NONE_HERE

    assert proposed.message is not None
    pressed = await (await stage.server.button(stage.moderator, proposed.message, add(proposed.message))).finished()
    assert plain(pressed.text).endswith(ADDED_NOW)
    filled = await answer(stage)
    assert FILLED in plain(filled.text)
    assert filled.text.split("Edition ")[1][:12] == unrelated.split("Edition ")[1][:12]
    assert (await answer(stage, "Who dug the well?")).text == unrelated
    why = next(button["custom_id"] for button in filled.buttons if button["label"] == "Why this?")
    explained = await (await stage.server.button(stage.anyone(), filled, why)).finished()
    assert "“crank” does not stand in it, but “handle” does, which may stand for it." in plain(explained.text)

    again = await equivalent(stage, word="crank", means="handle")
    assert plain(again.text).endswith("“crank” finds “handle” already: that was added here.")
    assert again.message is not None
    assert [button["label"] for button in again.message.buttons] == []
    listed = plain((await equivalent(stage)).text)
    assert listed.startswith("### Equivalents added here\n• crank > handle (English; ")
    assert f"discord:{stage.moderator.id})" in listed

    removed = await equivalent(stage, word="Crank", remove=True)
    assert plain(removed.text) == "Taken out: “crank” no longer finds “handle” by what was added here."
    assert NOTHING in plain((await answer(stage)).text)
    assert plain((await equivalent(stage, word="crank", remove=True)).text).startswith(
        "There is no equivalent for “crank” among those that were added here."
    )
    with Store.at(stage.data, readonly=True) as store:
        entries = [(entry.action, entry.actor, json.loads(entry.detail)) for entry in store.history(2)]
    detail = {"word": "crank", "means": "handle", "language": "en"}
    actor = f"discord:{stage.moderator.id}"
    assert entries == [(EQUIVALENT_REMOVED, actor, detail), (EQUIVALENT_ADDED, actor, detail)]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"word": "crank"}, "it is not said what “crank” means; give the word of the reports as well"),
        ({"means": "handle"}, "no word of questions is given; give it as well"),
        ({"word": "crank, lever", "means": "handle"}, "“crank, lever” has a comma, an arrow or a number sign; give"),
        ({"word": "crank", "means": "the"}, "“the” holds only stop words, by which nothing is found;"),
        ({"word": "crank", "means": "?!"}, "“?!” holds no word; take it out"),
        ({"word": "a b c d e", "means": "handle"}, "“a b c d e” has 5 words, and an item may have 4; shorten it"),
        ({"word": "handles", "means": "handle"}, "“handles” and “handle” are one word, of which all forms are found"),
    ],
)
async def test_what_cannot_be_added_is_refused_as_in_a_lexicon_file(
    stage: Stage, given: dict[str, str], problem: str
) -> None:
    assert plain((await equivalent(stage, None, **given)).text).startswith(f"This equivalent cannot be used: {problem}")


async def test_what_is_known_already_is_said(stage: Stage) -> None:
    known = await equivalent(stage, word="shut", means="close")
    assert "“shut” already finds what stands in the reports as: “closed”." in plain(known.text)
    assert plain(known.text).endswith("“shut” finds “close” already: the lexicon has it, so there is nothing to add.")
    misspelt = await equivalent(stage, word="repairrer", means="handle")
    assert "“repairrer” is read as “repairer” so far, as if it were misspelt." in plain(misspelt.text)
    itself = await equivalent(stage, word="water", means="rain")
    assert "“water” itself stands in one passage, which is found by it." in plain(itself.text)
    nowhere = await equivalent(stage, word="crank", means="zeppelin")
    assert "“zeppelin” stands in no passage of the reports, so nothing would be found by it." in plain(nowhere.text)


async def test_only_moderators_may_and_the_button_asks_again(stage: Stage) -> None:
    with pytest.raises(Misuse):
        await equivalent(stage, stage.anyone(), word="crank", means="handle")
    stage.server.open_command("corpus")
    try:
        assert (await equivalent(stage, stage.anyone(), word="crank", means="handle")).text == DENIED
        demoted = stage.anyone()
        managers = next(role for role in stage.server.world.roles[stage.guild.id].values() if role.name == "Managers")
        stage.server.give_roles(stage.guild, demoted, managers)
        proposed = await equivalent(stage, demoted, word="crank", means="handle")
        stage.server.give_roles(stage.guild, demoted)
        assert proposed.message is not None
        pressed = await (await stage.server.button(demoted, proposed.message, add(proposed.message))).finished()
        assert pressed.text == DENIED
    finally:
        stage.server.opened.clear()
    assert plain((await equivalent(stage)).text) == NONE_HERE


@pytest.mark.parametrize("kind", [SQLITE, POSTGRES])
async def test_what_another_process_adds_is_followed_and_lasts(empty_stage: Stage, kind: str, tmp_path: Path) -> None:
    stage = empty_stage
    with empty(kind, tmp_path / "shared") as place:
        async with stage.process(DATABASE_URL=place.url) as bot:
            assert NOTHING in plain((await answer(stage)).text)
            with place.open() as other:
                one = Equivalent("crank", "handle", "en")
                other.equivalents.add(one, actor="elsewhere", at=dt.datetime.now(dt.UTC))
            await until_answered(stage, bot)
            assert await bot.stop() == 0
        assert_clean(bot)
        async with stage.process(DATABASE_URL=place.url) as bot:
            assert FILLED in plain((await answer(stage)).text)
            assert await bot.stop() == 0
        assert_clean(bot)


@pytest.mark.parametrize("kind", [SQLITE, POSTGRES])
async def test_what_is_added_through_one_bot_is_known_to_the_other(kind: str, tmp_path: Path) -> None:
    """Two bots, each on a Discord of its own, that share a database and its reports."""
    with empty(kind, tmp_path / "shared") as place:
        async with set_up(tmp_path / "one") as one, set_up(tmp_path / "other") as other:
            first, second = (stage.process(DATABASE_URL=place.url) for stage in (one, other))
            async with first, second:
                assert NOTHING in plain((await answer(other)).text)
                proposed = (await equivalent(one, word="crank", means="handle")).message
                assert proposed is not None
                await (await one.server.button(one.moderator, proposed, add(proposed))).finished()
                assert FILLED in plain((await answer(one)).text)
                await until_answered(other, second)
                removed = await equivalent(other, word="crank", remove=True)
                assert "Taken out" in removed.text
                for _ in range(100):
                    if NOTHING in plain((await answer(one)).text):
                        break
                    await asyncio.sleep(0.1)
                else:
                    pytest.fail(first.output)
                assert await first.stop() == 0
                assert await second.stop() == 0
            assert_clean(first)
            assert_clean(second)


async def test_words_that_look_like_markdown_are_shown_as_they_are(stage: Stage) -> None:
    shown = await equivalent(stage, word="**crank** @everyone", means="handle")
    assert shown.text.splitlines()[0] == r"### “\*\*crank\*\* \@everyone” in a question, “handle” in a report"
    assert shown.message is not None
    assert not shown.message.pings


async def test_a_gap_is_mended_from_a_terminal_beside_the_file_of_the_operator(empty_stage: Stage) -> None:
    stage = empty_stage
    lexicon = stage.folder.parent / "lexicon.toml"
    lexicon.write_text("[en]\nsame = '''\ncamions > lorry\n'''\n", "utf-8")
    async with stage.process(RAPPORTEUR_LEXICON=str(lexicon)) as bot:
        assert "Two lorries" in plain((await answer(stage, "Which camions?")).text)
        assert NOTHING in plain((await answer(stage)).text)
        assert "The same command with --apply adds it." in await in_terminal(stage, "crank", "handle")
        assert NOTHING in plain((await answer(stage)).text)
        assert ADDED_NOW in await in_terminal(stage, "crank", "handle", "--apply")
        await until_answered(stage, bot)
        assert "Two lorries" in plain((await answer(stage, "Which camions?")).text)
        # Another edition is read with it as well.
        stage.write("well.txt", (stage.folder / "well.txt").read_text("utf-8").replace("nine", "ten"))
        await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
        assert FILLED in plain((await answer(stage)).text)
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_forged_button_is_refused(stage: Stage) -> None:
    proposed = await equivalent(stage, word="crank", means="handle")
    assert proposed.message is not None
    row = proposed.message.components[-1]
    for forged in ("equivalent:crank", "equivalent:a>b>c", f"equivalent:{'x' * 41}>y"):
        parts = row | {"components": [row["components"][0] | {"custom_id": forged}]}
        body = replace(proposed.message.body, components=(*proposed.message.components[:-1], parts))
        message = stage.server.world.edit(proposed.message, body)
        assert (await (await stage.server.button(stage.moderator, message, forged)).finished()).text == REFUSED


async def test_a_french_moderator_reads_french(tmp_path: Path) -> None:
    async with set_up(tmp_path, locale="fr") as stage, stage.process() as bot:
        asked = await stage.server.slash(
            stage.moderator, stage.channel, "corpus equivalent", word="crank", means="handle", locale="fr"
        )
        done = await asked.finished()
        assert "« handle » se trouve dans un passage des rapports :" in plain(done.text).replace("\xa0", " ")
        assert done.message is not None
        assert [button["label"] for button in done.message.buttons] == ["Ajouter"]
        assert await bot.stop() == 0
    assert_clean(bot)
