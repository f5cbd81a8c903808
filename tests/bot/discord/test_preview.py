"""`/corpus preview`: how the report files are understood as they stand, for moderators, in private."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.bot.discord.conftest import ROAD, Stage
from tests.fakes.discord_server import Interaction

pytestmark = pytest.mark.asyncio(loop_scope="module")

DENIED = "Only members who may manage this server (permission Manage Server) can do that."


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def files_as_they_were(stage: Stage) -> AsyncIterator[None]:
    yield
    for file in stage.folder.iterdir():
        file.unlink()
    stage.restore()


async def preview(stage: Stage, report: str | None = None) -> Interaction:
    who, where = stage.moderator, stage.channel
    if report is None:
        return await (await stage.server.slash(who, where, "corpus preview")).finished()
    asked = await stage.server.slash(who, where, "corpus preview", report=report)
    return await asked.finished()


def attached(asked: Interaction) -> str:
    assert asked.message
    (file,) = asked.message.attachments
    assert (file.file.filename, file.file.content_type) == ("preview.txt", "text/plain; charset=utf-8")
    shown = [part["file"]["url"] for part in asked.message.components if part["type"] == 13]
    assert shown == ["attachment://preview.txt"]  # an attachment that no component shows is not shown at all
    return file.file.content.decode()


async def test_a_member_is_refused_also_where_an_admin_opened_the_command(stage: Stage) -> None:
    stage.server.open_command("corpus")
    asked = await (await stage.server.slash(stage.anyone(), stage.channel, "corpus preview")).finished()
    stage.server.opened.clear()
    assert (asked.text, asked.ephemeral, asked.deferred) == (DENIED, True, False)


async def test_the_files_are_shown_as_they_stand_and_nothing_goes_live(stage: Stage) -> None:
    stage.write("road.txt", ROAD.replace("July", "August"))
    (stage.folder / "scan.png").write_bytes(b"%PDF-1.4")
    asked = await preview(stage)
    assert (asked.ephemeral, asked.deferred) == (True, True)
    assert asked.text.startswith("### How the documents are understood\n")
    assert "• Notes on a road (road.txt, as road)\\: may be answers 2, kept out 1, torn 0" in asked.text
    assert "Documents read\\: 2. Not readable\\: 0." in asked.text
    assert "Passed over\\: scan.png, because only files that end in " in asked.text
    assert str(stage.folder) not in asked.text
    whole = attached(asked)
    assert "\n• title: Notes on a road (from reports.toml)\n" in whole
    assert "[1]" not in whole
    question = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="When was the bridge repaired?")
    assert "July" in (await question.finished()).text


async def test_what_is_not_read_stands_in_the_log_too(stage: Stage) -> None:
    assert stage.bot
    (stage.folder / "2024").mkdir(exist_ok=True)
    (stage.folder / "2024" / "plan.odg").write_bytes(b"1")
    asked = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
    await asked.finished()
    await stage.bot.until_printed('event=unread problem="Passed over: the folder 2024, which holds no file that ends')
    shutil.rmtree(stage.folder / "2024")


async def test_one_report_is_shown_with_every_passage(stage: Stage) -> None:
    for name in ("road", "road.txt", "Notes on a road"):
        asked = await preview(stage, report=name)
        assert asked.text.startswith("### road.txt\n• id\\: road\n")
        assert "[1] text\nThe road was closed in June 2024" in attached(asked)


async def test_a_file_that_is_not_live_yet_can_be_shown_too(stage: Stage) -> None:
    (stage.folder / "reports.toml").unlink()
    stage.write("new.txt", "Notes on a mill\n\nThe mill was built in 2020.\n")
    assert "The mill was built in 2020." in attached(await preview(stage, report="new"))


async def test_a_name_that_nothing_bears_is_told(stage: Stage) -> None:
    asked = await preview(stage, report="moonlight")
    assert asked.text == "There is no report called “moonlight”. There are\\: well, road."
    assert asked.message
    assert asked.message.attachments == ()


async def test_a_file_that_cannot_be_read_is_shown_as_that(stage: Stage) -> None:
    stage.write("road.txt", "")
    asked = await preview(stage)
    assert "Passed over\\: road.txt, because it is empty." in asked.text
    assert "Documents read\\: 1. Not readable\\: 1." in asked.text
    assert "road.txt\n\nCannot be read: it is empty.\n" in attached(asked)


async def test_many_long_documents_fit_into_one_message(stage: Stage) -> None:
    (stage.folder / "reports.toml").unlink()
    for number in range(150):
        stage.write(f"report-{number:03}.txt", f"Notes number {number} on a long road\n\nThe road is *long* `here`.\n")
        (stage.folder / f"{number:03}.csv").write_text("1")
    asked = await preview(stage)
    assert "more reports" in asked.text
    assert "more were passed over" in asked.text
    assert attached(asked).count("• id: ") == 152


async def test_names_are_offered_while_they_are_typed(stage: Stage) -> None:
    offered = await stage.server.autocomplete(stage.moderator, stage.channel, "corpus preview", "report", "no")
    assert [choice["value"] for choice in (await offered.finished()).choices] == ["well", "road"]
