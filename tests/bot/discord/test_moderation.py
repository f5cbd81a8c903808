"""Who may look after the corpus, and what a refresh does while people ask."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.bot.discord.conftest import ROAD, WELL, Stage, assert_clean
from tests.fakes.discord_server import Interaction, Misuse, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

DENIED = "Only members who may manage this server (permission Manage Server) can do that."


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def files_as_they_were(stage: Stage) -> AsyncIterator[None]:
    yield
    stage.restore()
    await refresh(stage)


async def refresh(stage: Stage, who: User | None = None) -> Interaction:
    return await (await stage.server.slash(who or stage.moderator, stage.channel, "corpus refresh")).finished()


async def edition(stage: Stage) -> str:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?", private=True)
    return (await asked.finished()).text.split("Edition ")[1][:12]


async def test_discord_does_not_even_offer_it_to_members(stage: Stage) -> None:
    with pytest.raises(Misuse):
        await stage.server.slash(stage.anyone(), stage.channel, "corpus refresh")
    with pytest.raises(Misuse):
        await stage.server.slash(stage.moderator, stage.server.direct_channel(stage.moderator), "corpus refresh")


@pytest.mark.parametrize("command", ["corpus refresh", "corpus status"])
async def test_a_member_is_refused_also_where_an_admin_opened_the_command(stage: Stage, command: str) -> None:
    """Discord's default permissions are a default; the bot asks again."""
    stage.server.open_command("corpus")
    asked = await (await stage.server.slash(stage.anyone(), stage.channel, command)).finished()
    stage.server.opened.clear()
    assert (asked.text, asked.ephemeral, asked.deferred) == (DENIED, True, False)


async def test_status_is_for_moderators_and_private(stage: Stage) -> None:
    asked = await (await stage.server.slash(stage.moderator, stage.channel, "corpus status")).finished()
    lines = asked.text.splitlines()
    assert lines[0] == "### The corpus"
    assert re.fullmatch(r"Edition [0-9a-f]{12}, live since .* UTC, made .*\.", lines[1].replace("\\", ""))
    assert "• Notes on a road (road, 2 paragraphs)" in asked.text
    assert (asked.ephemeral, asked.deferred) == (True, True)


async def test_a_refresh_without_changes_says_so(stage: Stage) -> None:
    label = await edition(stage)
    refreshed = await refresh(stage)
    assert refreshed.text == f"Nothing has changed. Edition {label} stays live."
    assert (refreshed.ephemeral, refreshed.deferred) == (True, True)


async def test_a_refresh_says_what_changed_and_is_answered_from_at_once(stage: Stage) -> None:
    before = await edition(stage)
    stage.write("well.txt", WELL.replace("the people of the village", "two engineers"))
    refreshed = await refresh(stage)
    after = await edition(stage)
    assert before != after
    assert f"Edition {after} is live." in refreshed.text
    assert "\nChanged\\: Notes on a well\n• changed\\: paragraph 1 (before well\\:1\\@" in refreshed.text
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
    assert "by two engineers." in (await asked.finished()).text


async def test_ornaments_and_rules_are_told_of_and_can_be_looked_up(stage: Stage) -> None:
    """Whatever a file holds: once the edition is live, the refresh says so."""
    stage.write("road.txt", ROAD.replace("\n\nThe bridge", "\n\n* * *\n\nThe bridge"))
    refreshed = await refresh(stage)
    assert f"Edition {await edition(stage)} is live." in refreshed.text
    assert "• added\\: ornament or front matter (road\\:furniture-1\\@" in refreshed.text
    asked = await (await stage.server.slash(stage.moderator, stage.channel, "corpus status")).finished()
    assert "-# ornament or front matter \\[road\\:furniture-1\\@" in asked.text
    member = stage.anyone()
    asked = await stage.server.slash(member, stage.channel, "passage", citation="road:furniture-1")
    assert "\n> \\* \\* \\*\n" in (await asked.finished()).text


async def test_what_lies_in_the_folder_and_is_not_read_is_named(stage: Stage) -> None:
    """By its name alone, at a refresh and, from that reading, in the status."""
    pdf = stage.folder / "scan.png"
    pdf.write_bytes(b"%PDF-1.4")
    try:
        refreshed = await refresh(stage)
    finally:
        pdf.unlink()
    status = await (await stage.server.slash(stage.moderator, stage.channel, "corpus status")).finished()
    for asked in (refreshed, status):
        assert "Passed over\\: scan.png, because only files that end in " in asked.text
        assert str(stage.folder) not in asked.text
    assert refreshed.text.startswith("Nothing has changed.")


