"""The database as the settings name it: opened for work, or only if it is there."""

import os
from pathlib import Path

from bot.errors import DataDirectoryError
from bot.settings import Settings
from corpus.store import FILE_NAME, Store


def open_store(settings: Settings) -> Store:
    """The store, made where there is none. Raises ``DataDirectoryError`` and ``StoreError``."""
    if settings.database_url is not None:
        return Store(settings.database_url.get_secret_value())
    return Store.at(_writable(settings.data_directory))


def existing_store(settings: Settings) -> Store | None:
    """The store if there is one; makes nothing. Raises ``StoreError``."""
    if settings.database_url is not None:
        return Store(settings.database_url.get_secret_value())
    directory = settings.data_directory
    return Store.at(directory) if (directory / FILE_NAME).is_file() else None


def _writable(directory: Path) -> Path:
    """``directory``, made if need be. For the operator's eyes only: it tells who has refreshed the corpus."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataDirectoryError(directory=str(directory), problem=error.strerror or type(error).__name__) from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise DataDirectoryError(directory=str(directory), problem="Permission denied")
    return directory
