"""ARCHITECTURE.md is a map: it answers "where is …?" with files that exist, and leaves no package out."""

import re

from tests.architecture.sources import CHECKOUT, ROOMS
from tests.tools.docs.documents import documents

MAP = documents()["ARCHITECTURE.md"]
LEAST_QUESTIONS = 25
_FILE = re.compile(r"(?:bot|corpus|retrieval|tests|deploy)/[\w./-]*|pyproject\.toml")


def answers() -> dict[str, list[str]]:
    """Each question of the map with the files that answer it."""
    rows = [row for table in MAP.tables() for row in table if row[0].endswith("?") or "? " in row[0]]
    return {row[0]: [span for span in re.findall(r"`([^`]+)`", row[1]) if _FILE.fullmatch(span)] for row in rows}


def test_there_is_an_answer_to_every_question() -> None:
    found = answers()
    assert len(found) >= LEAST_QUESTIONS
    assert [question for question, files in found.items() if not files] == []


def test_every_file_of_the_map_exists() -> None:
    named = {span for span in MAP.spans() if _FILE.fullmatch(span)}
    assert sorted(name for name in named if not (CHECKOUT / name).exists()) == []


def test_every_package_stands_on_the_map() -> None:
    packages = {file.parent.relative_to(CHECKOUT) for room in ROOMS for file in (CHECKOUT / room).rglob("__init__.py")}
    assert sorted(f"{package.as_posix()}/" for package in packages if f"`{package.as_posix()}/`" not in MAP.text) == []
