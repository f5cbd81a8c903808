"""On Discord nobody reads where on the server something lies; whatever the error, its sentence is whole without."""

from collections.abc import Iterator

import pytest

import bot.errors.lines
import bot.errors.serving
import bot.errors.settings
import retrieval.errors
from bot.errors import RefreshFailedError, UsageError
from bot.saying.compose import discreet_reply, error_reply
from bot.saying.discretion import discreet
from bot.saying.reply import Reply
from bot.saying.templates import load
from bot.saying.templates.keys import PLACEHOLDERS
from corpus.errors import NoFolderError, RapporteurError, ReadError, StoreError

TEMPLATES = load()
PATH = "/srv/re ports/x"
SECRET = "/srv/"
# What people on Discord have written themselves, names of reports and settings, numbers and examples.
NUMBERS = frozenset({"code", "high", "id", "length", "limit", "line", "low", "most"})
WRITTEN = frozenset(
    {"channel", "citation", "command", "field", "language", "nearest", "report", "role", "setting", "value", "word"}
)
TOLD = frozenset(
    {"address", "date", "edition", "example", "expected", "extra", "known", "library", "reason", "suffixes"}
)
WITHOUT_PLACES = NUMBERS | WRITTEN | TOLD


def text(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


# All of them are known by now, whatever else is tested in the same run.
assert all(module.__doc__ for module in (bot.errors.lines, bot.errors.serving, bot.errors.settings, retrieval.errors))


def leaves(error: type[RapporteurError]) -> Iterator[type[RapporteurError]]:
    if error.key != RapporteurError.key:
        yield error
    for below in error.__subclasses__():
        yield from leaves(below)


# How a command line was called says nothing of the server: whoever typed it reads it.
ERRORS = sorted((e for e in set(leaves(RapporteurError)) if not issubclass(e, UsageError)), key=lambda error: error.key)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: str(error.key))
def test_no_error_shows_a_path_in_what_the_server_says_of_itself(error: type[RapporteurError]) -> None:
    """A field of a new name is taken for one that may hold a path, until somebody judges that it may not."""
    fields = PLACEHOLDERS[f"errors.{error.key}"].split()
    said: dict[str, str | int] = {name: name if name in WITHOUT_PLACES else PATH for name in fields}
    if "n" in said:
        said["n"] = 3
    assert SECRET not in text(discreet_reply(TEMPLATES, error(**said)))
    assert (SECRET in text(error_reply(TEMPLATES, error(**said)))) == (PATH in said.values())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NoFolderError(folder="/srv/reports"), TEMPLATES("discreet.no_folder")),
        (StoreError(where="/data/rapporteur.db", problem="the disk is full"), TEMPLATES("discreet.store")),
        (
            ReadError(file="/srv/reports", problem="the folder cannot be opened: Permission denied"),
            (
                "reports cannot be read: the folder cannot be opened: Permission denied. Correct or remove it, or set "
                "RAPPORTEUR_SKIP_UNREADABLE=yes to pass over such files."
            ),
        ),
    ],
)
def test_the_sentence_without_the_path(error: RapporteurError, sentence: str) -> None:
    assert text(discreet_reply(TEMPLATES, error)) == sentence
    assert text(discreet_reply(TEMPLATES, RefreshFailedError(error))).startswith(sentence)


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        ("unable to open /srv/data/x.db", "unable to open x.db"),
        ("“/srv/data/x.db” and C:\\Users\\me\\x.db, \\\\host\\share\\y", "“x.db” and x.db, y"),
        ("and/or 1/2, see https://example.org/a/b", "and/or 1/2, see https://example.org/a/b"),
        ("/", "…"),
        ("/srv/my reports/", "my reports"),
        ("notes/road.txt", "notes/road.txt"),
    ],
)
def test_of_a_path_the_last_part_is_left(problem: str, shown: str) -> None:
    assert discreet({"problem": problem}) == {"problem": shown}


def test_what_a_person_has_written_is_repeated_as_it_is() -> None:
    assert discreet({"report": "/etc/passwd", "n": 3}) == {"report": "/etc/passwd", "n": 3}
