"""What ``rapporteur corpus`` does: look after the bot's live edition, and say what there is and what was done to it."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors.settings import DataFileError
from bot.service.findings import Kept
from bot.terminal.bars import progress
from bot.terminal.session import Session
from corpus.errors import RapporteurError, ReadError

if TYPE_CHECKING:  # few commands look at how documents are read
    from corpus.understanding import Understood

ACTOR = "terminal"


def _check(session: Session) -> int:
    """Show each document as soon as it is read; the exit code tells of those that cannot be."""
    from bot.saying.check_record import check_record
    from bot.saying.checking import document_reply, totals
    from corpus.gathering import gather
    from corpus.ingest import nothing_in, read_each

    parsed = session.parsed
    places = tuple(Path(place).expanduser() for place in parsed.places) or session.places
    gathered = gather(places)
    if not gathered.sources:
        raise nothing_in(places, gathered)
    found: list[Understood | ReadError] = []
    refused = 0
    shows_itself = sys.stdout.isatty() and not parsed.json  # what comes says how far it is
    with nullcontext() if shows_itself else progress(session, "terminal.progress", log=True) as tell:
        for one in read_each(gathered, progress=tell and (lambda done, total, _file: tell(done, total))):
            refused += isinstance(one, ReadError)
            if parsed.json:
                found.append(one)
            else:
                session.show(document_reply(session.words, one, division=parsed.passages))
                sys.stdout.write("\n")
    if parsed.json:
        session.show_record(check_record(found, gathered.passed_over, division=parsed.passages))
    else:
        session.show(totals(session.words, len(gathered.sources) - refused, refused, gathered.passed_over))
    return 1 if refused else 0


def _status(session: Session) -> int:
    """Show the files also where the database cannot be read; the exit code tells then that this is not all."""
    status = session.reader().status()
    kept, code = None, 0
    try:
        kept = _kept(session)
    except DataFileError:
        raise  # nothing can ever be kept there: a wrong setting, no database in trouble
    except RapporteurError as error:
        session.tell(session.words.error(error))
        code = 1
    if session.parsed.json:
        from bot.saying.records import status_record

        session.show_record(status_record(status, kept))
    else:
        from bot.saying.compose import status_reply

        session.show(status_reply(session.words, status, kept))
    return code


def _kept(session: Session) -> Kept | None:
    """What the bot's database holds as live; ``None`` where there is none. Raises ``RapporteurError``."""
    from bot.publishing.database import existing_store

    store = existing_store(session.all_settings)
    if store is None:
        return None
    with store:
        return Kept(store.live_digest())


def _history(session: Session) -> int:
    from bot.publishing.database import existing_store

    store = existing_store(session.all_settings)
    entries = []
    if store is not None:
        with store:
            entries = list(store.history(None))
    if session.parsed.json:
        from bot.saying.records import history_record

        session.show_record(history_record(entries))
    else:
        from bot.saying.compose import history_reply

        session.show(history_reply(session.words, entries))
    return 0


def _refresh(session: Session) -> int:
    from bot import logs
    from bot.publishing.database import logged, open_store
    from bot.publishing.refresh import Source, refresh

    settings = session.all_settings
    logs.set_up(settings.log_level, settings.log_format)
    _ = session.lexicons  # a fault in them is said here, not when the bot starts next
    source = Source(session.places, session.skip_unreadable)
    with open_store(settings, logged(session.words)) as store:
        with progress(session, "terminal.progress", log=True) as tell:
            found = refresh(store, source, ACTOR, progress=lambda done, total, _file: tell(done, total))
        refreshed = found.refreshed
    logs.event("refresh", edition=refreshed.edition, changed=refreshed.changed, ms=refreshed.milliseconds)
    if session.parsed.json:
        from bot.saying.records import refresh_record

        session.show_record(refresh_record(refreshed))
    else:
        from bot.saying.compose import refresh_reply

        session.show(refresh_reply(session.words, refreshed))
    return 0


def _verify(session: Session) -> int:
    from bot.publishing.database import existing_store

    store = existing_store(session.all_settings)
    verified = None
    if store is not None:
        with store, progress(session, "terminal.verifying", log=True) as tell:
            verified = store.verify(tell)
    if session.parsed.json:
        from bot.saying.records import verified_record

        session.show_record(verified_record(verified))
    else:
        from bot.saying.compose import verified_reply

        session.show(verified_reply(session.words, verified))
    return 1 if verified is not None and verified.flaws else 0


ACTIONS: dict[str, Callable[[Session], int]] = {
    "check": _check,
    "refresh": _refresh,
    "status": _status,
    "history": _history,
    "verify": _verify,
}
