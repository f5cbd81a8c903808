"""The nodes of the cluster in the folder that ``TEST_OPENSEARCH`` names; `.ci/opensearch start FOLDER` makes it.

They can be killed, hung, cut off and started again. Whoever does so waits until all are back before the next test.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

from bot.cluster.connection import Connection
from bot.settings.cluster import ClusterAddress, Node

FOLDER = os.environ.get("TEST_OPENSEARCH")
NEEDS_NODES = pytest.mark.skipif(FOLDER is None, reason="TEST_OPENSEARCH names no folder of a cluster")
SCRIPT = Path(__file__).parents[2] / ".ci" / "opensearch"
NO_HOSTS = 3  # with which the script ends
LONG = 120.0  # seconds: what is waited for comes long before


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a cluster, numbered from 1."""

    folder: Path

    @property
    def address(self) -> str:
        """The address of all, as the setting has it."""
        return (self.folder / "addresses").read_text("utf-8").strip()

    @property
    def numbers(self) -> range:
        """Those there are."""
        return range(1, self.address.count(",") + 2)

    def send(self, node: int, number: signal.Signals) -> None:
        """Send a signal to the process of a node."""
        os.kill(int((self.folder / str(node) / "pid").read_text("utf-8")), number)

    @contextmanager
    def killed(self, node: int) -> Iterator[None]:
        """Without a node meanwhile; with it again afterwards."""
        self.send(node, signal.SIGKILL)
        try:
            yield
        finally:
            subprocess.run([SCRIPT, "again", self.folder, str(node)], check=True)
            self.settle()

    @contextmanager
    def hung(self, node: int) -> Iterator[None]:
        """With a node that does not answer meanwhile, though its connections stand."""
        self.send(node, signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(node, signal.SIGCONT)
            self.settle()

    @contextmanager
    def cut_off(self, node: int) -> Iterator[None]:
        """With a node whose host nothing reaches meanwhile, and which reaches nobody: what is sent there is lost, and
        nobody is told. Only of a cluster whose nodes are apart."""
        subprocess.run([SCRIPT, "cut", self.folder, str(node)], check=True)
        try:
            yield
        finally:
            subprocess.run([SCRIPT, "plug", self.folder, str(node)], check=True)
            self.settle()

    def settle(self) -> None:
        """Wait until all nodes are there, and each shard with its copies."""
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            if self.health().get("number_of_nodes") == len(self.numbers) and self.health()["status"] == "green":
                return
            time.sleep(0.5)
        raise AssertionError(f"the nodes have not come back: {self.health()}")

    def health(self) -> dict[str, Any]:
        """How the cluster is; nothing where no node answers."""
        for url in self.address.split(","):
            try:
                found: dict[str, Any] = OpenSearch(url, timeout=5, max_retries=0).cluster.health()
            except OpenSearchException:
                continue
            return found
        return {}

    def leader(self) -> int:
        """The node that leads the others."""
        found = self.connection().ask("GET", "/_cluster/state/cluster_manager_node,nodes")
        return int(found["nodes"][found["cluster_manager_node"]]["name"].removeprefix("node-"))

    def connection(self) -> Connection:
        """A connection of one's own."""
        return Connection(self.reached("rapporteur"))

    def reached(self, name: str) -> ClusterAddress:
        """How a bot reaches it, whose indexes have that name. Put together here: what parses an address refuses to ask
        another host without encryption, which those that are apart are."""
        found = [urlsplit(url) for url in self.address.split(",")]
        nodes = tuple(Node(url.hostname or "", url.port or 0, is_encrypted=False) for url in found)
        return ClusterAddress(nodes, None, name)

    def without(self, node: int) -> str:
        """The address of the others."""
        return ",".join(url for n, url in enumerate(self.address.split(","), start=1) if n != node)


def nodes() -> Nodes:
    """The cluster of the tests."""
    assert FOLDER is not None
    return Nodes(Path(FOLDER))


@contextmanager
def apart(folder: Path) -> Iterator[Nodes]:
    """A cluster of its own, each node on a host of its own. Where hosts cannot be had, the test is skipped."""
    made = subprocess.run([SCRIPT, "apart", folder], capture_output=True, text=True, check=False)
    if made.returncode == NO_HOSTS:
        pytest.skip(made.stderr.strip())
    assert made.returncode == 0, made.stderr
    try:
        found = Nodes(folder)
        found.settle()
        yield found
    finally:
        subprocess.run([SCRIPT, "stop", folder], check=True)
