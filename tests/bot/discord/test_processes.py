"""Three processes with two shards each on one PostgreSQL: spacing kept, refreshes seen by all, killed and restarted."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from corpus.store.store import Store
from tests.bot.discord.conftest import assert_clean
from tests.bot.discord.fleet import BOTS, SECONDS, SHARDS, Fleet, Server, fleet_at, own_server
from tests.databases import NEEDS_SERVER

pytestmark = [NEEDS_SERVER, pytest.mark.asyncio(loop_scope="module")]

FOREVER = 600.0  # seconds: longer than the test


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fleet(server: Server, directory: Path) -> AsyncIterator[Fleet]:
    """All bots are up before each test and after it; whatever has happened, no edition is mixed."""
    async with fleet_at(directory, server.place) as ready:
        yield ready
        for bot in ready.bots:
            assert await bot.stop() == 0, bot.output
            assert_clean(bot)


@pytest.fixture(autouse=True)
def never_too_soon_and_never_mixed(fleet: Fleet) -> Iterator[None]:
    """What holds whatever happens: the spacing of each bucket, and that an answer is of the edition that it names."""
    yield
    assert fleet.stage.server.gateway.too_soon == []
    assert fleet.mixed() == []


async def test_each_shard_logs_in_once_and_one_process_sends_the_commands(fleet: Fleet) -> None:
    gateway = fleet.stage.server.gateway
    assert sorted(one.shard for one in gateway.identifies) == [(number, SHARDS) for number in range(SHARDS)]
    assert len(gateway.gaps) == SHARDS - gateway.max_concurrency
    assert [("event=commands" in bot.output) for bot in fleet.bots] == [True, False, False]
    assert [await fleet.answer(number) for number in range(BOTS)] == ["nine"] * BOTS


async def test_none_takes_the_only_server_that_it_has_for_the_only_one_there_is(fleet: Fleet) -> None:
    """Else whoever manages that server could change what all others are answered from."""
    server = fleet.stage.server
    for channel in fleet.channels:
        said = (await (await server.slash(fleet.stage.moderator, channel, "corpus refresh")).finished()).text
        assert said.startswith("Only the owner of this bot can do that")


async def test_a_refresh_by_one_is_seen_by_all_because_they_are_told(fleet: Fleet) -> None:
    """Each looks by itself only once an hour; all are asked all the time."""
    async with fleet.asking(*range(BOTS)):
        for number, depth in enumerate(("ten", "eleven", "twelve")):
            said = (await (await fleet.refresh(number, depth)).finished()).text
            assert "is live" in said
            assert await fleet.answer(number) == depth
            await fleet.until_all_say(depth)
    assert {depth for _, depth in fleet.answers} == {"nine", "ten", "eleven", "twelve"}


@contextmanager
def nothing_goes_live(fleet: Fleet) -> Iterator[None]:
    """Whoever makes an edition live waits, with everything else of it written and nothing committed."""
    with psycopg.connect(fleet.place.url) as connection:
        connection.execute("LOCK TABLE live IN SHARE MODE")
        yield


def until_somebody_waits_to_go_live(fleet: Fleet) -> None:
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE live%'"
    until(lambda: bool(fleet.place.execute(waits)))


def until(condition: Callable[[], bool]) -> None:
    """Look for what nothing tells of."""
    ends = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


async def test_one_is_killed_in_the_middle_of_a_refresh(fleet: Fleet) -> None:
    """Of its edition nothing is left; the others go on, one refreshes, and the killed one comes back with that."""
    await fleet.until_all_say("twelve")
    before = fleet.live()
    async with fleet.asking(0, 1):
        with nothing_goes_live(fleet):
            await fleet.refresh(2, "thirteen")
            await asyncio.to_thread(until_somebody_waits_to_go_live, fleet)
            await fleet.kill(2)
        assert fleet.live() == before
        assert [await fleet.answer(number) for number in (0, 1)] == ["twelve"] * 2
        await (await fleet.refresh(0, "fourteen")).finished()
        await fleet.begin_again(2)
        await fleet.until_up(fleet.bots[2])
        await fleet.until_all_say("fourteen")
    await (await fleet.refresh(2, "fifteen")).finished()
    await fleet.until_all_say("fifteen")


async def test_one_is_killed_as_soon_as_its_refresh_is_live(fleet: Fleet) -> None:
    """The others are told, and it comes back with its own edition."""
    before = fleet.live()
    async with fleet.asking(0, 1):
        await fleet.refresh(2, "sixteen")
        await asyncio.to_thread(until, lambda: fleet.live() != before)
        await fleet.kill(2)
        await fleet.begin_again(2)
        await fleet.until_up(fleet.bots[2])
        await fleet.until_all_say("sixteen")


async def test_one_is_killed_in_the_middle_of_an_answer(fleet: Fleet) -> None:
    """What it had promised never comes; the others go on, and so does it once it is back."""
    fleet.hold.touch()
    asked = [await (await fleet.ask(number)).acknowledged() for number in range(BOTS)]
    assert [one.deferred and not one.done for one in asked] == [True] * BOTS
    await fleet.kill(2)
    fleet.hold.unlink()
    for one in asked[:2]:
        assert "sixteen" in (await one.finished()).text
    await fleet.begin_again(2)
    await fleet.until_up(fleet.bots[2])
    assert await fleet.answer(2) == "sixteen"
    assert not asked[2].done


async def test_one_that_is_killed_when_it_has_just_logged_in_comes_back_when_its_buckets_are_free(fleet: Fleet) -> None:
    gateway = fleet.stage.server.gateway
    await fleet.kill(2)
    for _ in range(2):
        known = len(gateway.identifies)
        await fleet.begin_again(2)
        await gateway.until_identified(known + 1, SECONDS)
        await fleet.kill(2)
    await fleet.begin_again(2)
    await fleet.until_up(fleet.bots[2])
    assert await fleet.answer(2) == "sixteen"


async def test_the_database_is_restarted(fleet: Fleet, server: Server) -> None:
    """All answer while it is away, take their connections up again, and say that nothing can be refreshed; afterwards
    a refresh is seen by all."""
    gateway = fleet.stage.server.gateway
    before, resumed = fleet.live(), gateway.resumes
    async with fleet.asking(*range(BOTS)):
        await asyncio.to_thread(server.crash)
        refused = await (await fleet.refresh(1, "seventeen")).finished()
        assert "The edition that was live stays live." in refused.text
        assert [await fleet.answer(number) for number in range(BOTS)] == ["sixteen"] * BOTS
        await gateway.drop_shard(5)
        await gateway.until_resumed(resumed + 1)
        await asyncio.to_thread(server.again)
        assert fleet.live() == before
        await (await fleet.refresh(1, "seventeen")).finished()
        await fleet.until_all_say("seventeen")


async def test_one_that_begins_while_the_database_is_away_says_so_and_logs_in_when_it_is_back(
    fleet: Fleet, server: Server
) -> None:
    gateway = fleet.stage.server.gateway
    await fleet.kill(2)
    await asyncio.to_thread(server.crash)
    known = len(gateway.identifies)
    await fleet.begin_again(2)
    await fleet.bots[2].until_printed("The database cannot be asked when a shard may log in to Discord", SECONDS)
    assert [await fleet.answer(number) for number in (0, 1)] == ["seventeen"] * 2
    assert len(gateway.identifies) == known
    await asyncio.to_thread(server.again)
    await fleet.until_up(fleet.bots[2])
    await fleet.until_all_say("seventeen")


async def test_a_shard_that_waits_for_its_slot_keeps_no_other_from_going_on(fleet: Fleet) -> None:
    """Shard 4 has to log in anew when somebody else has the slot of its bucket for long; shard 5 resumes."""
    gateway = fleet.stage.server.gateway
    with Store(fleet.place.url) as store:
        await asyncio.to_thread(store.slots.take, 0, FOREVER)
    known, resumed, refused = len(gateway.identifies), gateway.resumes, gateway.refused_resumes
    await gateway.drop_shard(4, forget=True)
    await gateway.changed.until(lambda: gateway.refused_resumes > refused, SECONDS, lambda: "nobody tried to resume")
    await gateway.drop_shard(5)
    await gateway.until_resumed(resumed + 1, SECONDS)
    assert len(gateway.identifies) == known
    fleet.place.execute("DELETE FROM slots WHERE number = 0")
    await fleet.kill(2)
    await fleet.begin_again(2)
    await fleet.until_up(fleet.bots[2])
    assert await fleet.answer(2) == "seventeen"
