"""What ``rapporteur corpus`` does that no other face offers: show how files are understood, and verify the database."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.command import Values
from bot.commands.prune import MOST_DAYS
from bot.saying.check_record import check_record
from bot.saying.check_reply import document_reply, totals
from bot.saying.compose import verified_reply
from bot.saying.records import verified_record
from bot.terminal.grammar import place
from bot.terminal.session import Session
from bot.terminal.upkeep import context_of
from corpus.errors import ReadError
from corpus.gathering.sources import gather
from corpus.ingest.pipeline import nothing_in, read_each
from corpus.store.values import Flaw, Part

if TYPE_CHECKING:  # few commands look at how documents are read
    from corpus.ingest.understanding import Understood


def _check(session: Session) -> int:
    """Show each document as soon as it is read; the exit code tells of those that cannot be."""
    parsed = session.parsed
    places = tuple(Path(place("DIR|FILE")(name)).expanduser() for name in parsed.places) or session.places
    gathered = gather(places)
    if not gathered.sources:
        raise nothing_in(places, gathered)
    found: list[Understood | ReadError] = []
    refused = 0
    shows_itself = sys.stdout.isatty() and not parsed.json  # what comes says how far it is
    with nullcontext() if shows_itself else session.progress("terminal.progress", log=True) as tell:
        for one in read_each(gathered, progress=tell and (lambda done, total, _file: tell(done, total))):
            refused += isinstance(one, ReadError)
            if parsed.json:
                found.append(one)
            else:
                session.show(document_reply(session.templates, one, division=parsed.passages))
                sys.stdout.write("\n")
    if parsed.json:
        session.show_record(check_record(session.templates, found, gathered.passed_over, division=parsed.passages))
    else:
        session.show(totals(session.templates, len(gathered.sources) - refused, refused, gathered.passed_over))
    return 1 if refused else 0


def _verify(session: Session) -> int:
    from bot.publishing.database import existing_store  # 318 ms: SQLAlchemy, for commands that open the database
    from bot.publishing.editions import Editions  # 90 ms: NumPy, for what is kept in files

    store = existing_store(session.all_settings)
    verified = None
    if store is not None:
        with store, session.progress("terminal.verifying", log=True) as tell:
            verified = store.verify(tell)
        files, damaged = Editions.beside(session.all_settings.data_directory).compared()
        flaws = (*verified.flaws, *(Flaw(Part.START, name) for name in damaged))
        verified = replace(verified, files=files, flaws=flaws)
    if session.parsed.json:
        session.show_record(verified_record(verified))
    else:
        session.show(verified_reply(session.templates, verified))
    return 1 if verified is not None and verified.flaws else 0


def _equivalent(session: Session) -> int:
    """Propose, add, take out or list equivalents."""
    from bot.terminal.equivalents import snapshot_with  # 330 ms: SQLAlchemy, for commands that open the database

    parsed = session.parsed
    given = dict(zip(("word", "means"), parsed.places, strict=False))
    flags = {name: True for name in ("apply", "remove") if getattr(parsed, name)}
    context = replace(context_of(session), take=cache(partial(snapshot_with, session)))
    session.answer(session.registry["corpus equivalent"], Values(given | flags), context)
    if flags:
        session.tell(session.templates("equivalent.bots_alone"))
    return session.code


def _prune(session: Session) -> int:
    """Show what would go, or have it go."""
    parsed = session.parsed
    given: dict[str, str | int | bool] = {"apply": True} if parsed.apply else {}
    if parsed.older_than is not None:
        given["days"] = min(parsed.older_than, MOST_DAYS)
    session.answer(session.registry["corpus prune"], Values(given), context_of(session))
    return session.code


OWN: dict[str, Callable[[Session], int]] = {
    "check": _check,
    "equivalent": _equivalent,
    "prune": _prune,
    "verify": _verify,
}
