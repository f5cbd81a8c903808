"""A misspelt word is read as the English word that was most likely meant, and a word of English is never misspelt."""

import pytest

from retrieval.answer import Correction
from retrieval.answering import Answerer
from retrieval.confidence.model import shipped
from retrieval.evidence.weights import Weights
from retrieval.kind import Kind
from retrieval.question.asked import Question
from retrieval.question.query import Query
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from retrieval.words.spelling import UNLISTED, frequent
from retrieval.words.terms import analyzer_of
from tests.builders import edition

REPORT = edition(["The government rejected the report.", "Soldiers punished four farmers near Kidal.", "It rained."])


def read(question: str, weights: Weights | None = None) -> Query:
    """How the question is read where the report is asked."""
    return rank(Scope(REPORT.reports), question, weights or shipped()).best_ranker.query


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),  # a letter dropped
        ("punnished", "punished"),  # doubled
        ("hapen", "happen"),  # one of a double letter dropped: no passage and no lexicon is needed
        ("casued", "caused"),  # swapped
        ("owman", "woman"),  # the first letter is wrong where it changed places only
        ("collegues", "colleagues"),  # as near to "colleges", which is rarer
        ("wittnesess", "witnesses"),  # several letters
        ("excuteed", "executed"),
        ("polise", "police"),
        ("familly", "family"),
    ],
)
def test_a_misspelt_word_is_read_as_the_word_that_was_meant(typed: str, meant: str) -> None:
    (want,) = read(f"Gao {typed}").wants[1:]  # alone some of them ask for a facet
    assert (want.key, want.meant) == (analyzer_of("en").key(meant), True)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("wich village", Kind.PLACE), ("waht year was it", Kind.TIME), ("whre is it", Kind.PLACE)],
)
def test_a_misspelt_stop_word_asks_all_the_same(question: str, kind: Kind) -> None:
    assert read(question).kind is kind


@pytest.mark.parametrize("name", ["Sirba", "Menich", "sirba", "niono"])
def test_an_unknown_name_stays_as_it_was_typed(name: str) -> None:
    (want,) = read(f"who fled to {name}").wants[1:]
    assert (want.surface, want.meant) == (name, False)


def test_a_name_is_read_as_one_that_the_report_holds() -> None:
    (want,) = read("who fled to Kiddal").wants[1:]
    assert (want.key, want.meant) == ("kidal", True)


@pytest.mark.parametrize("word", ["farmer", "banished", "demand", "reject", "farm", "villain"])
def test_a_word_of_english_is_never_read_as_another(word: str) -> None:
    assert [want.meant for want in read(f"Gao {word}").wants[1:]] == [False]


def test_a_word_of_the_report_wins_unless_the_other_is_far_more_frequent() -> None:
    near = Scope(edition(["The sorry tory stood near Kita.", "It rained.", "It snowed."]).reports)
    assert [want.key for want in rank(near, "sory", shipped()).best_ranker.query.wants] == ["sorri"]
    rare = Scope(edition(["The thane stood near Kita.", "It rained.", "It snowed."]).reports)
    assert [want.key for want in rank(rare, "thnig", shipped()).best_ranker.query.wants] == ["thing"]


def test_what_was_read_is_said() -> None:
    answer = Answerer(REPORT).answer(Question.parse("who punnished the farmers"))
    assert answer.corrections == (Correction("punnished", "punished"),)


def test_the_rank_of_a_word_is_that_of_its_most_frequent_form() -> None:
    english = frequent("en")
    assert english.tier("execut") < 4 < UNLISTED == english.tier("xqvzk")
    assert english.tier("govern") < english.tier("massacr")
    assert frequent("de").tier("haus") == UNLISTED
