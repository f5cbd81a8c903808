"""The settings: frozen, read from an environment that is handed in and from a ``.env`` file, every field documented.

Nothing here reads ``os.environ`` on its own, and no value of a secret is ever shown. pydantic-settings would do the
same work and cost as much start-up time as the whole of ``rapporteur ask``.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.errors.settings import (
    BadSecretError,
    BadSettingError,
    MissingSettingError,
    PlainHttpError,
    RefusedTokenError,
    UnknownSettingError,
)
from bot.settings import values
from bot.settings.env_file import SECRETS, variables
from bot.settings.misspelt import PREFIX, SHOWN, misspelt, unknown
from bot.settings.values import Limit


class Documented(NamedTuple):
    """One setting as docs/settings.md shows it."""

    name: str
    default: str
    description: str


def _setting(default: Any, name: str, description: str, expected: str, **rules: Any) -> Any:  # noqa: ANN401  # as Field
    """A field with its variable, what it is for, and what a good value looks like."""
    return Field(default, alias=name, description=description, json_schema_extra={"expected": expected}, **rules)


class Settings(BaseModel):
    """Everything an operator can set. ``None`` means: not set."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    token: Annotated[SecretStr | None, BeforeValidator(values.token)] = _setting(
        None,
        "DISCORD_TOKEN",
        "The bot's token from the Discord Developer Portal, page Bot. Needed by `rapporteur run` only.",
        "the token from the page Bot of your application in the Discord Developer Portal",
    )
    reports: Path | None = _setting(
        None,
        "RAPPORTEUR_REPORTS",
        "The folder with the report files, also in folders within, and, if you like, their reports.toml; a file; or "
        "several of both with a colon between. Default: the bundled reports.",
        "the path of a folder or a file, or several with a colon between",
    )
    lexicon: Path | None = _setting(
        None,
        "RAPPORTEUR_LEXICON",
        "A TOML file with equivalents of your own, which are added to the bundled ones. Read at start.",
        "the path of a TOML file",
    )
    data: Path | None = _setting(
        None,
        "RAPPORTEUR_DATA",
        "The folder for the database. Default: your data directory; `/data` in the container.",
        "the path of a folder that can be written",
    )
    database_url: SecretStr | None = _setting(
        None,
        "DATABASE_URL",
        "The address of a PostgreSQL database to use instead of SQLite in the data directory.",
        "an address such as postgresql://user:password@host/name",
    )
    skip_unreadable: bool = _setting(
        False,
        "RAPPORTEUR_SKIP_UNREADABLE",
        "Whether a report file that cannot be read is passed over (and named) instead of stopping everything.",
        "yes or no",
    )
    home_guild: int | None = _setting(
        None,
        "RAPPORTEUR_HOME_GUILD",
        "The id of the server whose moderators may change the corpus. Default: once the bot is in more than one "
        "server, only the application's owner or team may.",
        "a server's id, a whole number (Discord shows it as Copy Server ID in developer mode)",
        ge=1,
        lt=2**63,
    )
    moderator_role: str | None = _setting(
        None,
        "RAPPORTEUR_MODERATOR_ROLE",
        "Id or name of the role that may change the corpus; digits are always an id. Use the id: whoever has the "
        "permission Manage Roles can give a role of theirs any name. The role also needs the command `/corpus` allowed "
        "under Server Settings > Integrations. Default: whoever has the permission Manage Server.",
        "a role's id or name of 1 to 100 characters",
        min_length=1,
        max_length=100,
    )
    language: str = _setting(
        "en",
        "RAPPORTEUR_LANGUAGE",
        "The language of the bot's own sentences: a file in bot/saying/templates.",
        "a language code such as en",
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(values.lower)] = _setting(
        "info", "RAPPORTEUR_LOG_LEVEL", "The least level that is logged.", "one of debug, info, warning and error"
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(values.lower)] = _setting(
        "text", "RAPPORTEUR_LOG_FORMAT", "Log lines as text, or as one JSON object a line.", "text or json"
    )
    spoiler: bool = _setting(
        False,
        "RAPPORTEUR_SPOILER",
        "Whether Discord covers quotes with spoiler bars where their report has a content note.",
        "yes or no",
    )
    person_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(5, 20),
        "RAPPORTEUR_PERSON_LIMIT",
        "How many questions one person may ask in how many seconds, or off. Every command and button counts as one.",
        "two whole numbers such as 5/20 (five questions in twenty seconds), or off",
    )
    channel_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(40, 60),
        "RAPPORTEUR_CHANNEL_LIMIT",
        "The same for all people of one channel or thread together.",
        "two whole numbers such as 40/60 (forty questions in sixty seconds), or off",
    )
    server_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(60, 60),
        "RAPPORTEUR_SERVER_LIMIT",
        "The same for all people of one server together.",
        "two whole numbers such as 60/60 (sixty questions in sixty seconds), or off",
    )
    shutdown_seconds: int = _setting(
        8,
        "RAPPORTEUR_SHUTDOWN_SECONDS",
        "How long answers under way may take to finish when the bot is stopped.",
        "a whole number from 0 to 600",
        ge=0,
        le=600,
    )
    discord_api: Annotated[str, AfterValidator(values.confidential)] = _setting(
        "https://discord.com/api/v10",
        "RAPPORTEUR_DISCORD_API",
        "Where Discord's HTTP API is; for tests and proxies. The token goes there, so http:// only to this computer.",
        "a URL such as https://discord.com/api/v10",
        pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$",
    )
    health_file: Path | None = _setting(
        None,
        "RAPPORTEUR_HEALTH_FILE",
        "A file that the bot touches while its answers get out; the container's health check looks at its age.",
        "the path of a file",
    )

    @classmethod
    def load(cls, environ: Mapping[str, str], dotenv: Path | None) -> Self:
        """The settings of ``environ``, completed by the file ``dotenv`` where there is one.

        A variable that is set to nothing counts as not set, so that the file's value is used. Raises
        ``SettingError`` for a name that starts with ``RAPPORTEUR_`` and is no setting, for one in the file that is
        nearly a setting that stands nowhere, and for the first value that cannot be used.
        """
        known = {str(field.alias): name for name, field in cls.model_fields.items()}
        written = variables(dotenv)
        given = {**written, **{name: value for name, value in environ.items() if value.strip()}}
        for name in (*given, *environ):
            if name.startswith(PREFIX) and name not in known:
                raise unknown(name, known)
        for name in written.keys() - known.keys():
            nearest = misspelt(name, known)
            if nearest and nearest not in written and nearest not in environ:
                raise UnknownSettingError(setting=name[:SHOWN], nearest=nearest)
        usable = {name: value.strip() for name, value in given.items() if name in known and value.strip()}
        try:
            return cls.model_validate(usable)
        except ValidationError as error:
            raise cls._refusal(error.errors()[0], usable) from None

    @classmethod
    def _refusal(cls, error: ErrorDetails, usable: Mapping[str, str]) -> BadSettingError | BadSecretError:
        variable = str(error["loc"][0])
        expected = _expected(variable)
        if error["type"] == PlainHttpError.key:
            return PlainHttpError(setting=variable, value=usable[variable][:SHOWN])
        if variable in SECRETS:
            return BadSecretError(setting=variable, expected=expected)
        return BadSettingError(setting=variable, value=usable[variable][:SHOWN], expected=expected)

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders and files of ``reports``; none where it is not set."""
        if self.reports is None:
            return ()
        if self.reports.exists():  # a name may hold a colon itself
            return (self.reports,)
        return tuple(Path(place).expanduser() for place in str(self.reports).split(os.pathsep) if place.strip())

    def require_token(self) -> SecretStr:
        """The token. Raises ``MissingSettingError`` where there is none."""
        if self.token is None:
            raise MissingSettingError(setting="DISCORD_TOKEN", expected=_expected("DISCORD_TOKEN"))
        return self.token

    @staticmethod
    def refused_token() -> RefusedTokenError:
        """The error to raise where Discord does not accept the token."""
        return RefusedTokenError(setting="DISCORD_TOKEN", expected=_expected("DISCORD_TOKEN"))

    @property
    def data_directory(self) -> Path:
        """The folder for the database; it need not exist yet."""
        if self.data is not None:
            return self.data
        import platformdirs  # only commands that keep something need it

        return platformdirs.user_data_path("rapporteur", appauthor=False)


def documented() -> Iterator[Documented]:
    """Every setting in the order of the class, for docs/settings.md and .env.example."""
    for field in Settings.model_fields.values():
        default = field.default
        shown = str(default)
        shown = {"None": "", "False": "no", "True": "yes"}.get(shown, shown)
        yield Documented(str(field.alias), shown, str(field.description))


def _expected(variable: str) -> str:
    for field in Settings.model_fields.values():
        if field.alias == variable and isinstance(field.json_schema_extra, dict):
            return str(field.json_schema_extra["expected"])
    raise KeyError(variable)
