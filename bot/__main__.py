"""The command line's entrance: from arguments to an exit code. Nothing is imported here that no command needs.

What a command is called with stands in ``bot.terminal.command_line``, what it does in ``bot.terminal.commands``. This
is the one module that knows both faces.
"""

import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:  # a broken installation should still be able to say so
    from bot.publishing.keeper import Keeper
    from bot.settings import Settings
    from corpus.errors import RapporteurError

ANSWERED, FAILED, MISUSED = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
UNREAD = 141  # 128 + SIGPIPE


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run one command and give its exit code, see ``rapporteur --help``.

    Where a command fails, one sentence on standard error has said why. ``arguments`` and ``environ`` are the process's
    own unless they are given; without ``arguments`` the command also ends the process.
    """
    given = sys.argv[1:] if arguments is None else arguments
    brief = "run" not in given[:1]
    collecting = gc.isenabled()
    if arguments is None and given[:1] not in (["run"], ["fit"]):
        # NumPy's OpenBLAS starts a thread a core when it is loaded, and nothing here multiplies anything large: 18 ms
        # of start-up on two cores.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if brief:
        gc.disable()  # most commands are over before there is garbage worth collecting: 5 ms of start-up
    try:
        code = _guarded(given, os.environ if environ is None else environ)
    finally:
        if collecting:
            gc.enable()
    if arguments is None:
        _leave(code)
    return code


def _guarded(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    try:
        _harden_output()
        return _run(arguments, environ)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more at the very end and would complain again, see "Note on SIGPIPE" in
        # https://docs.python.org/3/library/signal.html
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD


def _leave(code: int) -> NoReturn:
    """End the process without taking the interpreter apart: 15 ms for a person to wait, and nothing left to save.

    Threads that the bot has cut off go on until the very end, and would stumble over what is already gone.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    # pydantic looks through everything that is installed for plugins; there are none of ours: 5 ms
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from bot.commands.registry import Registry  # 59 ms: pydantic, which has to be told of plugins before
    from bot.terminal.command_line import parse
    from bot.terminal.languages import SETTING, given
    from bot.terminal.session import templates_of
    from corpus.errors import RapporteurError

    registry = Registry()
    try:
        if language := given(arguments):
            environ = {**environ, SETTING: language}
        parsed = parse(arguments, registry, templates_of(environ))
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else ANSWERED
    except RapporteurError as error:
        return _refuse(error, environ)
    from bot.terminal.commands import execute  # 59 ms: pydantic, which has to be told of plugins before

    try:
        code = execute(parsed, environ, registry, _serve)
        sys.stdout.flush()
    except RapporteurError as error:
        return _refuse(error, environ)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except OSError as error:
        return _refuse_full(environ) if error.errno == errno.ENOSPC else _apologise(error, environ)
    except Exception as error:  # noqa: BLE001  # the one place that turns what nobody foresaw into a sentence
        return _apologise(error, environ)
    return code


def _serve(settings: "Settings", keeper: "Keeper") -> int:
    from bot.discord.serve import run  # 806 ms: discord.py, for the bot alone

    return run(settings, keeper)


def _harden_output() -> None:
    """Let no character that an output cannot carry end the command, nor an output that was closed from outside."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)  # what stands in for a stream need not have it
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _refuse(error: "RapporteurError", environ: Mapping[str, str]) -> int:
    """Say what was wrong, and whose turn it is: 2 where the call has to change, 1 where something else has."""
    from bot.errors import UsageError  # 57 ms: for what went wrong only
    from bot.errors.settings import SettingError
    from bot.terminal.session import sentence
    from retrieval.errors import LexiconError, QuestionError, QuotationError

    misuse = SettingError | LexiconError | UsageError | QuestionError | QuotationError
    print(sentence(error, environ), file=sys.stderr)
    return MISUSED if isinstance(error, misuse) else FAILED


def _refuse_full(environ: Mapping[str, str]) -> int:
    from bot.errors import NoSpaceError  # 55 ms: for what went wrong only
    from bot.terminal.session import sentence

    print(sentence(NoSpaceError(), environ), file=sys.stderr)
    return FAILED


def _apologise(error: Exception, environ: Mapping[str, str]) -> int:
    import secrets  # 62 ms: for what went wrong only

    from bot.logs import traceback_text
    from bot.terminal.session import apology

    print(traceback_text(error), file=sys.stderr)
    print(apology(secrets.token_hex(4), environ), file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
