"""Stores are tested on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import POSTGRES, SQLITE, Place, empty


@pytest.fixture(params=[SQLITE, POSTGRES])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty database, of each kind in turn."""
    with empty(request.param, tmp_path / "data") as found:
        yield found
