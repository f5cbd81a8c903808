"""What gives way: a figure that was withdrawn to the one that stands, the day of a dateline to that of the event."""

import pytest

from corpus.edition import Edition
from retrieval.answering import Answerer
from retrieval.following.turn import Turn
from retrieval.question.asked import Question
from tests.builders import report

LEAD = (
    "GENEVA (6 March 2025) – A group of experts today voiced alarm at reports that soldiers executed at least 27 "
    "herders at the wells of Tin Adouk."
)
DAY = "A column of vehicles reached the wells on the morning of 11 February, a market day."
WITHDRAWN = "Correction: an earlier version of this release said that 14 herders had been executed at the wells."
MALI = (LEAD, DAY, "The minister denied that civilians had been harmed.", WITHDRAWN)

TETE = "TORVA (18 mai 2025) – Le parquet a ouvert vendredi une enquête sur l'effondrement du pont, qui a fait 31 morts."
JOUR = "Le pont s'est effondré le 12 mai, peu après huit heures du matin."
RETIRE = "Rectificatif : une version antérieure de ce communiqué faisait état de 19 morts dans l'effondrement du pont."
TORVA = (TETE, JOUR, "Le maire a décrété trois jours de deuil.", RETIRE)


def answerer(*paragraphs: str, language: str = "en") -> Answerer:
    return Answerer(Edition((report(*paragraphs, language=language),)))


def first(of: Answerer, question: str, after: str = "") -> str:
    """The sentence that comes first, asked after another question or by itself."""
    asked = Question(question)
    considered = of.follow(asked, turn_of(of, after)) if after else of.consider(asked)
    excerpt = considered.answer.excerpts[0]
    return excerpt.passage.cut(excerpt.sentence)


def turn_of(of: Answerer, question: str) -> Turn:
    """That question, answered."""
    excerpts = of.answer(Question(question)).excerpts
    if not excerpts:
        return Turn(question)
    best = excerpts[0]
    return Turn(question, best.report.id, best.passage.id, best.sentence, best.report.language)


@pytest.mark.parametrize(
    ("paragraphs", "language", "question", "stands"),
    [
        (MALI, "en", "How many herders were executed?", LEAD),
        (MALI, "en", "herders executed at the wells", LEAD),
        (TORVA, "fr", "Combien de personnes sont mortes dans l'effondrement du pont ?", TETE),
    ],
)
def test_a_withdrawn_figure_comes_behind_the_one_that_stands(
    paragraphs: tuple[str, ...], language: str, question: str, stands: str
) -> None:
    assert first(answerer(*paragraphs, language=language), question) == stands


def test_a_withdrawn_figure_comes_first_where_it_is_asked_for_or_no_other_stands() -> None:
    assert first(answerer(*MALI), "What was corrected in the earlier version?") == WITHDRAWN
    assert first(answerer(DAY, WITHDRAWN), "How many herders were executed?") == WITHDRAWN


@pytest.mark.parametrize(
    ("paragraphs", "language", "question", "after", "day"),
    [
        (MALI, "en", "and when?", "Who was executed at Tin Adouk?", DAY),
        (MALI, "en", "when?", "How many herders were executed?", DAY),
        (MALI, "en", "When did it happen?", "", DAY),
        (MALI, "en", "When were the herders killed?", "", DAY),
        (TORVA, "fr", "et quand ?", "Combien de morts ?", JOUR),
        (TORVA, "fr", "et quand ?", "Qu'est-il arrivé au pont de Torva ?", JOUR),
        (TORVA, "fr", "Quand cela s'est-il passé ?", "", JOUR),
    ],
)
def test_the_day_of_a_dateline_comes_behind_that_of_the_event(
    paragraphs: tuple[str, ...], language: str, question: str, after: str, day: str
) -> None:
    assert first(answerer(*paragraphs, language=language), question, after) == day


def test_the_day_of_a_dateline_stands_where_it_is_asked_for_or_no_other_is_told() -> None:
    assert first(answerer(*MALI), "When did the experts voice alarm?") == LEAD
    assert first(answerer(LEAD, *MALI[2:]), "When were the herders killed?") == LEAD
    own = LEAD.replace("at least 27 herders", "at least 27 herders on 2 February")
    assert first(answerer(own, *MALI[1:]), "When were the herders executed?") == own
