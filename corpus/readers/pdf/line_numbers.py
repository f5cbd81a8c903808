"""The numbers of the lines of a pleading or a transcript, which stand in the margin and are none of its words."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf.glyphs import Run

_FEWEST = 15  # lines, where each is numbered
_FEWEST_STEPS = 4  # where every fifth is
_STEPS = (1, 5)
_EVEN = 0.35  # of the usual distance: how far a line may stand from its place
_BEFORE = 0.1  # of the words that may begin left of the numbers: what is hung out


def parted(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The runs of a page without the numbers of its lines, and these; none where there are no such.

    Numbers of paragraphs may look alike. They count on from page to page, and stand at uneven distances.
    """
    words = sorted(run.left for run in runs if not run.text.isdecimal())
    edge = words[int(_BEFORE * len(words))] if words else 0.0
    found = sorted((run for run in runs if run.text.isdecimal() and run.right <= edge), key=lambda run: -run.y)
    while found and not _are_counted(found):
        found.pop()  # the number of the page stands under them
        if len(found) < _FEWEST_STEPS:
            return list(runs), []
    held = set(map(id, found))
    return [run for run in runs if id(run) not in held], found


def _are_counted(runs: Sequence[Run]) -> bool:
    step = int(runs[0].text)
    counted = [int(run.text) for run in runs]
    if step not in _STEPS or counted != [step * number for number in range(1, len(runs) + 1)]:
        return False
    distances = sorted(above.y - run.y for above, run in pairwise(runs))
    if len(runs) < (_FEWEST if step == 1 else _FEWEST_STEPS) or not distances:
        return False
    usual = distances[len(distances) // 2]
    return all(abs(one - usual) <= _EVEN * usual for one in distances)
