"""Who may change the corpus, and what a server has set. One row is one rule."""

import pytest

from bot.commands.command import Who
from bot.discord.permissions import Person, Role, Rules
from bot.errors import BotError
from bot.errors.serving import (
    ForbiddenError,
    ForbiddenOwnerError,
    ForbiddenRoleError,
    ForbiddenServerError,
    NoServerError,
)

HOME, OTHER, ELSEWHERE = 1, 2, 3
OWNER, ADMIN, MEMBER = 10, 11, 12
ONE, TWO = frozenset({HOME}), frozenset({HOME, OTHER})
ARCHIVIST, READER = Role(20, "Archivist"), Role(21, "Reader")


def person(number: int, guild: int | None, *roles: Role, manages: bool = False) -> Person:
    return Person(number, guild, manages, roles)


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        pytest.param(Rules(guilds=ONE), person(ADMIN, HOME, manages=True), id="Manage Server by default"),
        pytest.param(Rules(role="archivist", guilds=ONE), person(MEMBER, HOME, READER, ARCHIVIST), id="role by name"),
        pytest.param(Rules(role="20", guilds=ONE), person(MEMBER, HOME, ARCHIVIST), id="role by id"),
        pytest.param(Rules(home=HOME, guilds=TWO), person(ADMIN, HOME, manages=True), id="a home moderator"),
        pytest.param(
            Rules(guilds=TWO, owners=frozenset({OWNER})), person(OWNER, OTHER), id="the owner, several servers"
        ),
        pytest.param(Rules(guilds=TWO, owners=frozenset({OWNER})), person(OWNER, None), id="the owner, directly"),
    ],
)
def test_allowed(rules: Rules, who: Person) -> None:
    rules.require_moderator(who)


@pytest.mark.parametrize(
    ("rules", "who", "error"),
    [
        pytest.param(Rules(guilds=ONE), person(MEMBER, HOME), ForbiddenError, id="a member"),
        pytest.param(Rules(guilds=ONE), person(ADMIN, None), ForbiddenServerError, id="a direct message"),
        pytest.param(
            Rules(guilds=ONE, sees_all=False),
            person(ADMIN, HOME, manages=True),
            ForbiddenOwnerError,
            id="a moderator of the only server of this process",
        ),
        pytest.param(
            Rules(role="Archivist", guilds=ONE),
            person(ADMIN, HOME, READER, manages=True),
            ForbiddenRoleError,
            id="Manage Server does not stand in for the role",
        ),
        pytest.param(
            Rules(role="20", guilds=ONE),
            person(MEMBER, HOME, Role(22, "20"), Role(23, "２０")),
            ForbiddenRoleError,
            id="a role named like the id of the moderators' role",
        ),
        pytest.param(
            Rules(role="４２", guilds=ONE),
            person(MEMBER, HOME, Role(22, "４２")),
            ForbiddenRoleError,
            id="digits of another script are an id too",
        ),
        pytest.param(
            Rules(guilds=ONE),
            person(ADMIN, ELSEWHERE, manages=True),
            ForbiddenServerError,
            id="a moderator of a server the bot is not in",
        ),
        pytest.param(
            Rules(home=HOME, guilds=TWO),
            person(ADMIN, OTHER, manages=True),
            ForbiddenServerError,
            id="a moderator of another server than the home",
        ),
        pytest.param(
            Rules(home=ELSEWHERE, guilds=TWO),
            person(ADMIN, ELSEWHERE, manages=True),
            ForbiddenServerError,
            id="a home the bot is not in",
        ),
        pytest.param(
            Rules(guilds=TWO, owners=frozenset({OWNER})),
            person(ADMIN, HOME, manages=True),
            ForbiddenOwnerError,
            id="a moderator among several servers",
        ),
        pytest.param(
            Rules(guilds=frozenset()), person(ADMIN, HOME, manages=True), ForbiddenServerError, id="no servers yet"
        ),
    ],
)
def test_refused(rules: Rules, who: Person, error: type[ForbiddenError]) -> None:
    with pytest.raises(ForbiddenError) as refused:
        rules.require_moderator(who)
    assert type(refused.value) is error


def test_the_refusal_names_the_role() -> None:
    with pytest.raises(ForbiddenRoleError) as refused:
        Rules(role="Archivist", guilds=ONE).require_moderator(person(MEMBER, HOME))
    assert refused.value.fields == {"role": "Archivist"}


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        pytest.param(Rules(guilds=ONE), person(ADMIN, HOME, manages=True), id="who manages the only server"),
        pytest.param(Rules(home=HOME, guilds=TWO), person(ADMIN, OTHER, manages=True), id="another than the home"),
        pytest.param(
            Rules(role="Archivist", guilds=TWO), person(ADMIN, OTHER, manages=True), id="whatever role is set"
        ),
        pytest.param(
            Rules(role="Archivist", home=HOME, guilds=TWO), person(MEMBER, HOME, ARCHIVIST), id="the role, at home"
        ),
        pytest.param(
            Rules(role="Archivist", guilds=ONE), person(MEMBER, HOME, ARCHIVIST), id="the role, in the only server"
        ),
    ],
)
def test_may_set_what_belongs_to_the_server(rules: Rules, who: Person) -> None:
    rules.require(Who.MANAGERS, who)


@pytest.mark.parametrize(
    ("rules", "who", "error"),
    [
        pytest.param(Rules(guilds=ONE), person(MEMBER, HOME), ForbiddenError, id="a member"),
        pytest.param(Rules(guilds=ONE), person(ADMIN, None, manages=True), NoServerError, id="a direct message"),
        pytest.param(
            Rules(role="Archivist", guilds=ONE, sees_all=False),
            person(MEMBER, HOME, ARCHIVIST),
            ForbiddenError,
            id="the role, in the only server of this process",
        ),
        pytest.param(
            Rules(guilds=ONE), person(ADMIN, ELSEWHERE, manages=True), NoServerError, id="where the bot is not"
        ),
        pytest.param(
            Rules(role="Archivist", home=HOME, guilds=TWO),
            person(MEMBER, OTHER, ARCHIVIST),
            ForbiddenError,
            id="a role of that name in another server than the home",
        ),
        pytest.param(
            Rules(role="Archivist", guilds=TWO),
            person(MEMBER, HOME, ARCHIVIST),
            ForbiddenError,
            id="the role among several servers, none of which is the home",
        ),
        pytest.param(
            Rules(guilds=TWO, owners=frozenset({OWNER})),
            person(OWNER, OTHER),
            ForbiddenError,
            id="the owner of the bot",
        ),
    ],
)
def test_may_not_set_what_belongs_to_the_server(rules: Rules, who: Person, error: type[BotError]) -> None:
    with pytest.raises(BotError) as refused:
        rules.require(Who.MANAGERS, who)
    assert type(refused.value) is error


def test_everybody_may_do_what_is_for_everyone() -> None:
    Rules().require(Who.EVERYONE, person(MEMBER, None))
