"""The same question to the same edition gives the same answer: again, in another order, and from several threads."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus.ingest import BUNDLED, ingest
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question import Question

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
