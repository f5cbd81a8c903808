"""The channel in a terminal: questions and commands, one a line, the same replies as in Discord. Leaves nothing behind.

No history file is read or written; what was typed is gone when the chat ends.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO

from bot import replies
from bot.reply import Reply
from bot.service import Service
from bot.templates import Templates
from corpus.errors import RapporteurError

QUIT = ("/quit", "/exit")


def chat(service: Service, words: Templates, lines: Iterator[str], show: Callable[[Reply], None], told: TextIO) -> None:
    """Reply to every line until ``/quit`` or the end. Replies go to ``show``, refusals to ``told``."""
    for line in lines:
        typed = line.strip()
        if not typed:
            continue
        if typed.split()[0] in QUIT:
            return
        try:
            reply = _reply(service, words, typed)
        except RapporteurError as error:
            told.write(words.error(error) + "\n")
            continue
        if reply is None:
            told.write(words("chat.unknown", command=typed.split()[0]) + "\n")
        else:
            show(reply)


def typed_lines(prompt: str, stdin: TextIO, stdout: TextIO) -> Iterator[str]:
    """What a person types, with line editing on a terminal, up to the end of input (Ctrl-D)."""
    if not (stdin.isatty() and stdout.isatty()):
        yield from stdin
        return
    with suppress(ImportError):
        import readline  # noqa: F401  # importing it gives input() its line editing; some systems have none
    while True:
        try:
            yield input(prompt)
        except EOFError:
            stdout.write("\n")
            return
        except KeyboardInterrupt:
            stdout.write("\n")  # the shell's prompt belongs on a line of its own
            raise


def _reply(service: Service, words: Templates, typed: str) -> Reply | None:
    """The reply to one line; ``None`` for a command that there is not. Raises ``RapporteurError``."""
    if not typed.startswith("/"):
        return _answer(service, words, typed)
    command, _, argument = typed.partition(" ")
    argument = argument.strip()
    match command:
        case "/ask":
            return _answer(service, words, argument)
        case "/summary":
            return replies.summary_reply(words, service.summarise(argument or None))
        case "/passage":
            return replies.passage_reply(words, service.passage(argument))
        case "/reports":
            return replies.reports_reply(words, service.reports())
        case "/about":
            return replies.about_reply(words)
        case "/help":
            return replies.chat_help_reply(words)
    return None


def _answer(service: Service, words: Templates, question: str) -> Reply:
    return replies.answer_reply(words, service.answer(question), service.asked(None))
