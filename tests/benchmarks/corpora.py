"""Passages and questions out of a seed: the same ones for everything that is compared."""

import random
from itertools import accumulate
from typing import NamedTuple

VOCABULARY = 50_000  # terms
MEAN_LENGTH = 60  # terms a passage
# Zipf-Mandelbrot, for stop words never reach an index. The values and the lengths follow 7,480 paragraphs of Wikipedia
# articles and 4,000 questions about them (SQuAD 1.1, Rajpurkar et al., 2016), analysed as passages are: the terms of
# half of the questions stand, added up, in more than 15 % of the paragraphs.
EXPONENT, OFFSET = 0.95, 20

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
    """``size`` passages of 20 to 100 terms, and questions of 3 to 8 terms that stand together in some passage."""
    dice = random.Random(seed)
    terms = [f"term{rank}" for rank in range(1, VOCABULARY + 1)]
    weights = list(accumulate((rank + OFFSET) ** -EXPONENT for rank in range(1, VOCABULARY + 1)))
    spread = MEAN_LENGTH - 20
    passages = [
        dice.choices(terms, cum_weights=weights, k=dice.randint(MEAN_LENGTH - spread, MEAN_LENGTH + spread))
        for _ in range(size)
    ]
    asked = [dice.sample(sorted(set(dice.choice(passages))), dice.randint(3, 8)) for _ in range(questions)]
    return Corpus(passages, asked)
