"""How sure the bot is: words that are common elsewhere prove little, and no number is no answer to "how many"."""

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.confidence.facts import FACTS, facts
from retrieval.confidence.model import shipped
from retrieval.confidence.sureness import NOT_AT_ALL, sureness
from retrieval.question.asked import Question
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from tests.builders import edition

HARVEST = ["The quelea harvest began in Kita in spring.", "Rain fell on the hills.", "Nobody sold any millet."]
ASKED = "Where did the quelea harvest begin?"


def sure(text: str, *reports: list[str]) -> float:
    return Answerer(edition(*reports)).answer(Question.parse(text), "report-1").confidence


def test_words_that_other_reports_hold_too_tell_less_of_what_is_meant() -> None:
    def about(*reports: list[str]) -> float:
        asked = edition(HARVEST, *reports).reports
        own = Scope(asked[:1], background=Scope(asked).background)
        return sureness(rank(own, "Did the quelea harvest begin late?", shipped()), shipped()).about

    others = [[f"The quelea harvest of Year {n} failed."] for n in range(12)]
    strangers = [[f"Snow fell on the town of Year {n}."] for n in range(12)]
    assert about(*others) < about(*strangers)


def test_common_words_alone_are_no_reason_to_answer() -> None:
    report = ["Many people used the new system in the first year.", *HARVEST]
    assert sure("How do most people use their new systems?", report) < sure(ASKED, report)


def test_a_sentence_without_a_number_does_not_answer_how_many() -> None:
    ranking = rank(Scope(ingest(BUNDLED).edition.reports), "How many refugees are in the Mbera camp?", shipped())
    found = dict(zip(FACTS, facts(ranking), strict=True))
    assert (found["numberless"], found["uncounted"]) == (1.0, 1.0)
    assert sureness(ranking, shipped()).answers < shipped().answered_from


def test_there_is_a_fact_for_every_name() -> None:
    ranking = rank(Scope(edition(HARVEST).reports), ASKED, shipped())
    assert len(facts(ranking)) == len(FACTS)
    assert sureness(rank(Scope(edition(HARVEST).reports), "xyzzy", shipped()), shipped()).answers < 0.1
    assert sureness(rank(Scope(edition([]).reports), "xyzzy", shipped()), shipped()) == NOT_AT_ALL
