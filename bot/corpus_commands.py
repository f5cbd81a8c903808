"""What ``rapporteur corpus`` does: look after the bot's live edition, and say what there is and what was done to it."""

from collections.abc import Callable
from time import perf_counter

from bot.errors import DataFileError
from bot.findings import Kept
from bot.session import Session
from corpus.errors import RapporteurError

ACTOR = "terminal"
PATIENCE = 1.0  # seconds between two lines about progress


def _status(session: Session) -> int:
    status, kept = session.reader().status(), _kept(session)
    if session.parsed.json:
        from bot.records import status_record

        session.show_record(status_record(status, kept))
    else:
        from bot.replies import status_reply

        session.show(status_reply(session.words, status, kept))
    return 0


def _kept(session: Session) -> Kept | None:
    """What the bot's database holds as live; ``None`` where there is none. Makes none.

    One that cannot be read is told of and is no reason not to show the files.
    """
    from bot.wiring import existing_store

    settings = session.all_settings
    try:
        store = existing_store(settings)
        if store is None:
            return None
        with store:
            return Kept(store.live_digest())
    except DataFileError:
        raise  # nothing can ever be kept there: a wrong setting, no database in trouble
    except RapporteurError as error:
        session.tell(session.words.error(error))
        return None


def _history(session: Session) -> int:
    from bot.wiring import existing_store

    store = existing_store(session.all_settings)
    entries = []
    if store is not None:
        with store:
            entries = list(store.history())
    if session.parsed.json:
        from bot.records import history_record

        session.show_record(history_record(entries))
    else:
        from bot.replies import history_reply

        session.show(history_reply(session.words, entries))
    return 0


def _refresh(session: Session) -> int:
    from bot import logs
    from bot.service import Service
    from bot.wiring import open_store

    settings = session.all_settings
    logs.set_up(settings.log_level, settings.log_format)
    lexicons = session.lexicons
    with open_store(settings) as store:
        service = Service.of_store(store, session.folder, skip_unreadable=session.skip_unreadable, lexicons=lexicons)
        refreshed = service.refresh(ACTOR, _progress(session))
    logs.event("refresh", edition=refreshed.edition, changed=refreshed.has_changed, ms=refreshed.milliseconds)
    if session.parsed.json:
        from bot.records import refresh_record

        session.show_record(refresh_record(refreshed))
    else:
        from bot.replies import refresh_reply

        session.show(refresh_reply(session.words, refreshed))
    return 0


def _progress(session: Session) -> Callable[[int, int, str], None]:
    """Says how far the reading has come, from time to time."""
    said = perf_counter()

    def tell(done: int, total: int, _file: str) -> None:
        nonlocal said
        if perf_counter() - said >= PATIENCE:
            said = perf_counter()
            session.tell(session.words("terminal.progress", done=done, total=total))

    return tell


ACTIONS: dict[str, Callable[[Session], int]] = {"refresh": _refresh, "status": _status, "history": _history}
