"""What each command of the command line does: wire the parts it needs, ask the service, print the reply.

Everything a command needs is imported when it runs, so that `ask` pays for nothing but asking.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.errors import BadUsageError
from bot.saying.reply import Reply
from bot.saying.templates import load
from bot.terminal.session import DOTENV, Session
from corpus.citation import Citation
from corpus.errors import FileError, UnknownCitationError

if TYPE_CHECKING:  # the store brings the database along
    from bot.publishing.keeper import Keeper
    from bot.settings import Settings
    from corpus.store import FoundPassage


class Serve(Protocol):
    """Serves Discord from what a keeper keeps, until it is told to stop; gives the exit code."""

    def __call__(self, settings: "Settings", keeper: "Keeper", /) -> int:
        """Raises ``RapporteurError`` where Discord does not let the bot in, or there is nothing to answer from."""


def execute(parsed: argparse.Namespace, environ: Mapping[str, str], serve: Serve) -> int:
    """Run the command in ``parsed``; its exit code. ``serve`` is the other face of the bot, which `run` starts.

    Raises ``RapporteurError``.
    """
    if parsed.command in ("chat", "corpus", "evaluate", "fit") or (parsed.command == "ask" and parsed.jsonl):
        gc.enable()  # these may take long
    session = Session(parsed, environ)
    return _run(session, serve) if parsed.command == "run" else _COMMANDS[parsed.command](session)


def _ask(session: Session) -> int:
    parsed = session.parsed
    if parsed.jsonl:
        if parsed.explain:
            problem = (
                "With --jsonl nothing is explained, so ask the one question with --explain, with or without --json."
            )
            raise BadUsageError(problem=problem, command="rapporteur ask")
        if parsed.question:
            problem = "With --jsonl the questions come from standard input, so leave out the one on the command line."
            raise BadUsageError(problem=problem, command="rapporteur ask")
        return _ask_lines(session)
    if parsed.explain:
        return _explain(session)
    service = session.reader()
    service.prepare()
    started = perf_counter()
    answer = service.answer(" ".join(parsed.question), parsed.report)
    milliseconds = (perf_counter() - started) * 1000
    if parsed.json:
        from bot.saying.records import answer_record

        session.show_record(answer_record(session.words, answer, milliseconds))
    else:
        from bot.saying.answers import answer_reply

        session.show(answer_reply(session.words, answer, service.asked(parsed.report)))
    return 0


def _explain(session: Session) -> int:
    from retrieval.question import Question

    parsed, service = session.parsed, session.reader()
    asked = Question.parse(" ".join(parsed.question))
    service.prepare()
    started = perf_counter()
    explained = service.explain(asked, parsed.report)
    milliseconds = (perf_counter() - started) * 1000
    if parsed.json:
        from bot.saying.records import explained_record

        session.show_record(explained_record(session.words, explained, milliseconds))
    else:
        from bot.saying.why import explanation_reply

        session.show(explanation_reply(session.words, explained, service.asked(parsed.report)))
    return 0


def _ask_lines(session: Session) -> int:
    from bot.terminal.jsonl import answer_lines

    service = session.reader()
    service.prepare()
    bad = answer_lines(
        service,
        session.words,
        sys.stdin.buffer,
        sys.stdout,
        report=session.parsed.report,
        ascii_only=session.ascii_only,
    )
    return 1 if bad else 0


def _chat(session: Session) -> int:
    from bot.terminal.chat import chat, typed_lines

    service = session.reader(_archive(session))
    if sys.stdin.isatty():
        session.tell(session.words("chat.welcome"))
    lines = typed_lines(session.words("chat.prompt"), sys.stdin, sys.stdout)
    chat(service, session.words, lines, _show_and_flush(session), sys.stderr)
    return 0


def _show_and_flush(session: Session) -> Callable[[Reply], None]:
    def show(reply: Reply) -> None:
        session.show(reply)
        sys.stdout.write("\n")
        sys.stdout.flush()

    return show


def _summary(session: Session) -> int:
    parsed = session.parsed
    summary = session.reader().summarise(parsed.report, parsed.about, parsed.length)
    if parsed.json:
        from bot.saying.records import summary_record

        session.show_record(summary_record(session.words, summary))
    else:
        from bot.saying.compose import summary_reply

        session.show(summary_reply(session.words, summary))
    return 0


def _passage(session: Session) -> int:
    cited = session.reader(_archive(session)).passage(" ".join(session.parsed.citation))
    if session.parsed.json:
        from bot.saying.records import passage_record

        session.show_record(passage_record(session.words, cited))
    else:
        from bot.saying.compose import passage_reply

        session.show(passage_reply(session.words, cited))
    return 0


def _reports(session: Session) -> int:
    service = session.reader()
    if session.parsed.json:
        from bot.saying.records import reports_record

        session.show_record(reports_record(service.status().edition.label, service.reports()))
    else:
        from bot.saying.compose import reports_reply

        session.show(reports_reply(session.words, service.reports()))
    return 0


def _corpus(session: Session) -> int:
    from bot.terminal.corpus_commands import ACTIONS

    return ACTIONS[session.parsed.action](session)


def _archive(session: Session) -> "Callable[[Citation], FoundPassage]":
    """Looks a citation up in the bot's store, if there is one; opens it only when asked."""

    def find(citation: Citation) -> "FoundPassage":
        from bot.publishing.database import existing_store

        store = existing_store(session.all_settings)
        if store is None:
            raise UnknownCitationError(citation=str(citation))
        with store:
            return store.find(citation)

    return find


