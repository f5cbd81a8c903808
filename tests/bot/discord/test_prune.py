"""`/corpus prune`: what nobody can have cited any more is shown first, and goes at a second press; for moderators."""

import datetime as dt

import pytest

from corpus.store.store import Store
from tests.bot.discord.conftest import Stage
from tests.builders import edition
from tests.fakes.discord_server import Interaction, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOCALE = "en-US"
DENIED = "Only members who may manage this server (permission Manage Server) can do that."
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def plain(text: str) -> str:
    return text.replace("\\", "")


async def prune(stage: Stage, who: User | None = None, **given: int) -> Interaction:
    asked = await stage.server.slash(
        who or stage.moderator, stage.channel, "corpus prune", locale=LOCALE, permissions=None, **given
    )
    done = await asked.finished()
    assert done.ephemeral
    return done


async def test_what_is_no_longer_needed_goes_at_a_second_press(stage: Stage) -> None:
    assert "There is nothing to drop: every edition that is kept is live" in plain((await prune(stage)).text)
    with Store.at(stage.data) as store:
        live = store.live()
        assert live is not None
        for number, one in enumerate((edition(["Long gone."]), live.edition)):
            store.publish(one, actor="a", at=LONG_AGO + dt.timedelta(days=number))
    shown = await prune(stage, days=400)
    assert "One edition has not been live since " in plain(shown.text)
    assert "--apply" not in shown.text
    assert shown.message is not None
    (drop,) = (button["custom_id"] for button in shown.message.buttons if button["label"] == "Drop")
    assert drop == "prune:400"
    with Store.at(stage.data, readonly=True) as store:
        assert store.sizes().editions == 2
    pressed = await (await stage.server.button(stage.moderator, shown.message, drop)).finished()
    assert "One edition was dropped with what it alone held" in plain(pressed.text)
    with Store.at(stage.data, readonly=True) as store:
        assert store.sizes().editions == 1
        assert store.history(1)[0].actor == f"discord:{stage.moderator.id}"
    assert "There is nothing to drop" in plain((await prune(stage)).text)
    status = await stage.server.slash(stage.moderator, stage.channel, "corpus status", locale=LOCALE, permissions=None)
    assert "Kept: editions 1, versions of reports" in plain((await status.finished()).text)


async def test_who_may_no_longer_change_the_reports_drops_nothing(stage: Stage) -> None:
    with Store.at(stage.data) as store:
        live = store.live()
        assert live is not None
        for number, one in enumerate((edition(["Gone for long."]), live.edition)):
            store.publish(one, actor="a", at=LONG_AGO + dt.timedelta(days=number))
        before = store.sizes().editions
    demoted = stage.anyone()
    managers = next(role for role in stage.server.world.roles[stage.guild.id].values() if role.name == "Managers")
    stage.server.give_roles(stage.guild, demoted, managers)
    shown = await prune(stage, demoted, days=400)
    stage.server.give_roles(stage.guild, demoted)
    assert shown.message is not None
    pressed = await (await stage.server.button(demoted, shown.message, "prune:400")).finished()
    assert pressed.text == DENIED
    with Store.at(stage.data, readonly=True) as store:
        assert store.sizes().editions == before == 2
