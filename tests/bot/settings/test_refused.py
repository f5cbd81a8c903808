"""Settings that are refused: a bad value, a misspelt name, a .env file that is none, each in one sentence."""

from pathlib import Path

import pytest

from bot.errors.settings import (
    BadSecretError,
    BadSettingError,
    DotenvError,
    MissingSettingError,
    PlainHttpError,
    StrangeSettingError,
    UnknownSettingError,
)
from bot.saying.templates import load
from bot.settings import Settings
from bot.settings.env_file import LARGEST
from bot.settings.values import is_confidential
from tests.said import facts

TOKEN = "aaaa.bbbb.cccc"


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
