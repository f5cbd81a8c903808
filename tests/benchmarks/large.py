"""What does a question cost in a large library? ``python -m tests.benchmarks.large``

Writes a library of reports, refreshes it in the terminal, which for a million paragraphs takes a quarter of an hour,
and opens the edition that lies in its data directory, as a bot does at its start. Then it puts questions to it, each of
words that stand in one paragraph, twice: once when their passages were not read yet. The targets for a million: a
question 10 ms at the median and 40 ms at the 99th percentile, a start of 1.5 s, 1.5 GB of memory.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, thread_time

from bot.publishing.editions import Editions
from retrieval.answering import Answerer
from retrieval.index.compiled import bring
from retrieval.question.asked import Question
from tests.benchmarks.figures import percentile, short, table
from tests.benchmarks.library import questions, write_library
from tests.benchmarks.refresh import memory, refreshed
from tests.fakes.bot_process import CHECKOUT

REPORTS, PARAGRAPHS = 10_000, 100
QUESTIONS = 200
MILLISECONDS = 1e3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.large", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS, metavar="N", help="how many reports")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="how many questions")
    parser.add_argument("--fast", action="store_true", help="with the search compiled, which takes numba")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="library-") as directory:
        place = Path(directory)
        write_library(place / "reports", given.reports, PARAGRAPHS)
        print(f"{given.reports} reports of {PARAGRAPHS} paragraphs, read in {refreshed(CHECKOUT, place, 'data')}")
        compiling = bring() if given.fast else None
        if compiling:
            compiling.join()
        _ask(place, questions(place / "reports", given.questions))
    return 0


def _ask(place: Path, asked: Sequence[str]) -> None:
    began = perf_counter()
    opened = Editions.beside(place / "data").newest()
    if opened is None:
        raise SystemExit("the refresh left no edition behind")
    answerer = Answerer(opened.edition, prepared=opened.prepared)
    answerer.prepare()
    print(f"opened and prepared after {perf_counter() - began:.2f} s\n")
    rows = []
    for name in ("once", "once more"):
        times, spent = list[float](), list[float]()
        for question in asked:
            start, used = perf_counter(), thread_time()
            answerer.answer(Question.parse(question))
            times.append(MILLISECONDS * (perf_counter() - start))
            spent.append(MILLISECONDS * (thread_time() - used))
        rows.append([name, *(short(percentile(of, rank)) for of in (times, spent) for rank in (50, 99))])
    print(table(["milliseconds a question", "p50", "p99", "processor p50", "p99"], rows))
    print(f"\nmemory: {memory('self', 'VmRSS')} MiB, of which {memory('self', 'RssAnon')} MiB its own")


if __name__ == "__main__":
    sys.exit(main())
