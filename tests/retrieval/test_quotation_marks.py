"""Quotations are shown whole, whichever marks a report has: an apostrophe opens and closes none."""

import pytest

from corpus.passage import Span
from retrieval.answering import Answerer
from retrieval.overview.summary import summarise
from retrieval.question.asked import Question
from retrieval.quotation_marks import cuts, whole_quotations
from tests.builders import edition, passage, report

MARKS = ["“”", "‘’", "''", '""']
TOLD = "The plane came. “Nobody helped the victims' sons. They left us there,” the mayor said. The guards' dogs barked."


def marked(marks: str) -> str:
    return TOLD.translate(str.maketrans("“”", marks))


@pytest.mark.parametrize("marks", MARKS)
def test_a_quotation_of_two_sentences_is_shown_with_its_speaker(marks: str) -> None:
    of = passage(marked(marks))
    shown = [whole_quotations(of, number) for number in range(len(of.sentences))]
    assert shown == [range(1), range(1, 3), range(1, 3), range(3, 4)]


@pytest.mark.parametrize("marks", MARKS)
def test_an_answer_and_a_summary_do_not_cut_it(marks: str) -> None:
    whole = marked(marks).removeprefix("The plane came. ").removesuffix(" The guards' dogs barked.")
    of = report(marked(marks))
    answer = Answerer(edition(of)).consider(Question("Who helped the victims' sons?")).answer
    assert answer.excerpts[0].text == whole
    [excerpt] = summarise(of, "e", about=Question("sons")).excerpts
    assert excerpt.text == whole


@pytest.mark.parametrize(
    "text",
    [
        "They shot 'em. The soldiers' car left. So they say.",
        "It was the '90s. The soldiers left, others' cars too. So they say.",
        "It's theirs. The soldiers' car left, and the guards'. So they say.",
        "He called it 'safe'. They called it ‘safe’ too. So they say.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    of = passage(text)
    for number in range(len(of.sentences)):
        assert cuts(of, of.sentence(number)) == (False, False)
    assert cuts(of, Span(0, len(text))) == (False, False)
