"""What each command of the command line does: wire the parts it needs, ask the service, print the reply.

Everything a command needs is imported when it runs, so that `ask` pays for nothing but asking.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from bot.commands.ask import EXPLAIN, JSONL
from bot.commands.command import Context, Values
from bot.commands.registry import Registry
from bot.errors import BadUsageError
from bot.saying.reply import Reply
from bot.saying.templates import of_log
from bot.terminal.arguments import values
from bot.terminal.session import DOTENV, Session
from corpus.clause import Clause
from corpus.errors import FileError

if TYPE_CHECKING:  # the store brings the database along
    from bot.publishing.keeper import Keeper
    from bot.settings import Settings


class Serve(Protocol):
    """Serves Discord from what a keeper keeps, until it is told to stop; gives the exit code."""

    def __call__(self, settings: "Settings", keeper: "Keeper", /) -> int:
        """Raises ``RapporteurError`` where Discord does not let the bot in, or there is nothing to answer from."""


def execute(parsed: argparse.Namespace, environ: Mapping[str, str], registry: Registry, serve: Serve) -> int:
    """Run the command in ``parsed``; its exit code. ``serve`` is the other face of the bot, which `run` starts.

    Raises ``RapporteurError``.
    """
    if parsed.command in ("chat", "corpus", "evaluate", "fit") or (parsed.command == "ask" and parsed.jsonl):
        gc.enable()  # these may take long
    session = Session(parsed, environ, registry)
    return _run(session, serve) if parsed.command == "run" else _OWN.get(parsed.command, _shared)(session)


def _shared(session: Session) -> int:
    """Do what a command of the registry does."""
    command = session.registry[session.parsed.command]
    given = values(command, session.parsed)
    if given.flag(JSONL):
        return _ask_lines(session, given)
    if command.ranks:
        snapshot = session.snapshot
        with session.waiting("terminal.looking"):
            _ = snapshot.answerer
    session.answer(command, given, _context(session))
    return 0


def _context(session: Session) -> Context:
    from bot.terminal.upkeep import context_of  # 10 ms: for commands that need the reports

    return context_of(session)


def _ask_lines(session: Session, given: Values) -> int:
    from bot.terminal.batch import answer_lines  # 29 ms: for lines of questions

    if given.flag(EXPLAIN):
        raise BadUsageError(problem=Clause("usage.lines_unexplained"), command="rapporteur ask")
    if given.text("question"):
        raise BadUsageError(problem=Clause("usage.lines_and_question"), command="rapporteur ask")
    snapshot = session.snapshot
    _ = snapshot.answerer
    bad = answer_lines(
        snapshot,
        session.templates,
        sys.stdin.buffer,
        sys.stdout,
        report=given.text("report"),
        ascii_only=session.ascii_only,
    )
    return 1 if bad else 0


def _chat(session: Session) -> int:
    from bot.terminal.chat import HELP, LEAVE, chat, typed_lines  # 28 ms: for a conversation
    from bot.terminal.completing import completions

    _ = session.snapshot  # what is wrong with the files is said before the first prompt
    if sys.stdin.isatty():
        session.tell(session.templates("chat.welcome"))

    def complete(line: str) -> Sequence[str]:
        reports = [report.id for report in session.snapshot.reports]
        return completions(line, session.registry, reports, (HELP, *LEAVE[:1]))

    lines = typed_lines(session.templates("chat.prompt"), sys.stdin, sys.stdout, complete)
    chat(_context(session), session.registry, lines, show=_show_and_flush(session), told=sys.stderr)
    return 0


def _show_and_flush(session: Session) -> Callable[[Reply], None]:
    from bot.terminal.draw import Style, drawn  # 3 ms: for a conversation
    from bot.terminal.paging import paged

    def show(reply: Reply) -> None:
        text = drawn(reply, Style.of(sys.stdout, session.environ)) + "\n"
        if not paged(text, sys.stdin, sys.stdout, session.environ):
            sys.stdout.write(text)
        sys.stdout.flush()

    return show


def _quote(session: Session) -> int:
    """Check one quotation, or all of a file."""
    from bot.terminal.article import check_file, file_of  # 28 ms: for a file of quotations

    file = file_of(session)
    return _shared(session) if file is None else check_file(session, file)


def _corpus(session: Session) -> int:
    from bot.terminal import corpus_commands  # 3 ms: no question needs it

    own = corpus_commands.OWN.get(session.parsed.action)
    if own is not None:
        return own(session)
    session.answer(session.registry[f"corpus {session.parsed.action}"], Values(), _context(session))
    return session.code


def _evaluate(session: Session) -> int:
    from bot.saying.records import dumps  # 338 ms: NumPy and what measures
    from bot.terminal.draw import Style
    from bot.terminal.evaluate import evaluated
    from bot.terminal.scorecard import Scorecard
    from bot.terminal.scorecard_record import record

    evaluation = evaluated(session)
    if session.parsed.json:  # one line: it is long, and for programs
        found = dumps(record(evaluation), ascii_only=session.ascii_only) + "\n"
    else:
        found = Scorecard(session.templates, Style.of(sys.stdout, session.environ)).text(evaluation)
    sys.stdout.write(found)
    return 0


def _fit(session: Session) -> int:
    from bot.terminal.evaluate import fitted  # 265 ms: NumPy and what fits

    output = session.parsed.output
    if output.is_dir() or not os.access(output if output.exists() else output.parent, os.W_OK):
        raise FileError(
            file=str(output), problem=Clause("file.unwritable")
        )  # fitting takes minutes: better to know now
    found = fitted(session)
    try:
        output.write_text(found, "utf-8")
    except OSError as error:
        raise FileError(file=str(output), problem=Clause("file.unwritten", problem=error.strerror or "")) from None
    return 0


def _run(session: Session, serve: Serve) -> int:
    import logging  # 474 ms: SQLAlchemy and pydantic, for the bot alone

    from bot import logs
    from bot.publishing.database import lasting_store, logged
    from bot.publishing.editions import Editions
    from bot.publishing.keeper import Keeper
    from bot.publishing.refresh import Source
    from bot.publishing.workshop import Workshop
    from bot.service.service import Service
    from bot.settings.env_file import exposes_secret

    settings = session.all_settings
    settings.require_token()
    session.templates.check()
    logs.set_up(settings.log_level, settings.log_format)
    if exposes_secret(DOTENV, session.environ):
        logs.event("dotenv", logging.WARNING, problem=of_log()("terminal.exposed", file=str(DOTENV)))
    lexicons = session.lexicons
    with lasting_store(settings, logged(of_log())) as store:
        service = Service(archive=store.find, lexicons=lexicons)
        editions = Editions.beside(settings.data_directory)
        source = Source(session.places, session.skip_unreadable)
        making = Workshop(store.url, source, editions, session.cluster)
        keeper = Keeper(service, store, making, settings.keep_editions, editions=editions, cluster=session.cluster)
        return serve(settings, keeper)


_OWN: dict[str, Callable[[Session], int]] = {
    "chat": _chat,
    "corpus": _corpus,
    "evaluate": _evaluate,
    "fit": _fit,
    "quote": _quote,
}
