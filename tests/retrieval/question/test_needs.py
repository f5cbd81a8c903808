"""What an answer has to hold, whatever its words."""

import pytest

from corpus.passage import Kind, Locator, Passage
from corpus.text.segmentation import sentences
from retrieval.question.needs import asked, is_met
from retrieval.question.query import Query
from retrieval.sentence import read
from retrieval.words.terms import analyzer_of


def holds(question: str, sentence: str) -> bool | None:
    """Whether the sentence has what the question needs; ``None`` where it needs nothing for sure."""
    query = Query.of(question, "en")
    passage = Passage("r", Locator("1", 1), Kind.BODY, sentence, "", sentences(sentence))
    (held,) = read(passage, analyzer_of("en"), "en")
    return None if query.need is None else is_met(query.need, held, query.known, "en")


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("what is the name of the soldier who gave orders", "One of the soldiers gave orders by radio.", False),
        ("what is the name of the soldier who gave orders", "The soldier Bakary Sow gave orders by radio.", True),
        ("names of the five?", "The men called the five by name near Niono.", False),
        ("what was the captain called", "Captain Idris led the garrison.", True),
        ("in which country did they file it", "The families filed a complaint with a court abroad.", False),
        ("in which country did they file it", "The families filed a complaint in Norland.", True),
        ("how much did they pay the haulier", "The haulier was paid for forty trips.", False),
        ("how much did they pay the haulier", "The haulier was paid 640,000 florins.", True),
        ("how long were they held", "They were held in a school.", False),
        ("how long were they held", "They were held for nine days.", True),
        ("how old was the boy", "The boy was found by the river.", False),
        ("how old was the boy", "The 12-year-old boy was found by the river.", True),
        ("how far is it to the border", "It is 12 km from the border.", True),
        ("what colour was the pickup", "The men drove a pickup.", False),
        ("what colour was the pickup", "The men drove a white pickup.", True),
        ("which language did they speak", "The men spoke to the driver.", False),
        ("which language did they speak", "The men spoke Bambara to the driver.", True),
        ("is there a phone number of the hotline", "The families may call the hotline.", False),
        ("what happened to the boy", "The boy was found by the river.", None),
    ],
)
def test_what_is_needed(question: str, sentence: str, expected: object) -> None:
    assert holds(question, sentence) is expected


def test_the_longest_phrase_tells() -> None:
    found = asked(["how", "many", "years", "did", "they", "wait"], "en")
    assert found is not None
    assert found.name == "duration"


def test_a_language_without_such_words_needs_nothing() -> None:
    assert asked(["how", "many", "years"], "xx") is None


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("quel âge avait-il", "age"),
        ("combien de temps a duré la fusillade", "duration"),
        ("combien d'années de prison", "duration"),
        ("il s'appelle comment", "name"),
        ("dans quel pays ils sont allés", "country"),
        ("de quelle couleur était le pick-up", "colour"),
        ("quelle langue parlaient-ils", "language"),
        ("c'est arrivé où", None),
    ],
)
def test_french_questions_need_the_same(question: str, need: str | None) -> None:
    found = Query.of(question, "fr").need
    assert (found.name if found else None) == need
