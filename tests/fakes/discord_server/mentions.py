"""Whom would a message ping? Computed the strict way: what could ping counts as pinging."""

import re
from collections.abc import Iterator

from tests.fakes.discord_server.errors import JsonObject

_MENTION = re.compile(r"@(?P<wide>everyone|here)\b|<@!?(?P<user>\d{15,20})>|<@&(?P<role>\d{15,20})>")
# Message resource, Allowed Mentions: all kinds in messages, only users in interactions and webhooks
_DEFAULT_IN_MESSAGES: JsonObject = {"parse": ["everyone", "users", "roles"], "replied_user": True}
_DEFAULT_IN_INTERACTIONS: JsonObject = {"parse": ["users"]}


def mentioned_users(text: str) -> tuple[int, ...]:
    """The ids of the users a text mentions, in order, each once."""
    return tuple(dict.fromkeys(int(found["user"]) for found in _MENTION.finditer(text) if found["user"]))


def pings(text: str, allowed: JsonObject | None, *, by_interaction: bool, replied_to: int | None) -> frozenset[str]:
    """What a message notifies: ``everyone``, ``here``, ``user:ID`` and ``role:ID``.

    ``text`` is the content with all text displays; embeds never ping. Markdown that would keep Discord from reading a
    mention is not considered, so that a test which finds nothing here can be sure. ``allowed`` is the message's
    allowed_mentions, ``None`` where it has none; then Discord's defaults hold.
    """
    if allowed is None:
        allowed = _DEFAULT_IN_INTERACTIONS if by_interaction else _DEFAULT_IN_MESSAGES
    found = set(_allowed(text, allowed))
    if replied_to is not None and allowed.get("replied_user"):
        found.add(f"user:{replied_to}")
    return frozenset(found)


def _allowed(text: str, allowed: JsonObject) -> Iterator[str]:
    parsed = set(allowed.get("parse", ()))
    users, roles = ({str(id_) for id_ in allowed.get(key, ())} for key in ("users", "roles"))
    for mention in _MENTION.finditer(text):
        if mention["wide"] and "everyone" in parsed:
            yield mention["wide"]
        if (user := mention["user"]) and ("users" in parsed or user in users):
            yield f"user:{user}"
        if (role := mention["role"]) and ("roles" in parsed or role in roles):
            yield f"role:{role}"
