"""What a block of shell commands would run: its commands, word by word. Runs none of them."""

import re
import shlex
from collections.abc import Iterator

PROGRAM = "rapporteur"
_ENDS = "|&;\n"  # what parts one command from the next
# What can be run anywhere and soon. `run` waits for Discord, `evaluate` and `fit` take minutes.
_QUICK = {"ask", "chat", "summary", "timeline", "facts", "passage", "reports", "about", "corpus"}
_HARMLESS = {"printf", "python3"}
_SETS = re.compile(r"[A-Z_]+=.*", re.DOTALL)


def commands(typed: str) -> list[list[str]]:
    """The commands of a block, each a list of words without the settings before it, redirections and comments."""
    lexer = shlex.shlex(typed.replace("\\\n", " "), posix=True, punctuation_chars=f"{_ENDS}<>")
    lexer.whitespace, lexer.commenters, lexer.whitespace_split = " \t\r", "", True
    found: list[list[str]] = [[]]
    skipping = is_target = False
    for token in lexer:
        if set(token) <= set(_ENDS):
            skipping = skipping and "\n" not in token
            if not skipping:
                found.append([])
        elif token.startswith("#"):
            skipping = True
        elif set(token) <= set("<>"):
            is_target = True
        elif is_target:
            is_target = False
        elif not skipping and not (_SETS.fullmatch(token) and not found[-1]):
            found[-1].append(token)
    return [words for words in found if words]


def of_program(typed: str) -> Iterator[list[str]]:
    """What stands after the program's name in each of its commands, in whichever folder it is said to be."""
    for words in commands(typed):
        if words[0].rpartition("/")[2] == PROGRAM:
            yield words[1:]


def can_run(typed: str) -> bool:
    """Whether the block is of commands that can be run anywhere: without network, Discord, PostgreSQL or much time."""
    found = commands(typed)
    programs = {words[0] for words in found}
    quick = all(words[1] in _QUICK for words in found if words[0] == PROGRAM and len(words) > 1)
    return PROGRAM in programs and programs <= {PROGRAM} | _HARMLESS and quick and "DATABASE_URL" not in typed
