"""What does one question cost as a whole process? ``python -m tests.benchmarks.startup``

``rapporteur ask`` beside the imports that nothing like it can do without: ``python -c "import rank_bm25, pydantic"``.
The two run in turn, in a folder and with a data directory of their own. The target: at most 1.6 times as long.
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.figures import median, percentile, table

TARGET = 1.6
RUNS = 40
QUESTION = "Where were the bodies found?"
YARDSTICK = (sys.executable, "-c", "import rank_bm25, pydantic")


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one command, from before its start to after its end: elapsed, and spent by the processor."""

    command: str
    median: float
    p95: float
    fastest: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="runs of each command")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    program = Path(sysconfig.get_path("scripts")) / "rapporteur"
    commands = {"rapporteur ask": (str(program), "ask", QUESTION), "import rank_bm25, pydantic": YARDSTICK}
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        costs = measure(commands, given.runs, Path(folder))
    ours, yardstick = costs
    ratio, processor = ours.median / yardstick.median, ours.processor / yardstick.processor
    if given.json:
        print(json.dumps({"costs": [asdict(cost) for cost in costs], "ratio": ratio, "processor_ratio": processor}))
        return 0
    rows = [[c.command, *(f"{value:.1f}" for value in (c.median, c.p95, c.fastest, c.processor))] for c in costs]
    print(table([f"{given.runs} runs", "median, ms", "p95, ms", "fastest, ms", "processor, ms"], rows))
    print(f"Ratio of the medians: {ratio:.2f} (target: {TARGET}); of the processor's time: {processor:.2f}")
    return 0


def measure(commands: Mapping[str, Sequence[str]], runs: int, folder: Path) -> list[Cost]:
    """The cost of each command, all of them run in turn."""
    passed = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    # HOME decides where the data directory is; a variable of ours would have to be read with pydantic's models.
    environ = passed | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    elapsed: dict[str, list[float]] = {name: [] for name in commands}
    processor: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            spent, started = _spent_by_children(), perf_counter()
            subprocess.run(command, cwd=folder, env=environ, stdout=subprocess.PIPE, check=True)
            if number:  # the first of each warms the disk's cache and the bytecode up
                elapsed[name].append(1e3 * (perf_counter() - started))
                processor[name].append(1e3 * (_spent_by_children() - spent))
    return [
        Cost(name, median(took), percentile(took, 95), min(took), median(processor[name]))
        for name, took in elapsed.items()
    ]


def _spent_by_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
