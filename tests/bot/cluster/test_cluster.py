"""Searched on a cluster of real nodes, answers are those of the embedded index; else a sentence says why not."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from bot.cluster import loading
from bot.cluster.remote import Remote
from bot.errors.cluster import ClusterError
from bot.publishing.editions import Editions
from bot.publishing.keeper import Keeper
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.service.live import Live
from bot.service.service import Service
from corpus.edition import Edition
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.store.store import Store
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.evidence.headings import Above
from retrieval.index.bm25 import PassageIndex
from retrieval.question.asked import Question
from retrieval.search.indexing import index_of
from tests.builders import report
from tests.opensearch.load import PARTIAL, REFUSED, Load, at, village
from tests.opensearch.nodes import LONG, NEEDS_NODES, Nodes, nodes
from tests.said import said

GOLDEN = Path(__file__).parents[2] / "golden"
CHECKOUT = Path(__file__).parents[3]

pytestmark = NEEDS_NODES


@pytest.fixture
def cluster() -> Iterator[Nodes]:
    found = nodes()
    found.settle()
    yield found
    for name in found.connection().ask("GET", "/test-*/_settings"):
        found.connection().ask("DELETE", f"/{name}", params={"ignore_unavailable": "true"}, patience=LONG)


def questions(name: str) -> list[str]:
    return [json.loads(line)["question"] for line in (GOLDEN / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("places", "asked"),
    [
        (BUNDLED, "before-lexicon.jsonl"),
        (GOLDEN / "everyday" / "english", "everyday/english/questions.jsonl"),
        (GOLDEN / "everyday" / "french", "everyday/french/questions.jsonl"),
    ],
)
def test_answers_are_those_of_the_embedded_index(cluster: Nodes, places: Path, asked: str) -> None:
    edition = ingest(places).edition
    live = at(cluster).holding(Live(edition, index=index_of(edition.reports)))
    ours, theirs = Answerer(edition), Answerer(edition, index=live.index)
    for question in questions(asked)[:60]:
        parsed = Question.parse(question)
        assert theirs.answer(parsed) == ours.answer(parsed), question


def test_what_is_found_is_the_same_for_ties_repeated_and_unknown_words_and_odd_ones(cluster: Nodes) -> None:
    """More ties than are asked for at first, and words that OpenSearch would take apart."""
    odd = ["a|b", "#c", "d e", "x" * 300, "é", "\ud800", "f"]
    passages = [["tie", "tie", odd[n % len(odd)]] for n in range(300)] + [["tie"], [], odd, ["many", "tie"] * 200]
    local = PassageIndex(passages)
    above = Above.over([report(*("x" for _ in passages))])
    connection, name = cluster.connection(), f"test-{uuid4().hex}"
    assert loading.load(connection, name, local, above)
    assert not loading.load(connection, name, local, above), "it is there"
    remote = Remote(connection, name, local)
    for query in (["tie"], ["tie", "tie", "f"], [*odd, "nowhere"], ["nowhere"], ["many", "tie"], []):
        for count in (0, 1, 12, 50):
            assert remote.search(query, count) == local.search(query, count), (query, count)
            weights = [0.5 + n for n in range(len(query))]
            assert remote.search(query, count, weights) == local.search(query, count, weights), (query, count)
    for key in ("tie", "f", "\ud800", "nowhere"):
        for among in (None, range(5, 40), range(7, 7)):
            assert remote.holding(key, among).tolist() == local.holding(key, among).tolist(), (key, among)


def test_a_node_is_killed_under_load_and_hung_no_answer_is_wrong_or_partial(cluster: Nodes) -> None:
    edition = village(1)
    asked = [f"When were the wells {n} dug?" for n in range(20)]
    ours = Answerer(edition)
    expected = {question: ours.answer(Question.parse(question)) for question in asked}
    theirs = Answerer(edition, index=at(cluster).holding(Live(edition)).index)
    with Load(lambda question: theirs.answer(Question.parse(question)), asked) as load:
        load.await_answers(20)
        with cluster.killed(3):
            load.await_answers(40)
        load.await_answers(20)
        with cluster.hung(2):
            load.await_answers(40)
        load.await_answers(20)
    assert load.other == []
    assert [question for _, question, answer in load.found if answer != expected[question]] == []
    assert {sentence.partition("): ")[2] for _, sentence in load.refused} <= REFUSED


def test_a_part_of_the_index_is_lost(cluster: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three shards without copies on three nodes: the rest is no answer."""
    monkeypatch.setattr(loading, "A_SHARD", 25)
    edition, own = village(2), at(cluster)
    live = own.holding(Live(edition))
    (name,) = cluster.connection().ask("GET", "/test-*/_settings")
    bare = {"index": {"auto_expand_replicas": False, "number_of_replicas": 0}}
    cluster.connection().ask("PUT", f"/{name}/_settings", bare)
    answerer = Answerer(edition, index=live.index)
    question = Question.parse("When were the wells 7 dug?")
    expected = answerer.answer(question)
    with cluster.killed(1):
        until = time.monotonic() + LONG
        while cluster.health().get("number_of_nodes") != len(cluster.numbers) - 1:
            assert time.monotonic() < until
        with pytest.raises(ClusterError) as caught:
            answerer.answer(question)
        assert said(caught.value).endswith(f": {PARTIAL}.")
    assert answerer.answer(question) == expected