def _evaluate(session: Session) -> int:
    from bot.saying.records import dumps
    from bot.terminal.draw import Style
    from bot.terminal.evaluate import evaluated
    from bot.terminal.scorecard import record, text

    evaluation = evaluated(session)
    if session.parsed.json:  # one line: it is long, and for programs
        found = dumps(record(evaluation), ascii_only=session.ascii_only) + "\n"
    else:
        found = text(evaluation, Style.of(sys.stdout, session.environ))
    sys.stdout.write(found)
    return 0


def _fit(session: Session) -> int:
    from bot.terminal.evaluate import fitted

    output = session.parsed.output
    if output.is_dir() or not os.access(output if output.exists() else output.parent, os.W_OK):
        raise FileError(file=str(output), problem="it cannot be written")  # fitting takes minutes: better to know now
    found = fitted(session)
    try:
        output.write_text(found, "utf-8")
    except OSError as error:
        raise FileError(file=str(output), problem=f"it cannot be written: {error.strerror}") from None
    return 0


def _run(session: Session, serve: Serve) -> int:
    import logging

    from bot import logs
    from bot.publishing.database import lasting_store, logged
    from bot.publishing.keeper import Keeper
    from bot.publishing.refresh import Source
    from bot.publishing.workshop import Workshop
    from bot.service.service import Service
    from bot.settings.env_file import exposes_secret

    settings = session.all_settings
    settings.require_token()
    load(settings.language)
    logs.set_up(settings.log_level, settings.log_format)
    if exposes_secret(DOTENV, session.environ):
        logs.event("dotenv", logging.WARNING, problem=session.words("terminal.exposed", file=str(DOTENV)))
    lexicons = session.lexicons
    with lasting_store(settings, logged(session.words)) as store:
        service = Service(archive=store.find, lexicons=lexicons)
        making = Workshop(store.url, Source(session.places, session.skip_unreadable))
        return serve(settings, Keeper(service, store, making))


_COMMANDS: dict[str, Callable[[Session], int]] = {
    "ask": _ask,
    "chat": _chat,
    "summary": _summary,
    "passage": _passage,
    "reports": _reports,
    "corpus": _corpus,
    "evaluate": _evaluate,
    "fit": _fit,
}
