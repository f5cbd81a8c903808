"""What the program makes of the documents stands there as it makes it today: tables, transcripts, JSON, .env.example.

Where one of these tests fails after a change that was meant, ``python -m tests.tools.docs`` writes the documents anew.
"""

import json
import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.architecture.sources import CHECKOUT
from tests.tools.docs.documents import documents
from tests.tools.docs.makers import MAKERS, env_example
from tests.tools.docs.renewing import renewed

DOCUMENTS = documents()
ANEW = "write it anew with: python -m tests.tools.docs"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_the_program_would_make_it(name: str) -> None:
    """Runs every block of commands that can be run; moments and milliseconds may differ."""
    page = DOCUMENTS[name]
    assert page.text == renewed(page), ANEW


def test_every_made_part_stands_in_one_document() -> None:
    found = re.findall(r"^<!-- made: ([\w-]+) -->$", "\n".join(page.text for page in DOCUMENTS.values()), re.MULTILINE)
    assert sorted(found) == sorted(MAKERS)


def test_every_marker_belongs_to_a_part_that_is_made() -> None:
    """One that is misspelt would leave its block as somebody typed it."""
    known = re.compile(r"<!-- (?:ci: \w+|made: [\w-]+|end|printed|printed, lists cut) -->")
    for name, page in DOCUMENTS.items():
        comments = re.findall(r"<!--.*?-->", page.text)
        assert [comment for comment in comments if not known.fullmatch(comment)] == [], name
        assert page.text.count("<!-- made: ") == page.text.count("<!-- end -->"), name
        printed = re.findall(
            r"^```sh\n(?:(?!```)[^\n]*\n)*```\n(?:(?!```)[^\n]*\n)*?<!-- printed[^\n]*-->\n```", page.text, re.MULTILINE
        )
        assert len(printed) == page.text.count("<!-- printed"), name


def test_every_setting_stands_in_the_example_with_its_default(tmp_path: Path) -> None:
    example = (CHECKOUT / ".env.example").read_text("utf-8")
    assert example == env_example(), ANEW
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(?=[A-Z_]+=)", "", example, flags=re.MULTILINE), "utf-8")
    assert Settings.load({}, file) == Settings()


def test_the_fields_of_an_answer_stand_in_the_table_of_fields() -> None:
    """Of the object and of its excerpts, with those that only ``--explain`` gives."""
    page = DOCUMENTS["docs/json.md"]
    shown = next(json.loads(code) for language, code in page.fenced() if language == "json")
    described = {name for table in page.tables() for row in table for name in re.findall(r"`(\w+)`", row[0])}
    assert sorted({*shown, *shown["excerpts"][0]} - described) == []
