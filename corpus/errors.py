"""Everything that can go wrong on purpose, as one tree.

    RapporteurError                 a problem that a person can be told in one sentence
    └── CorpusError
        ├── ManifestError           reports.toml is not as it should be
        ├── ReadError               a report file cannot be read
        ├── FileError               a file of JSON lines, or of an earlier result, cannot be used
        │   └── FileLineError       one of its lines cannot be used
        ├── EmptyCorpusError        the folder holds no report
        │   ├── NothingReadError    and something else lies there, which is not read
        │   └── NoFolderError       there is no such folder
        │       └── NoPlaceError        what was named is a file's name, and there is no such file
        ├── UnknownReportError      no report bears that name
        │   └── UnknownOfManyError      and there are more than an error lists
        ├── UnknownCitationError    nothing bears that citation, now or in the history
        │   └── NoLongerKeptError       and editions that may have held it were dropped
        ├── RefreshRunningError     another refresh is under way
        ├── OvertakenError          another refresh has finished while this one was under way
        └── StoreError              the database cannot be opened, read or written
            ├── UnfitStoreError         its address, its driver or its version is wrong: waiting mends nothing
            ├── DamagedError            it does not hold what was once saved
            └── ReplacedError           its file was replaced or removed while it was written to

An error carries its facts as fields; the sentence for it stands in ``bot/saying/templates`` under ``[errors]`` at the
error's ``key``. A ``problem`` is a clause (see ``corpus.clause``), or what a library or the system says by itself.
``retrieval.errors`` and ``bot.errors`` grow branches of the same tree.
"""

import json
from functools import partial
from typing import Any, ClassVar

from corpus.clause import Fact, as_data, of_data


class RapporteurError(Exception):
    """A problem with one clear sentence for it.

    ``key`` names the sentence; ``fields`` fill it in. ``str()`` is for logs and tracebacks alone.
    """

    key: ClassVar[str] = "unforeseen"

    def __init__(self, **fields: Fact) -> None:
        self.fields = fields
        super().__init__(self.key, fields)

    def __str__(self) -> str:
        return self.key + "".join(f" {name}={value!r}" for name, value in self.fields.items())

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is pickled by its positional arguments, and this one takes none.
        return partial(type(self), **self.fields), ()

    def as_data(self) -> str:
        """Its key and its fields as JSON, to be kept; ``kept`` reads it."""
        fields = {name: as_data(fact) for name, fact in self.fields.items()}
        return json.dumps({"error": self.key, "fields": fields}, sort_keys=True)

    @staticmethod
    def kept(data: str) -> "tuple[str, dict[str, Fact]] | None":
        """The key and the fields of an error that was kept with ``as_data``; ``None`` for any other text."""
        try:
            found = json.loads(data)
        except ValueError:
            return None
        if not (isinstance(found, dict) and isinstance(found.get("error"), str)):
            return None
        fields = found.get("fields")
        facts = {name: of_data(data) for name, data in fields.items()} if isinstance(fields, dict) else {}
        return found["error"], facts


class CorpusError(RapporteurError):
    """The reports are not as they should be, or do not hold what was asked for."""


class ManifestError(CorpusError):
    """``reports.toml`` is not as it should be. Fields: ``file``, ``where`` (entry or line), ``problem``."""

    key = "manifest"


class ReadError(CorpusError):
    """A report file cannot be read. Fields: ``file``, ``problem``."""

    key = "read"


class FileError(CorpusError):
    """A file of JSON lines, or of an earlier result, cannot be used. Fields: ``file``, ``problem``."""

    key = "file"


class FileLineError(FileError):
    """A line of a file cannot be used. Fields: ``file``, ``line`` (counted from 1), ``problem``."""

    key = "file_line"


class EmptyCorpusError(CorpusError):
    """The folder holds no report. Fields: ``folder``, ``suffixes`` (of files that can be read)."""

    key = "empty_corpus"


class NothingReadError(EmptyCorpusError):
    """It holds nothing but what is not read. Fields: ``folder``, ``suffixes``, ``file`` (the first), ``n`` (in all)."""

    key = "nothing_read"


class NoFolderError(EmptyCorpusError):
    """There is no such folder. Fields: ``folder``."""

    key = "no_folder"


class NoPlaceError(NoFolderError):
    """There is nothing of that name, which is the name of a file. Fields: ``folder``."""

    key = "no_place"


class UnknownReportError(CorpusError):
    """No report bears that name. Fields: ``report``, ``known`` (the names there are)."""

    key = "unknown_report"


class UnknownOfManyError(UnknownReportError):
    """The same where too many are there to list. Fields: ``report``, ``known`` (some of them), ``n`` (the rest)."""

    key = "unknown_of_many"


class UnknownCitationError(CorpusError):
    """Nothing bears that citation, now or in the history. Fields: ``citation``, ``example``."""

    key = "unknown_citation"


class NoLongerKeptError(UnknownCitationError):
    """The same where editions were dropped that may have held it. Fields: ``citation``, ``date`` (the last time)."""

    key = "no_longer_kept"


class RefreshRunningError(CorpusError):
    """Another refresh is under way."""

    key = "refresh_running"


class OvertakenError(CorpusError):
    """Another refresh has finished while this one was under way. Fields: ``edition``, the label of what is live now."""

    key = "overtaken"


class StoreError(CorpusError):
    """The database cannot be opened, read or written. Fields: ``where``, ``problem``."""

    key = "store"


class UnfitStoreError(StoreError):
    """Its address, its driver or its version is wrong: waiting mends nothing. Fields: ``where``, ``problem``."""


class DamagedError(StoreError):
    """It does not hold what was once saved. Fields: ``where`` (what of it), ``problem``."""


class ReplacedError(StoreError):
    """Its file was replaced or removed while it was written to, so nothing is kept. Fields: ``where``, ``problem``."""


class ArraysError(Exception):
    """What was kept as arrays is not there or not what it should be, and is to be made anew: nothing that a person is
    told of, and so no branch of the tree."""
