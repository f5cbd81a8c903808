"""The bot as its users run it: a process of its own, with an environment, a data directory, signals, an exit code."""

import asyncio
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_server.waiting import Signal

CHECKOUT = Path(__file__).resolve().parents[2]
BOT = (sys.executable, "-m", "bot", "run")
LIVE = "event=live "
READY_SECONDS = 60.0
EXIT_SECONDS = 30.0
KEPT_LINES = 2000


class BotDied(AssertionError):  # noqa: N818  # it is a failed assertion about the bot
    """The process ended, or stayed, when it should not have; the message carries what it printed."""


@dataclass
class BotProcess:
    """A bot that talks to a fake Discord. Use it as an async context manager: it is ready inside and gone outside.

    ``data`` is its data directory, a temporary one by default; hand over the same one to two processes to test a
    restart. ``environment`` adds variables or overrides those set here. ``argv`` is another program to run instead;
    ``has_reports`` says whether it is ready only when it has loaded its reports; ``checkout`` is whose code it runs.
    """

    server: DiscordServer
    environment: Mapping[str, str] = field(default_factory=dict)
    argv: Sequence[str] = BOT
    data: Path | None = None
    has_reports: bool = True
    checkout: Path = CHECKOUT
    _lines: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    _changed: Signal = field(default_factory=Signal)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _temporary: "tempfile.TemporaryDirectory[str] | None" = None

    @property
    def output(self) -> str:
        """What it has printed so far on both streams, a line each, in the order of arrival."""
        return "\n".join(self._lines)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._running().pid

    @property
    def exit_code(self) -> int | None:
        """The exit code, negative for a signal; ``None`` while it runs."""
        return self._running().returncode

    async def start(self) -> None:
        """Start the process and return at once."""
        if self.data is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="rapporteur-")
            self.data = Path(self._temporary.name)
        self._process = await asyncio.create_subprocess_exec(
            *self.argv,
            cwd=self.checkout,
            env=self._environment(self.data),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._readers = [
            asyncio.create_task(self._read(stream))
            for stream in (self._process.stdout, self._process.stderr)
            if stream is not None
        ]

    async def until_ready(self, identifies: int, within: float = READY_SECONDS) -> None:
        """Wait until the gateway was identified to so many times in all; raise ``BotDied`` if that does not happen."""
        ready = asyncio.ensure_future(self.server.until_ready(identifies, within))
        ended = asyncio.ensure_future(self._running().wait())
        try:
            await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            ready.cancel()  # without effect where it is done
        if not ready.done():
            await asyncio.gather(*self._readers)
            raise BotDied(f"the bot ended with {self.exit_code} before it was ready:\n{self.output}")
        if (error := ready.exception()) is not None:
            raise BotDied(f"the bot was not ready: {error}\n{self.output}")

    async def until_live(self, within: float = READY_SECONDS) -> None:
        """Wait until it has reports to answer from, which it says in its log."""
        ended = asyncio.ensure_future(self._running().wait())
        live = asyncio.ensure_future(self.until_printed(LIVE, within))
        await asyncio.wait({live, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not live.done():
            live.cancel()
            await asyncio.gather(*self._readers)
            raise BotDied(f"the bot ended with {self.exit_code} before it had reports:\n{self.output}")
        live.result()

    async def until_printed(self, text: str, within: float = READY_SECONDS, times: int = 1) -> None:
        """Wait until some text stands in the output, so many times."""
        missing = f"{text!r} x {times} in:\n"
        await self._changed.until(lambda: self.output.count(text) >= times, within, lambda: missing + self.output)

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._running().send_signal(number)

    async def ended(self, within: float = EXIT_SECONDS) -> int:
        """Wait for the end and return the exit code; raise ``BotDied`` if it does not come."""
        try:
            async with asyncio.timeout(within):
                code = await self._running().wait()
                await asyncio.gather(*self._readers)
        except TimeoutError:
            raise BotDied(f"the bot has not ended within {within:g} s:\n{self.output}") from None
        return code

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask the process to end and wait until it has."""
        self.send(number)
        return await self.ended()

    async def kill(self) -> None:
        """End the process whatever it is doing."""
        if self._process is None:
            return
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await asyncio.gather(*self._readers)
        if self._temporary is not None:
            self._temporary.cleanup()

    async def __aenter__(self) -> Self:
        identified = len(self.server.gateway.identifies)
        try:
            await self.start()
            await self.until_ready(identified + 1)
            if self.has_reports:
                await self.until_live()
        except BaseException:
            await self.kill()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.kill()
        if error is not None:
            error.add_note(f"The bot printed:\n{self.output}")

    def _environment(self, data: Path) -> dict[str, str]:
        """Nothing of the developer's own settings reaches the bot, but what coverage needs to follow it does."""
        passed = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG") or key.startswith("COV")}
        return passed | {
            "HOME": str(data),
            "PYTHONPATH": str(self.checkout),
            "PYTHONUNBUFFERED": "1",
            "DISCORD_TOKEN": self.server.token,
            "RAPPORTEUR_DISCORD_API": self.server.api,
            "RAPPORTEUR_DATA": str(data),
            **self.environment,
        }

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise BotDied("the bot was not started")
        return self._process

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._lines.append(line.decode(errors="replace").rstrip("\n"))
            self._changed.notify()
