"""The lists of words by which lines are judged."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words() -> dict[str, frozenset[str]]:
    """The lists of ``words.toml``, where each is explained."""
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: frozenset(told.split()) for name, told in lists.items()}
