"""What is wrong, as data: it goes through JSON and between processes, and is said in words only in the end."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, ClauseError, Fact, as_data, of_data
from corpus.errors import RapporteurError, ReadError
from tests.said import TEMPLATES, facts, said

SCAN = ReadError(file="a.pdf", problem=Clause("reading.full_page", page=3, most="1,000"))
TOLD = (
    "a.pdf cannot be read: page 3 holds more than 1,000 letters; leave it out. Correct or remove it, or set "
    "RAPPORTEUR_SKIP_UNREADABLE=yes to pass over such files."
)
FACTS = st.recursive(
    st.text() | st.integers(),
    lambda facts: st.builds(lambda key, fields: Clause(key, **fields), st.text(), st.dictionaries(st.text(), facts)),
)


@given(fact=FACTS)
def test_a_fact_goes_through_json_and_pickle(fact: Fact) -> None:
    assert of_data(json.loads(json.dumps(as_data(fact)))) == fact
    assert pickle.loads(pickle.dumps(fact)) == fact  # noqa: S301  # our own


def test_an_error_keeps_its_clause_wherever_it_goes() -> None:
    assert said(SCAN) == TOLD
    assert said(pickle.loads(pickle.dumps(SCAN))) == TOLD  # noqa: S301  # our own
    assert RapporteurError.kept(SCAN.as_data()) == ("read", SCAN.fields)
    assert said(ClauseError.of(Clause("reading.empty"))) == "it is empty"
    assert str(SCAN) == "read file='a.pdf' problem=reading.full_page(page=3, most='1,000')"


def test_the_history_says_it_in_words_as_text_and_as_data() -> None:
    assert TEMPLATES.kept_error(SCAN.as_data()) == TOLD
    data = json.loads(TEMPLATES.kept_data(SCAN.as_data()))
    assert data == {"error": "read", "fields": facts(SCAN)}


@pytest.mark.parametrize(
    "kept",
    [
        '{"error": "read", "fields": {"file": "a.txt", "problem": "it is empty"}}',
        '{"error": "read", "fields": {"file": "a.txt", "problem": {"clause": "reading.empty", "fields": {}}}}',
    ],
)
def test_what_an_earlier_version_kept_as_words_is_said_as_well(kept: str) -> None:
    assert TEMPLATES.kept_error(kept).startswith("a.txt cannot be read: it is empty. ")
    assert TEMPLATES.kept_data(kept) == '{"error": "read", "fields": {"file": "a.txt", "problem": "it is empty"}}'


@pytest.mark.parametrize(
    "kept",
    [
        "ValueError",
        '{"error": "read", "fields": {"file": "a.txt", "problem": {"clause": "reading.of_later", "fields": {}}}}',
        '{"error": "read", "fields": {"file": "a.txt", "problem": {"clause": "reading.empty", "fields": {"n": 1}}}}',
        '{"error": "of_later", "fields": {}}',
    ],
)
def test_what_a_later_version_kept_is_shown_as_it_is(kept: str) -> None:
    assert TEMPLATES.kept_error(kept) == TEMPLATES.kept_data(kept) == kept
