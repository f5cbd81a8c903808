"""Empty databases for tests: an SQLite file, and one of its own on the PostgreSQL server of ``TEST_POSTGRES_URL``.

``.ci/postgres start FOLDER`` starts such a server and prints its address.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from corpus.store import Store

SERVER = os.environ.get("TEST_POSTGRES_URL")
NEEDS_SERVER = pytest.mark.skipif(SERVER is None, reason="TEST_POSTGRES_URL names no PostgreSQL server")
SQLITE = pytest.param("sqlite", id="sqlite")
POSTGRES = pytest.param("postgresql", id="postgresql", marks=NEEDS_SERVER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is or will be, and a way past the store to what it holds."""

    url: str

    def open(self, **how: Any) -> Store:  # noqa: ANN401  # as Store
        """A store there."""
        return Store(self.url, **how)

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one of our own statements and commit; its rows."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
                rows = connection.execute(statement).fetchall()
                connection.commit()
                return rows
        with psycopg.connect(self.url, autocommit=True) as server:
            cursor = server.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.execute(f"SELECT count(*) FROM {table}")[0][0])


@contextmanager
def empty(kind: str, directory: Path) -> Iterator[Place]:
    """A place for a database of a kind, ``sqlite`` or ``postgresql``; it is gone afterwards."""
    if kind == "sqlite":
        directory.mkdir(exist_ok=True)
        yield Place(f"sqlite:///{directory / 'rapporteur.db'}")
        return
    assert SERVER is not None
    name = f"test_{uuid4().hex}"
    server = Place(SERVER)
    server.execute(f"CREATE DATABASE {name}")
    try:
        yield Place(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
