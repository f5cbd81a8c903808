"""Quotations with the verdict that is right, of the bundled report and of short reports in English and French."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.quotation.checking import Checker
from retrieval.search.scope import Scope

FOLDER = Path(__file__).parent / "quotes"
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text("utf-8").splitlines()]
FEWEST = 80
KINDS = """
whole part marks lines number hedge not names word insertion merged ellipsis translated invented speaker
"""


@pytest.fixture(scope="module")
def checker() -> Checker:
    edition = ingest((BUNDLED, FOLDER / "reports")).edition
    return Checker(edition, Scope(edition.reports))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['kind']}")
def test_a_quotation_is_judged_rightly(checker: Checker, case: dict[str, Any]) -> None:
    """The verdict; and, where the case tells them, what differs, what is cut off, and the passage that is quoted."""
    found = checker.check(case["text"])
    told: dict[str, Any] = {"verdict": found.verdict.value}
    told["cut_off"], told["cut_within"] = list(found.cut_off), list(found.cut_within)
    told["differences"] = [[one.quoted, one.true] for one in found.differences]
    told["passage"] = found.excerpts[0].passage.id if found.excerpts else None
    assert {key: told[key] for key in told if key in case} == {key: case[key] for key in told if key in case}
    for excerpt in found.excerpts:
        assert excerpt.text == excerpt.passage.text[excerpt.span.start : excerpt.span.end]
    passages = {excerpt.passage.id: excerpt.passage for excerpt in found.excerpts}
    for one in found.differences:
        if one.start is not None and one.passage in passages:
            assert passages[one.passage].text[one.start : one.end] == one.true


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= FEWEST
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert Counter(case["kind"] for case in CASES).keys() == set(KINDS.split())
