"""``rapporteur quote --file``: every quotation of a page of prose against the reports."""

from pathlib import Path

from bot.commands.quote import page
from bot.errors import BadUsageError
from bot.saying.quotations import line_record, page_reply
from bot.terminal.session import Session
from corpus.errors import FileError
from retrieval.errors import UnquotedError

LARGEST = 4 * 1024 * 1024  # bytes of a page


def file_of(session: Session) -> Path | None:
    """The file that is to be checked: that of --file, or the only word where it is the name of one."""
    given, named = session.parsed.text, session.parsed.file
    if named is not None and given:
        problem = "With --file the quotations come from the file, so leave out the text on the command line."
        raise BadUsageError(problem=problem, command="rapporteur quote")
    if named is not None:
        return Path(named).expanduser()
    try:
        return Path(given[0]) if len(given) == 1 and Path(given[0]).is_file() else None
    except (OSError, ValueError):  # too long for a name, or with a null character
        return None


def check_file(session: Session, file: Path) -> int:
    """Check every quotation of a file and show what became of it; 1 where one does not stand in the reports, else 0.

    Raises ``FileError`` and ``UnquotedError``.
    """
    prose, snapshot = _read(file), session.snapshot
    found = list(page(snapshot, session.templates, prose))
    if not found:
        raise UnquotedError
    lines = [one for one, _ in found]
    if session.parsed.json:
        session.show_record([line_record(session.templates, one, milliseconds) for one, milliseconds in found])
    else:
        session.show(page_reply(session.templates, lines, snapshot.live.edition.label))
    return 0 if all(one.is_true for one in lines) else 1


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise FileError(file=str(file), problem=f"it is larger than {LARGEST // 1024**2} MiB")
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise FileError(file=str(file), problem=f"it cannot be read: {error.strerror}") from None
    except ValueError:
        raise FileError(file=str(file), problem="it is not text in UTF-8") from None
