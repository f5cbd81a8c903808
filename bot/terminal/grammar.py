"""How arguments are read, in a terminal and in its chat: argparse's rules, and our own errors for what breaks them."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NoReturn, Protocol

from bot.errors import BadUsageError
from bot.errors.usage import (
    ApartError,
    BadNumberError,
    EmptyPlaceError,
    MissingArgumentError,
    MissingValueError,
    MisspeltWordError,
    SurplusError,
    UnknownWordError,
)
from corpus.clause import Clause

LIKE = 0.6  # of 1: how alike two words are of which one may be the other misspelt
_NUMBER = re.compile(r"-\d+|-\d*\.\d+")  # what argparse takes for a value although it begins with a hyphen
# What argparse says of the faults that it finds by itself, untranslated as we never ask for its translations.
_MISSING = re.compile(r"the following arguments are required: (?P<argument>.+)")
_NO_VALUE = re.compile(r"argument (?P<option>.+?): expected (?:one|at least one) argument")
_APART = re.compile(r"argument (?P<option>.+?): not allowed with argument (?P<other>.+)")


_EXPLICIT = re.compile(r"argument (?P<option>.+?): ignored explicit argument (?P<value>.+)")
_CHOICE = re.compile(r"argument (?P<argument>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<known>.+)\)")


class Told(Protocol):
    """What --help says of a command, looked up when it is asked for."""

    @property
    def summary(self) -> str:
        """What the command is for."""

    @property
    def epilog(self) -> str:
        """What stands after its arguments."""

    @property
    def headings(self) -> tuple[str, str, str]:
        """What stands over the usage, the arguments and the options."""

    def argument(self, argument: argparse.Action, /) -> str:
        """What an argument means."""


class Grammar(argparse.ArgumentParser):
    """The arguments of one command; a fault in them is an error like any other. Options are never abbreviated.

    Without what is ``told`` of it there is no help.
    """

    def __init__(self, prog: str, told: Told | None = None) -> None:
        super().__init__(prog, add_help=told is not None, allow_abbrev=False)
        self._told = told

    def format_help(self) -> str:
        """The help, with its words."""
        told, self._told = self._told, None
        if told is not None:
            usage, *titles = told.headings
            # argparse puts the colon; what stands before it is the language's.
            self._positionals.title, self._optionals.title = (title.removesuffix(":") for title in titles)
            self.formatter_class = partial(_Formatter, usage)
            self.description, self.epilog = told.summary, told.epilog
            for argument in self._actions:
                if argument.dest != "command":  # which lists what there is
                    argument.help = told.argument(argument).replace("%", "%%")
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Raise the ``UsageError`` for what argparse found wrong."""
        if found := _MISSING.fullmatch(message):
            raise MissingArgumentError(**found.groupdict(), command=self.prog)
        if found := _NO_VALUE.fullmatch(message):
            raise MissingValueError(**found.groupdict(), command=self.prog)
        if found := _APART.fullmatch(message):
            raise ApartError(**found.groupdict(), command=self.prog)
        if found := _EXPLICIT.fullmatch(message):
            problem = Clause("usage.explicit", option=found["option"], value=found["value"])
            raise BadUsageError(problem=problem, command=self.prog)
        if found := _CHOICE.fullmatch(message):
            problem = Clause("usage.choice", argument=found["argument"], value=found["value"], known=found["known"])
            raise BadUsageError(problem=problem, command=self.prog)
        raise BadUsageError(problem=f"{message[:1].upper()}{message[1:]}.", command=self.prog)

    def parsed(self, tokens: Sequence[str]) -> tuple[argparse.Namespace, Sequence[str]]:
        """The arguments, and further words that no argument takes. Raises ``UsageError``."""
        options = tuple(self._option_string_actions)
        for word in tokens:
            if word == "--":  # from here on everything is a word
                break
            name = word.partition("=")[0]
            is_option = word.startswith("-") and word != "-" and " " not in word and not _NUMBER.fullmatch(word)
            if is_option and name not in options:
                long = [option for option in options if option.startswith("--")]
                raise unknown(f"{self.prog} {name}", f"{self.prog} ", long, self.prog)
        return self.parse_known_args(tokens)


def unknown(typed: str, before: str, known: Iterable[str], command: str) -> UnknownWordError:
    """The error for what was ``typed``; the words that are ``known`` stand after ``before`` in it.

    It names the one that was most likely meant, else all.
    """
    words = list(known)
    if near := nearest(typed.removeprefix(before), words):
        return MisspeltWordError(typed=typed, nearest=f"{before}{near}", command=command)
    return UnknownWordError(typed=typed, known=", ".join(words), command=command)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` most likely is, misspelt; ``None`` where none is near."""
    from difflib import get_close_matches  # 1 ms: for what went wrong only

    bare = {other.lstrip("-/"): other for other in known}  # what all of them begin with makes none of them alike
    near = get_close_matches(word.casefold().lstrip("-/"), list(bare), n=1, cutoff=LIKE)
    return bare[near[0]] if near else None


def number(option: str, least: int, lowest: int | None = None) -> Callable[[str], int]:
    """Reads a whole number that is not below ``least``, and else raises ``BadNumberError``.

    From ``lowest`` on, where it is given, numbers are let pass to where they are refused with more to say.
    """

    def read(text: str) -> int:
        if not (re.fullmatch(r"-?[0-9]{1,18}", text) and int(text) >= (least if lowest is None else lowest)):
            raise BadNumberError(option=option, value=text, least=least)
        return int(text)

    return read


def place(option: str) -> Callable[[str], str]:
    """Reads the name of a folder or a file, and raises ``EmptyPlaceError`` for an empty one: it is no other name for
    the current folder."""

    def read(text: str) -> str:
        if not text.strip():
            raise EmptyPlaceError(option=option)
        return text

    return read


def one_of(command: str, argument: str, known: Iterable[str]) -> Callable[[str], str]:
    """Reads one of the ``known`` words, which may stand after ``argument``, and else raises ``UnknownWordError``."""
    words = tuple(known)

    def read(text: str) -> str:
        before = f"{command} {argument} " if argument else f"{command} "
        if text not in words:
            raise unknown(f"{before}{text}", before, words, command)
        return text

    return read


def surplus(words: Sequence[str], command: str) -> SurplusError:
    """The error for words that a command can do nothing with."""
    return SurplusError(typed=" ".join(words), command=command)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """argparse's, but for the word before the usage."""

    def __init__(self, before: str, prog: str) -> None:
        super().__init__(prog)
        self._before = f"{before} "

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """See argparse."""
        super().add_usage(usage, actions, groups, prefix or self._before)
