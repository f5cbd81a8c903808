"""What each command of the command line does: wire the parts it needs, ask the service, print the reply.

Everything a command needs is imported when it runs, so that `ask` pays for nothing but asking.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from bot.errors import BadUsageError
from bot.reply import Reply
from bot.session import DOTENV, Session
from bot.templates import load
from corpus.citation import Citation
from corpus.errors import FileError, UnknownCitationError

if TYPE_CHECKING:  # the store brings the database along
    from corpus.store import FoundPassage


def execute(parsed: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the command in ``parsed``; its exit code. Raises ``RapporteurError``."""
    if parsed.command in ("chat", "corpus", "evaluate", "fit") or (parsed.command == "ask" and parsed.jsonl):
        gc.enable()  # these may take long
    return _COMMANDS[parsed.command](Session(parsed, environ))


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
        from bot.records import answer_record

        session.show_record(answer_record(session.words, answer, milliseconds))
    else:
        from bot.answers import answer_reply

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
        from bot.records import explained_record

        session.show_record(explained_record(session.words, explained, milliseconds))
    else:
        from bot.reasons import explanation_reply

        session.show(explanation_reply(session.words, explained, service.asked(parsed.report)))
    return 0


def _ask_lines(session: Session) -> int:
    from bot.jsonl import answer_lines

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
    from bot.chat import chat, typed_lines

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
        from bot.records import summary_record

        session.show_record(summary_record(session.words, summary))
    else:
        from bot.replies import summary_reply

        session.show(summary_reply(session.words, summary))
    return 0


def _passage(session: Session) -> int:
    cited = session.reader(_archive(session)).passage(" ".join(session.parsed.citation))
    if session.parsed.json:
        from bot.records import passage_record

        session.show_record(passage_record(session.words, cited))
    else:
        from bot.replies import passage_reply

        session.show(passage_reply(session.words, cited))
    return 0


def _reports(session: Session) -> int:
    service = session.reader()
    if session.parsed.json:
        from bot.records import reports_record

        session.show_record(reports_record(service.status().edition.label, service.reports()))
    else:
        from bot.replies import reports_reply

        session.show(reports_reply(session.words, service.reports()))
    return 0


def _corpus(session: Session) -> int:
    from bot.corpus_commands import ACTIONS

    return ACTIONS[session.parsed.action](session)


def _archive(session: Session) -> "Callable[[Citation], FoundPassage]":
    """Looks a citation up in the bot's store, if there is one; opens it only when asked."""

    def find(citation: Citation) -> "FoundPassage":
        from bot.wiring import existing_store

        store = existing_store(session.all_settings)
        if store is None:
            raise UnknownCitationError(citation=str(citation))
        with store:
            return store.find(citation)

    return find


def _evaluate(session: Session) -> int:
    from bot.evaluate import evaluated
    from bot.records import dumps
    from bot.scorecard import record, text

    evaluation = evaluated(session)
    as_json = session.parsed.json  # one line: it is long, and for programs
    found = dumps(record(evaluation), ascii_only=session.ascii_only) + "\n" if as_json else text(evaluation)
    sys.stdout.write(found)
    return 0


def _fit(session: Session) -> int:
    from bot.evaluate import fitted

    output = session.parsed.output
    if output.is_dir() or not os.access(output if output.exists() else output.parent, os.W_OK):
        raise FileError(file=str(output), problem="it cannot be written")  # fitting takes minutes: better to know now
    found = fitted(session)
    try:
        output.write_text(found, "utf-8")
    except OSError as error:
        raise FileError(file=str(output), problem=f"it cannot be written: {error.strerror}") from None
    return 0


def _run(session: Session) -> int:
    import logging

    from bot import logs
    from bot.env_file import exposes_secret
    from bot.keeper import Keeper
    from bot.publishing import Source
    from bot.service import Service
    from bot.wiring import lasting_store, logged
    from bot.workshop import Workshop

    settings = session.all_settings
    settings.require_token()
    load(settings.language)
    logs.set_up(settings.log_level, settings.log_format)
    if exposes_secret(DOTENV, session.environ):
        logs.event("dotenv", logging.WARNING, problem=session.words("terminal.exposed", file=str(DOTENV)))
    lexicons = session.lexicons
    from bot.client import run

    with lasting_store(settings, logged(session.words)) as store:
        service = Service(archive=store.find, lexicons=lexicons)
        making = Workshop(store.url, Source(session.places, session.skip_unreadable))
        return run(settings, Keeper(service, store, making))


_COMMANDS: dict[str, Callable[[Session], int]] = {
    "ask": _ask,
    "chat": _chat,
    "summary": _summary,
    "passage": _passage,
    "reports": _reports,
    "corpus": _corpus,
    "evaluate": _evaluate,
    "fit": _fit,
    "run": _run,
}
