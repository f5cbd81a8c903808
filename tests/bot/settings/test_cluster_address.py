"""Where a cluster is: one address or several of one cluster, whose password nothing shows."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors.settings import BadSecretError
from bot.settings import Settings
from bot.settings.cluster import ClusterAddress, Node
from tests.said import said

BAD = [
    "",
    ",",
    "host",
    "host:9200",
    "ftp://host:9200",
    "https://",
    "https://host:0",
    "https://host:99999",
    "https://host:port",
    "https://host/A",
    "https://host/a/b",
    "https://host/_all",
    "https://host/*",
    "https://host/a?b=c",
    "https://host/#a",
    "https://user@host",
    "https://:password@host",
    "https://us%0Aer:password@host",
    "https://ho st",
    "https://ho%2Fst",
    "https://a:b@host,https://c:d@host",
    "https://host/one,https://host/two",
    "https://host,http://127.0.0.1",
    "http://host:9200",
    "http://user:password@10.0.0.1:9200",
    "https://host," * 30,
]


def test_what_an_address_says() -> None:
    found = ClusterAddress.parse("https://user:p%40ss@one:9201/mali, https://two/mali")
    assert found == ClusterAddress(
        (Node("one", 9201, True), Node("two", 9200, True)), ("user", SecretStr("p@ss")), "mali"
    )
    assert str(found) == "one:9201, two:9200"
    assert "p@ss" not in repr(found) + str(found)
    assert ClusterAddress.parse("http://[::1]:9200") == ClusterAddress((Node("::1", 9200, False),), None, "rapporteur")


@pytest.mark.parametrize("text", BAD)
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the settings have the sentence
        ClusterAddress.parse(text)


def test_what_is_wrong_with_it_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(BadSecretError) as caught:
        Settings.load({"RAPPORTEUR_INDEX": "http://user:hidden@far:9200"}, tmp_path / ".env")
    assert said(caught.value) == (
        "RAPPORTEUR_INDEX cannot be used as it is. Set it to an address such as "
        "https://user:password@host:9200/name, or several of one cluster with commas between; "
        "http:// is for this computer alone."
    )
    settings = Settings.load({"RAPPORTEUR_INDEX": "https://user:hidden@far:9200"}, tmp_path / ".env")
    assert "hidden" not in repr(settings)