def test_editions_are_swapped_under_load_and_every_answer_is_whole_from_one(cluster: Nodes) -> None:
    own = at(cluster)
    editions = [village(n) for n in (3, 4, 5)]
    asked = [f"When were the wells {n} dug?" for n in range(20)]
    expected = {
        edition.label: {question: Answerer(edition).answer(Question.parse(question)) for question in asked}
        for edition in editions
    }
    service = Service()

    def publish(edition: Edition) -> None:
        service.go_live(own.holding(Live(edition)))
        own.make_live(edition.digest)

    publish(editions[0])
    cluster.connection().ask("PUT", "/test-north-1")  # of somebody else, and older
    with Load(lambda question: service.snapshot().ask(question).consider().answer, asked) as load:
        for edition in (*editions[1:], editions[0]):
            load.await_answers(30)
            publish(edition)
        load.await_answers(30)
    assert (load.other, load.refused) == ([], [])
    assert [question for _, question, answer in load.found if answer != expected[answer.edition][question]] == []
    assert {answer.edition for _, _, answer in load.found} == {edition.label for edition in editions}
    held = cluster.connection().ask("GET", "/test-*/_alias")
    assert "test-north-1" in held
    live = [name for name, found in held.items() if "test" in found["aliases"]]
    assert [name.split("-")[1] for name in live] == [editions[0].digest[:20]]


def test_a_load_that_was_killed_goes_on_where_it_was(cluster: Nodes) -> None:
    name = f"test-{uuid4().hex}"
    script = f"""
from bot.cluster import loading
from tests.bot.cluster.test_cluster import long
from tests.opensearch.nodes import nodes

index, above = long()
loading.load(nodes().connection(), "{name}", index, above)
"""
    connection = cluster.connection()
    with subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT) as process:
        until = time.monotonic() + LONG
        while process.poll() is None and _loaded(name) < 3 * loading.PORTION:
            assert time.monotonic() < until
            time.sleep(0.02)
        process.kill()
    assert process.returncode < 0, "it was killed before it was done"
    index, above = long()
    assert not loading.is_whole(connection, name)
    with pytest.raises(ClusterError, match=r"cluster\.absent"):
        Remote(connection, name, index).search(["w1"], 3)
    before = _loaded(name)
    assert loading.load(connection, name, index, above)
    sent = _loaded(name)
    assert before <= sent < before + index.corpus_size, "what was there was not sent again"
    assert Remote(connection, name, index).search(["w1", "w77"], 12) == index.search(["w1", "w77"], 12)


def long() -> tuple[PassageIndex, Above]:
    """An index that takes a while to load."""
    passages = [[f"w{(n * k) % 997}" for k in range(1, 60)] for n in range(30_000)]
    return PassageIndex(passages), Above.over([report(*("x" for _ in passages))])


