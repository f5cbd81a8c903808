"""The health file: fresh while questions arrive and answers get out, whether or not anybody asks."""

from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.discord.courier import Courier, Origin, UndeliveredError
from bot.discord.upkeep import show_health
from bot.discord.workers import Workers
from tests.clock import Clock

NOBODY = "http://127.0.0.1:1"  # refuses every connection


@dataclass
class Line:
    """A gateway connection."""

    is_connected: bool = True


async def test_the_file_is_touched_only_while_answers_get_out(tmp_path: Path) -> None:
    file, clock, workers = tmp_path / "health", Clock(), Workers()
    async with aiohttp.ClientSession() as session:
        courier = Courier(session, NOBODY, clock, clock.sleep)
        await show_health(file, courier, workers, Line(is_connected=False))
        assert not file.exists()
        clock.now += 100_000
        await show_health(file, courier, workers, Line())
        assert file.exists(), "nobody has asked anything"
        file.unlink()
        with pytest.raises(UndeliveredError):
            await courier.post(Origin(1, 2, clock.now), [])
        await show_health(file, courier, workers, Line())
        assert not file.exists(), "the gateway stands, but no answer gets out"
