"""What `RAPPORTEUR_INDEX` says: the nodes of a cluster, who asks there, and what its indexes are called."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from bot.settings.values import is_confidential

NAME = "rapporteur"  # of the indexes, where the address has none
PORT = 9200  # OpenSearch's own
_NAME = re.compile(r"/?|/([a-z0-9][a-z0-9-]{0,40})/?")  # OpenSearch takes small letters and digits
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_SEPARATOR = re.compile(r"[\s,]+")
_MOST = 20  # nodes; ours: through any one of them the whole cluster is asked


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the cluster as it is reached."""

    host: str
    port: int
    is_encrypted: bool

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """The ``nodes``, the ``user`` with its password where there is one, and the ``name`` of the indexes."""

    nodes: tuple[Node, ...]
    user: tuple[str, SecretStr] | None
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``https://user:password@host:9200/name``, or several such addresses of one cluster, with commas between.

        Raises ``ValueError`` where it is none, and where what is asked would travel unencrypted to another computer.
        """
        urls = [url for url in _SEPARATOR.split(text.strip()) if url]
        if not 0 < len(urls) <= _MOST:
            raise ValueError("no address")
        found = [_read(url) for url in urls]
        users = {user for _, user, _ in found if user}
        names = {name for _, _, name in found if name}
        if len(users) > 1 or len(names) > 1 or len({node.is_encrypted for node, _, _ in found}) > 1:
            raise ValueError("addresses of several clusters")
        user = next(iter(users), None)
        if any(not is_confidential(url) for url in urls):
            raise ValueError("no encryption")  # what is asked would be read on the way
        return cls(tuple(node for node, _, _ in found), user, next(iter(names), NAME))

    def __str__(self) -> str:
        return ", ".join(map(str, self.nodes))


def _read(url: str) -> tuple[Node, tuple[str, SecretStr] | None, str]:
    parts = urlsplit(url)
    named = _NAME.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or parts.query or parts.fragment or named is None:
        raise ValueError("no address")
    if not parts.hostname or not _HOST.fullmatch(parts.hostname) or parts.port == 0:
        raise ValueError("no address")
    user = None
    if parts.username is not None or parts.password is not None:
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not all(one and one.isprintable() for one in (name, password)) or ":" in name:
            raise ValueError("no user")
        user = name, SecretStr(password)
    return Node(parts.hostname, parts.port or PORT, parts.scheme == "https"), user, named[1] or ""


def cluster(value: object) -> object:
    """Read an address as ``ClusterAddress.parse`` does."""
    return ClusterAddress.parse(value) if isinstance(value, str) else value
