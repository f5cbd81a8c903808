"""The same question to the same edition gives the same answer: again, in another order, and from several threads."""

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question.asked import Question

GOLDEN = Path(__file__).parents[1] / "golden"
EDITION = ingest(BUNDLED).edition
TYPED = [
    json.loads(line)["question"]
    for name in ("before-lexicon.jsonl", "after-lexicon.jsonl")
    for line in (GOLDEN / name).read_text("utf-8").splitlines()
]
# Each as it was typed and in capitals, which is another question: no word of it is a name.
QUESTIONS = [Question.parse(text) for text in dict.fromkeys([*TYPED, *(text.upper() for text in TYPED)])]


def answers(answerer: Answerer, questions: list[Question]) -> dict[str, Answer]:
    return {question.text: answerer.answer(question) for question in questions}


def test_again_in_another_order_and_from_threads_the_answers_are_equal() -> None:
    assert len(QUESTIONS) >= 1_000
    expected = answers(Answerer(EDITION), QUESTIONS)
    answerer = Answerer(EDITION)
    shuffled = random.Random(2).sample(QUESTIONS, len(QUESTIONS))
    assert answers(answerer, shuffled) == expected
    assert answers(answerer, QUESTIONS) == expected
    fresh = Answerer(EDITION)
    with ThreadPoolExecutor(2) as pool:
        asked = [random.Random(seed).sample(QUESTIONS, len(QUESTIONS)) for seed in range(2)]
        for found in pool.map(answers, [fresh] * 2, asked):
            assert found == expected


# Every want has several equivalents, and their impacts are added up: the order of a set must not show in a last bit.
SUMS = """
from random import Random
from retrieval.answering import Answerer
from retrieval.words.lexicon import Lexicons
from retrieval.question.asked import Question
from retrieval.overview.summary import summarise
from tests.builders import edition
lexicons = Lexicons({"en": {"close": "gadget > bravo charlie, delta bravo, lantern, window, yellow, zebra"}})
for seed in range(40):
    rng = Random(seed)
    words = ["bravo", "charlie", "delta", "lantern", "window", "yellow", "zebra"]
    paragraphs = [" ".join(rng.choices(words, k=rng.randint(3, 9))).capitalize() + "." for _ in range(9)]
    of = edition(paragraphs)
    about = summarise(of.reports[0], "e", length=2, about=Question("gadget"), lexicons=lexicons)
    answer = Answerer(of, lexicons=lexicons).answer(Question("where is the gadget"))
    found = [(e.passage.id, e.score) for e in answer.excerpts]
    print([e.sentence_text for e in about.excerpts], found, answer.confidence)
"""


def test_processes_that_hash_otherwise_give_the_same_answers() -> None:
    def printed(seed: str) -> str:
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        root = Path(__file__).parents[2]
        ran = subprocess.run(
            [sys.executable, "-c", SUMS], env=environ, cwd=root, capture_output=True, text=True, check=True
        )
        return ran.stdout

    first, second = printed("1"), printed("2")
    assert first == second
    assert first.count("\n") == 40
