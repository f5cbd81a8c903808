"""What Prometheus reads off a running bot: each number as it happened, and nothing of whom, where or what."""

import asyncio
import re
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics.meters import ANSWERS, DONE, PLACES, SCOPES, UNSCOPED, outcomes
from tests.bot.discord.conftest import WELL, Stage, assert_clean, set_up
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Status, TooManyRequests

pytestmark = pytest.mark.asyncio(loop_scope="module")

POST = "POST /channels/*/messages"
QUESTION, CLOSEST, SILENT = "Who dug the well?", "Who paid for the well?", "Does cricket bore penguins?"
ANYWHERE = {"RAPPORTEUR_METRICS": "127.0.0.1:0"}
_PORT = re.compile(r"event=metrics port=(\d+)")
_REQUEST = re.compile(r"event=request .*")
# A bot where the extra is not installed.
WITHOUT = """
import sys
sys.modules["prometheus_client"] = None
from bot.__main__ import main
sys.exit(main(["run"]))
"""

Label = tuple[tuple[str, str], ...]
Samples = dict[tuple[str, Label], float]


async def text_of(bot: BotProcess) -> str:
    """What is served now."""
    (port,) = _PORT.findall(bot.output)
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
        assert response.status == 200
        return await response.text()


def read(text: str) -> Samples:
    """Every sample of a text by its name and labels."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in found}


async def scrape(bot: BotProcess) -> Samples:
    return read(await text_of(bot))


def by(samples: Samples, name: str) -> dict[Label, float]:
    """The samples of one name by their labels."""
    return {labels: value for (found, labels), value in samples.items() if found == name}


def only(samples: Samples, name: str) -> float:
    """The one sample of a name that has no labels."""
    ((labels, value),) = by(samples, name).items()
    assert labels == ()
    return value


def logged(bot: BotProcess) -> Counter[Label]:
    """How often each outcome at each kind of place stands in the log; a summary is done, and so is what has none."""
    lines = [dict(part.split("=", 1) for part in line.split() if "=" in part) for line in _REQUEST.findall(bot.output)]
    told = [(line.get("outcome", DONE).replace("summary", DONE), line["place"]) for line in lines]
    return Counter((("outcome", outcome), ("place", place)) for outcome, place in told)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def watched(directory: Path) -> AsyncIterator[Stage]:
    """One bot that is watched, for the module; it has to end well."""
    async with set_up(directory) as ready, ready.process(**ANYWHERE) as bot:
        ready.bot = bot
        yield ready
        assert await bot.stop() == 0
        assert_clean(bot)


async def ask(stage: Stage, question: str) -> None:
    assert stage.bot
    before = stage.bot.output.count("event=request")
    await (await stage.server.slash(stage.anyone(), stage.channel, "ask", question=question)).finished()
    await stage.bot.until_printed("event=request", times=before + 1)


async def refresh(stage: Stage) -> None:
    assert stage.bot
    before = stage.bot.output.count("event=request")
    await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
    await stage.bot.until_printed("event=request", times=before + 1)


async def test_each_answer_counts_by_its_outcome_and_its_kind_of_place(watched: Stage) -> None:
    """As often as the log has it, and with its time where it answers a question."""
    stage, bot = watched, watched.bot
    assert bot
    for question in (QUESTION, QUESTION, CLOSEST, SILENT, " "):
        await ask(stage, question)
    await (await stage.server.slash(stage.anyone(), stage.channel, "reports")).finished()
    await (await stage.server.slash(stage.anyone(), stage.channel, "summary", report="well")).finished()
    stage.server.open_command("corpus")
    await (await stage.server.slash(stage.anyone(), stage.channel, "corpus refresh")).finished()
    stage.server.opened.clear()
    await (await stage.server.message(stage.anyone(), stage.channel, QUESTION, mentions_bot=True)).reply()
    await (await stage.server.direct_message(stage.anyone(), QUESTION)).reply()
    await bot.until_printed("event=request", times=10)
    samples = await scrape(bot)
    expected = logged(bot)
    assert by(samples, "rapporteur_answers_total") == expected
    assert expected[("outcome", "answered"), ("place", "server")] == 3
    assert expected[("outcome", "answered"), ("place", "direct")] == 1
    assert {dict(labels)["outcome"] for labels in expected} >= ANSWERS | {DONE, "forbidden", "empty_question"}
    answers = sum(count for labels, count in expected.items() if dict(labels)["outcome"] in ANSWERS)
    assert only(samples, "rapporteur_answer_seconds_count") == answers
    assert only(samples, "rapporteur_answer_seconds_sum") > 0


async def test_every_429_counts_by_its_scope(watched: Stage) -> None:
    bot, faults = watched.bot, watched.server.faults
    assert bot
    before = by(await scrape(bot), "rapporteur_rate_limited_total")
    for scope in ("user", "global", "shared", "cloudflare"):
        faults.next(POST, TooManyRequests(0.2, scope))
        posted = await watched.server.message(watched.anyone(), watched.channel, QUESTION, mentions_bot=True)
        await posted.reply()
        faults.clear()
    after = by(await scrape(bot), "rapporteur_rate_limited_total")
    assert {dict(labels)["scope"] for labels in after} == {"user", "global", "shared", "none"}
    assert sum(after.values()) - sum(before.values()) >= 4
    assert sum(after.values()) == watched.server.front.statuses[429]


async def test_an_answer_that_discord_does_not_take_is_undelivered(watched: Stage) -> None:
    bot = watched.bot
    assert bot
    before = only(await scrape(bot), "rapporteur_undelivered_answers_total")
    await watched.server.direct_message(watched.server.add_user("closed", reachable=False), QUESTION)
    await bot.until_printed('undelivered="403 ')
    assert only(await scrape(bot), "rapporteur_undelivered_answers_total") == before + 1


async def test_a_refresh_counts_with_its_seconds_and_begins_the_age_of_the_edition_anew(watched: Stage) -> None:
    bot, clock = watched.bot, asyncio.get_running_loop().time
    assert bot
    await refresh(watched)
    at, first = clock(), await scrape(bot)
    watched.write("well.txt", WELL.replace("the people of the village", "two engineers"))
    await refresh(watched)
    second = await scrape(bot)
    elapsed = clock() - at
    watched.write("road.txt", "")
    await refresh(watched)
    watched.restore()
    results = by(await scrape(bot), "rapporteur_refresh_seconds_count")
    assert results == {(("result", "unchanged"),): 1, (("result", "changed"),): 1, (("result", "failed"),): 1}
    age = "rapporteur_edition_age_seconds"
    assert only(first, age) > 0
    assert 0 <= only(second, age) <= elapsed


async def test_how_late_the_event_loop_is_is_looked_at_again_and_again(watched: Stage) -> None:
    assert watched.bot
    async with asyncio.timeout(20):
        while only(await scrape(watched.bot), "rapporteur_event_loop_lag_seconds_count") < 3:
            pass


async def test_a_connection_that_is_cut_is_not_up_until_it_stands_again(watched: Stage) -> None:
    bot, server = watched.bot, watched.server
    assert bot
    samples = await scrape(bot)
    assert [only(samples, f"rapporteur_{name}") for name in ("guilds", "shards", "shards_up")] == [1, 1, 1]
    server.faults.always("GET /gateway-socket", Status(503))
    await server.gateway.drop(None)
    await bot.until_printed("event=disconnected")
    samples = await scrape(bot)
    assert [only(samples, f"rapporteur_{name}") for name in ("shards", "shards_up")] == [1, 0]
    server.faults.clear()
    await bot.until_printed("event=resumed")
    assert only(await scrape(bot), "rapporteur_shards_up") == 1


async def test_no_label_holds_anything_but_words_of_the_programs_own(watched: Stage) -> None:
    """No id, no name, no word of a question or of a report."""
    assert watched.bot
    await ask(watched, QUESTION)
    text = await text_of(watched.bot)
    known = {
        "outcome": outcomes(),
        "place": PLACES,
        "scope": SCOPES | {UNSCOPED},
        "result": {"changed", "unchanged", "failed"},
    }
    labels = [(name, value) for _, found in read(text) for name, value in found if name != "le"]
    assert labels
    assert [(name, value) for name, value in labels if value not in known[name]] == []
    ours = "".join(line for line in text.splitlines() if line.startswith("rapporteur_"))
    hidden = ("dug", "well", "road", "Village", "general", "member", str(watched.guild.id), str(watched.channel.id))
    assert [word for word in hidden if word in ours] == []


async def test_nothing_but_the_metrics_is_served(watched: Stage) -> None:
    assert watched.bot
    (port,) = _PORT.findall(watched.bot.output)
    async with aiohttp.ClientSession() as session:
        for method, path, status in (("GET", "/", 404), ("POST", "/metrics", 405)):
            async with session.request(method, f"http://127.0.0.1:{port}{path}") as response:
                assert response.status == status


async def test_each_shard_counts_and_what_discord_py_is_refused_counts_too(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.server.gateway.max_concurrency = 2
    stage.server.faults.next("PUT /applications/*", TooManyRequests(0.1))
    async with stage.process(**ANYWHERE, RAPPORTEUR_SHARD_COUNT="2") as bot:
        await bot.until_printed("event=ready")
        samples = await scrape(bot)
        assert [only(samples, f"rapporteur_{name}") for name in ("guilds", "shards", "shards_up")] == [1, 2, 2]
        await bot.until_printed("event=commands")
        limited = by(await scrape(bot), "rapporteur_rate_limited_total")
        assert limited == {(("scope", "user"),): 1} == {(("scope", "user"),): stage.server.front.statuses[429]}
        assert await bot.stop() == 0
    assert_clean(bot)


@pytest.mark.parametrize("value", ["9464", "127.0.0.1", "127.0.0.1:65536", "example.org:9464", "300.0.0.1:9464"])
async def test_a_bad_address_ends_with_2_and_one_sentence(empty_stage: Stage, value: str) -> None:
    assert await end(empty_stage.process(RAPPORTEUR_METRICS=value)) == (
        2,
        (
            f"RAPPORTEUR_METRICS is “{value}”, which cannot be used. Set it to an address of this computer and a port, "
            "such as 127.0.0.1:9464."
        ),
    )


async def test_an_address_that_is_taken_ends_with_2_and_one_sentence(empty_stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert await end(empty_stage.process(RAPPORTEUR_METRICS=address)) == (
            2,
            (
                f"The bot cannot listen on {address}: Address already in use. Set RAPPORTEUR_METRICS to another "
                "address and port, or take it out."
            ),
        )


async def test_an_address_of_another_computer_ends_with_2_and_one_sentence(empty_stage: Stage) -> None:
    """One that is for documents only: RFC 5737."""
    code, said = await end(empty_stage.process(RAPPORTEUR_METRICS="203.0.113.1:9464"))
    assert code == 2
    assert said.startswith("The bot cannot listen on 203.0.113.1:9464: Cannot assign requested address. Set ")


async def test_without_the_extra_it_ends_with_2_and_names_it(empty_stage: Stage) -> None:
    bot = empty_stage.process(**ANYWHERE)
    bot.argv = (sys.executable, "-c", WITHOUT)
    assert await end(bot) == (
        2,
        (
            "RAPPORTEUR_METRICS is set, but prometheus-client is not installed. Install the extra “metrics”, in a "
            'clone of the repository: .venv/bin/pip install --editable ".[metrics]"; or take RAPPORTEUR_METRICS out.'
        ),
    )


async def test_without_the_extra_and_the_setting_it_answers_and_listens_nowhere(empty_stage: Stage) -> None:
    bot = empty_stage.process()
    bot.argv = (sys.executable, "-c", WITHOUT)
    async with bot:
        asked = await empty_stage.server.slash(empty_stage.anyone(), empty_stage.channel, "ask", question=QUESTION)
        assert "people of the village" in (await asked.finished()).text
        assert "event=metrics" not in bot.output
        assert await bot.stop() == 0
    assert_clean(bot)


async def end(bot: BotProcess) -> tuple[int, str]:
    """The exit code of a bot that cannot begin, and all that it says."""
    await bot.start()
    try:
        return await bot.ended(), bot.output
    finally:
        await bot.kill()
