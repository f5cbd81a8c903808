"""``rapporteur quote --file``: every quotation of a page of prose against the reports."""

from pathlib import Path

from bot.commands.quote import page
from bot.errors import BadUsageError
from bot.saying.verdicts import line_record, page_reply
from bot.terminal.session import Session
from corpus.clause import Clause
from corpus.errors import FileError
from corpus.files.opening import shown_size
from retrieval.errors import UnquotedError

LARGEST = 4 * 1024 * 1024  # bytes of a page


def file_of(session: Session) -> Path | None:
    """The file that is to be checked: that of --file, or the only word where it is the name of one."""
    given, named = session.parsed.text, session.parsed.file
    if named is not None and given:
        raise BadUsageError(problem=Clause("usage.file_and_text"), command="rapporteur quote")
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
            raise FileError(file=str(file), problem=Clause("file.too_large", size=shown_size(LARGEST)))
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise FileError(file=str(file), problem=Clause("file.unread_for", problem=error.strerror or "")) from None
    except ValueError:
        raise FileError(file=str(file), problem=Clause("file.no_text")) from None
