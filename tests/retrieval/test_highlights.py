"""Which words of an answer are bold: those that answer, told by the kind of thing that was asked for."""

import pytest

from corpus.passage import Span
from retrieval.confidence.model import shipped
from retrieval.evidence.features import Evidence
from retrieval.highlights import answering, found_by
from retrieval.search.ranking import Ranking
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from tests.builders import edition, report

ENGLISH = (
    "On 12 May 2021, soldiers of the Dry Rivers Brigade stopped at least nine traders near Sela village.",
    "Three days later, their carts were found in the market of Oru.",
    "It rained.",
)
FRENCH = (
    "Le 12 mai 2021, des soldats de la Brigade Verte ont arrêté au moins neuf marchands près de Sela.",
    "Il a plu.",
)


def ranked(question: str, sentences: tuple[str, ...], tag: str = "en") -> tuple[Ranking, Evidence]:
    """The ranking for a question to one report, and what speaks for its first sentence."""
    ranking = rank(Scope(edition(report(*sentences, language=tag)).reports), question, shipped())
    return ranking, next(one for one in ranking.evidence if ranking.passage(one).text == sentences[0])


def bold(question: str, sentences: tuple[str, ...], tag: str = "en") -> list[str]:
    """The words of the first sentence that answer."""
    ranking, evidence = ranked(question, sentences, tag)
    return [ranking.passage(evidence).cut(span) for span in answering(ranking, evidence)]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("When were the traders stopped?", ["12 May 2021"]),
        ("where were the traders stopped", ["Sela village"]),
        ("How many traders were stopped?", ["at least nine traders"]),
        ("who stopped the traders", ["Dry Rivers Brigade"]),
        ("how many soldiers stopped the traders", []),  # nine is not how many of them there were
        ("When in 2021 were the traders stopped?", []),  # the one date holds what the question says already
        ("where near Sela village were the traders stopped", []),
        ("were the traders stopped", []),
    ],
)
def test_the_words_of_the_kind_that_is_asked_for(question: str, answers: list[str]) -> None:
    assert bold(question, ENGLISH) == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Quand les marchands ont-ils été arrêtés ?", ["12 mai 2021"]),
        ("où les marchands ont-ils été arrêtés", ["Sela"]),
        ("Combien de marchands ont été arrêtés ?", ["au moins neuf marchands"]),
    ],
)
def test_so_it_is_in_french(question: str, answers: list[str]) -> None:
    assert bold(question, FRENCH, "fr") == answers


def test_a_time_that_leans_on_another_sentence_answers_too() -> None:
    assert bold("when were the carts found", ENGLISH[1:]) == ["Three days later"]


def test_what_a_sentence_was_found_by_is_what_it_holds_of_the_question_and_no_more() -> None:
    """Not every word that may stand for one: "people" are the traders where those are asked for by their name."""
    ranking, evidence = ranked("were the traders stopped", (*ENGLISH[:1], "The people stopped."))
    whole = Span(0, len(ranking.passage(evidence).text))
    words = [ranking.passage(evidence).cut(span) for span in found_by(ranking, evidence, whole)]
    assert words == ["stopped", "traders"]
    assert found_by(ranking, evidence, Span(0, 5)) == ()


def test_a_number_beyond_other_signs_is_no_day_of_the_month() -> None:
    assert bold("When did the pump break?", ("The pump broke in *May* <@1> of all months.", "It rained.")) == ["May"]
