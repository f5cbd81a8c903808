"""What is read in a sentence: its terms and their places, names, numbers, cues, and whether it leans on another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import Span
from retrieval.kind import Kind
from retrieval.sentence import Sentence, read
from retrieval.words.terms import analyzer_of
from tests.builders import passage


def sentences(text: str, tag: str = "en") -> tuple[Sentence, ...]:
    return read(passage(text), analyzer_of(tag), tag)


def test_a_sentence_as_it_is_read() -> None:
    first, second = sentences("In 2025 ten men left Niono. They said “we left 1,000 men”.")
    assert (first.number, first.span, first.length) == (0, Span(0, 27), 5)
    assert first.positions == {"2025": (1,), "10": (2,), "man": (3,), "leav": (4,), "niono": (5,)}
    assert first.words == ("in", "2025", "ten", "men", "left", "niono")
    assert (first.names, first.numbers, first.years) == (("niono",), ("2025",), 1)
    assert (first.has_quotation, first.leans, first.offered[Kind.NUMBER]) == (False, False, 1)
    assert (second.number, second.span) == (1, Span(28, 58))
    assert second.positions == {"leav": (9,), "1000": (10,), "man": (11,)}
    assert (second.names, second.numbers, second.years) == ((), ("1000",), 0)
    assert (second.has_quotation, second.leans, second.offered[Kind.QUOTATION]) == (True, True, 1)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("At least ten unarmed civilians died.", {"unarm", "civilian"}),
        ("Six men and three women died.", {"man", "woman", "die"}),
        ("A two-year-old child died.", set()),
        ("It began on January 2 around midday.", set()),
        ("It began on 2 and 4 January 2025 there.", set()),
        ("The second village burned.", set()),
        ("In 2025, 67 houses burned.", {"hous", "burn"}),
        ("Soldiers killed 1500 people in Moura.", {"person"}),
        ("In May 40 men died.", {"man", "die"}),
        ("On March 2 and 4 people left.", {"person", "leav"}),
        ("In 2024 soldiers left.", set()),
    ],
)
def test_what_a_sentence_counts(text: str, counted: set[str]) -> None:
    assert [sentence.counted for sentence in sentences(text)] == [counted]


def test_days_and_years_belong_to_dates() -> None:
    (found,) = sentences("Between January 2 and 4, 2025, and again on 7 March, 30 men left.")
    assert found.numbers == ("2", "4", "2025", "7", "30")
    assert found.dates == {"2", "4", "2025", "7"}


def test_names_that_say_where() -> None:
    (found,) = sentences("The army of Mali held Moussa in the Dioura sector and went from Niono to the Mbera camp.")
    assert found.names == ("mali", "moussa", "dioura", "niono", "mbera")
    assert found.placed == {"dioura", "niono", "mbera"}


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("They left.", True),
        ("Their bodies were found.", True),
        ("However, nobody came.", True),
        ("Two days later, bodies were found.", True),
        ("10 years after, it ended.", True),
        ("None of them was dry.", True),
        ("Two of the wells were dry.", False),
        ("The experts left.", False),
        ("Two soldiers left.", False),
        ("Later they left.", False),
        ("…", False),
    ],
)
def test_whether_a_sentence_leans_on_the_one_before(text: str, leans: bool) -> None:
    assert [sentence.leans for sentence in sentences(text)] == [leans]


@given(text=st.text() | st.text("aB. 1é“ﾞ年\n"), tag=st.sampled_from(["en", "xx"]))
def test_the_sentences_of_any_text_share_its_terms_out(text: str, tag: str) -> None:
    text = text.strip()
    if not text:
        return
    found = sentences(text, tag)
    terms = analyzer_of(tag).terms(text)
    assert [s.number for s in found] == list(range(len(found)))
    assert sum(s.length for s in found) == len(terms)
    assert [w for s in found for w in s.words] == [w.text for w in analyzer_of(tag).words(text)]
    for s in found:
        assert sum(map(len, s.positions.values())) == s.length
