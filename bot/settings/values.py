"""The values of settings that are more than a word or a number: limits, tokens, addresses."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from bot.errors.settings import PlainHttpError

MOST_DAYS = 365  # ours: what nobody has looked at within a year is not kept for them
LAST_PORT = 65_535  # RFC 9293, 3.1: a port has 16 bits
_FORBIDDEN_IN_TOKEN = re.compile(r"[^\x21-\x7e]")  # a header value can carry visible ASCII only: RFC 9110, 5.5


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` questions in ``seconds`` seconds."""

    count: int
    seconds: int

    def __str__(self) -> str:
        return f"{self.count}/{self.seconds}"


@dataclass(frozen=True, slots=True)
class Days:
    """For so many days; for none where ``count`` is 0."""

    count: int

    def __str__(self) -> str:
        return str(self.count) if self.count else "no"


@dataclass(frozen=True, slots=True)
class Address:
    """An address of this computer and a port to listen on; 0 stands for any port that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def listening(value: object) -> object:
    """Read ``127.0.0.1:9464``, ``[::1]:9464`` and ``localhost:9464`` as an address."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+|localhost)):([0-9]{1,5})", value.strip())
    if not found or int(found[3]) > LAST_PORT:
        raise ValueError("no address")
    host = found[1] or found[2]
    if host != "localhost":
        ipaddress.IPv6Address(host) if found[1] else ipaddress.IPv4Address(host)  # a ValueError where it is none
    return Address(host, int(found[3]))


def days(value: object) -> object:
    """Read ``30`` as so many days, at most ``MOST_DAYS``, and ``no`` as none."""
    if not isinstance(value, str):
        return value
    if value.strip().lower() == "no":
        return Days(0)
    if not re.fullmatch(r"\s*[1-9][0-9]{0,2}\s*", value) or int(value) > MOST_DAYS:
        raise ValueError("no number of days")
    return Days(int(value))


def limit(value: object) -> object:
    """Read ``5/20`` (or ``5/20s``) as a limit and ``off`` as none."""
    if not isinstance(value, str):
        return value
    if value.strip().lower() == "off":
        return None
    found = re.fullmatch(r"\s*([1-9][0-9]{0,5})\s*/\s*([1-9][0-9]{0,4})\s*s?\s*", value)
    if not found:
        raise ValueError("no limit")
    return Limit(int(found[1]), int(found[2]))


def token(value: object) -> object:
    """Take white space off a pasted token and refuse what no HTTP header can carry."""
    if not isinstance(value, str):
        return value
    if _FORBIDDEN_IN_TOKEN.search(value.strip()):
        raise ValueError("no token")
    return value.strip()


def is_confidential(url: str) -> bool:
    """Whether nobody else reads what is sent to ``url``: it is encrypted, or does not leave this computer."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("https", "wss") or host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # no address, or a host's name
        return False


def confidential(value: object) -> object:
    """Refuse an address that would have the token travel in the clear."""
    if isinstance(value, str) and value.startswith("http:") and not is_confidential(value):
        raise PydanticCustomError(PlainHttpError.key, "no encryption")
    return value


def lower(value: object) -> object:
    """Read a choice without regard to case."""
    return value.strip().lower() if isinstance(value, str) else value
