"""Serves the metrics over HTTP from the bot's own event loop: where that is stuck, no scrape comes through either."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import disable_created_metrics
from prometheus_client.aiohttp import make_aiohttp_handler

from bot.logs import event
from bot.logs.observing import observing
from bot.metrics import lag
from bot.metrics.meters import Meters
from bot.metrics.standing import Standing

PATH = "/metrics"
LAST_SECONDS = 1.0  # ours: for a scrape that is under way when the bot ends


@asynccontextmanager
async def serving(host: str, port: int, standing: Callable[[], Standing]) -> AsyncIterator[None]:
    """Count what happens and serve it while inside. Raises ``OSError`` where nothing can listen there.

    A port 0 is any that is free; which one it is stands in the log.
    """
    # Else each counter has a series that says since when, which the start of the process says for all.
    disable_created_metrics()  # type: ignore[no-untyped-call]  # of a library that gives it no types
    meters = Meters(standing, now=lambda: dt.datetime.now(dt.UTC))
    app = web.Application()
    app.router.add_get(PATH, make_aiohttp_handler(meters.registry))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        event("metrics", port=runner.addresses[0][1])
        watching = asyncio.create_task(lag.watch(meters.note_lag))
        with observing(meters.see):
            try:
                yield
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
    finally:
        await runner.cleanup()
