"""Puts labelled questions of several kinds together, for ``rapporteur fit`` to learn from.

    python -m tests.tools.training_set OUT --lines REPORTS QUESTIONS [MOST] … --texts FOLDER …

writes ``OUT/reports.jsonl`` and ``OUT/questions.jsonl``. ``--lines`` takes reports and questions a line each, and at
most so many of the questions, drawn by chance, none of an article that taught the vectors of words
(``tests.tools.word_sums``); ``--texts`` a folder of texts with their ``questions.jsonl``. What the bundled report is
asked (tests/golden) is always among them.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.files.jsonlines import objects
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.report import Report
from tests.tools.word_sums import teaches_vectors

GOLDEN = Path(__file__).parents[1] / "golden"
SEED = 7
WEIGHT = 3.0  # of a question on the bundled report: there is one such report, and many articles

Record = dict[str, Any]


def records(report: Report) -> Record:
    """A report as one line has it."""
    return {"report_id": report.id, "title": report.title, "paragraphs": [passage.text for passage in report.body]}


def lines(file: Path) -> list[Record]:
    """The objects of a file of one a line."""
    return [dict(found) for _, found in objects(file)]


def texts(folder: Path) -> tuple[list[Record], list[Record]]:
    """The reports of a folder of texts, and the questions on them."""
    return [records(report) for report in ingest(folder).edition.reports], lines(folder / "questions.jsonl")


def drawn(reports: Path, questions: Path, most: int) -> tuple[list[Record], list[Record]]:
    """So many of the questions, and the reports that they are asked of."""
    asked = [one for one in lines(questions) if not teaches_vectors(one.get("report_id") or one.get("report") or "")]
    if len(asked) > most:
        asked = random.Random(SEED).sample(asked, most)  # a reproducible choice, no secret
    named = {one.get("report_id") or one.get("report") for one in asked}
    return [report for report in lines(reports) if report["report_id"] in named], asked


def bundled() -> Iterator[tuple[list[Record], list[Record]]]:
    """The bundled report, and what it is asked."""
    report = ingest(BUNDLED).edition.reports[0]
    files = [GOLDEN / f"{name}-lexicon.jsonl" for name in ("before", "after")]
    yield [records(report)], [{**one, "report": report.id, "weight": WEIGHT} for file in files for one in lines(file)]


def main() -> None:
    """Put together what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.training_set", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lines", nargs="+", action="append", default=[], metavar="FILE")
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    parsed = parser.parse_args()
    sources = list(bundled())
    for reports, questions, *most in parsed.lines:
        sources.append(drawn(Path(reports), Path(questions), int(most[0]) if most else sys.maxsize))
    sources += map(texts, parsed.texts)
    parsed.out.mkdir(parents=True, exist_ok=True)
    for name, which in (("reports", 0), ("questions", 1)):
        found = [json.dumps(record, ensure_ascii=False) for source in sources for record in source[which]]
        (parsed.out / f"{name}.jsonl").write_text("\n".join(found) + "\n", "utf-8")
        sys.stdout.write(f"{len(found)} {name}\n")


if __name__ == "__main__":
    main()
