"""A question as it is typed in a chat is read as if it were written out, and its story counts for little."""

import pytest

from retrieval.answering import Answerer
from retrieval.kind import Kind
from retrieval.question.asked import Question
from retrieval.question.query import TOLD, Query
from retrieval.question.typed import typed
from tests.builders import edition


@pytest.mark.parametrize(
    ("chat", "written"),
    [
        ("how many ppl died", "how many people died"),
        ("did the govt deny it", "did the government deny it"),
        ("which grp said evryone left the mtg", "which group said everyone left the meeting"),
        ("wat did u find", "what did you find"),
        ("were did they go", "where did they go"),
        ("when where they killed", "when were they killed"),
        ("hes in prison bc he protested", "he is in prison because he protested"),
        ("how may soldiers", "how many soldiers"),
        ("how meny soldiers", "how many soldiers"),
        ("how mnay soldiers", "how many soldiers"),
        ("how mutch did it cost", "how much did it cost"),
        ("for how lng were they held", "for how long were they held"),
        ("HOW MENY DIED", "HOW MANY DIED"),
        ("how many ppl got killd", "how many people were killd"),
        ("where did ppl get killed", "where did people be killed"),
        ("who got hurt", "who were hurt"),
        ("who got paid for the land", "who were paid for the land"),
        ("HOW MANY PPL DIED", "how many people died"),
    ],
)
def test_what_is_typed_in_a_chat_is_read_as_if_it_were_written_out(chat: str, written: str) -> None:
    read, plain = Query.of(chat, "en"), Query.of(written, "en")
    assert [want.key for want in read.wants] == [want.key for want in plain.wants]
    assert read.kind is plain.kind


@pytest.mark.parametrize("text", ["who got the money", "what did they get", "when did he get there", "who got land"])
def test_what_somebody_gets_is_asked_for_by_that_word(text: str) -> None:
    assert typed("en").written_out(text) == text


@pytest.mark.parametrize("text", ["how Meny died", "how well they lived", "how soldiers did it", "how mpox spread"])
def test_a_name_or_a_word_behind_how_stays(text: str) -> None:
    assert typed("en").written_out(text) == text


def test_a_word_in_capitals_is_a_name_and_stays() -> None:
    assert [want.surface for want in Query.of("did the HRS say so", "en").wants if want.is_name] == ["HRS"]


def test_a_chat_form_is_no_misspelling_that_is_named() -> None:
    answer = Answerer(edition(["Ten people died near Kita."])).answer(Question.parse("how many ppl died"))
    assert answer.corrections == ()


@pytest.mark.parametrize(
    ("question", "kind", "asking"),
    [
        ("Who killed them? I'm asking because my cousin lives there.", Kind.PERSON, {"killed"}),
        ("hello, could you please tell me who fled", Kind.PERSON, {"fled"}),
        (
            "I am writing a paper on blue helmets and need one simple thing, namely since what year they are stationed",
            Kind.TIME,
            {"year", "stationed"},
        ),
        ("We live further down, so is there a plan for sirens", Kind.VERIFICATION, {"plan", "sirens"}),
        ("what I keep wondering is whether the cases were closed", Kind.THING, {"cases", "closed"}),
        ("could disabled citizens get in", Kind.VERIFICATION, {"disabled", "citizens", "get"}),
        ("tell me about Wagner. thanks", Kind.THING, {"Wagner"}),
    ],
)
def test_only_the_clause_that_asks_counts_in_full(question: str, kind: Kind, asking: set[str]) -> None:
    query = Query.of(question, "en")
    assert query.kind is kind
    assert {want.surface for want in query.wants if want.key and want.share > TOLD} == asking


def test_a_question_with_a_story_finds_what_it_finds_without_one() -> None:
    answerer = Answerer(
        edition(
            ["The mission has been stationed in Kita since 2019.", "My course on mission helmets is a simple thing."]
        )
    )
    plain = answerer.answer(Question.parse("since what year is the mission stationed"))
    story = "I am a student on a course and need one simple thing, namely since what year the mission is stationed"
    assert answerer.answer(Question.parse(story)).excerpts[0].text == plain.excerpts[0].text
