"""What Tab completes in a chat: commands, their options, reports where one is asked for, forms of a reference.

Pure: a line goes in, what may stand in place of its last word comes out.
"""

from collections.abc import Sequence

from bot.commands.command import AnyCommand, Face, OptionKind
from bot.commands.registry import Registry
from bot.saying.references import Form
from bot.terminal.conversation import CITE, COMMANDS

# Options of the command line that do nothing in a chat: it has one folder and one language, remembers itself what was
# asked before, and nobody reads JSON in it.
ELSEWHERE = ("json", "jsonl", "reports", "language", "after")


def completions(line: str, registry: Registry, reports: Sequence[str], leave: Sequence[str] = ()) -> list[str]:
    """What the last word of ``line`` may become, in order; it may be empty. ``reports`` are their ids."""
    *before, last = line.split(" ")
    words = [word for word in before if word]
    return [found for found in _candidates(words, registry, reports, leave) if found.startswith(last)]


def _candidates(
    words: Sequence[str], registry: Registry, reports: Sequence[str], leave: Sequence[str]
) -> Sequence[str]:
    commands = {f"/{one.name}": one for one in registry.on(Face.TERMINAL) if one.group is None}
    if not words:
        return [*commands, *(f"/{name}" for name in COMMANDS), *leave]
    first = words[0].casefold()
    if first.removeprefix("/") == CITE and len(words) == 2:
        return [form.value for form in Form]
    command = commands.get(first)
    return _of_command(command, words, reports) if command else ()


def _of_command(command: AnyCommand, words: Sequence[str], reports: Sequence[str]) -> Sequence[str]:
    """Reports where the option before takes one, or where the words of the command are one; else options."""
    options = [option for option in command.options_on(Face.TERMINAL) if option.name not in ELSEWHERE]
    kinds = {option.name if option.in_words else f"--{option.name}": option.kind for option in options}
    if kinds.get(words[-1]) is OptionKind.REPORT:
        return reports
    in_words = any(option.in_words and option.kind is OptionKind.REPORT for option in options)
    named = [f"--{option.name}" for option in options if not option.in_words]
    unused = [name for name in named if name not in words]
    return [*(reports if in_words and len(words) == 1 else ()), *unused]
