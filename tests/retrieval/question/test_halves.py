"""Two questions in one are told apart where each asks by itself, and each gets its own answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.excerpts import EXCERPTS
from retrieval.joined import SHOWN
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.question.halves import MOST, halves
from tests.builders import edition, report

WELL = (
    "The well was dug in March 2024 by the people of the village. It is eleven metres deep.",
    "The council paid 4,000 francs for the bricks. Cattle drink from the trough beside it.",
)
ROAD = ("The road was repaired in July 2023 by a company from the capital. Nobody was hurt.",)
PIECES = ["who", "what", "when", "did", "it", "and", "&", "?", ",", "men", "army", "say", "où", "et", "quand", "qui"]
ASKING = ["who", "dug", "the", "well", "and", "when", "?", "how", "deep", "is", "it", "what", "paid"]
ANSWERER = Answerer(edition(report(*WELL, title="Notes on a well")))


def asked(text: str) -> list[str]:
    return [half.asked for half in halves(text)]


def answered(text: str, *reports: tuple[str, ...]) -> Answer:
    answerer = Answerer(edition(*reports)) if reports else ANSWERER
    return answerer.answer(Question(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how much got out and how far did it go", ["how much got out", "how far did it go"]),
        ("was anyone hurt, and what does the army say", ["was anyone hurt", "what does the army say"]),
        ("who did it n why", ["who did it", "why did it"]),
        ("what happened & who did it", ["what happened", "who did it"]),
        ("what happened and how many died", ["what happened", "how many died"]),
        ("Who dug the well? Who paid for the bricks?", ["Who dug the well?", "Who paid for the bricks?"]),
        ("is it deep and can we drink from it", ["is it deep", "can we drink from it"]),
        ("qui a tiré et est-ce que l'armée a réagi", ["qui a tiré", "est-ce que l'armée a réagi"]),
    ],
)
def test_halves_that_ask_by_themselves_are_asked_as_they_stand(text: str, found: list[str]) -> None:
    assert asked(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("where and when did it happen", ["where did it happen", "when did it happen"]),
        ("how, when and where did he die", ["how did he die", "when did he die", "where did he die"]),
        ("where can you appeal and til when", ["where can you appeal", "til when can you appeal"]),
        ("was it recovered, and in what condition", ["was it recovered", "in what condition it recovered"]),
        ("who and when", ["who", "when"]),
        ("discovery of the bodies, when and where", ["discovery of the bodies, when", "where discovery of the bodies"]),
        ("où et quand les soldats ont-ils tiré", ["où les soldats ont-ils tiré", "quand les soldats ont-ils tiré"]),
        ("ils ont tiré quand et où", ["ils ont tiré quand", "où ils ont tiré"]),
    ],
)
def test_a_half_without_a_clause_shares_that_of_the_other(text: str, found: list[str]) -> None:
    assert asked(text) == found


def test_a_half_that_points_to_the_other_is_read_beside_its_words() -> None:
    assert asked("who killed them? and when was it") == ["who killed them?", "when was it killed them?"]
    assert asked("who killed them and what does it say about the army")[1] == "what does it say about the army"
    assert asked("who did it and when was it")[1] == "when was it"  # "did it" says nothing


@pytest.mark.parametrize(
    "text",
    [
        "men and women",
        "when and only when",
        "did the army and the police shoot",
        "who was arrested and was charged",
        "who is the man who founded it and who led it",
        "what did he do after the war and when he came back",
        "what year and what month did it happen",
        "what did UNICEF and WHO show",
        "in what form and size is it sold",
        "and who did it?",
        "I have read it and what happened",
        "quel est le groupe qui a tiré et qui a fui",
        "les hommes et les femmes",
        "who did it and when did it start and why was that and how many died",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert halves(text) == ()


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_halves_are_cut_from_what_was_typed(words: list[str]) -> None:
    text = " ".join(words)
    found = halves(text)
    assert len(found) <= MOST
    assert len(found) != 1
    place = 0
    for half in found:
        bare = half.text.rstrip("?")
        place = text.index(bare, place) + len(bare)


def test_each_half_has_its_own_outcome_and_the_whole_has_the_best_of_each_among_the_first() -> None:
    answer = answered("Who dug the well and where do cattle drink?")
    first, second = answer.parts
    assert (first.question, second.question) == ("Who dug the well", "where do cattle drink?")
    assert [part.outcome for part in answer.parts] == [Outcome.ANSWERED] * 2
    assert (answer.outcome, answer.confidence) == (Outcome.ANSWERED, min(first.confidence, second.confidence))
    assert {excerpt.sentence_text for excerpt in answer.excerpts[:2]} == {
        "The well was dug in March 2024 by the people of the village.",
        "Cattle drink from the trough beside it.",
    }
    assert answer.shown == 2


def test_the_whole_is_answered_only_where_each_half_is() -> None:
    answer = answered("Who dug the well and who composed the symphony?")
    assert [part.outcome for part in answer.parts] == [Outcome.ANSWERED, Outcome.SILENT]
    assert answer.outcome is Outcome.CLOSEST
    assert answer.confidence == answer.parts[1].confidence
    assert answer.unfound == ("composed", "symphony")
    nothing = answered("Who composed the symphony and who conducted the orchestra?")
    assert (nothing.outcome, nothing.shown) == (Outcome.SILENT, 0)
    assert nothing.topics == nothing.parts[0].topics


def test_the_same_sentence_stands_once_among_the_excerpts_of_the_whole() -> None:
    answer = answered("Who dug the well and when was it dug?")
    assert [part.shown for part in answer.parts] == [1, 1]
    assert answer.parts[0].excerpts[0].identity == answer.parts[1].excerpts[0].identity
    assert answer.shown == 1
    identities = [excerpt.identity for excerpt in answer.excerpts]
    assert len(set(identities)) == len(identities)


def test_a_report_that_one_half_names_is_meant_by_the_other() -> None:
    reports = report(*WELL, id="well", title="The well of Marago"), report(*ROAD, id="road", title="The road to Tessit")
    answerer = Answerer(edition(*reports))
    open_ = answerer.answer(Question("what happened and who did it"))
    assert (open_.which, open_.outcome, open_.shown) == (("well", "road"), Outcome.SILENT, 0)
    named = answerer.answer(Question("what happened in Tessit and who did it"))
    assert named.which == ()
    assert {excerpt.report.id for part in named.parts for excerpt in part.excerpts} == {"road"}
    chosen = answerer.answer(Question("what happened and who did it"), "well")
    assert chosen.which == ()
    assert {excerpt.report.id for excerpt in chosen.excerpts} == {"well"}


def test_each_shown_excerpt_of_the_whole_is_explained_by_its_half() -> None:
    question = Question("Who dug the well and where do cattle drink?")
    answer, explanations = ANSWERER.answer(question), ANSWERER.consider(question).explained.explanations
    assert [one.sentence for one in explanations] == [one.sentence for one in answer.excerpts[: answer.shown]]
    words = {word.typed for one in explanations for word in one.asked}
    assert words == {"dug", "well", "cattle", "drink"}
    assert ANSWERER.consider(question).explained.search is None
    search = ANSWERER.consider(Question("Who dug the well and who composed the symphony?")).explained.search
    assert search is not None
    assert [word.typed for word in search.words] == ["composed", "symphony"]


@given(st.lists(st.sampled_from(ASKING), min_size=1, max_size=10))
def test_what_holds_for_every_answer_in_parts(words: list[str]) -> None:
    text = " ".join(words)
    if not any(character.isalnum() for character in text):
        return
    answer, explanations = answered(text), ANSWERER.consider(Question(text)).explained.explanations
    assert len(answer.excerpts) <= EXCERPTS
    assert len(explanations) == answer.shown
    if not answer.parts:
        return
    assert answer.shown <= SHOWN
    shown = {one.identity for part in answer.parts for one in part.excerpts[: part.shown]}
    assert {one.identity for one in answer.excerpts[: answer.shown]} == shown
    assert (answer.shown > 0) == bool(shown)
