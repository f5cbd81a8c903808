"""Tables, drawn by rich: for commands that take their time, since importing rich takes longer than an answer.

Whatever stands in a cell is text; none of it is markup, and what a terminal would act on is made visible.
"""

from collections.abc import Sequence
from io import StringIO
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.saying.text import visible
from bot.terminal.draw import Style

GAP = 2  # columns between two cells
_AS_WIDE_AS_IT_COMES = 10_000


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> str:
    """Columns under bold heads, the first to the left, the others to the right; without a line break at the end.

    Where it is too wide for ``style``, what stands in brackets in a cell goes into a row of its own; where that is not
    enough, cells are wrapped. Without a width nothing is.
    """
    made = _table(heads, rows)
    if style.width is not None and _console(StringIO(), Style()).measure(made).maximum > style.width:
        made = _table(heads, [[cell.replace(" [", "\n[") for cell in row] for row in rows])
    file = StringIO()
    _console(file, style).print(made)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for number, head in enumerate(heads):
        made.add_column(Text(visible(head)), justify="right" if number else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(visible(cell)) for cell in row))
    return made


def _console(file: TextIO, style: Style) -> Console:
    """Writes into ``file`` in this style, whatever the environment asks for: the style has that in it."""
    return Console(
        file=file,
        width=style.width or _AS_WIDE_AS_IT_COMES,
        color_system="standard" if style.colour else None,
        force_terminal=style.colour,
        legacy_windows=False,
        _environ={},
    )
