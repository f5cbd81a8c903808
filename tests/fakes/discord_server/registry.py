"""The commands a bot has registered, as Discord keeps them: ids that stay, versions that move, a daily allowance."""

from collections.abc import Callable, Sequence
from copy import deepcopy

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.commands_check import SLASH, check_command, check_commands
from tests.fakes.discord_server.errors import TOO_MANY_CREATES, UNKNOWN_COMMAND, ApiError, JsonObject, Misuse, Problems

Scope = int | None  # a guild's id, None for global commands
_KEPT_WHEN_EMPTY = frozenset({"default_member_permissions", "contexts", "nsfw", "name", "description"})


class CommandRegistry:
    """Registered commands by scope, type and name."""

    def __init__(self, application: int, new_id: Callable[[], int]) -> None:
        self._application = application
        self._new_id = new_id
        self._commands: dict[Scope, dict[tuple[int, str], JsonObject]] = {}
        self._creates: dict[Scope, int] = {}
        self.writes = 0

    def all(self, scope: Scope = None) -> list[JsonObject]:
        """Every command of a scope with its localisations, in the order of registration."""
        return list(self._commands.get(scope, {}).values())

    def listed(self, scope: Scope, *, localised: bool) -> list[JsonObject]:
        """Commands as GET lists them: localisations only on request."""
        return [command if localised else _without_localisations(command) for command in self.all(scope)]

    def replace(self, scope: Scope, forms: Sequence[JsonObject]) -> list[JsonObject]:
        """Bulk overwrite: what is not named is gone, what has a known name keeps its id."""
        problems = Problems()
        check_commands(forms, problems)
        problems.raise_if_any()
        before = self._commands.get(scope, {})
        self._spend(scope, sum(_key(form) not in before for form in forms))
        self._commands[scope] = {_key(form): self._stored(scope, form, before.get(_key(form))) for form in forms}
        self.writes += 1
        return self.all(scope)

    def upsert(self, scope: Scope, form: JsonObject) -> JsonObject:
        """Create one command, or overwrite the one of that type and name."""
        problems = Problems()
        check_command(form, problems)
        problems.raise_if_any()
        commands = self._commands.setdefault(scope, {})
        self._spend(scope, _key(form) not in commands)
        command = commands[_key(form)] = self._stored(scope, form, commands.get(_key(form)))
        self.writes += 1
        return command

    def edit(self, scope: Scope, command_id: int, changes: JsonObject) -> JsonObject:
        """Change the named fields of one command."""
        before = self.get(scope, command_id)
        self._commands[scope] = {key: kept for key, kept in self._commands[scope].items() if kept is not before}
        form = {
            key: value for key, value in before.items() if key not in ("application_id", "version", "guild_id")
        } | changes
        problems = Problems()
        check_command(form, problems)
        problems.raise_if_any()
        command = self._commands[scope][_key(form)] = self._stored(scope, form, before)
        self.writes += 1
        return command

    def get(self, scope: Scope, command_id: int) -> JsonObject:
        """One command by id; raises ``ApiError`` where there is none."""
        for command in self.all(scope):
            if int(command["id"]) == command_id:
                return command
        raise ApiError(UNKNOWN_COMMAND)

    def delete(self, scope: Scope, command_id: int) -> None:
        """Forget one command."""
        command = self.get(scope, command_id)
        del self._commands[scope][_key(command)]
        self.writes += 1

    def offered(self, kind: int, name: str, scope: Scope) -> JsonObject:
        """The command a user gets under a name, in a guild or (``None``) elsewhere: the guild's own comes first."""
        for where in (scope, None):
            if command := self._commands.get(where, {}).get((kind, name)):
                return command
        known = sorted(name for where in {scope, None} for _, name in self._commands.get(where, {}))
        raise Misuse(f"the bot has not registered {name!r} (type {kind}); registered are: {', '.join(known) or 'none'}")

    def _spend(self, scope: Scope, creates: int) -> None:
        spent = self._creates.get(scope, 0) + creates
        if spent > limits.CREATES_A_DAY:
            raise ApiError(TOO_MANY_CREATES)
        self._creates[scope] = spent

    def _stored(self, scope: Scope, form: JsonObject, before: JsonObject | None) -> JsonObject:
        given = _tidy(deepcopy(form))
        stored: JsonObject = {
            "type": SLASH,
            "description": "",
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            **given,
            "application_id": str(self._application),
        }
        if scope is not None:
            stored["guild_id"] = str(scope)
        # The version is the id of the last change, so an unchanged command keeps it.
        id_ = before["id"] if before else str(self._new_id())
        same = before is not None and {key: before[key] for key in before if key not in ("id", "version")} == stored
        return stored | {"id": id_, "version": before["version"] if before and same else str(self._new_id())}


def _key(form: JsonObject) -> tuple[int, str]:
    return form.get("type") or SLASH, form["name"]


def _tidy(form: JsonObject) -> JsonObject:
    """Discord answers without what is false or null in options, so nobody may compare JSON with it naively."""
    form.pop("id", None)
    form.pop("version", None)
    tidy = {key: value for key, value in form.items() if key in _KEPT_WHEN_EMPTY or value not in (None, [], {})}
    tidy = {key: value for key, value in tidy.items() if key in _KEPT_WHEN_EMPTY or value is not False}
    if "options" in tidy:
        tidy["options"] = [_tidy(option) for option in tidy["options"]]
    if permissions := tidy.get("default_member_permissions"):
        tidy["default_member_permissions"] = str(permissions)
    return tidy


def _without_localisations(form: JsonObject) -> JsonObject:
    plain = {key: value for key, value in form.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if key in plain:
            plain[key] = [_without_localisations(part) for part in plain[key]]
    return plain
