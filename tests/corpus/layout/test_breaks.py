"""Whatever breaks are put into a text, nothing torn looks whole, nothing is lost, and nothing is glued."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage, Span

SAID = (
    "the council of Maro found that riders had shot Awa Diallo near a well in Kanga while nobody saw them go by "
    "1994 2021 12 (the) “dry” and/or article"
)
SENTENCES = st.lists(
    st.lists(st.sampled_from(SAID.split()), min_size=4, max_size=14).map(
        lambda words: "Riders " + " ".join(words) + " again."
    ),
    min_size=2,
    max_size=6,
)
BREAKS = ["\n", "\n", "\n   ", "\n\f", "\n\n7\n\f\nA/HRC/50/1\n\n", "\n\n", "\n\n- 3 -\n\n", "\n\nPage 3 of 12\n\n"]
OPEN = frozenset(["the", "of", "that", "in", "a", "by"])
TITLE = "Report on the wells"


def broken(sentence: str, data: st.DataObject, breaks: list[str]) -> str:
    """A sentence with up to three breaks in it, where the text shows that it goes on.

    It goes on with a small letter, or a word that wants another stands before the break, as before each page's end: a
    few names alone may be a heading, and those at the edges of several pages a running head. No number stands alone at
    the end of a line, and no word or two alone on one.
    """
    words = sentence.split(" ")
    first = 4 if words[0].endswith(".") else 3
    drawn = data.draw(st.sets(st.integers(first, len(words) - 1), max_size=3)) if len(words) > first else set()
    pieces, last = [words[0]], 0
    for at, (before, word) in enumerate(pairwise(words), start=1):
        fit = [one for one in breaks if _fits(one, before, word)]
        is_cut = at in drawn and bool(fit) and at - last >= 3 and not before.isdecimal()
        last = at if is_cut else last
        pieces += [data.draw(st.sampled_from(fit)) if is_cut else " ", word]
    return "".join(pieces)


def _fits(one: str, before: str, after: str) -> bool:
    return before in OPEN or (one.isspace() and "\f" not in one and after.islower())


def ranked(text: str, suffix: str) -> list[Passage]:
    return [passage for passage in parse(text.encode(), suffix, "r").passages if passage.kind.is_ranked]


def check(passage: Passage, span: Span, whole: set[str]) -> None:
    """A sentence is shown whole, or says on each side where it goes on that it does."""
    shown = " ".join(passage.cut(span).split())
    begins, ends = passage.is_torn(span)
    if shown not in whole:
        assert begins or ends, (shown, passage.text)
        assert ends or any(one.endswith(shown) for one in whole), (shown, passage.text)
        assert begins or any(one.startswith(shown) for one in whole), (shown, passage.text)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@given(sentences=SENTENCES, numbered=st.booleans(), data=st.data())
def test_nothing_torn_looks_whole(suffix: str, sentences: list[str], numbered: bool, data: st.DataObject) -> None:
    """And joining never glues two sentences that a blank line or a new number parts."""
    told = [f"{n}. {sentence}" if numbered else sentence for n, sentence in enumerate(sentences, start=1)]
    breaks = BREAKS if suffix == ".txt" else ["\n", "\n   ", "\n\n"]
    text = "\n\n".join(broken(sentence, data, breaks) for sentence in told)
    whole = set(told)
    for passage in ranked(f"{TITLE}\n\n{text}", suffix):
        for number in range(len(passage.sentences)):
            check(passage, passage.sentence(number), whole)
        shown = " ".join(passage.text.split())
        assert any(shown in one for one in whole), shown


@given(sentences=SENTENCES, data=st.data())
def test_no_word_is_lost_and_none_comes_twice(sentences: list[str], data: st.DataObject) -> None:
    text = f"{TITLE}\n\n" + "\n\n".join(broken(sentence, data, BREAKS) for sentence in sentences)
    found = parse(text.encode(), ".txt", "r").passages
    assert Counter(" ".join(passage.text for passage in found).split()) == Counter(text.split())


@given(sentences=SENTENCES, start=st.integers(1, 2040), data=st.data())
def test_numbers_that_run_on_are_those_of_their_paragraphs(
    sentences: list[str], start: int, data: st.DataObject
) -> None:
    """Whatever numbers and years begin their lines, from wherever they count."""
    told = [f"{n}. {sentence}" for n, sentence in enumerate(sentences, start=start)]
    text = "\n\n".join(broken(sentence, data, ["\n", "\n   "]) for sentence in told)
    found = [p for p in parse(f"{TITLE}\n\n{text}".encode(), ".txt", "r").passages if p.kind is Kind.BODY]
    numbers = dict.fromkeys(p.locator.paragraph for p in found)
    assert list(numbers) == list(range(start, start + len(told)))


def test_what_begins_within_a_sentence_and_ends_none_is_torn_on_both_sides() -> None:
    text = f"{TITLE}\n\nNine wells were drilled.\n\nof the council\n\nMaro was dry in June of that year.\n\nIt left."
    found = next(passage for passage in ranked(text, ".md") if passage.text == "of the council")
    assert found.torn == (True, True)
