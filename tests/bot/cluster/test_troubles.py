"""What a cluster may answer instead of what was asked: each is one sentence without the password, never an answer."""

import random
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from bot.cluster.cluster import Cluster
from bot.cluster.connection import Connection
from bot.cluster.remote import Remote
from bot.errors import RefreshFailedError
from bot.errors.cluster import ClusterError
from bot.publishing.keeper import Here, Keeper
from bot.publishing.refresh import Source, refresh
from bot.service.service import Service
from bot.settings.cluster import ClusterAddress
from corpus.citation import Citation
from corpus.ingest.pipeline import BUNDLED
from corpus.store.store import Store
from retrieval.index.bm25 import PassageIndex
from tests.fakes.http_answers import Answers, answering
from tests.logged import logged
from tests.said import said

CHECKOUT = Path(__file__).parents[3]
SECRET = "hidden"
LOCAL = PassageIndex([["well", "dry"], ["camp"], ["well"]])
WHOLE = {"one": {"mappings": {"_meta": {"whole": True}}}}
HIT = {"_score": 1.0, "sort": [1.0, 0], "_source": {"number": 0, "length": 2, "held": {"well": 1}}}
GOOD = {"total": 2, "successful": 2, "skipped": 0, "failed": 0}
NO_OPENSEARCH = "what answers there is no OpenSearch; correct RAPPORTEUR_INDEX"
PARTIAL = (
    "a part of the index does not answer, and an answer from the rest could be wrong; try again when all nodes are back"
)


def connected(host: str, scheme: str = "http") -> Connection:
    return Connection(ClusterAddress.parse(f"{scheme}://user:{SECRET}@{host}"))


def problem(connection: Connection, *, is_whole: bool = True) -> str:
    """What is said of a search there."""
    remote = Remote(connection, "one", LOCAL)
    remote._is_whole = is_whole
    with pytest.raises(ClusterError) as caught:
        remote.search(["well"], 2)
    sentence = said(caught.value)
    assert SECRET not in f"{sentence} {caught.value!r} {caught.value}"
    assert sentence.startswith("The search index cannot be used (127.0.0.1:")
    return sentence.partition("): ")[2].removesuffix(".")


def found(**changed: object) -> dict[str, object]:
    return {"timed_out": False, "_shards": GOOD, "hits": {"hits": [HIT]}, **changed}


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, "Unauthorized", "it does not accept the user or the password"),
        (403, {"error": {"type": "security_exception"}}, "this user may not do that; grant it, or choose another user"),
        (
            404,
            {"error": {"type": "index_not_found_exception"}},
            "it does not hold this edition; refresh the reports, which loads it",
        ),
        (429, {"error": {"type": "rejected_execution"}}, "its nodes have more to do than they can; try again"),
        (
            429,
            {"error": {"type": "cluster_block_exception", "reason": "disk usage exceeded flood-stage watermark"}},
            "its disk is full, so that it takes nothing more; make room there and try again",
        ),
        (503, {"error": {"type": "search_phase_execution_exception"}, "status": 503}, PARTIAL),
        (500, {"error": {"type": "some_exception"}}, "it answers with an error (500)"),
        (200, [1, 2], NO_OPENSEARCH),
        (200, "not JSON", NO_OPENSEARCH),
        (200, {}, NO_OPENSEARCH),
        (200, found(_shards=[]), NO_OPENSEARCH),
        (200, found(hits={"hits": [{}]}), NO_OPENSEARCH),
        (200, found(timed_out=True), PARTIAL),
        (200, found(terminated_early=True), PARTIAL),
        (200, found(_shards={**GOOD, "failed": 1, "successful": 1}), PARTIAL),
        (200, found(_shards={**GOOD, "successful": 1}), PARTIAL),
        (200, found(_shards={**GOOD, "total": 0, "successful": 0}), PARTIAL),
        (
            200,
            found(hits={"hits": [{**HIT, "_source": {}}]}),
            "it does not hold all that was loaded; refresh the reports, which goes on",
        ),
        (
            200,
            found(hits={"hits": [{**HIT, "_source": {"number": 9, "length": 2, "held": {}}}]}),
            "it does not hold all that was loaded; refresh the reports, which goes on",
        ),
    ],
)
def test_what_is_answered_instead(status: int, body: object, expected: str) -> None:
    with answering(Answers(status, body)) as server:
        assert problem(connected(server.host)) == expected


