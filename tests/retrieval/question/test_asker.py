"""A question that speaks of who asks it, or wants advice, is hardly about a report."""

import pytest

from retrieval.question.asker import Asker, asker
from retrieval.question.query import Query


def said(question: str, tag: str = "en") -> Asker:
    return asker(Query.of(question, tag))


@pytest.mark.parametrize(
    ("question", "tag", "personal"),
    [
        ("do u like music", "en", 1.0),
        ("how do i fix my bike", "en", 2.0),
        ("I'm hungry", "en", 1.0),
        ("I’m hungry", "en", 1.0),
        ("im hungry", "en", 1.0),
        ("tu fais quoi ce soir", "fr", 1.0),
        ("j'ai faim", "fr", 1.0),
        ("où t'habites", "fr", 1.0),
        ("où sont mes clés", "fr", 1.0),
        ("where were the bodies found", "en", 0.0),
        ("où les corps ont-ils été retrouvés", "fr", 0.0),
    ],
)
def test_words_for_who_asks_and_who_is_asked_are_counted(question: str, tag: str, personal: float) -> None:
    assert said(question, tag).personal == personal


@pytest.mark.parametrize(
    ("question", "tag"),
    [
        ("can you tell me who was killed", "en"),
        ("I am a student, could you please tell me where it happened", "en"),
        ("peux-tu me dire qui a été tué ?", "fr"),
    ],
)
def test_courtesy_and_story_do_not_count(question: str, tag: str) -> None:
    assert said(question, tag) == Asker(personal=0.0, advice=0.0)


@pytest.mark.parametrize(
    ("question", "tag", "advice"),
    [
        ("how to unclog a sink", "en", 1.0),
        ("what's the best pizza in town", "en", 1.0),
        ("où acheter de l'insuline", "fr", 1.0),
        ("how did they escape", "en", 0.0),
        ("comment ont-ils fui", "fr", 0.0),
    ],
)
def test_asking_for_advice_is_told_from_asking_how_it_was(question: str, tag: str, advice: float) -> None:
    assert said(question, tag).advice == advice


def test_a_language_without_such_words_has_none() -> None:
    assert asker(Query.of("tu fais quoi", "xx")) == Asker(0.0, 0.0)
