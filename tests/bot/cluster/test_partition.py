"""Each node of a real cluster on a host of its own, in a network namespace: one is cut off, and comes back."""

from pathlib import Path

import pytest

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

from bot.service.live import Live
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from tests.opensearch.load import REFUSED, Load, at, village
from tests.opensearch.nodes import NEEDS_NODES, apart

pytestmark = NEEDS_NODES


def test_hosts_are_cut_off_under_load_and_no_answer_is_wrong_or_partial(tmp_path: Path) -> None:
    """First one that holds copies, then the one that leads the others: connections stand, and nothing comes of them."""
    edition = village(6)
    asked = [f"When were the wells {n} dug?" for n in range(20)]
    ours = Answerer(edition)
    expected = {question: ours.answer(Question.parse(question)) for question in asked}
    with apart(tmp_path / "nodes") as cluster:
        theirs = Answerer(edition, index=at(cluster).holding(Live(edition)).index)
        leader = cluster.leader()
        with Load(lambda question: theirs.answer(Question.parse(question)), asked) as load:
            for node in (leader % len(cluster.numbers) + 1, leader):
                load.await_answers(20)
                with cluster.cut_off(node):
                    load.await_answers(40)
            load.await_answers(20)
    assert load.other == []
    assert [question for _, question, answer in load.found if answer != expected[question]] == []
    assert {sentence.partition("): ")[2] for _, sentence in load.refused} <= REFUSED
