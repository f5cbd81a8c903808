"""Why an excerpt was chosen: whole explanations compared, and what must hold for every one of them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Span
from retrieval.answering import Answerer
from retrieval.kind import Kind
from retrieval.question.asked import Question
from retrieval.why.explanation import Asked, Counted, Explanation, Found, How, Offer, Place
from tests.builders import edition

CAR = (
    "The organisers of the librarians met in Gao now. The vehicle was burned near the village of Kita in 2024. "
    "Its driver said “no”. Nobody was hurt."
)
ANSWERER = Answerer(edition([CAR, "It rained for 3 days."]))
MALI = Answerer(ingest(BUNDLED).edition)
TYPED = "car vehicle vehicles burned burnt organisation vilage village kita gao driver march who where when said no"


def explained(question: str, answerer: Answerer = ANSWERER) -> Explanation:
    return answerer.consider(Question.parse(question)).explained.explanations[0]


def words(question: str) -> dict[str, tuple[str | None, Found | None]]:
    return {asked.typed: (asked.read_as, asked.found) for asked in explained(question).asked}


def test_a_whole_explanation() -> None:
    found = explained("Where was the car burned?")
    assert found == Explanation(
        passage=next(ANSWERER.edition.reports[0].body),
        sentence=Span(49, 105),
        asked=(
            Asked("car", None, found.asked[0].weight, Found(Place.HERE, How.EQUIVALENT, "vehicle")),
            Asked("burned", None, found.asked[1].weight, Found(Place.HERE, How.EXACT, "burned")),
        ),
        pairs=(),
        kind=Kind.PLACE,
        offer=Offer(words=("near", "village"), names=("Kita",), numbers=("2024",), has_year=True),
        counted=found.counted,
    )
    assert sum(asked.weight for asked in found.asked) == pytest.approx(1, abs=0.001)


def test_each_word_says_how_and_where_it_was_found() -> None:
    assert words("Which vehicles of the libraries organisation were burned near the vilage beside the driver?") == {
        "vehicles": (None, Found(Place.HERE, How.FORM, "vehicle")),
        "libraries": (None, Found(Place.BEFORE, How.FAMILY, "librarians")),
        "organisation": (None, Found(Place.BEFORE, How.FORM, "organisers")),
        "burned": (None, Found(Place.HERE, How.EXACT, "burned")),
        "vilage": ("village", Found(Place.HERE, How.SPELLING, "village")),
        "driver": (None, Found(Place.AFTER, How.EXACT, "driver")),
    }
    assert words("Was the vehicle burned near the village because somebody was hurt in an avalanche?")["hurt"] == (
        None,
        Found(Place.PASSAGE, How.EXACT, "hurt"),
    )
    assert words("Was the vehicle burned near Kita in an avalanche?")["avalanche"] == (None, None)


def test_a_misspelt_word_that_is_found_by_an_equivalent_says_both() -> None:
    asked = words("Where was the vehical burned near the vilage of Kita")["vehical"]
    assert asked == ("vehicle", Found(Place.HERE, How.SPELLING, "vehicle"))
    mali = {a.typed: a for a in explained("where were the corpsses discovered near Fatissouma", MALI).asked}
    read = mali["corpsses"]
    assert (read.read_as, read.found) == ("corpse", Found(Place.HERE, How.EQUIVALENT, "bodies"))


def test_a_word_that_is_asked_for_itself_stands_for_nothing_else() -> None:
    answerer = Answerer(edition(["The child of the driver fled the camp.", "It rained."]))
    found = explained("Was the child of the driver that fled the camp a boy?", answerer)
    assert {asked.typed: asked.found and asked.found.text for asked in found.asked} == {
        "child": "child",
        "driver": "driver",
        "fled": "fled",
        "camp": "camp",
        "boy": None,
    }
    found = explained("Did a boy of the driver flee the camp?", answerer)
    assert Asked("boy", None, found.asked[0].weight, Found(Place.HERE, How.EQUIVALENT, "child")) in found.asked


def test_an_equivalent_of_several_words_is_found_where_one_of_them_stands_twice() -> None:
    answerer = Answerer(edition(["The court spoke of human rights and rights of a defender in Kita.", "It rained."]))
    found = explained("What did the court say of the activist in Kita?", answerer)
    assert {asked.typed: asked.found and asked.found.text for asked in found.asked}["activist"] is not None


def test_how_many_is_told_by_a_number_before_what_is_counted() -> None:
    offer = explained("how many civilians were executed", MALI).offer
    assert (offer.words, offer.says_how_many) == (("ten",), True)
    offer = explained("How many refugees are in the Mbera refugee camp?", MALI).offer
    assert (offer.words, offer.numbers, offer.says_how_many) == ((), (), False)


def test_a_name_that_says_where_is_none_that_says_who() -> None:
    answerer = Answerer(edition(["The truck of Moussa was burned near Kita.", "It rained."]))
    offer = explained("Who burned the truck?", answerer).offer
    assert (offer.names, offer.says_by_whom) == (("Moussa",), False)


def test_words_side_by_side_in_both_are_named() -> None:
    assert explained("Who was burned near the village of Kita?").pairs == (
        "was burned",
        "burned near",
        "near the",
        "the village",
        "village of",
        "of kita",
    )


def test_what_was_asked_and_what_is_offered() -> None:
    quoted = explained("What did the driver say?")
    assert (quoted.kind, quoted.offer) == (Kind.QUOTATION, Offer(words=("said",), has_quotation=True))
    assert quoted.offer.holds(Kind.QUOTATION)
    assert not Offer(names=("Kita",)).holds(Kind.NUMBER)


def test_an_answer_that_shows_nothing_has_nothing_to_explain() -> None:
    assert ANSWERER.consider(Question.parse("Who composed the symphony?")).explained.explanations == ()


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TYPED.split()), min_size=1, max_size=6).map(" ".join))
def test_what_holds_for_every_explanation(text: str) -> None:
    question = Question.parse(text)
    answer, explanations = ANSWERER.answer(question), ANSWERER.consider(question).explained.explanations
    assert [(e.passage, e.sentence) for e in explanations] == [
        (excerpt.passage, excerpt.sentence) for excerpt in answer.excerpts[: answer.shown]
    ]
    for excerpt, explanation in zip(answer.excerpts, explanations, strict=False):
        counted: Counted = explanation.counted
        assert math.isclose(counted.words + counted.surroundings + counted.offer, excerpt.score, abs_tol=1e-5)
        for asked in explanation.asked:
            assert 0 <= asked.weight <= 1
            if asked.found:
                whole = explanation.passage.text
                here = explanation.passage.cut(explanation.sentence)
                assert asked.found.text in (here if asked.found.place is Place.HERE else whole)
                if asked.found.how is How.EXACT:
                    assert asked.found.text.casefold() == asked.typed.casefold()
