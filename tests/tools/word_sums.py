"""The vectors of words whose sums stand for sentences: ``retrieval/language/en/sums.bin``.

``apt-get install wordnet-base`` and ``pip install -e '.[vectors]'``, then ``python -m tests.tools.word_sums REPORTS
QUESTIONS`` with SQuAD's training half, a report and a question a line.

A model of sentences gives the vector of a whole text; here every term and stop word gets a vector of its own, so that
the sum over a text comes near to that, in direction (Aarsen, "Static embeddings", 2025; Tulkens and van Dongen,
"Model2Vec", 2024). And of a question and sentences of its article, the cosines come near to the model's own: their
softmax is learned from the model's (Hinton et al., "Distilling the knowledge in a neural network", 2015).

It reads the glosses of WordNet 3 (Debian's package wordnet-base), and articles of SQuAD with their questions: that half
of them from which ``tests.tools.training_set`` takes nothing, since weights that are fitted on texts which the vectors
have read trust them too far. Besides, pieces of sentences and handfuls of words, which is how people type. Seeded.
"""

import argparse
import datetime as dt
import hashlib
import importlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.files.jsonlines import objects
from retrieval.language import language
from retrieval.words.terms import analyzer_of
from retrieval.words.vectors import WIDTH, written
from tests.tools.near_words import FOLDER, WORDS, axes, encoded, terms, words

Rows = NDArray[np.float64]

FITTED, NUMBERS = 192, 96  # numbers that are fitted, and how many of them are kept: trials found as much with these
SEED, SHUFFLED = 3, 0  # of what is drawn by chance, and of the order of the glosses
GLOSSES = 110_000  # of WordNet's
PIECES, HANDFULS = 2, 40_000  # pieces of a sentence; handfuls of words
SHORTEST = 20  # characters that a sentence has more than
STEPS, RATE = 4_000, 0.005  # of Adam
TEXTS = 512  # a step
QUESTIONS, BESIDE = 12, 24  # a step, and sentences that each is compared with
TEMPERATURE = 0.05
RELATED = 0.3  # what the cosines count, beside the vectors themselves
COMMON = 1e-3  # words that stand in a larger share of the texts begin with shorter vectors (Arora et al., 2017)
_SENTENCE = re.compile(r'(?<=[.!?])\s+(?=[A-Z"“(])')


