"""Draws what ``tests.benchmarks.search`` measured: microseconds a question over passages, a line for each engine."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.search import Figures

_PANELS: Sequence[tuple[str, "Callable[[Figures], float]"]] = (
    ("engines take turns", lambda one: one.median),
    ("each gets many questions in a row", lambda one: one.in_a_row),
)
_OURS = "ours"
_WIDTH, _HEIGHT = 11.0, 5.0  # inches


def draw(measured: "Sequence[Figures]", file: Path) -> None:
    """Write the picture into ``file``, in the format that its ending names; takes matplotlib, of the extra bench."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("Agg")
    # Nothing of the day or of chance: the same figures give the same file.
    matplotlib.rcParams |= {"svg.hashsalt": "rapporteur", "svg.fonttype": "none", "font.size": 9}
    pyplot: Any = import_module("matplotlib.pyplot")
    lines: defaultdict[str, list[Figures]] = defaultdict(list)
    for one in measured:
        lines[one.engine].append(one)
    figure, panels = pyplot.subplots(1, len(_PANELS), figsize=(_WIDTH, _HEIGHT), sharey=True, layout="constrained")
    for panel, (title, value) in zip(panels, _PANELS, strict=True):
        for engine, figures in lines.items():
            is_ours = engine.startswith(_OURS)
            panel.plot(
                [one.size for one in figures],
                [value(one) for one in figures],
                label=engine,
                marker="o" if is_ours else ".",
                linewidth=2.2 if is_ours else 1.1,
            )
        panel.set(title=title, xscale="log", yscale="log", xlabel="passages")
        panel.grid(visible=True, which="major", alpha=0.3)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("microseconds a question, median")
    panels[0].legend(frameon=False)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
