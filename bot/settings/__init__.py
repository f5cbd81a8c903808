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
from bot.settings import shards, values
from bot.settings.cluster import ClusterAddress, cluster
from bot.settings.env_file import SECRETS, variables
from bot.settings.expected import EXPECTED
from bot.settings.misspelt import PREFIX, SHOWN, misspelt, unknown
from bot.settings.shards import MOST_SHARDS, Shards
from bot.settings.values import Address, Days, Limit
from corpus.store.values import KEEP_DAYS


class Documented(NamedTuple):
    """One setting as docs/settings.md shows it. What it is for stands in the templates, as ``setting`` and its name."""

    name: str
    default: str


def _setting(default: Any, name: str, **rules: Any) -> Any:  # noqa: ANN401  # as Field
    """A field with its variable; what a good value of it looks like stands in ``EXPECTED``."""
    return Field(default, alias=name, **rules)


class Settings(BaseModel):
    """Everything an operator can set. ``None`` means: not set."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    token: Annotated[SecretStr | None, BeforeValidator(values.token)] = _setting(
        None,
        "DISCORD_TOKEN",
    )
    reports: Path | None = _setting(
        None,
        "RAPPORTEUR_REPORTS",
    )
    lexicon: Path | None = _setting(
        None,
        "RAPPORTEUR_LEXICON",
    )
    data: Path | None = _setting(
        None,
        "RAPPORTEUR_DATA",
    )
    database_url: SecretStr | None = _setting(
        None,
        "DATABASE_URL",
    )
    index: Annotated[ClusterAddress | None, BeforeValidator(cluster)] = _setting(
        None,
        "RAPPORTEUR_INDEX",
    )
    skip_unreadable: bool = _setting(
        False,
        "RAPPORTEUR_SKIP_UNREADABLE",
    )
    home_guild: int | None = _setting(
        None,
        "RAPPORTEUR_HOME_GUILD",
        ge=1,
        lt=2**63,
    )
    moderator_role: str | None = _setting(
        None,
        "RAPPORTEUR_MODERATOR_ROLE",
        min_length=1,
        max_length=100,
    )
    language: str | None = _setting(
        None,
        "RAPPORTEUR_LANGUAGE",
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(values.lower)] = _setting(
        "info", "RAPPORTEUR_LOG_LEVEL"
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(values.lower)] = _setting(
        "text", "RAPPORTEUR_LOG_FORMAT"
    )
    spoiler: bool = _setting(
        False,
        "RAPPORTEUR_SPOILER",
    )
    person_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(5, 20),
        "RAPPORTEUR_PERSON_LIMIT",
    )
    channel_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(40, 60),
        "RAPPORTEUR_CHANNEL_LIMIT",
    )
    server_limit: Annotated[Limit | None, BeforeValidator(values.limit)] = _setting(
        Limit(60, 60),
        "RAPPORTEUR_SERVER_LIMIT",
    )
    keep_questions: Annotated[Days, BeforeValidator(values.days)] = _setting(
        Days(0),
        "RAPPORTEUR_KEEP_QUESTIONS",
    )
    keep_editions: int = _setting(
        KEEP_DAYS,
        "RAPPORTEUR_KEEP_EDITIONS",
        ge=1,
        le=36_500,
    )
    shutdown_seconds: int = _setting(
        8,
        "RAPPORTEUR_SHUTDOWN_SECONDS",
        ge=0,
        le=600,
    )
    discord_api: Annotated[str, AfterValidator(values.confidential)] = _setting(
        "https://discord.com/api/v10",
        "RAPPORTEUR_DISCORD_API",
        pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$",
    )
    health_file: Path | None = _setting(
        None,
        "RAPPORTEUR_HEALTH_FILE",
    )
    metrics: Annotated[Address | None, BeforeValidator(values.listening)] = _setting(
        None,
        "RAPPORTEUR_METRICS",
    )
    shard_count: int | None = _setting(
        None,
        "RAPPORTEUR_SHARD_COUNT",
        ge=1,
        le=MOST_SHARDS,
    )
    shard_ids: Annotated[tuple[int, ...] | None, BeforeValidator(shards.ids)] = _setting(
        None,
        "RAPPORTEUR_SHARD_IDS",
    )
    shards_per_process: int | None = _setting(
        None,
        "RAPPORTEUR_SHARDS_PER_PROCESS",
        ge=1,
        le=MOST_SHARDS,
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
        expected = EXPECTED[variable]
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
            raise MissingSettingError(setting="DISCORD_TOKEN", expected=EXPECTED["DISCORD_TOKEN"])
        return self.token

    @staticmethod
    def refused_token() -> RefusedTokenError:
        """The error to raise where Discord does not accept the token."""
        return RefusedTokenError(setting="DISCORD_TOKEN", expected=EXPECTED["DISCORD_TOKEN"])

    def shards(self, host: str) -> Shards | None:
        """Which shards this process has; ``None`` where the bot has none. Raises ``ShardsError``."""
        return Shards.of(self.shard_count, self.shard_ids, self.shards_per_process, host)

    @property
    def data_directory(self) -> Path:
        """The folder for the database; it need not exist yet."""
        if self.data is not None:
            return self.data
        import platformdirs  # 3 ms: only commands that keep something need it

        return platformdirs.user_data_path("rapporteur", appauthor=False)


def documented() -> Iterator[Documented]:
    """Every setting in the order of the class, for docs/settings.md and .env.example."""
    for field in Settings.model_fields.values():
        default = field.default
        shown = str(default)
        shown = {"None": "", "False": "no", "True": "yes"}.get(shown, shown)
        yield Documented(str(field.alias), shown)
