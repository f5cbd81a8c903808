"""The database as the settings name it: opened for work, or only if it is there."""

import os
import re
from pathlib import Path

from bot.errors import DataDirectoryError, DataFileError
from bot.settings import Settings
from corpus.store import FILE_NAME, Store

# Three slashes, then the path, as SQLAlchemy has it; a database in memory and SQLite's own file: addresses are none.
_SQLITE_FILE = re.compile(r"sqlite(?:\+\w+)?:///(?!:memory:|file:)([^?]+)(?:\?.*)?")


def open_store(settings: Settings) -> Store:
    """The store, made where there is none. Raises ``DataDirectoryError`` and ``StoreError``."""
    if settings.database_url is not None:
        return Store(settings.database_url.get_secret_value())
    return Store.at(_writable(settings.data_directory))


def existing_store(settings: Settings) -> Store | None:
    """The store if there is one; makes none. Raises ``DataDirectoryError`` and ``StoreError``."""
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        return None if _lacks_file(url) else Store(url)
    directory = settings.data_directory
    try:
        return Store.at(directory) if (_folder(directory) / FILE_NAME).is_file() else None
    except OSError as error:
        raise DataDirectoryError(directory=str(directory), problem=error.strerror or type(error).__name__) from None


def _lacks_file(url: str) -> bool:
    """Whether ``url`` names an SQLite file that is not there; opening it would make it."""
    found = _SQLITE_FILE.fullmatch(url.strip())
    return found is not None and not Path(found[1]).is_file()


def _folder(directory: Path) -> Path:
    """``directory``, unless it is a file."""
    if directory.is_file():
        raise DataFileError(directory=str(directory))
    return directory


def _writable(directory: Path) -> Path:
    """``directory``, made if need be. For the operator's eyes only: it tells who has refreshed the corpus."""
    try:
        _folder(directory).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataDirectoryError(directory=str(directory), problem=error.strerror or type(error).__name__) from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise DataDirectoryError(directory=str(directory), problem="Permission denied")
    return directory
