"""How long a check of quotations takes: of one in a library of 20,000 passages, and of a page of prose with 30.

python -m tests.benchmarks.quotations
"""

import random
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from bot.commands.quote import page
from bot.saying.templates import load
from bot.service.service import Service
from corpus.ingest.pipeline import BUNDLED
from tests.benchmarks.library import write_library

REPORTS, PARAGRAPHS = 200, 100
QUOTATIONS = 30
SEED = 7


def changed(sentence: str, dice: random.Random) -> str:
    """A sentence with one word replaced."""
    words = sentence.split()
    words[dice.randrange(len(words))] = "altered"
    return " ".join(words)


def times(check: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """The milliseconds that each takes."""
    found = []
    for text in texts:
        started = perf_counter()
        check(text)
        found.append((perf_counter() - started) * 1000)
    return found


def told(name: str, found: Sequence[float]) -> None:
    """Print the median and the longest."""
    print(f"{name:34}median {statistics.median(found):8.1f} ms   longest {max(found):8.1f} ms")


def library(dice: random.Random) -> None:
    """One quotation at a time of each kind, in a large library."""
    with tempfile.TemporaryDirectory() as folder:
        write_library(Path(folder), REPORTS, PARAGRAPHS)
        service = Service.of_folder(Path(folder))
    snapshot = service.snapshot()
    passages = list(snapshot.live.edition.passages())
    _ = snapshot.checker
    drawn = [dice.choice(passages) for _ in range(2 * QUOTATIONS)]
    sentences = [passage.cut(passage.sentence(0)) for passage in drawn]
    one, other = sentences[:QUOTATIONS], sentences[QUOTATIONS:]
    print(f"{len(passages)} passages, {QUOTATIONS} quotations of each kind")
    told("the first of all", times(lambda text: snapshot.quote(text)(), one[:1]))
    told("exact", times(lambda text: snapshot.quote(text)(), one))
    told("typographic", times(lambda text: snapshot.quote(text.upper())(), one))
    told("altered", times(lambda text: snapshot.quote(changed(text, dice))(), one))
    halves = [f"{a.rstrip('.')} and {b.lower()}" for a, b in zip(one, other, strict=True)]
    told("joined", times(lambda text: snapshot.quote(text)(), halves))
    words = [word for text in sentences for word in text.split()]
    invented = [" ".join(dice.sample(words, 20)) for _ in range(QUOTATIONS)]
    told("not found", times(lambda text: snapshot.quote(text)(), invented))
    told("not found, 4,000 characters", times(lambda text: snapshot.quote(text)(), [" ".join(words)[:4_000]] * 3))


def prose(dice: random.Random) -> None:
    """A page of prose with 30 quotations, true and changed, of the bundled report."""
    snapshot = Service.of_folder(BUNDLED).snapshot()
    passages = list(snapshot.live.edition.passages())
    sentences = [passage.cut(passage.sentence(n)) for passage in passages for n in range(len(passage.sentences))]
    quoted = [dice.choice(sentences) for _ in range(QUOTATIONS)]
    bare = [text.strip('“”"') for text in quoted]
    lines = [f"It says: “{text if n % 2 else changed(text, dice)}”." for n, text in enumerate(bare)]
    started = perf_counter()
    checked = list(page(snapshot, load(), "\n\n".join(lines)))
    milliseconds = (perf_counter() - started) * 1000
    print(f"a page with {len(checked)} quotations, the index included: {milliseconds:.0f} ms")


if __name__ == "__main__":
    seeded = random.Random(SEED)
    print(f"seed {SEED}")
    prose(seeded)
    library(seeded)
