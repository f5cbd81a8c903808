"""The command line in-process, and the report that most of its tests ask."""

import json
import re
from collections.abc import Callable
from typing import NamedTuple

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
MANIFEST = """\
[[report]]
id = "mission"
file = "mission.txt"
title = "Report of the mission"
publisher = "The Mission"
date = 2024-05-01
url = "https://example.org/mission"
symbol = "A/HRC/56/1"
note = "This report speaks of hardship."
"""
SOURCE = "Report of the mission, paragraph {}, A/HRC/56/1, The Mission, 1 May 2024"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def key(run: Run, label: str) -> str:
    """The lasting citation of a passage."""
    found = json.loads(run("passage", f"mission:{label}", "--json").out)
    return str(re.findall(r"\[(.*)\]$", found["citation"])[0])


def edition(run: Run) -> str:
    return str(json.loads(run("reports", "--json").out)["edition"])