def _loaded(name: str) -> int:
    """How many documents were ever put into the index."""
    try:
        found = nodes().connection().ask("GET", f"/{name}/_stats/indexing")
    except ClusterError:
        return 0
    return int(found["_all"]["primaries"].get("indexing", {}).get("index_total", 0))


def test_a_full_disk_is_one_sentence_and_the_load_goes_on_when_there_is_room(cluster: Nodes) -> None:
    edition = village(6)
    index, above = index_of(edition.reports), Above.over(edition.reports)
    connection, name = cluster.connection(), f"test-{uuid4().hex}"
    loading._make(connection, name, index.corpus_size)
    full = {"index": {"blocks.read_only_allow_delete": True}}  # what OpenSearch does by itself at 95 %
    connection.ask("PUT", f"/{name}/_settings", full)
    with pytest.raises(ClusterError) as caught:
        loading.load(connection, name, index, above)
    assert said(caught.value).endswith(
        ": its disk is full, so that it takes nothing more; make room there and try again."
    )
    connection.ask("PUT", f"/{name}/_settings", {"index": {"blocks.read_only_allow_delete": None}})
    assert loading.load(connection, name, index, above)
    assert Remote(connection, name, index).search(["dug"], 3) == index.search(["dug"], 3)


def test_two_load_the_same_at_the_same_time(cluster: Nodes) -> None:
    edition = village(8)
    index, above = index_of(edition.reports), Above.over(edition.reports)
    name = f"test-{uuid4().hex}"
    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(loading.load, cluster.connection(), name, index, above) for _ in range(2)]:
            one.result()
    assert Remote(cluster.connection(), name, index).search(["dug"], 3) == index.search(["dug"], 3)


def test_a_bot_starts_refreshes_and_starts_again(cluster: Nodes, tmp_path: Path) -> None:
    """Each edition is made and loaded by a process of its own, and searched on the cluster from then on."""
    own, folder = at(cluster), tmp_path / "reports"
    folder.mkdir()
    question = Question.parse("When were the wells of Oro dug?")

    def write(year: int) -> None:
        lines = [f"The wells {n} of Oro were dug in {year + n}." for n in range(30)]
        (folder / "wells.txt").write_text("\n\n".join(("Wells of Oro", *lines)) + "\n", "utf-8")

    def kept(store: Store) -> Keeper:
        editions = Editions.beside(tmp_path)
        making = Workshop(store.url, Source(folder), editions, own)
        return Keeper(Service(), store, making, editions=editions, cluster=own)

    def answered(keeper: Keeper) -> Answer:
        snapshot = keeper.service.snapshot()
        assert isinstance(snapshot.live.index, Remote)
        assert snapshot.answerer.answer(question) == Answerer(snapshot.live.edition).answer(question)
        return snapshot.answerer.answer(question)

    write(1900)
    with Store.at(tmp_path / "data") as store:
        keeper = kept(store)
        keeper.start()
        first = answered(keeper)
        write(1950)
        assert keeper.refresh("a").changed
        assert answered(keeper).edition != first.edition
        (name,) = cluster.connection().ask("GET", "/test/_alias")
        assert keeper.service.snapshot().live.edition.digest[:20] in name
        again = kept(store)
        again.start()
        assert answered(again) == answered(keeper)


def test_the_command_line_refreshes_and_asks(cluster: Nodes, tmp_path: Path) -> None:
    environ = {
        "RAPPORTEUR_INDEX": ",".join(f"{url}/test" for url in cluster.address.split(",")),
        "RAPPORTEUR_DATA": str(tmp_path),
        "PYTHONPATH": str(CHECKOUT),
    }

    def run(*arguments: str, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env=environ | more,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    run("corpus", "refresh")
    (name,) = cluster.connection().ask("GET", "/test/_alias")
    question = "Where were the bodies found?"
    assert run("ask", question) == run("ask", question, RAPPORTEUR_INDEX="")
    assert list(cluster.connection().ask("GET", "/test-*/_settings")) == [name], "asking has loaded nothing else"
