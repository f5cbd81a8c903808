"""Settings: from an environment and a .env file, whole, frozen, documented, and never showing a secret."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.errors.settings import (
    BadSettingError,
    SettingError,
)
from bot.saying.templates import load
from bot.saying.templates.usage_keys import SETTINGS
from bot.settings import Documented, Settings, documented
from bot.settings.cluster import ClusterAddress, Node
from bot.settings.env_file import SECRETS
from bot.settings.expected import EXPECTED
from bot.settings.values import Address, Days, Limit
from tests.said import TEMPLATES, refusal

TOKEN = "aaaa.bbbb.cccc"


def test_nothing_set_gives_the_defaults() -> None:
    settings = Settings.load({}, None)
    assert dict(settings) == {
        "token": None,
        "reports": None,
        "lexicon": None,
        "data": None,
        "database_url": None,
        "index": None,
        "skip_unreadable": False,
        "home_guild": None,
        "moderator_role": None,
        "language": None,
        "log_level": "info",
        "log_format": "text",
        "spoiler": False,
        "person_limit": Limit(5, 20),
        "channel_limit": Limit(40, 60),
        "server_limit": Limit(60, 60),
        "keep_questions": Days(0),
        "keep_editions": 365,
        "shutdown_seconds": 8,
        "discord_api": "https://discord.com/api/v10",
        "health_file": None,
        "metrics": None,
        "shard_count": None,
        "shard_ids": None,
        "shards_per_process": None,
    }


def test_everything_set() -> None:
    """Values are read as people write them, with white space around and in any case."""
    settings = Settings.load(
        {
            "DISCORD_TOKEN": f" {TOKEN}\n",
            "RAPPORTEUR_REPORTS": "/srv/reports",
            "RAPPORTEUR_LEXICON": "/srv/lexicon.toml",
            "RAPPORTEUR_DATA": "/srv/data",
            "DATABASE_URL": "postgresql+psycopg://me:secret@db/rapporteur",
            "RAPPORTEUR_INDEX": "https://me:secret.db@one:9201/mali",
            "RAPPORTEUR_SKIP_UNREADABLE": "Yes",
            "RAPPORTEUR_HOME_GUILD": "123456789012345678",
            "RAPPORTEUR_MODERATOR_ROLE": "Editors",
            "RAPPORTEUR_LANGUAGE": "en",
            "RAPPORTEUR_LOG_LEVEL": "DEBUG",
            "RAPPORTEUR_LOG_FORMAT": "Json",
            "RAPPORTEUR_SPOILER": "on",
            "RAPPORTEUR_PERSON_LIMIT": "3 / 10s",
            "RAPPORTEUR_CHANNEL_LIMIT": "9/9",
            "RAPPORTEUR_SERVER_LIMIT": "off",
            "RAPPORTEUR_KEEP_QUESTIONS": " 30 ",
            "RAPPORTEUR_KEEP_EDITIONS": "730",
            "RAPPORTEUR_SHUTDOWN_SECONDS": "0",
            "RAPPORTEUR_DISCORD_API": "http://127.0.0.1:8080/api/v10",
            "RAPPORTEUR_HEALTH_FILE": "/run/healthy",
            "RAPPORTEUR_METRICS": "127.0.0.1:9464",
            "RAPPORTEUR_SHARD_COUNT": "6",
            "RAPPORTEUR_SHARD_IDS": "0,2-3",
            "RAPPORTEUR_SHARDS_PER_PROCESS": "2",
        },
        None,
    )
    assert settings.require_token().get_secret_value() == TOKEN
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == "postgresql+psycopg://me:secret@db/rapporteur"
    assert {name: value for name, value in settings if name not in ("token", "database_url")} == {
        "reports": Path("/srv/reports"),
        "lexicon": Path("/srv/lexicon.toml"),
        "data": Path("/srv/data"),
        "index": ClusterAddress((Node("one", 9201, True),), ("me", SecretStr("secret.db")), "mali"),
        "skip_unreadable": True,
        "home_guild": 123456789012345678,
        "moderator_role": "Editors",
        "language": "en",
        "log_level": "debug",
        "log_format": "json",
        "spoiler": True,
        "person_limit": Limit(3, 10),
        "channel_limit": Limit(9, 9),
        "server_limit": None,
        "keep_questions": Days(30),
        "keep_editions": 730,
        "shutdown_seconds": 0,
        "discord_api": "http://127.0.0.1:8080/api/v10",
        "health_file": Path("/run/healthy"),
        "metrics": Address("127.0.0.1", 9464),
        "shard_count": 6,
        "shard_ids": (0, 2, 3),
        "shards_per_process": 2,
    }


def test_a_variable_set_to_nothing_counts_as_not_set() -> None:
    assert Settings.load({"RAPPORTEUR_HOME_GUILD": " ", "DISCORD_TOKEN": ""}, None) == Settings.load({}, None)


@pytest.mark.parametrize("nothing", ["", " \t"])
def test_a_variable_set_to_nothing_leaves_it_to_the_dotenv_file(tmp_path: Path, nothing: str) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"DISCORD_TOKEN={TOKEN}\nRAPPORTEUR_LOG_LEVEL=error\n", encoding="utf-8")
    settings = Settings.load({"DISCORD_TOKEN": nothing, "RAPPORTEUR_LOG_LEVEL": nothing}, dotenv)
    assert (settings.require_token().get_secret_value(), settings.log_level) == (TOKEN, "error")


def test_the_moderator_role_is_documented_with_what_else_it_needs() -> None:
    described = TEMPLATES("setting.RAPPORTEUR_MODERATOR_ROLE")
    assert "`/corpus` allowed under Server Settings > Integrations" in described


def test_the_environment_goes_before_the_dotenv_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("RAPPORTEUR_LOG_LEVEL=error\nRAPPORTEUR_SPOILER=yes\nOTHER=1\n", encoding="utf-8")
    settings = Settings.load({"RAPPORTEUR_LOG_LEVEL": "debug"}, dotenv)
    assert (settings.log_level, settings.spoiler) == ("debug", True)


def test_secrets_hide_themselves() -> None:
    index = "https://me:secret.db@one"
    given = {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": "sqlite:///secret.db", "RAPPORTEUR_INDEX": index}
    settings = Settings.load(given, None)
    for text in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert TOKEN not in text
        assert "secret.db" not in text


@given(value=st.text(max_size=200), variable=st.sampled_from([entry.name for entry in documented()]))
def test_any_value_is_taken_or_refused_by_name(value: str, variable: str) -> None:
    """No value whatever makes another error, and no refusal shows a secret."""
    refused = _refusal({variable: value})
    if refused:
        assert load().error(refused).startswith(variable)
        assert refused.fields["setting"] == variable
        assert ("value" in refused.fields) == (variable not in SECRETS)


def _refusal(environ: dict[str, str]) -> SettingError | None:
    try:
        Settings.load(environ, None)
    except SettingError as refused:
        return refused
    return None


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load({}, None).spoiler = True


def test_the_data_directory_is_the_persons_own_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/home/someone/.local/share")
    assert Settings.load({"RAPPORTEUR_DATA": "/data"}, None).data_directory == Path("/data")
    assert Settings.load({}, None).data_directory.name == "rapporteur"


def test_every_setting_is_documented() -> None:
    entries = list(documented())
    assert len(entries) == len(Settings.model_fields)
    assert [entry.name for entry in entries] == list(SETTINGS) == list(EXPECTED)
    assert all(TEMPLATES(f"setting.{entry.name}").endswith(".") for entry in entries)
    assert Documented("RAPPORTEUR_PERSON_LIMIT", "5/20") in entries
    assert {entry.name: entry.default for entry in entries}["DISCORD_TOKEN"] == ""


@pytest.mark.parametrize(("given", "count"), [("no", 0), ("No", 0), ("1", 1), ("365", 365)])
def test_for_how_many_days_questions_are_kept(given: str, count: int) -> None:
    assert Settings.load({"RAPPORTEUR_KEEP_QUESTIONS": given}, None).keep_questions == Days(count)


@pytest.mark.parametrize("given", ["yes", "0", "366", "-1", "30 days", "٣٠", "1e2"])
def test_a_number_of_days_that_is_none_is_refused_with_what_is_meant(given: str) -> None:
    with refusal(BadSettingError, "Set it to no, or a number of days from 1 to 365."):
        Settings.load({"RAPPORTEUR_KEEP_QUESTIONS": given}, None)