@pytest.mark.parametrize(("content", "problem"), [(b"", "empty"), (b"\xff\xfe\x00\x01", "")])
async def test_a_broken_file_leaves_the_old_edition_and_is_named(stage: Stage, content: bytes, problem: str) -> None:
    before = await edition(stage)
    (stage.folder / "road.txt").write_bytes(content)
    refreshed = await refresh(stage)
    assert refreshed.text.startswith("road.txt cannot be read\\: ")
    assert problem in refreshed.text
    assert refreshed.text.endswith("The edition that was live stays live.")
    assert await edition(stage) == before


async def test_where_on_the_server_the_reports_lie_stands_in_the_log_and_not_on_discord(stage: Stage) -> None:
    assert stage.bot
    away = stage.folder.rename(stage.folder.with_name("away"))
    refreshed = await refresh(stage)
    away.rename(stage.folder)
    assert refreshed.text == (
        "There is no folder of reports where the bot looks for one. Its log says where that is.\n"
        "The edition that was live stays live."
    )
    await stage.bot.until_printed("event=request task=refresh via=command outcome=no_folder")
    await stage.bot.until_printed(f'event=problem task=refresh problem="There is no folder {stage.folder}.')


async def test_two_refreshes_at_once_are_one_and_a_sentence(stage: Stage) -> None:
    stage.write("road.txt", ROAD + "\n" + "\n\n".join(f"The lorry number {n} passed." for n in range(20_000)))
    asked = [await stage.server.slash(stage.moderator, stage.channel, "corpus refresh") for _ in range(2)]
    said = sorted([(await interaction.finished(within=30)).text for interaction in asked], key=len)
    assert said[0] == "A refresh is already under way. Wait until it is done."
    assert "is live." in said[1]


async def test_every_answer_during_refreshes_is_whole_from_one_edition(stage: Stage) -> None:
    """The number in the words goes with the edition in the footer, however the two interleave."""
    numbers = ("nine", "ten", "eleven", "twelve")
    seen: dict[str, set[str]] = {}

    async def ask_on() -> None:
        for _ in range(25):
            asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="How deep is the well?")
            text = (await asked.finished()).text
            number = re.search(r"is (\w+) metres deep", text.replace("*", ""))
            assert number, text
            seen.setdefault(text.split("Edition ")[1][:12], set()).add(number[1])

    async def refresh_on() -> None:
        for number in numbers:
            stage.write("well.txt", WELL.replace("nine", number))
            await refresh(stage)

    await asyncio.gather(*(ask_on() for _ in range(4)), refresh_on())
    assert all(len(found) == 1 for found in seen.values())
    assert set().union(*seen.values()) <= set(numbers)


async def test_a_refresh_in_the_terminal_reaches_the_bot(stage: Stage) -> None:
    before = await edition(stage)
    stage.write("well.txt", WELL.replace("clear", "cold"))
    terminal = stage.process()
    terminal.argv = (*terminal.argv[:-1], "corpus", "refresh")
    await terminal.start()
    assert await terminal.ended() == 0
    made = re.search(r"event=refresh edition=(\w+) ", terminal.output)
    assert made
    assert stage.bot
    await stage.bot.until_printed(f"event=followed edition={made[1]}")
    assert await edition(stage) == made[1] != before


async def test_the_rules_of_the_settings(empty_stage: Stage) -> None:
    """A role in place of Manage Server, in the home server only; in each case with the sentence that says so."""
    stage = empty_stage
    archivist = stage.anyone()
    stage.server.give_roles(stage.guild, archivist, stage.archivist)
    stage.server.open_command("corpus")
    elsewhere = stage.server.add_guild("Elsewhere")
    there = stage.server.add_channel(elsewhere, "general")

    async def said(who: User, channel: object = None) -> str:
        asked = await stage.server.slash(who, there if channel else stage.channel, "corpus refresh")
        return (await asked.finished()).text

    async with stage.process() as bot:
        assert await said(stage.moderator) == (
            "Only the owner of this bot can do that, because it serves more than one server."
        )
        assert (await said(stage.server.world.owner)).startswith("Nothing has changed.")
        await bot.stop()
    rules = {"RAPPORTEUR_HOME_GUILD": str(stage.guild.id), "RAPPORTEUR_MODERATOR_ROLE": "archivist"}
    async with stage.process(**rules) as bot:
        assert await said(stage.moderator) == "Only members with the role “archivist” can do that."
        assert (await said(archivist)).startswith("Nothing has changed.")
        assert await said(elsewhere.owner, there) == "The reports can only be changed from the bot's home server."
        await bot.stop()
    assert_clean(bot)
