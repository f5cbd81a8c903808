"""Asked who killed the civilians, a sentence answers that says who did, and not one that says who condemned it."""

import pytest

from retrieval.confidence.model import shipped
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from tests.builders import edition


def roles(question: str, sentence: str) -> tuple[bool, bool]:
    """Whether the sentence says who did what the question asks for, and to whom."""
    ranking = rank(Scope(edition([sentence, "It rained.", "It snowed."]).reports), question, shipped())
    found = next(e for e in ranking.evidence if ranking.passage(e).text == sentence)
    named = found.features
    return named.agent_of > 0, named.patient_of > 0


@pytest.mark.parametrize(
    ("question", "sentence", "says"),
    [
        ("who killed the civilians", "Ten civilians were killed by soldiers.", True),
        ("who killed the civilians", "Soldiers killed ten civilians.", True),
        ("who killed the civilians", "Soldiers executed the civilians.", True),
        ("by whom were the civilians killed", "Soldiers killed ten civilians.", True),
        ("who killed the civilians", "The killing of civilians by soldiers was condemned.", True),
        ("who killed the civilians", "Experts condemned the killing of ten civilians.", False),
        ("who killed the civilians", "Ten civilians were killed.", False),
        ("who was killing the civilians", "Ten civilians were killed by soldiers.", True),
        ("who was killing the civilians", "Ten civilians were killed.", False),
        ("who condemned the killing", "Experts condemned the killing of ten civilians.", True),
    ],
)
def test_who_did_it(question: str, sentence: str, says: bool) -> None:
    assert roles(question, sentence) == (says, False)


@pytest.mark.parametrize(
    ("question", "sentence", "says"),
    [
        ("who was killed", "Ten civilians were later killed.", True),
        ("who was killed by the soldiers", "Experts condemned the killing of ten civilians.", True),
        ("who did the soldiers kill", "Ten civilians were killed by soldiers.", True),
        ("who was killed", "The man killed himself.", False),
    ],
)
def test_who_it_was_done_to(question: str, sentence: str, says: bool) -> None:
    assert roles(question, sentence) == (False, says)


@pytest.mark.parametrize("question", ["where were the civilians killed", "were civilians killed", "who"])
def test_what_asks_for_no_role_is_offered_none(question: str) -> None:
    assert roles(question, "Ten civilians were killed by soldiers.") == (False, False)
