"""Which commands there are. The module of one is imported when it is asked for: `ask` pays for nothing but asking."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import cast

from bot.commands.command import AnyCommand, Face

# Where each stands: the constant COMMAND of a module of this room, in the order in which they are listed.
PLACES: Mapping[str, str] = {
    "ask": "ask",
    "summary": "summary",
    "timeline": "timeline",
    "facts": "facts",
    "passage": "passage",
    "quote": "quote",
    "reports": "reports",
    "about": "about",
    "settings": "settings",
    "corpus refresh": "refresh",
    "corpus status": "status",
    "corpus preview": "preview",
    "corpus history": "history",
    "corpus equivalent": "equivalent",
    "corpus gaps": "gaps",
    "corpus prune": "prune",
}


class Registry:
    """The commands there are, by their names: those of this room, and ``more`` where others are given."""

    def __init__(self, more: Iterable[AnyCommand] = ()) -> None:
        self._more = {command.name: command for command in more}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all commands, in order."""
        return (*PLACES, *self._more)

    def __getitem__(self, name: str) -> AnyCommand:
        """The command with this name. Raises ``KeyError`` where there is none."""
        if name in self._more:
            return self._more[name]
        return cast("AnyCommand", import_module(f"bot.commands.{PLACES[name]}").COMMAND)

    def on(self, face: Face) -> Iterator[AnyCommand]:
        """The commands that are offered on ``face``, in order."""
        return (command for command in map(self.__getitem__, self.names) if face in command.faces)
