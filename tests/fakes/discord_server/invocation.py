"""What Discord's own client sends for a command: options checked and shaped after the bot's registration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.fakes.discord_server import commands_check as kinds
from tests.fakes.discord_server import limits
from tests.fakes.discord_server.errors import JsonObject, Misuse
from tests.fakes.discord_server.message import Attachment
from tests.fakes.discord_server.model import Channel, Role, User

Value = str | int | float | bool | User | Channel | Role | Attachment

_VALUE_TYPES: dict[int, tuple[type, ...]] = {
    kinds.STRING: (str,),
    kinds.INTEGER: (int,),
    kinds.BOOLEAN: (bool,),
    kinds.USER_OPTION: (User,),
    kinds.CHANNEL: (Channel,),
    kinds.ROLE: (Role,),
    kinds.MENTIONABLE: (User, Role),
    kinds.NUMBER: (int, float),
    kinds.ATTACHMENT: (Attachment,),
}


@dataclass(frozen=True, slots=True)
class Invocation:
    """``options`` as an interaction carries them, and the objects they refer to."""

    options: list[JsonObject]
    resolved: JsonObject = field(default_factory=dict)


def invoke(
    command: JsonObject, subcommands: Sequence[str], given: Mapping[str, Value], *, focused: str | None = None
) -> Invocation:
    """Shape the options of one call; raises ``Misuse`` for what a user could not have sent.

    With ``focused``, an option being typed: then nothing is required and its text is not checked, as in autocompletion.
    """
    path = [command["name"], *subcommands]
    declared: Sequence[JsonObject] = command.get("options") or ()
    levels: list[JsonObject] = []
    for name in subcommands:
        level = next((o for o in declared if o["name"] == name and o["type"] in (kinds.SUBCOMMAND, kinds.GROUP)), None)
        if level is None:
            raise Misuse(f"/{' '.join(path)}: there is no subcommand {name!r}")
        levels.append(level)
        declared = level.get("options") or ()
    if any(option["type"] in (kinds.SUBCOMMAND, kinds.GROUP) for option in declared):
        raise Misuse(f"/{' '.join(path)} is a group; call one of: {', '.join(option['name'] for option in declared)}")
    sent = Invocation(_sent(" ".join(path), declared, given, focused), _resolved(given.values()))
    options = sent.options
    for level in reversed(levels):
        options = [{"name": level["name"], "type": level["type"], "options": options}]
    return Invocation(options, sent.resolved)


def _sent(
    path: str, declared: Sequence[JsonObject], given: Mapping[str, Value], focused: str | None
) -> list[JsonObject]:
    by_name = {option["name"]: option for option in declared}
    for name in given:
        if name not in by_name:
            raise Misuse(f"/{path} has no option {name!r}; it has: {', '.join(by_name) or 'none'}")
    sent: list[JsonObject] = []
    for name, option in by_name.items():
        if name not in given:
            if option.get("required") and focused is None:
                raise Misuse(f"/{path}: the option {name!r} is required")
            continue
        value = given[name]
        if name == focused:
            if not option.get("autocomplete"):
                raise Misuse(f"/{path}: the option {name!r} has no autocompletion")
            sent.append({"name": name, "type": option["type"], "value": value, "focused": True})
            continue
        _check_value(path, option, value)
        plain = str(value.id) if isinstance(value, User | Channel | Role | Attachment) else value
        sent.append({"name": name, "type": option["type"], "value": plain})
    return sent


def _check_value(path: str, option: JsonObject, value: Value) -> None:
    where = f"/{path}: {option['name']}={value!r}"
    kind = option["type"]
    if not isinstance(value, _VALUE_TYPES[kind]) or (isinstance(value, bool) and kind != kinds.BOOLEAN):
        raise Misuse(f"{where} is not of the option's type {kind}")
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise Misuse(f"{where} is none of the choices {choices}")
    if isinstance(value, str):
        least, most = option.get("min_length") or 0, option.get("max_length") or limits.OPTION_TEXT
        if not least <= len(value) <= most:
            raise Misuse(f"{where}: {len(value)} characters, but {least} to {most} are allowed")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        least, most = option.get("min_value"), option.get("max_value")
        if (
            abs(value) > limits.LARGEST_INTEGER
            or (least is not None and value < least)
            or (most is not None and value > most)
        ):
            raise Misuse(f"{where} is outside {least} to {most}")


def _resolved(values: Iterable[Value]) -> JsonObject:
    resolved: JsonObject = {}
    for value in values:
        for kind, key in ((User, "users"), (Channel, "channels"), (Role, "roles"), (Attachment, "attachments")):
            if isinstance(value, kind):
                resolved.setdefault(key, {})[str(value.id)] = value.payload()
    return resolved
