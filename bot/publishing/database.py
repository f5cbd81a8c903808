"""The database as the settings name it: opened for work, for a bot's whole life, or only to look at if it is there."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors.settings import DataDirectoryError, DataFileError
from bot.logs import event
from bot.saying.compose import not_read
from bot.saying.templates import Templates
from bot.service.findings import Reading
from bot.settings import Settings
from corpus.store.store import FILE_NAME, Notice, Store, Tell

# Three slashes, then the path, as SQLAlchemy has it; a database in memory and SQLite's own file: addresses are none.
_SQLITE_FILE = re.compile(r"sqlite(?:\+\w+)?:///(?!:memory:|file:)([^?]+)(?:\?.*)?")


def open_store(settings: Settings, tell: Tell) -> Store:
    """The store, made where there is none. Raises ``DataDirectoryError`` and ``StoreError``."""
    if settings.database_url is not None:
        return Store(settings.database_url.get_secret_value(), tell=tell)
    return Store.at(_made(settings.data_directory), tell=tell)


def lasting_store(settings: Settings, tell: Tell) -> Store:
    """The store for as long as a bot runs: where it cannot be used now, it can as soon as what hinders it is gone.

    Raises ``DataFileError`` and ``UnfitStoreError`` for settings with which it never could.
    """
    if settings.database_url is not None:
        return Store(settings.database_url.get_secret_value(), patient=True, tell=tell)
    directory = settings.data_directory
    try:
        _made(directory)
    except DataFileError:
        raise
    except DataDirectoryError:
        pass  # opening it will say what is wrong, now and later
    return Store.at(directory, patient=True, tell=tell)


def existing_store(settings: Settings) -> Store | None:
    """The store if there is one, for reading alone; makes and changes none.

    Raises ``DataDirectoryError`` and ``StoreError``.
    """
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        store = None if _lacks_file(url) else Store(url, readonly=True)
    else:
        directory = settings.data_directory
        with _explained(directory):
            is_there = (_folder(directory) / FILE_NAME).exists()
        store = Store.at(directory, readonly=True) if is_there else None
    if store is None or store.is_made:
        return store
    store.close()
    return None  # an empty file or server: nothing was ever kept there


def logged(templates: Templates) -> Tell:
    """What logs, in words, what a store has to tell."""

    def log(notice: Notice) -> None:
        event("database", logging.WARNING, problem=templates(f"database.{notice.key}", **notice.fields))

    return log


def log_unread(templates: Templates, reading: Reading) -> None:
    """Log which files were not read, and why; of many the rest is counted."""
    for line in not_read(templates, reading):
        event("unread", logging.WARNING, problem=line.text)


def _lacks_file(url: str) -> bool:
    """Whether ``url`` names an SQLite file that is not there; opening it would make it."""
    found = _SQLITE_FILE.fullmatch(url.strip())
    return found is not None and not Path(found[1]).is_file()


def _folder(directory: Path) -> Path:
    """``directory``, unless it is a file."""
    if directory.is_file():
        raise DataFileError(directory=str(directory))
    return directory


def _made(directory: Path) -> Path:
    """``directory``, made if need be. For the operator's eyes only: it tells who has refreshed the corpus."""
    with _explained(directory):
        _folder(directory).mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


@contextmanager
def _explained(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataDirectoryError(directory=str(directory), problem=error.strerror or type(error).__name__) from None
