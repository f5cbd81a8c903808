"""A store on a PostgreSQL server: what the server may do to it is survived, or told without the password."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

from corpus.errors import StoreError, UnfitStoreError
from corpus.rows.tables import SCHEMA
from corpus.store.store import Store
from corpus.store.values import State, StoredEdition
from tests.builders import edition
from tests.databases import NEEDS_SERVER, Place, empty
from tests.said import refusal, words

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
LONG = 60.0  # seconds: what is waited for comes long before

pytestmark = NEEDS_SERVER


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with empty("postgresql", tmp_path) as found:
        yield found


def shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def reason(url: str, **how: Any) -> tuple[str, str]:  # noqa: ANN401  # as Store
    with pytest.raises(StoreError) as caught:
        Store(url, **how)
    password = make_url(url).password
    said = f"{caught.value} {caught.value.fields}"
    assert password is None or password not in said
    return words(caught.value.fields["where"]), words(caught.value.fields["problem"])


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_as_people_write_it(place: Place, scheme: str) -> None:
    with Store(place.url.replace("postgresql", scheme, 1)) as store:
        store.publish(ONE, actor="a", at=NOON)
        assert store.live() == StoredEdition(ONE, NOON, "a")


def test_what_an_address_gets_wrong(place: Place) -> None:
    url = make_url(place.url)
    where = f"{url.database} on 127.0.0.1"
    wrong = url.set(password="not-the-password")
    assert reason(shown(wrong)) == (where, "the server does not accept the user or the password")
    assert reason(shown(url.set(username="nobody"))) == (where, "the server does not accept the user or the password")
    assert reason(shown(url.set(database="nosuch"))) == (
        "nosuch on 127.0.0.1",
        "the server has no database of that name; make it first",
    )
    assert reason(shown(url.set(port=1))) == (where, "no server answers there; start it, or correct the address")
    assert reason(shown(url.set(host="nosuch.invalid"))) == (
        f"{url.database} on nosuch.invalid",
        "there is no server of that name; correct the address",
    )


def test_a_driver_that_is_not_there_is_told_with_what_brings_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    monkeypatch.setattr("corpus.database.postgres.find_spec", lambda _: None)
    problem = 'the driver psycopg is not installed; .venv/bin/pip install "psycopg[binary]" brings it'
    assert reason(place.url) == ("its address", problem)


def test_a_user_without_rights_and_one_who_may_only_read(place: Place) -> None:
    url = make_url(place.url)
    reader = f"reader_{url.database}"
    place.execute(f"CREATE ROLE {reader} LOGIN PASSWORD 'reads-only'")
    try:
        theirs = shown(url.set(username=reader, password="reads-only"))
        denied = "this user may not make or use its tables; grant that, or choose another user"
        assert reason(theirs)[1] == denied
        with place.open() as store:
            store.publish(ONE, actor="a", at=NOON)
        place.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}")
        with Store(theirs) as store:
            assert store.live() == StoredEdition(ONE, NOON, "a")
            with refusal(StoreError, "this user may not make or use its tables"):
                store.publish(TWO, actor="b", at=NOON)
    finally:
        place.execute(f"DROP OWNED BY {reader}")
        place.execute(f"DROP ROLE {reader}")


def test_a_database_that_takes_no_changes(place: Place) -> None:
    with place.open() as store:
        store.publish(ONE, actor="a", at=NOON)
    place.execute(f"ALTER DATABASE {make_url(place.url).database} SET default_transaction_read_only = on")
    with place.open() as store:
        assert store.live_digest() == ONE.digest
        with refusal(StoreError, "the server takes no changes; it may be a standby"):
            store.publish(TWO, actor="b", at=NOON)


def test_a_server_without_a_connection_left(place: Place) -> None:
    url = make_url(place.url)
    one = f"one_{url.database}"
    place.execute(f"CREATE ROLE {one} LOGIN PASSWORD 'only-one' CONNECTION LIMIT 1")
    try:
        with psycopg.connect(shown(url.set(username=one, password="only-one"))):
            problem = "the server has no connection left; try again, or let it take more"
            assert reason(shown(url.set(username=one, password="only-one")))[1] == problem
    finally:
        place.execute(f"DROP ROLE {one}")


def cut(place: Place) -> int:
    """End every other connection to the database, as a server does that is started anew."""
    ended = place.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return len(ended)


def test_a_server_that_was_started_anew_is_connected_to_again(place: Place) -> None:
    with place.open() as store:
        store.publish(ONE, actor="a", at=NOON)
        assert cut(place)
        assert store.live() == StoredEdition(ONE, NOON, "a")
        assert cut(place)
        store.publish(TWO, actor="b", at=NOON)
        assert store.live_digest() == TWO.digest


def test_who_listens_hears_again_after_the_server_was_started_anew(place: Place) -> None:
    with place.open() as store:
        store.publish(ONE, actor="a", at=NOON)
        seen: list[State | None] = []
        thread = threading.Thread(target=lambda: seen.append(store.await_change(State(ONE.digest), LONG)))
        thread.start()
        until_listening(place)
        assert cut(place)
        until_listening(place)
        with place.open() as other:
            other.publish(TWO, actor="b", at=NOON)
        thread.join(LONG / 2)
    assert seen == [State(TWO.digest)]


def until_listening(place: Place) -> None:
    """Wait until somebody listens: nothing tells of that, so it is looked for."""
    while not place.execute(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN rapporteur_live'"
    ):
        time.sleep(0.02)


def test_a_store_that_waits_for_its_server_takes_it_up_when_it_is_there(place: Place) -> None:
    """The database is made only after the store; until then each use says why it fails."""
    url = make_url(place.url)
    name = f"{url.database}_later"
    with Store(shown(url.set(database=name)), patient=True) as store:
        with refusal(StoreError, "the server has no database of that name"):
            store.live_digest()
        with refusal(StoreError, "the server has no database of that name"):
            store.await_change(None, 0.05)
        place.execute(f"CREATE DATABASE {name}")
        try:
            store.publish(ONE, actor="a", at=NOON)
            assert store.live_digest() == ONE.digest
        finally:
            place.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_who_only_looks_makes_no_tables(place: Place) -> None:
    with place.open(readonly=True) as store:
        assert not store.is_made
    assert place.execute("SELECT * FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_database_of_another_version_is_refused(place: Place) -> None:
    place.open().close()
    place.execute(f"UPDATE schema SET version = {SCHEMA + 1}")
    for how in ({}, {"patient": True}, {"readonly": True}):
        with refusal(UnfitStoreError, f"schema {SCHEMA + 1}, not {SCHEMA}"):
            place.open(**how)


def test_the_live_edition_is_one_alone(place: Place) -> None:
    with place.open() as store:
        store.publish(ONE, actor="a", at=NOON)
    with pytest.raises(psycopg.errors.CheckViolation):
        place.execute(f"INSERT INTO live VALUES (2, '{ONE.digest}', 'x', 'a')")


def test_a_writer_that_never_ends_is_not_waited_for_without_end(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.postgres._PATIENCE", 1)
    with place.open() as store, place.open() as other:
        with store._database.writing(), refusal(StoreError, "another process keeps it locked"):
            other.publish(ONE, actor="a", at=NOON)
        other.publish(ONE, actor="a", at=NOON)
