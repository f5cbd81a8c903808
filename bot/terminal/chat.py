"""The channel in a terminal: questions and commands, one a line, the same replies as in Discord. Leaves nothing behind.

A command takes what it takes on the command line, read by the same grammar. No history file is read or written; what
was typed is gone when the chat ends. A question may lean on the one before it: "and the vehicle?".
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from bot.commands import ask
from bot.commands.command import AnyCommand, Context, Face, Values
from bot.commands.registry import Registry
from bot.errors import BadUsageError
from bot.saying import compose
from bot.saying.reply import Reply
from bot.saying.templates import Templates
from bot.terminal.arguments import PROGRAM, add_arguments, in_words, values
from bot.terminal.command_line import gathered
from bot.terminal.completing import ELSEWHERE
from bot.terminal.conversation import COMMANDS, Conversation, numbered
from bot.terminal.draw import Style, written
from bot.terminal.grammar import Grammar, nearest
from corpus.clause import Clause
from corpus.errors import RapporteurError
from corpus.text.legible import legible

Complete = Callable[[str], Sequence[str]]

LEAVE = ("/quit", "/exit", "/bye")
HELP = "/help"
# What strangers type without its slash; all alone on its line it is no question.
ALSO_BARE = (*LEAVE, HELP, "/summary", "/timeline", "/facts", "/reports", "/about")


def chat(
    context: Context, registry: Registry, lines: Iterator[str], show: Callable[[Reply], None], told: TextIO
) -> None:
    """Reply to every line until ``/quit`` or the end. Replies go to ``show``, refusals to ``told``."""
    templates, conversation = context.templates, Conversation()
    for line in lines:
        typed = legible(line)
        if not typed:
            continue
        if f"/{typed}".casefold() in ALSO_BARE:
            typed = f"/{typed}"
        if typed.split()[0].casefold() in LEAVE:
            return
        try:
            on = conversation.asked(typed, templates)
            asking = replace(context, before=conversation.before, remembers=True)
            reply = on(context) if on else _reply(asking, registry, typed, conversation)
        except RapporteurError as error:
            told.write(written(templates.error(error), Style.of(told, {})))
            continue
        if reply is None:
            told.write(written(_unknown(templates, typed.split()[0], registry), Style.of(told, {})))
        else:
            show(reply)


def typed_lines(prompt: str, stdin: TextIO, stdout: TextIO, complete: Complete = lambda _: ()) -> Iterator[str]:
    """What a person types, with line editing on a terminal, up to the end of input (Ctrl-D).

    ``complete`` gives what the last word of a line may become where Tab is pressed; the arrow keys go through what was
    typed before.
    Ctrl-C takes back what is on the line, as in a shell; on an empty line it raises ``KeyboardInterrupt``.
    """
    reconfigure = getattr(stdin, "reconfigure", None)  # what stands in for a stream need not have it
    if reconfigure is not None:
        reconfigure(errors="replace")  # a byte that is no character shall not end the chat
    if not (stdin.isatty() and stdout.isatty()):
        yield from stdin
        return
    typed_so_far = _line_editing(complete)
    while True:
        try:
            yield input(prompt)
        except EOFError:
            stdout.write("\n")
            return
        except KeyboardInterrupt:
            stdout.write("\n")  # the next prompt, or the shell's, belongs on a line of its own
            if not typed_so_far():
                raise


def _line_editing(complete: Complete) -> Callable[[], str]:
    """Give ``input`` its line editing, which importing readline does; what is on the line when Ctrl-C comes.

    Some systems have none: there a line counts as empty, since the terminal keeps what is typed to itself.
    """
    try:
        import readline  # 1 ms: some systems have none
    except ImportError:
        return str

    def completed(_word: str, number: int) -> str | None:
        found = complete(readline.get_line_buffer()[: readline.get_endidx()])
        return f"{found[number]} " if number < len(found) else None

    readline.set_completer(completed)
    readline.set_completer_delims(" ")
    is_libedit = "libedit" in (readline.__doc__ or "")  # as Python's own documentation tells the two apart
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    return readline.get_line_buffer


def _unknown(templates: Templates, command: str, registry: Registry) -> str:
    """What is said of a command that there is not."""
    typable = (*_here(registry), *COMMANDS)
    if near := nearest(command, (*(f"/{name}" for name in typable), *LEAVE, HELP)):
        return templates("chat.misspelt", command=command, nearest=near)
    return templates("chat.unknown", command=command)


def _here(registry: Registry) -> tuple[str, ...]:
    """The names of the commands that can be typed after a slash."""
    return tuple(command.name for command in registry.on(Face.TERMINAL) if command.group is None)


def _reply(context: Context, registry: Registry, typed: str, conversation: Conversation) -> Reply | None:
    """The reply to one line; ``None`` for a command that there is not. Raises ``RapporteurError``."""
    if not typed.startswith("/"):
        return _done(registry["ask"], context, Values({"question": typed}), conversation)
    command, *rest = typed.split(maxsplit=1)
    name, tokens = command.casefold().removeprefix("/"), _tokens("".join(rest))
    if command.casefold() == HELP or not {"-h", "--help"}.isdisjoint(tokens):
        return compose.chat_help_reply(context.templates)
    if name not in _here(registry):
        return None
    own = registry[name]
    typed_in = in_words(own)
    if typed_in is not None and typed_in.as_typed:
        return _done(own, context, Values({typed_in.name: "".join(rest)}), conversation)
    return _done(own, context, _parsed(name, tokens, registry), conversation)


def _done(command: AnyCommand, context: Context, given: Values, conversation: Conversation) -> Reply:
    found = command.begin(context, given)()
    reply = command.reply(context, found)
    if not isinstance(found, ask.Found):
        return reply
    conversation.keep(found.considered)
    return numbered(reply)


def _parsed(name: str, tokens: Sequence[str], registry: Registry) -> Values:
    """The arguments of a command, as the command line takes them. Raises ``UsageError``."""
    grammar = Grammar(f"/{name}")
    add_arguments(grammar, name, registry)
    parsed, more = grammar.parsed(tokens)
    gathered(name, parsed, more, prog=grammar.prog, registry=registry)
    if elsewhere := next((option for option in ELSEWHERE if getattr(parsed, option, None)), None):
        raise BadUsageError(problem=Clause("usage.not_in_chat", option=f"--{elsewhere}"), command=f"{PROGRAM} {name}")
    return values(registry[name], parsed)


def _tokens(text: str) -> Sequence[str]:
    """The words of ``text``; double quotation marks hold several together, as in a shell. Apostrophes are letters."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    try:
        return list(lexer)
    except ValueError:  # a quotation mark without its partner
        return text.split()
