"""Who sees answers, as it is held in memory: read at once, set only where it can be kept, followed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors.serving import NothingKeptError
from bot.publishing.preferences import Preferences
from corpus.community.values import REST, Audience
from corpus.errors import StoreError
from corpus.store.store import Store

HERE, THERE, GENERAL, ARCHIVE = 1, 2, 10, 11


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(Store.at(tmp_path))


def test_a_channel_has_what_is_set_for_it_else_what_is_set_for_its_server(preferences: Preferences) -> None:
    assert preferences.audience(HERE, GENERAL) is Audience.PUBLIC
    preferences.set(HERE, REST, Audience.PRIVATE)
    preferences.set(HERE, GENERAL, Audience.PUBLIC)
    assert preferences.audience(HERE, GENERAL) is Audience.PUBLIC
    assert preferences.audience(HERE, ARCHIVE) is Audience.PRIVATE
    assert preferences.audience(THERE, ARCHIVE) is Audience.PUBLIC
    preferences.set(HERE, GENERAL, None)
    assert preferences.audience(HERE, GENERAL) is Audience.PRIVATE


def test_a_channel_that_is_not_known_is_private_where_any_is(preferences: Preferences) -> None:
    assert preferences.audience(HERE, None) is Audience.PUBLIC
    preferences.set(HERE, ARCHIVE, Audience.PRIVATE)
    assert preferences.audience(HERE, None) is Audience.PRIVATE
    assert preferences.audience(THERE, None) is Audience.PUBLIC


def test_memory_is_as_the_store_also_after_a_restart(preferences: Preferences, tmp_path: Path) -> None:
    preferences.set(HERE, ARCHIVE, Audience.PRIVATE)
    preferences.set(THERE, REST, Audience.PRIVATE)
    preferences.forget(THERE)
    again = Preferences(Store.at(tmp_path))
    assert again.of(HERE) == {}
    again.follow()
    assert again.of(HERE) == preferences.of(HERE) == {ARCHIVE: Audience.PRIVATE}
    assert again.of(THERE) == preferences.of(THERE) == {}


def test_what_cannot_be_kept_or_read_leaves_what_was_known(preferences: Preferences, tmp_path: Path) -> None:
    preferences.set(HERE, ARCHIVE, Audience.PRIVATE)
    with closing(sqlite3.connect(tmp_path / "rapporteur.db")) as connection:
        connection.execute("DROP TABLE audiences")
    with pytest.raises(NothingKeptError) as refused:
        preferences.set(HERE, REST, Audience.PRIVATE)
    assert set(refused.value.fields) == {"where", "problem"}
    with pytest.raises(StoreError):
        preferences.follow()
    assert preferences.of(HERE) == {ARCHIVE: Audience.PRIVATE}
