"""Whatever breaks are put into a text, nothing torn looks whole, nothing is lost, and nothing is glued."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing import parse
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
TITLE = "Report on the wells"


def broken(sentence: str, data: st.DataObject, breaks: list[str]) -> str:
    """A sentence with up to three breaks in it. No number stands alone at the end of a line, and blank lines alone
    stand only before small letters: else they part a heading, or a line, from a paragraph by all that shows."""
    words = sentence.split(" ")
    first = 4 if words[0].endswith(".") else 3  # one or two words alone may be a label
    places = [at for at in range(first, len(words)) if not words[at - 1].isdecimal()]
    cuts = data.draw(st.sets(st.sampled_from(places), max_size=3))
    pieces = [words[0]]
    for at, word in enumerate(words[1:], start=1):
        fit = breaks if word[0].islower() else [one for one in breaks if one.strip(" \n") or "\n\n" not in one]
        pieces += [data.draw(st.sampled_from(fit)) if at in cuts else " ", word]
    return "".join(pieces)


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
