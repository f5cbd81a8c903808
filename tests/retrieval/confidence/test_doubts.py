"""A sentence that holds every word of a question and does not say what is asked."""

import pytest

from retrieval.confidence.doubts import Doubts, doubts
from retrieval.confidence.model import shipped
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from tests.builders import edition

AUDIT = Scope(
    edition(
        [
            "A certification firm had awarded the plant 92 points.",
            "The plastic bag was tied round the detector before the blast.",
            "The State should drain the flooded quarry within three years.",
            "Thirty trucks stopped at the petrol pump in Essouk.",
            "The firm Halvard Brede repaired the crane in Sarle.",
            "The bridge was closed by the harbour police on Monday.",
        ]
    ).reports
)


def found(question: str) -> Doubts:
    return doubts(rank(AUDIT, question, shipped()))


@pytest.mark.parametrize(
    ("question", "doubt"),
    [
        ("which certification firm awarded 92 points", "which_unnamed"),
        ("which certification firm awarded 92 points", "which_any"),
        ("name of the certification firm that awarded 92 points", "name_any"),
        ("who was the certification firm that awarded 92 points", "who_any"),
        ("how many of the thirty trucks stopped", "stale_number"),
        ("how many of the thirty trucks stopped", "focus_uncounted"),
        ("who tied the plastic bag round the detector", "agentless"),
        ("who tied the plastic bag round the detector", "roleless"),
        ("did they drain the flooded quarry", "unreal"),
        ("did they drain the flooded quarry", "unreal_whether"),
    ],
)
def test_what_is_asked_is_not_said(question: str, doubt: str) -> None:
    assert getattr(found(question), doubt) == 1.0


@pytest.mark.parametrize(
    ("question", "doubt"),
    [
        ("which firm repaired the crane", "which_unnamed"),
        ("which firm repaired the crane", "which_any"),
        ("how many trucks stopped at the petrol pump", "stale_number"),
        ("how many trucks stopped at the petrol pump", "focus_uncounted"),
        ("who closed the bridge", "agentless"),
        ("should the State drain the flooded quarry", "unreal"),
        ("was the plastic bag tied round the detector", "unreal"),
    ],
)
def test_what_is_asked_is_said(question: str, doubt: str) -> None:
    assert getattr(found(question), doubt) == 0.0


def test_names_of_its_own_and_words_asked_are_counted() -> None:
    told = found("which firm repaired the crane in Sarle")
    assert told.new_names == pytest.approx(1.0986, abs=1e-4)  # Halvard and Brede: ln 3
    assert told.asked_words == 7.0
