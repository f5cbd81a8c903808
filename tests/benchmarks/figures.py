"""Figures of a run: percentiles and small tables."""

from collections.abc import Sequence


def percentile(times: Sequence[float], number: int) -> float:
    """The nearest-rank percentile of at least one time."""
    rank = -(-number * len(times) // 100)  # rounded up
    return sorted(times)[max(rank, 1) - 1]


def median(times: Sequence[float]) -> float:
    """The middle one of at least one time; of two in the middle the lower."""
    return percentile(times, 50)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, columns aligned, all but the first to the right."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in (heads, rule, *rows)
    )


def short(number: float) -> str:
    """A number with about three digits that count, such as ``4.93``, ``62.1`` or ``161,000``."""
    if number >= 1000:
        step = 10 ** (len(str(int(number))) - 3)
        return f"{round(number / step) * step:,}"
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
