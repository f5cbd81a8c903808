"""How long do a question and a build take, beside other engines? ``python -m tests.benchmarks.search``

Every engine gets the same synthetic passages and questions. First each question goes to all engines in turn, so
that every engine finds the processor's caches full of what the others left there, as a bot does that has other work.
Then each engine gets many questions in a row, as search engines are compared elsewhere. A slow engine answers fewer of
them: it stops when its time is up. What else the machine does slows all of them alike: compare ratios.

Builds start from passages as lists of terms and end where the first question can be asked. rank-bm25, bm25s and ours
take the lists as they are. tantivy and FTS5 take text only: joining it with blanks and splitting it at them is counted
as theirs, and nothing else is done to words. One thread each.
"""

import argparse
import gc
import json
import math
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.index.bm25 import Hit, PassageIndex
from retrieval.index.compiled import bring
from tests.benchmarks.corpora import Corpus, zipf
from tests.benchmarks.drawing import draw
from tests.benchmarks.engines import ENGINES, K1, MOST, OURS, RANK_BM25, TOP, Ask, B, Build
from tests.benchmarks.figures import median, percentile, short, table

SIZES = (10, 1_000, 20_000, 100_000, 1_000_000)
LARGE = 200_000  # passages from which what is found is compared with exact sums: rank-bm25 is too slow
SEED = 20_250_315
QUESTIONS = 300
WARM_UP = 5  # questions
MOST_SECONDS = 5.0  # that one engine may answer questions, at one size
BUILD_SECONDS, MOST_BUILDS = 0.5, 50  # builds are repeated until they took so long together, or so often
IN_A_ROW = 50  # questions that one engine gets before the next has its turn
CHECKED = 5  # questions whose scores are compared


@dataclass(frozen=True, slots=True)
class Figures:
    """One engine at one size: microseconds a question where engines take turns and where each gets many ``in_a_row``,
    milliseconds for a build, questions that it answered in turn."""

    engine: str
    size: int
    median: float
    p95: float
    in_a_row: float
    build: float
    answered: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; the exit code is 1 where scores differ that must agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of passages")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="questions at most")
    parser.add_argument("--seed", type=int, default=SEED, help="of passages and questions")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of tables")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the figures as well, such as into an .svg")
    given = parser.parse_args(arguments)
    differs, measured = False, list[Figures]()
    for size in given.sizes:
        corpus = zipf(size, given.questions, given.seed)
        problems = disagreements(corpus)
        differs = differs or bool(problems)
        figures, missing = measure(size, corpus)
        measured += figures
        if given.json:
            print(json.dumps({"figures": [asdict(one) for one in figures], "missing": missing, "differs": problems}))
        else:
            print(report(size, figures, missing, problems), flush=True)
    if given.picture:
        draw(measured, given.picture)
    return int(differs)


def measure(size: int, corpus: Corpus) -> tuple[list[Figures], list[str]]:
    """The figures of every engine that is there, and why each other one is not."""
    built: dict[str, tuple[Ask, float]] = {}
    missing: list[str] = []
    for name, build in ENGINES.items():
        most, reason = MOST.get(name, (size, ""))
        if size > most:
            missing.append(f"{name} is left out: {reason}")
            continue
        try:
            built[name] = timed_build(build, corpus)
        except ImportError as error:
            missing.append(f"{name} is left out: {error}")
    for name, (ask, _) in built.items():
        for question in corpus.questions[: WARM_UP if name != RANK_BM25 else 1]:
            ask(question)
    gc.collect()
    gc.freeze()  # millions of words and lists would be gone through again and again
    asks = {name: ask for name, (ask, _) in built.items()}
    in_turn, in_a_row = (_times(asks, corpus.questions, at_once) for at_once in (1, IN_A_ROW))
    return [
        Figures(
            engine=name,
            size=size,
            median=1e6 * median(took),
            p95=1e6 * percentile(took, 95),
            in_a_row=1e6 * median(in_a_row[name]),
            build=1e3 * built[name][1],
            answered=len(took),
        )
        for name, took in in_turn.items()
    ], missing


