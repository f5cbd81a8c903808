"""The log as a test reads it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot import logs


@contextmanager
def logging_kept() -> Iterator[None]:
    """Whoever sets up the log meanwhile, afterwards it is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What is logged meanwhile, as text."""
    stream = io.StringIO()
    with logging_kept():
        logs.set_up("info", "text", stream)
        yield stream
