"""Commands are sent only where Discord's differ from ours, whatever Discord leaves out or fills in."""

from typing import Any

import pytest

from bot.discord.registration import same

OURS: dict[str, Any] = {
    "name": "ask",
    "description": "Ask.",
    "type": 1,
    "nsfw": False,
    "dm_permission": True,
    "default_member_permissions": 32,
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {"type": 3, "name": "question", "description": "What?", "required": True, "min_length": 1, "max_length": 300},
        {"type": 1, "name": "sub", "description": "Sub.", "options": []},
    ],
}
# As Discord gives it back: more fields, strings for numbers, defaults left out, another order.
THEIRS: dict[str, Any] = {
    "id": "1",
    "application_id": "2",
    "version": "3",
    "name": "ask",
    "name_localizations": None,
    "description": "Ask.",
    "description_localizations": None,
    "default_member_permissions": "32",
    "integration_types": [0],
    "contexts": [1, 0],
    "options": [
        {"name": "question", "type": 3, "description": "What?", "max_length": 300, "min_length": 1, "required": True},
        {"name": "sub", "type": 1, "description": "Sub."},
    ],
}
MENU = {"name": "Ask about this", "type": 3}


def test_what_discord_gives_back_is_the_same() -> None:
    assert same([OURS, MENU], [MENU | {"id": "5", "description": "", "nsfw": False}, THEIRS])


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "Ask!"},
        {"default_member_permissions": None},
        {"contexts": [0]},
        {"nsfw": True},
        {"description_localizations": {"fr": "Demander."}},
        {"options": OURS["options"][:1]},
        {"options": [OURS["options"][0] | {"max_length": 200}, OURS["options"][1]]},
        {"options": [OURS["options"][0] | {"required": False}, OURS["options"][1]]},
        {"options": [OURS["options"][0] | {"choices": [{"name": "a", "value": "a"}]}, OURS["options"][1]]},
        {"options": OURS["options"][::-1]},
        {"options": [OURS["options"][0], OURS["options"][1] | {"options": OURS["options"][:1]}]},
    ],
)
def test_what_people_would_see_changed_is_not(changed: dict[str, Any]) -> None:
    assert not same([OURS | changed], [THEIRS])


def test_commands_more_or_less_are_not_the_same() -> None:
    assert not same([OURS], [THEIRS, MENU])
    assert not same([OURS, MENU], [THEIRS])
