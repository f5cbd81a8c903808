"""One report in every format: what is read of it, side by side.

python -m tests.benchmarks.formats
"""

from collections import Counter

from corpus.parsing.parse import Parsed, parse
from corpus.passage import Kind
from tests.benchmarks.figures import table
from tests.corpus.readers.formats import FORMATS
from tests.corpus.readers.written import NOTES, TABLE, parts

_ROW = 60  # characters
HEADS = ("format", "body", "numbers", "items", "rows", "headings", "notes", "calls", "title", "date", "torn")


def read(name: str) -> Parsed:
    """The written report, read from that format."""
    suffix, write = FORMATS[name]
    return parse(write(), suffix, "maro")


def figures(parsed: Parsed) -> tuple[str, ...]:
    """What is counted of a report that was read."""
    passages = parsed.passages
    kinds = Counter(passage.kind for passage in passages)
    body = [passage for passage in passages if passage.kind is Kind.BODY]
    printed = [
        passage for passage in body if isinstance(passage.locator.paragraph, int) and passage.locator.part is None
    ]
    return (
        str(kinds[Kind.BODY]),
        str(len({passage.locator.label for passage in printed if not passage.lead})),
        str(sum("(" in str(passage.locator.paragraph) for passage in body)),
        str(sum(_is_row(passage.text) for passage in body)),
        str(kinds[Kind.HEADING]),
        str(kinds[Kind.NOTE]),
        str(sum(len(passage.marks) for passage in passages)),
        "yes" if parsed.facts.title else "no",
        str(parsed.facts.date or "no"),
        str(sum(any(passage.torn) for passage in passages if passage.kind is Kind.BODY)),
    )


def _is_row(text: str) -> bool:
    return any(all(cell in text for cell in row) and len(text) < _ROW for row in TABLE)


def main() -> None:
    """Print the table."""
    written = Counter(part.kind for part in parts())
    rows_told = str(len(TABLE) - 1)  # the heads of the columns are quoted with them
    expected = ("written", "", str(written["paragraph"]), str(written["item"]), rows_told, str(written["heading"]))
    rows: list[tuple[str, ...]] = [(*expected, str(len(NOTES)), str(len(NOTES)), "yes", "2024-05-03", "0")]
    rows += [(name, *figures(read(name))) for name in FORMATS]
    print(table(HEADS, rows))


if __name__ == "__main__":
    main()
