"""Settings: from an environment and a .env file, whole or refused with the variable's name, never showing a secret."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.errors.settings import (
    BadSecretError,
    BadSettingError,
    DotenvError,
    MissingSettingError,
    PlainHttpError,
    SettingError,
    StrangeSettingError,
    UnknownSettingError,
)
from bot.saying.templates import load
from bot.saying.templates.usage_keys import SETTINGS
from bot.settings import Documented, Settings, documented
from bot.settings.cluster import ClusterAddress, Node
from bot.settings.env_file import LARGEST, SECRETS
from bot.settings.expected import EXPECTED
from bot.settings.values import Address, Days, Limit, is_confidential
from tests.said import TEMPLATES, facts, refusal

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


def test_a_dotenv_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("#" * (LARGEST + 1), encoding="utf-8")
    with pytest.raises(DotenvError) as refused:
        Settings.load({}, dotenv)
    assert facts(refused.value) == {"file": str(dotenv), "problem": "it is larger than 1 MiB"}


def test_a_dotenv_file_takes_no_values_from_elsewhere(tmp_path: Path) -> None:
    """A dollar sign in a secret is a dollar sign."""
    dotenv = tmp_path / ".env"
    dotenv.write_text("DISCORD_TOKEN=a${HOME}b\n", encoding="utf-8")
    assert Settings.load({}, dotenv).require_token().get_secret_value() == "a${HOME}b"


def test_a_dotenv_file_that_is_no_text(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"DISCORD_TOKEN=\xff\xfe")
    with pytest.raises(DotenvError) as refused:
        Settings.load({}, dotenv)
    assert facts(refused.value) == {"file": str(dotenv), "problem": "it is not UTF-8 text"}


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (
            "RAPPORTEUR_HOME_GUILD",
            "my server",
            (
                "RAPPORTEUR_HOME_GUILD is “my server”, which cannot be used. Set it to a server's id, a whole number "
                "(Discord shows it as Copy Server ID in developer mode)."
            ),
        ),
        (
            "RAPPORTEUR_LANGUAGE",
            "../../etc",
            "RAPPORTEUR_LANGUAGE is “../../etc”, which cannot be used. Set it to a language code such as en.",
        ),
        (
            "RAPPORTEUR_LOG_LEVEL",
            "loud",
            "RAPPORTEUR_LOG_LEVEL is “loud”, which cannot be used. Set it to one of debug, info, warning and error.",
        ),
        (
            "RAPPORTEUR_LOG_FORMAT",
            "xml",
            "RAPPORTEUR_LOG_FORMAT is “xml”, which cannot be used. Set it to text or json.",
        ),
        ("RAPPORTEUR_SPOILER", "maybe", "RAPPORTEUR_SPOILER is “maybe”, which cannot be used. Set it to yes or no."),
        (
            "RAPPORTEUR_PERSON_LIMIT",
            "0/5",
            (
                "RAPPORTEUR_PERSON_LIMIT is “0/5”, which cannot be used. Set it to two whole numbers such as 5/20 "
                "(five questions in twenty seconds), or off."
            ),
        ),
        (
            "RAPPORTEUR_SHUTDOWN_SECONDS",
            "-1",
            "RAPPORTEUR_SHUTDOWN_SECONDS is “-1”, which cannot be used. Set it to a whole number from 0 to 600.",
        ),
        (
            "RAPPORTEUR_DISCORD_API",
            "discord.com",
            (
                "RAPPORTEUR_DISCORD_API is “discord.com”, which cannot be used. Set it to a URL such as "
                "https://discord.com/api/v10."
            ),
        ),
        (
            "RAPPORTEUR_MODERATOR_ROLE",
            "x" * 101,
            (
                f"RAPPORTEUR_MODERATOR_ROLE is “{'x' * 60}”, which cannot be used. Set it to a role's id or name of "
                "1 to 100 characters."
            ),
        ),
    ],
)
def test_a_bad_value_is_named_with_what_to_set(variable: str, value: str, sentence: str) -> None:
    with pytest.raises(BadSettingError) as refused:
        Settings.load({variable: value}, None)
    assert load().error(refused.value) == sentence


@pytest.mark.parametrize(
    "address", ["http://proxy:8080/api/v10", "http://10.0.0.1", "http://127.0.0.1.example.org", "http://[::2]/api"]
)
def test_the_token_is_sent_unencrypted_to_no_other_computer(address: str) -> None:
    with pytest.raises(PlainHttpError) as refused:
        Settings.load({"RAPPORTEUR_DISCORD_API": address}, None)
    assert load().error(refused.value) == (
        f"RAPPORTEUR_DISCORD_API is “{address}”, where the token would travel unencrypted. Set it to an address that "
        "begins with https://; http:// is for this computer alone, such as http://127.0.0.1:8080."
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://proxy:8080/api/v10",
        "http://127.0.0.1:1",
        "http://127.8.0.1/api",
        "http://[::1]:1/x",
        "http://localhost:1",
    ],
)
def test_it_may_be_sent_encrypted_or_to_this_computer(address: str) -> None:
    assert Settings.load({"RAPPORTEUR_DISCORD_API": address}, None).discord_api == address


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("wss://gateway.discord.gg", True),
        ("ws://127.0.0.1:1/", True),
        ("ws://gateway.discord.gg", False),
        ("ws:", False),
        ("http://[", False),
    ],
)
def test_the_same_holds_for_a_gateway(address: str, is_safe: bool) -> None:
    assert is_confidential(address) is is_safe


@pytest.mark.parametrize("token", ["two words", "tab\tin it", "naïve", "nul\0"])
def test_a_bad_token_is_never_shown(token: str) -> None:
    with pytest.raises(BadSecretError) as refused:
        Settings.load({"DISCORD_TOKEN": token}, None)
    assert load().error(refused.value) == (
        "DISCORD_TOKEN cannot be used as it is. Set it to the token from the page Bot of your application in the "
        "Discord Developer Portal."
    )


def test_a_missing_token() -> None:
    with pytest.raises(MissingSettingError) as refused:
        Settings.load({}, None).require_token()
    assert load().error(refused.value) == (
        "DISCORD_TOKEN is not set. Set it to the token from the page Bot of your application in the Discord Developer "
        "Portal: in the environment, or as a line DISCORD_TOKEN=… in the file .env of the folder in which you start "
        "the command."
    )


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("RAPPORTEUR_REPORT", "RAPPORTEUR_REPORTS"),
        ("RAPPORTEUR_LOGLEVEL", "RAPPORTEUR_LOG_LEVEL"),
        ("RAPPORTEUR_HOME", "RAPPORTEUR_HOME_GUILD"),
        ("RAPPORTEUR_reports", "RAPPORTEUR_REPORTS"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_nearest_one(misspelt: str, meant: str, tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"{misspelt}=1\n", encoding="utf-8")
    for environ, file in (({misspelt: "1"}, None), ({}, dotenv)):
        with pytest.raises(UnknownSettingError) as refused:
            Settings.load(environ, file)
        assert load().error(refused.value).startswith(f"There is no setting {misspelt}. Did you mean {meant}")


@pytest.mark.parametrize("name", ["RAPPORTEUR_FOO", "RAPPORTEUR_"])
def test_where_no_setting_is_near_none_is_guessed(name: str) -> None:
    with pytest.raises(StrangeSettingError) as refused:
        Settings.load({name: "1"}, None)
    assert load().error(refused.value) == f"There is no setting {name}. Take it out of the environment or of .env."


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("DISCORD_TOKN", "DISCORD_TOKEN"),
        ("discord_token", "DISCORD_TOKEN"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("RAPORTEUR_REPORTS", "RAPPORTEUR_REPORTS"),
        ("RAPPORTER_LOGLEVEL", "RAPPORTEUR_LOG_LEVEL"),
        ("RAPPORTUER_HOME", "RAPPORTEUR_HOME_GUILD"),
        ("RAPPORTEURREPORTS", "RAPPORTEUR_REPORTS"),
        ("rapporteur_lexicon", "RAPPORTEUR_LEXICON"),
    ],
)
def test_a_name_in_the_dotenv_file_that_is_nearly_a_setting_is_refused(
    misspelt: str, meant: str, tmp_path: Path
) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"OTHER=1\n{misspelt}=secret\n", encoding="utf-8")
    with pytest.raises(UnknownSettingError) as refused:
        Settings.load({}, dotenv)
    assert load().error(refused.value) == f"There is no setting {misspelt}. Did you mean {meant}?"


@pytest.mark.parametrize(
    "name", ["OTHER", "TOKEN", "DISCORD_BOT_TOKEN", "TEST_DATABASE_URL", "DATABASE", "REPORTS", "RAPPORTEUR2", "DEBUG"]
)
def test_other_names_in_the_dotenv_file_are_other_programs(name: str, tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"{name}=1\n", encoding="utf-8")
    assert Settings.load({}, dotenv) == Settings.load({}, None)


@pytest.mark.parametrize("value", ["", f"{TOKEN}"])
def test_a_name_beside_the_setting_that_it_resembles_is_no_misspelling(value: str, tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("DISCORD_TOKEN_2=1\n", encoding="utf-8")
    with pytest.raises(UnknownSettingError):
        Settings.load({}, dotenv)
    Settings.load({"DISCORD_TOKEN": value}, dotenv)
    dotenv.write_text(f"DISCORD_TOKEN_2=1\nDISCORD_TOKEN={value}\n", encoding="utf-8")
    Settings.load({}, dotenv)


def test_the_environment_may_hold_what_it_likes() -> None:
    assert Settings.load({"DISCORD_TOKN": "1", "RAPORTEUR_REPORTS": "x"}, None) == Settings.load({}, None)


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
