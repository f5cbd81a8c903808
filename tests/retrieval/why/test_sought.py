"""What was looked for where a question got no answer: what is said to stand somewhere does, and nothing else does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.confidence.model import shipped
from retrieval.kind import Kind
from retrieval.language.folding import fold
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.why.explanation import How
from retrieval.why.sought import LISTED, Search, Sought
from retrieval.words.terms import analyzer_of
from tests.builders import edition, report

MALI = Answerer(ingest(BUNDLED).edition)
WELLS = "The wells of the village were dry. Nobody had dug another well."
VAN = "The vehicle of the librarians was burned near Kita in 2024."
NEVER = replace(shipped(), answered_from=1.1)
SMALL = Answerer(edition([WELLS, VAN], ["The villages had wells.", "It snowed."]))
TYPED = (
    "soldiers wounded car vehicle bodies bodys corpsses who did it how many when symphony mayor killings investigate "
    "fatissouma town human rights law experts wagner ceremony conductor minister water price weather children"
)


def search(question: str, answerer: Answerer = SMALL) -> Search:
    found = answerer.consider(Question.parse(question)).explained.search
    assert found is not None, "the question was answered"
    return found


def words(found: Search) -> dict[str, tuple[str | None, How | None, tuple[str, ...], list[str], int]]:
    return {w.typed: (w.read_as, w.how, w.found, [p.id for p in w.passages], w.more) for w in found.words}


def test_a_whole_search() -> None:
    found = search("How many wells did the minister drain?")
    first = SMALL.edition.reports[0]
    well, minister, drain = found.words
    body = list(first.body)
    assert (well.typed, well.how, well.found, well.in_closest) == ("wells", How.EXACT, ("wells",), True)
    assert [p.id for p in well.passages] == ["report-1:1", "report-2:1"]
    assert (minister, drain) == (
        Sought("minister", None, None, (), (), 0, in_closest=False),
        Sought("drain", None, None, (), (), 0, in_closest=False),
    )
    assert found.closest in (body[0], *SMALL.edition.reports[1].body)
    assert (found.kind, found.answered_from, found.closest_from) == (Kind.NUMBER, shipped().answered_from, 0.5)


def test_how_each_word_stands() -> None:
    asked = "Did the senate lose a car, library, kita, snow or vilages in the symphony of the election?"
    assert words(search(asked, Answerer(SMALL.edition, NEVER))) == {
        "car": (None, How.EQUIVALENT, ("vehicle",), ["report-1:2"], 0),
        "library": (None, How.FAMILY, ("librarians",), ["report-1:2"], 0),
        "senate": (None, None, (), [], 0),
        "lose": (None, None, (), [], 0),
        "election": (None, None, (), [], 0),
        "kita": (None, How.EXACT, ("kita",), ["report-1:2"], 0),
        "snow": (None, How.FORM, ("snowed",), ["report-2:2"], 0),
        "symphony": (None, None, (), [], 0),
        "vilages": ("villages", How.SPELLING, ("village", "villages"), ["report-1:1", "report-2:1"], 0),
    }


def test_passages_that_are_not_named_are_counted() -> None:
    many = Answerer(edition([f"Wells were counted on day {n}." for n in range(10)]))
    (wells, _) = search("wells symphony", many).words
    assert ([p.id for p in wells.passages], wells.more) == ([f"report-1:{n}" for n in (1, 2, 3)], 7)
    assert (wells.how, LISTED) == (How.EXACT, 3)


def test_what_may_stand_for_a_phrase_is_found_as_a_phrase() -> None:
    apart = Answerer(edition(["Civil servants left. Society was shaken.", "It rained."]))
    joined = Answerer(edition(["Civil society came.", "It rained."]))
    assert words(search("activist of the symphony", apart))["activist"] == (None, None, (), [], 0)
    assert words(search("activist of the symphony", joined))["activist"][1:4] == (
        How.EQUIVALENT,
        ("Civil society",),
        ["report-1:1"],
    )


def test_a_phrase_of_stop_words_is_marked() -> None:
    (phrase, _) = search("who did it in Zurich", MALI).words
    assert (phrase.typed, phrase.is_phrase, phrase.how) == ("who did it", True, How.EQUIVALENT)


@pytest.mark.parametrize("question", ["who are you", "is it"])
def test_stop_words_are_not_looked_for(question: str) -> None:
    assert search(question).words == ()


def test_nothing_is_closest_where_no_sentence_holds_anything() -> None:
    many = Answerer(edition([f"Wells were counted on day {n}." for n in range(20)]))
    found = search("symphony orchestra", many)
    assert (found.closest, found.is_offered, found.closest_offers) == (None, False, False)


def test_an_answer_needs_no_search() -> None:
    assert MALI.consider(Question.parse("Where were the bodies found?")).explained.search is None


def test_the_words_are_those_of_the_language_of_the_closest_passage() -> None:
    reports = report("Les puits étaient secs.", id="fr", language="fr"), report("It rained.", id="en")
    found = words(search("ministre puits guerre symphonie", Answerer(edition(*reports))))
    assert found["puits"][1:4] == (How.EXACT, ("puits",), ["fr:1"])


@settings(max_examples=150)
@given(st.lists(st.sampled_from(TYPED.split()), min_size=1, max_size=5).map(" ".join))
def test_whatever_is_said_is_true(text: str) -> None:
    question = Question.parse(text)
    answer, found = MALI.answer(question), MALI.consider(question).explained.search
    assert (found is None) is (answer.outcome is Outcome.ANSWERED)
    if found is None:
        return
    body = list(MALI.edition.passages())
    texts = {p.id: [word.text for word in analyzer_of("en").words(p.text)] for p in body}
    held = {name: {part for word in said for part in (word, *word.split("-"))} for name, said in texts.items()}
    for word in found.words:
        if word.how in (None, How.EQUIVALENT, How.FAMILY) and not word.is_phrase:
            assert not [name for name, said in held.items() if fold(word.read_as or word.typed) in said]
        assert (word.how is None) is (not word.passages) is (not word.found)
        for passage in word.passages:
            assert any(fold(one) in passage.text.casefold() for one in word.found)
        if word.how is How.EXACT:
            having = [name for name, said in held.items() if fold(word.read_as or word.typed) in said]
            assert len(having) == len(word.passages) + word.more
            assert having[:LISTED] == [passage.id for passage in word.passages]
    if found.closest is not None:
        assert found.closest.id == answer.excerpts[0].passage.id
        for word in found.words:
            assert word.in_closest or fold(word.typed) not in held[found.closest.id]
