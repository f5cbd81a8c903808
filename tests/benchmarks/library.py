"""A library of reports as files, out of a seed: what a bot of many long reports has to read.

The words are made up of syllables, as frequent as the terms of ``corpora.zipf``; sentences and paragraphs are as long
as those of press releases.
"""

import random
from itertools import accumulate
from pathlib import Path

from tests.benchmarks.corpora import EXPONENT, OFFSET, VOCABULARY

SYLLABLES = tuple(c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s"))
SENTENCES = 3  # a paragraph
WORDS = 20  # a sentence


def write_library(folder: Path, reports: int, paragraphs: int, seed: int = 7) -> None:
    """So many text files of a title and so many paragraphs each, named report-0001.txt and so on."""
    dice = random.Random(seed)
    words = _words(dice)
    weights = list(accumulate((rank + OFFSET) ** -EXPONENT for rank in range(1, len(words) + 1)))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, reports + 1):
        drawn = iter(dice.choices(words, cum_weights=weights, k=paragraphs * SENTENCES * WORDS))
        body = [
            " ".join(" ".join(next(drawn) for _ in range(WORDS)).capitalize() + "." for _ in range(SENTENCES))
            for _ in range(paragraphs)
        ]
        text = "\n\n".join((f"Report {number} of the library", *body))
        (folder / f"report-{number:04}.txt").write_text(text + "\n", encoding="utf-8")


def questions(folder: Path, count: int, seed: int = 7) -> list[str]:
    """So many questions, each of four words that stand in one paragraph of the library."""
    dice = random.Random(seed)
    files = sorted(folder.glob("*.txt"))
    asked = []
    for _ in range(count):
        paragraph = dice.choice(dice.choice(files).read_text(encoding="utf-8").split("\n\n")[1:])
        words = sorted({word.strip(".\n").lower() for word in paragraph.split()})
        asked.append("Where was " + " ".join(dice.sample(words, 4)) + "?")
    return asked


def _words(dice: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))] = None
    return list(found)
