"""The file ``.env``: settings that are written down where the bot is started, secrets among them."""

import os
from collections.abc import Mapping
from pathlib import Path

from bot.errors.settings import DotenvError
from corpus.clause import Clause

SECRETS = frozenset({"DISCORD_TOKEN", "DATABASE_URL", "RAPPORTEUR_INDEX"})
LARGEST = 1024 * 1024  # bytes
_OTHERS_READ = 0o044  # the permission bits of the file's group and of everybody else


def variables(path: Path | None) -> Mapping[str, str]:
    """The variables of the file; none where there is no such file. Raises ``DotenvError``."""
    if path is None or not path.is_file():
        return {}
    from io import StringIO  # 6 ms: most runs have no such file

    from dotenv import dotenv_values

    from corpus.files.opening import NoFileError, read_file

    try:
        text = read_file(path, LARGEST).decode("utf-8")
        return {
            name: value
            for name, value in dotenv_values(stream=StringIO(text, newline=None), interpolate=False).items()
            if value is not None
        }
    except NoFileError as error:
        raise DotenvError(file=str(path), problem=error.clause) from None
    except UnicodeDecodeError:
        raise DotenvError(file=str(path), problem=Clause("file.no_utf8")) from None
    except OSError as error:
        raise DotenvError(file=str(path), problem=error.strerror or Clause("file.unread")) from None


def exposes_secret(path: Path, environ: Mapping[str, str]) -> bool:
    """Whether a secret is taken from the file although accounts other than its owner's can read it.

    Never on systems whose permission bits say nothing about that. Raises ``DotenvError``.
    """
    taken = {name for name, value in variables(path).items() if value.strip() and not environ.get(name, "").strip()}
    return os.name == "posix" and not SECRETS.isdisjoint(taken) and bool(path.stat().st_mode & _OTHERS_READ)
