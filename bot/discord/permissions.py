"""Who may change the corpus, and what a server has set: rules on plain ids. Knows nothing of Discord, asks nobody.

Discord's own ``default_member_permissions`` is a default that a server's admins can change, so every request is
judged here again.
"""

from dataclasses import dataclass

from bot.commands.command import Who
from bot.errors.serving import (
    ForbiddenError,
    ForbiddenOwnerError,
    ForbiddenRoleError,
    ForbiddenServerError,
    NoServerError,
)


def actor(person: int) -> str:
    """How the history names an account of Discord."""
    return f"discord:{person}"


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a person bears in the server they ask from."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and from where. ``guild`` is ``None`` in a direct message; ``manage_guild`` counts for that guild."""

    id: int
    guild: int | None = None
    manage_guild: bool = False
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator has set and what Discord says of the application.

    ``role`` is the id of the moderators' role, or its name where it has other characters than digits. ``home`` is the
    server whose moderators count, ``guilds`` are the servers that the bot is in, ``owners`` the application's owner or
    the members of its team. Where ``sees_all`` is false, other processes have others: nobody knows of a server that it
    is the only one.
    """

    role: str | None = None
    home: int | None = None
    guilds: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    sees_all: bool = True

    @property
    def _is_only(self) -> bool:
        """Whether the bot is in no other server."""
        return self.sees_all and len(self.guilds) <= 1

    def require(self, who: Who, person: Person) -> None:
        """Let ``person`` do what those may ``who`` are named, or raise what is missing."""
        if who is Who.MODERATORS:
            self.require_moderator(person)
        elif who is Who.MANAGERS:
            self.require_manager(person)

    def require_manager(self, person: Person) -> None:
        """Let ``person`` change what is set in the server they ask from, or raise what is missing.

        That is each server's own: whoever manages it may, in the home server (or the only one) also whoever bears the
        moderators' role, and nobody else for it.
        """
        if person.guild is None or person.guild not in self.guilds:
            raise NoServerError
        is_home = person.guild == self.home if self.home is not None else self._is_only
        is_moderator = is_home and any(self._is_moderators(role) for role in person.roles)
        if not (person.manage_guild or is_moderator):
            raise ForbiddenError

    def require_moderator(self, person: Person) -> None:
        """Let ``person`` change the corpus, or raise the ``ForbiddenError`` that says what is missing.

        With a home server only its moderators may. Without one, and with several servers, only the owners may: the
        corpus is the same for all servers, and none of them has a better claim to it.
        """
        if self.home is not None and person.guild != self.home:
            raise ForbiddenServerError
        if self.home is None and not self._is_only:
            if person.id not in self.owners:
                raise ForbiddenOwnerError
            return
        # A server that the bot is not in has no moderators here, though its people may reach the bot through their
        # own account.
        if person.guild is None or person.guild not in self.guilds:
            raise ForbiddenServerError
        if self.role is None:
            if not person.manage_guild:
                raise ForbiddenError
        elif not any(self._is_moderators(role) for role in person.roles):
            raise ForbiddenRoleError(role=self.role)

    def _is_moderators(self, role: Role) -> bool:
        """Whether that is the role that the operator meant.

        A role's name is whatever somebody with Manage Roles says, also the digits of another role's id: so digits mean
        an id and nothing else.
        """
        if self.role is None:
            return False
        if self.role.isdecimal():
            return role.id == int(self.role)
        return role.name.casefold() == self.role.casefold()