def test_a_page_of_another_server_and_one_that_sends_elsewhere() -> None:
    with answering(Answers(200, "<html>Welcome</html>", "text/html")) as server:
        assert problem(connected(server.host)) == NO_OPENSEARCH
    with answering(Answers(200, WHOLE)) as elsewhere, answering(Answers(302, "")) as server:
        server.headers = {"Location": f"http://{elsewhere.host}/"}
        assert problem(connected(server.host)) == "it answers with an error (302)"
        assert elsewhere.asked == []


@pytest.mark.parametrize("first", range(3))
def test_what_a_node_says_is_told_whichever_other_is_tried_last(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two nodes are gone, and the third one cannot answer without them."""
    gone = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    hosts = [f"127.0.0.1:{one.getsockname()[1]}" for one in gone]
    for one in gone:
        one.close()
    monkeypatch.setattr(random, "shuffle", lambda _: None)  # by which opensearch-py takes the nodes in another order
    with answering(Answers(503, {"error": {"type": "search_phase_execution_exception"}})) as server:
        hosts.insert(first, server.host)
        for _ in range(3):
            assert problem(connected(",http://".join(hosts))) == PARTIAL


def test_an_index_that_is_not_whole_gives_no_answer() -> None:
    with answering(Answers(200, {"one": {"mappings": {}}})) as server:
        absent = "it does not hold this edition; refresh the reports, which loads it"
        assert problem(connected(server.host), is_whole=False) == absent
        assert [one.split("?")[0] for one in server.asked] == ["HEAD /one", "GET /one/_mapping"]


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match=r"cluster\.late"):
            connected(host).ask("GET", "/", patience=0.2)
    assert problem(connected(host)) == "no node answers there; start one, or correct RAPPORTEUR_INDEX"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl to make a certificate with")
def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_that_is_named_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key.pem", "-out", file]  # type: ignore[list-item]  # paths are as good
    subprocess.run(made, check=True, capture_output=True)
    both = tmp_path / "both.pem"
    both.write_bytes(file.read_bytes() + (tmp_path / "key.pem").read_bytes())
    with answering(Answers(200, found()), both) as server:
        assert problem(connected(server.host, "https")).startswith("the certificate there is not to be trusted")
        assert server.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        remote = Remote(connected(server.host, "https"), "one", LOCAL)
        remote._is_whole = True
        assert [hit.passage for hit in remote.search(["well"], 2)] == [0]


def test_a_bot_says_so_instead_of_answers_and_goes_on_with_the_rest(tmp_path: Path) -> None:
    """It starts on the edition that it has, looks citations up, and a refresh leaves that edition live."""
    with Store.at(tmp_path) as store, answering(Answers(429, "")) as server:
        refresh(store, Source(BUNDLED), "a")
        cluster = Cluster(ClusterAddress.parse(f"http://{server.host}"), "1")
        keeper = Keeper(Service(), store, Here(store, Source(BUNDLED), cluster=cluster), cluster=cluster)
        with logged() as log:
            keeper.start()
        assert "event=cluster" in log.getvalue()
        assert "its nodes have more to do than they can" in log.getvalue()
        snapshot = keeper.service.snapshot()
        with pytest.raises(ClusterError):
            snapshot.ask("Where were the bodies found?").consider()
        first = next(iter(snapshot.live.edition.passages()))
        assert snapshot.passage(str(Citation.of(first))).passage == first
        with pytest.raises(RefreshFailedError) as caught:
            keeper.refresh("a")
        assert isinstance(caught.value.reason, ClusterError)
        assert keeper.service.snapshot().live.edition == snapshot.live.edition


@pytest.mark.parametrize("command", [("ask", "Where were the bodies found?"), ("corpus", "refresh")])
def test_the_command_line_says_it_in_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    with answering(Answers(401, "")) as server:
        environ = {
            "RAPPORTEUR_INDEX": f"http://user:{SECRET}@{server.host}",
            "RAPPORTEUR_DATA": str(tmp_path),
            "PYTHONPATH": str(CHECKOUT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command], cwd=tmp_path, env=environ, capture_output=True, check=False
        )
    assert done.returncode == 1
    said_there = done.stderr.decode()
    assert said_there.splitlines()[-1] == (
        f"The search index cannot be used ({server.host}): it does not accept the user or the password."
    )
    assert SECRET not in said_there
    assert done.stdout == b""


def test_without_the_library_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "opensearchpy.py").write_text("raise ModuleNotFoundError('no', name='opensearchpy')\n", "utf-8")
    environ = {"RAPPORTEUR_INDEX": "http://127.0.0.1:1", "PYTHONPATH": f"{tmp_path}:{CHECKOUT}"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "Where?"], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("RAPPORTEUR_INDEX is set, but opensearch-py is not installed.")
