"""Titles and headings: they count for the passages below them, and a title is quoted where it alone says a thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.edition import Edition
from corpus.passage import Kind
from corpus.report import Report
from retrieval.answering import Answerer
from retrieval.confidence.model import shipped, without
from retrieval.evidence.headings import Headings
from retrieval.index.bm25 import Lift, PassageIndex
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from tests.builders import edition, passage, report

HERDERS = report(
    "The governor has ordered an inquiry.",
    "The stalls have been closed since Friday.",
    id="herders",
    title="Army kills forty herders at Oro market",
)
FILLER = tuple(f"The committee met for the {n}th time and heard {n} witnesses." for n in range(20, 40))
WELLS = tuple(
    report(*FILLER, f"The mayor resigned in {month}.", id=name.lower(), title=f"The wells of {name}")
    for name, month in (("Maro", "June"), ("Kanga", "August"), ("Sofi", "May"))
)


def ask(asked: Edition, question: str) -> list[tuple[str, str]]:
    """The reports and texts of the excerpts that an answer shows."""
    answer = Answerer(asked).answer(Question.parse(question))
    return [(excerpt.report.id, excerpt.text) for excerpt in answer.excerpts[: answer.shown]]


@pytest.mark.parametrize("beside", [(), FILLER], ids=["a short report", "a long one"])
@pytest.mark.parametrize("question", ["How many herders were killed at Oro market?", "who killed the herders"])
def test_what_only_the_title_says_is_quoted_from_it(beside: tuple[str, ...], question: str) -> None:
    told = report(*(p.text for p in HERDERS.body), *beside, id="herders", title=HERDERS.title)
    answer = Answerer(edition(told)).answer(Question.parse(question))
    first = answer.excerpts[0]
    assert answer.outcome is not Outcome.SILENT
    assert not answer.unfound, "it would be untrue that Oro does not stand in the report"
    assert (first.text, first.passage.kind) == (HERDERS.title, Kind.TITLE)
    assert str(first.citation).startswith("herders:title@")
    assert edition(told).find(first.citation).text == HERDERS.title


def test_a_passage_that_says_it_of_what_the_title_names_comes_before_the_title() -> None:
    told = report("The market has been closed since Friday.", *(p.text for p in HERDERS.body), title=HERDERS.title)
    answer = Answerer(edition(told)).answer(Question.parse("Why was the Oro market closed?"))
    labels = [excerpt.passage.locator.label for excerpt in answer.excerpts]
    assert labels[0] == "1"
    assert "title" in labels


def test_a_title_is_quoted_out_of_several_reports_too() -> None:
    assert ask(edition(*WELLS, HERDERS), "How many herders were killed?")[0] == ("herders", HERDERS.title)


@pytest.mark.parametrize(
    "question", ["What has the governor ordered?", "What does the army say of the inquiry?", "what happened"]
)
def test_a_title_that_passages_repeat_is_never_quoted(question: str) -> None:
    told = report("The army killed forty herders at Oro market.", *(p.text for p in HERDERS.body), title=HERDERS.title)
    answer = Answerer(edition(told)).answer(Question.parse(question))
    assert answer.excerpts
    assert all(excerpt.passage.kind is Kind.BODY for excerpt in answer.excerpts)


def test_a_title_that_does_not_stand_in_the_text_counts_and_is_never_quoted() -> None:
    bare = Report("bare", "Army kills forty herders", (passage("The governor has ordered an inquiry.", report="bare"),))
    answer = Answerer(Edition((bare,))).answer(Question.parse("How many herders were killed?"))
    assert not answer.unfound
    assert [excerpt.text for excerpt in answer.excerpts] == ["The governor has ordered an inquiry."]


@pytest.mark.parametrize(("name", "month"), [("Maro", "June"), ("Kanga", "August"), ("Sofi", "May")])
def test_the_title_tells_which_of_several_reports_is_meant(name: str, month: str) -> None:
    question = f"When did the mayor of {name} resign?"
    assert ask(edition(*WELLS), question)[0] == (name.lower(), f"The mayor resigned in {month}.")
    named, unnamed = (rank(Scope(WELLS), text, without("titles")) for text in (question, "When did the mayor resign?"))
    assert named.passage(named.evidence[0]) == unnamed.passage(unnamed.evidence[0]), "nothing else tells it"


def test_the_heading_of_a_section_counts_for_the_passages_below_it() -> None:
    sections = ("Harvest", "Fishery", "Forestry")
    held = [
        passage(text, 1 + n * 21 + k, section=section)
        for n, section in enumerate(sections)
        for k, text in enumerate((*FILLER, "The losses came to a third."))
    ]
    scope = Scope([Report("report", "A year", tuple(held))])
    best = rank(scope, "How high were the losses in fishery?", shipped())
    assert best.passage(best.evidence[0]).locator.section == "Fishery"


def test_the_features_say_what_the_title_holds_and_what_is_held_besides() -> None:
    ranking = rank(Scope(WELLS), "When did the mayor of Maro resign?", shipped())
    best = ranking.evidence[0].features
    assert 0 < best.titled < 1
    assert best.besides == pytest.approx(1.0)
    assert best.besides_passage == pytest.approx(1.0)
    assert best.coverage == pytest.approx(1.0 - best.titled)
    assert best.passage_coverage == pytest.approx(1.0)


terms = st.lists(st.sampled_from("abcdef"), max_size=6)


@given(
    corpus=st.lists(terms, min_size=1, max_size=10),
    query=st.lists(st.sampled_from("abcdefx"), max_size=5, unique=True),
    above=st.data(),
)
def test_a_term_counts_by_where_it_is_worth_most(
    corpus: list[list[str]], query: list[str], above: st.DataObject
) -> None:
    of = above.draw(st.lists(st.integers(0, 2), min_size=len(corpus), max_size=len(corpus)))
    some = st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3)
    worth = {key: np.array(above.draw(some)) for key in query[:3]}
    lift = Lift(np.array(of, np.int64), worth) if worth else None
    index = PassageIndex(corpus)
    found = index.search(query, len(corpus), None, lift)
    expected = {}
    for number, held in enumerate(corpus):
        if set(held) & set(query):
            own = {key: float(index.get_scores([key])[number]) for key in query}
            lifted = {key: float(worth[key][of[number]]) if key in worth else 0.0 for key in query}
            expected[number] = sum(own[key] + lifted[key] - min(max(own[key], 0.0), lifted[key]) for key in query)
    assert {hit.passage: hit.score for hit in found} == pytest.approx(expected, abs=1e-9)
    assert index.search(query, len(corpus)) == PassageIndex(corpus).search(query, len(corpus)), "nothing is left behind"


def test_a_title_lifts_no_passage_of_its_own_report_alone() -> None:
    (one, *_) = WELLS
    assert Headings([one]).lift({"maro": 1.0}) is None
    assert Headings(WELLS).lift({"maro": 1.0}) is not None