def teaches_vectors(report_id: str) -> bool:
    """Whether an article teaches the vectors; one that does not may teach the weights."""
    return int(hashlib.md5(report_id.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by its number among the texts, its article, and which of the article's sentences answer."""

    text: int
    article: str
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is learned from: ``texts``, for each article the numbers of its sentences with their paragraphs, and what is
    asked of it."""

    texts: Sequence[str]
    articles: Mapping[str, Sequence[tuple[int, int]]]
    asked: Sequence[Asked]


def corpus(reports: Path, questions: Path, wordnet: Path, frequent: Sequence[str]) -> Corpus:
    """The texts of those articles that teach vectors, of WordNet, and what is made of them."""
    texts: dict[str, int] = {}
    articles: dict[str, list[tuple[int, int]]] = {}
    places: dict[str, list[tuple[int, int, int]]] = {}  # paragraph, begin and end of each sentence
    sentences: list[str] = []
    for report in _lines(reports):
        if not teaches_vectors(report["report_id"]):
            continue
        own, spans = articles.setdefault(report["report_id"], []), places.setdefault(report["report_id"], [])
        for paragraph, text in enumerate(report["paragraphs"]):
            end = 0
            for sentence in _SENTENCE.split(text):
                begin = text.index(sentence, end)
                end = begin + len(sentence)
                if len(sentence) > SHORTEST:
                    sentences.append(sentence)
                    own.append((texts.setdefault(sentence, len(texts)), paragraph))
                    spans.append((paragraph, begin, end))
    asked = []
    for one in _lines(questions):
        if one["report_id"] in articles:
            spans = places[one["report_id"]]
            right = tuple(n for n, place in enumerate(spans) if _covers(place, one["gold"]))
            if right:
                number = texts.setdefault(one["question"], len(texts))
                asked.append(Asked(number, one["report_id"], right))
    rng = random.Random(SEED)
    for text in (*_glosses(wordnet), *_pieces(sentences, rng), *_handfuls(frequent, rng)):
        texts.setdefault(text, len(texts))
    return Corpus(list(texts), articles, asked)


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    return (found for _, found in objects(file))


def _covers(place: tuple[int, int, int], gold: Sequence[Mapping[str, Any]]) -> bool:
    paragraph, begin, end = place
    return any(
        one["par"] == paragraph and any(begin <= start and stop <= end for start, stop in one["spans"]) for one in gold
    )


def _glosses(wordnet: Path) -> list[str]:
    """Some of WordNet's: "dog, domestic dog: a member of the genus Canis", and its examples."""
    found = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text("utf-8").split("\n"):
            head, bar, gloss = line.partition("|")
            if not bar or line.startswith(" "):
                continue
            fields = head.split()
            words = (fields[4 + 2 * n].replace("_", " ").split("(")[0] for n in range(int(fields[3], 16)))
            first, *examples = (piece.strip() for piece in gloss.strip().split(";"))
            found.append(f"{', '.join(words)}: {first}")
            found += [example for piece in examples if len(example := piece.strip('" ')) > 15]
    random.Random(SHUFFLED).shuffle(found)
    return found[:GLOSSES]


def _pieces(sentences: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Stretches of three to nine words."""
    for sentence in sentences:
        words = sentence.split()
        for _ in range(PIECES):
            length = rng.randint(3, 9)
            if len(words) > length + 2:
                begin = rng.randrange(len(words) - length)
                yield " ".join(words[begin : begin + length]).strip(",;.")


def _handfuls(frequent: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Two to five words that have nothing to do with each other, the more frequent the likelier."""
    for _ in range(HANDFULS):
        length = rng.randint(2, 5)
        yield " ".join(frequent[int(len(frequent) * rng.random() ** 2)] for _ in range(length))


def tokens(text: str, tag: str = "en") -> list[str]:
    """The terms of a text, and its stop words as they are."""
    analyzer = analyzer_of(tag)
    stop_words = language(tag).stop_words
    terms = [term.key for term in analyzer.terms(text)]
    return [*terms, *(word.text for word in analyzer.words(text) if word.text in stop_words)]


def fitted(found: Corpus, taught: Rows, begin: Mapping[str, Rows], tell: Callable[[str], None]) -> Rows:
    """A vector for each term of ``begin`` in its order, which is where it begins; ``taught`` has the model's vector of
    each text. All have as many numbers."""
    torch: Any = importlib.import_module("torch")  # of the extra "vectors", without types that are worth their while
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    numbers = {term: n for n, term in enumerate(begin)}
    held = [np.array([numbers[token] for token in tokens(text) if token in numbers], np.int64) for text in found.texts]
    useful = np.array([n for n, row in enumerate(held) if len(row)])
    counts = np.bincount(np.concatenate([np.unique(row) for row in held]), minlength=len(numbers))
    start = np.array(list(begin.values())) * (COMMON / (COMMON + counts / len(held)))[:, None]
    vectors = torch.nn.EmbeddingBag(len(numbers), start.shape[1], mode="sum")
    vectors.weight.data = torch.tensor(start, dtype=torch.float32)
    target = torch.tensor(taught / np.linalg.norm(taught, axis=1, keepdims=True), dtype=torch.float32)
    adam = torch.optim.Adam(vectors.parameters(), lr=RATE)
    asked = [one for one in found.asked if len(held[one.text])]

    def sums(texts: Sequence[int]) -> Any:  # noqa: ANN401 - a tensor, shape (texts, numbers), rows of length 1
        lengths = [len(held[n]) for n in texts]
        begins = np.cumsum([0, *lengths[:-1]])
        total = vectors(torch.tensor(np.concatenate([held[n] for n in texts])), torch.tensor(begins))
        return total / (total.norm(dim=1, keepdim=True) + 1e-6)

    for step in range(STEPS):
        for group in adam.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        chosen = rng.choice(useful, TEXTS).tolist()
        loss = (1 - (sums(chosen) * target[chosen]).sum(1)).mean()
        if asked:
            some = [asked[n] for n in rng.integers(len(asked), size=QUESTIONS)]
            texts = [_beside(found, one, rng) for one in some]
            flat = [n for row in texts for n in row]
            own = (sums(flat).view(QUESTIONS, BESIDE, -1) * sums([one.text for one in some])[:, None]).sum(2)
            theirs = target[flat].view(QUESTIONS, BESIDE, -1) * target[[one.text for one in some]][:, None]
            expected = torch.softmax(theirs.sum(2) / TEMPERATURE, 1)
            apart = expected * (expected.log() - torch.log_softmax(own / TEMPERATURE, 1))
            loss = loss + RELATED * apart.sum(1).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        if step % 500 == 499:
            tell(f"step {step + 1} of {STEPS}: {float(loss.detach()):.3f}")
    return np.asarray(vectors.weight.detach().numpy(), np.float64)


def _beside(found: Corpus, one: Asked, rng: np.random.Generator) -> list[int]:
    """The texts that a question is compared with: a sentence that answers, some of its paragraph, and others."""
    sentences = found.articles[one.article]
    right = one.right[int(rng.integers(len(one.right)))]
    near = [n for n, (_, paragraph) in enumerate(sentences) if paragraph == sentences[right][1] and n != right][:6]
    rest = rng.integers(len(sentences), size=BESIDE - 1 - len(near)).tolist()
    return [sentences[n][0] for n in (right, *near, *rest)]


def packed(rows: Rows) -> tuple[NDArray[np.int8], NDArray[np.uint8]]:
    """The rows, each scaled to fill 8 bits, and what each counts in a sum, from 1 to 255."""
    most = np.abs(rows).max(axis=1)
    scaled: Rows = np.round(rows / most[:, None] * 127)
    weights: Rows = np.maximum(np.round(most / most.max() * 255), 1)
    return scaled.astype(np.int8), weights.astype(np.uint8)


def main() -> None:
    """Fit the vectors, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--output", type=Path, default=FOLDER / "en" / "sums.bin")
    asked = parser.parse_args()
    frequent = words("en", WORDS)
    begin = terms(frequent, encoded(frequent))
    stop_words = sorted(word for word in language("en").stop_words if word.isascii() and len(word) <= WIDTH)
    begin |= {word: row for word, row in zip(stop_words, encoded(stop_words), strict=True) if word not in begin}
    begin = dict(sorted(begin.items()))
    found = corpus(asked.reports, asked.questions, asked.wordnet, frequent)
    taught = encoded(found.texts)
    cut = axes(taught, FITTED)
    vectors = fitted(found, taught @ cut, {term: row @ cut for term, row in begin.items()}, print)
    rows, weights = packed(vectors[:, :NUMBERS])
    provenance = {
        "what": f"Vectors of the terms of {len(frequent)} English words and of the stop words, fitted so that their"
        f" sums stand for {len(found.texts)} whole texts; the first {NUMBERS} of {FITTED} numbers.",
        "model": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "texts": "SQuAD v1.1, training half, CC BY-SA 4.0; glosses of WordNet 3.0, Princeton University",
        "words": "wordfreq 3.1 by Robyn Speer, data CC BY-SA 4.0, the most frequent words; and those of our lexicon",
        "made": f"{dt.datetime.now(dt.UTC).date()} by python -m tests.tools.word_sums",
    }
    output: Path = asked.output
    output.write_bytes(written(list(begin), rows, provenance, weights=weights))
    print(f"{len(begin)} terms, {output.stat().st_size} bytes: {output}")


if __name__ == "__main__":
    main()