def _times(asks: Mapping[str, Ask], questions: Sequence[Sequence[str]], at_once: int) -> Mapping[str, Sequence[float]]:
    """The seconds that each engine takes for each question; one has its turn for so many ``at_once``."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    order = deque(asks)
    for begin in range(0, len(questions), at_once):
        order.rotate()  # so that no engine always comes after the one that leaves the processor's caches coldest
        for name in order:
            for question in questions[begin : begin + at_once]:
                if sum(times[name]) < MOST_SECONDS:
                    started = perf_counter()
                    asks[name](question)
                    times[name].append(perf_counter() - started)
    return times


def timed_build(build: Build, corpus: Corpus) -> tuple[Ask, float]:
    """An engine, and the seconds that its build took: the median where it is short enough to be repeated."""
    build(corpus.passages[:TOP])  # what is imported or compiled at first use
    times: list[float] = []
    while True:
        gc.collect()
        started = perf_counter()
        ask = build(corpus.passages)
        times.append(perf_counter() - started)
        if sum(times) > BUILD_SECONDS or len(times) == MOST_BUILDS:
            return ask, median(times)
        del ask


def disagreements(corpus: Corpus) -> list[str]:
    """Where the best scores differ from rank-bm25's though they must agree.

    Ours must be the same to the last bit. bm25s's Robertson variant leaves out the factor ``k1 + 1``, computes in
    single precision and has another floor: it must agree where no term of the question is under the floor. tantivy and
    FTS5 use other values of idf and k1.
    """
    index = PassageIndex(corpus.passages, K1, B)
    reference = BM25Okapi(corpus.passages, k1=K1, b=B) if len(corpus.passages) < LARGE else index
    frequency = index.document_frequency
    compiling = bring()
    if compiling:
        compiling.join()
    problems: list[str] = []
    for question in corpus.questions[:CHECKED]:
        scores = reference.get_scores(question)
        shared = np.zeros(len(scores), np.int64)
        for term in set(question):
            shared[index.holding(term)] += 1
        touched = np.flatnonzero(shared)
        order = touched[np.lexsort((touched, -scores[touched]))][:TOP]
        best = [Hit(n, float(scores[n]), int(shared[n])) for n in order.tolist()]
        for index._accumulator.compiled.is_fit in (True, False):
            problems += [f"ours: {question}"] if index.search(question, TOP) != best else []
        if len(scores) < LARGE and all(2 * frequency[term] < len(scores) for term in question):
            problems += _bm25s_disagreement(corpus, question, sorted(scores.tolist(), reverse=True)[:TOP])
    return problems


def _bm25s_disagreement(corpus: Corpus, question: Sequence[str], best: Sequence[float]) -> list[str]:
    try:
        found: Any = ENGINES["bm25s, NumPy"](corpus.passages)(question)
    except ImportError:
        return []
    theirs = [float(score) * (K1 + 1) for score in found.scores[0]]
    agree = all(math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-4) for one, other in zip(theirs, best, strict=True))
    return [] if agree else [f"bm25s: {question}"]


def report(size: int, figures: Sequence[Figures], missing: Sequence[str], problems: Sequence[str]) -> str:
    """The figures of one size as a table, with ratios to our index as it would be built."""
    ours = next(one for one in figures if one.engine == OURS)
    rows = [
        [
            one.engine,
            short(one.median),
            short(one.p95),
            f"{one.median / ours.median:.2f}",
            short(one.in_a_row),
            f"{one.in_a_row / ours.in_a_row:.2f}",
            short(one.build),
            f"{one.build / ours.build:.2f}",
            str(one.answered),
        ]
        for one in figures
    ]
    heads = [
        f"{size:,} passages",
        "median, µs",
        "p95, µs",
        "x ours",
        "in a row, µs",
        "x ours",
        "build, ms",
        "x ours",
        "questions",
    ]
    agreement = problems or ["What is found agrees with rank-bm25." if size < LARGE else "What is found is exact."]
    return "\n".join([table(heads, rows), *missing, *agreement, ""])


if __name__ == "__main__":
    sys.exit(main())
