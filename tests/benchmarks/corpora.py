"""Passages and questions out of a seed: the same ones for everything that is compared."""

from itertools import islice
from typing import NamedTuple

import numpy as np

VOCABULARY = 50_000  # terms
MEAN_LENGTH = 60  # terms a passage
# Zipf-Mandelbrot, for stop words never reach an index. The values and the lengths follow 7,480 paragraphs of Wikipedia
# articles and 4,000 questions about them (SQuAD 1.1, Rajpurkar et al., 2016), analysed as passages are: the terms of
# half of the questions stand, added up, in more than 15 % of the paragraphs.
EXPONENT, OFFSET = 0.95, 20

PORTION = 10_000  # passages drawn at a time

# What people may want to know from the bundled report.
ASKED = (
    "Where were the bodies found?",
    "Who was killed?",
    "How many people died?",
    "When did the executions take place?",
    "What do the experts call for?",
    "Who is said to be responsible?",
    "What happened to the child?",
    "Was anyone wounded?",
    "Why were the civilians killed?",
    "What does international law say about it?",
)


class Corpus(NamedTuple):
    """Passages and questions, both as lists of terms."""

    passages: list[list[str]]
    questions: list[list[str]]


def zipf(size: int, questions: int, seed: int) -> Corpus:
    """``size`` passages of 20 to 100 terms, and questions of 3 to 8 terms that stand together in some passage.

    A passage costs 8 bytes a term: the same words are the same objects. A million take half a minute and 0.6 GB.
    """
    dice = np.random.default_rng(seed)
    terms = [f"term{rank}" for rank in range(1, VOCABULARY + 1)]
    upto = np.cumsum((np.arange(1, VOCABULARY + 1) + OFFSET) ** -EXPONENT)
    upto /= upto[-1]
    spread = MEAN_LENGTH - 20
    passages: list[list[str]] = []
    while len(passages) < size:
        lengths = dice.integers(
            MEAN_LENGTH - spread, MEAN_LENGTH + spread, min(PORTION, size - len(passages)), endpoint=True
        )
        drawn = map(terms.__getitem__, upto.searchsorted(dice.random(int(lengths.sum()))).tolist())
        passages += (list(islice(drawn, length)) for length in lengths.tolist())
    asked: list[list[str]] = []
    for _ in range(questions):
        held = sorted(set(passages[int(dice.integers(size))]))
        several = dice.choice(len(held), min(int(dice.integers(3, 8, endpoint=True)), len(held)), replace=False)
        asked.append([held[number] for number in several.tolist()])
    return Corpus(passages, asked)
