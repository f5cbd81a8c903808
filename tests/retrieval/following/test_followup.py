"""What a text leans on: it is read after the question before it, or stands alone and is answered as ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Span
from retrieval.answering import Answerer
from retrieval.considered import Considered
from retrieval.following.followup import Reader, joined, leans, read
from retrieval.following.turn import Aspect, Reading, Turn
from retrieval.language import followup
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from tests.builders import edition, report

WELL = (
    "The well was dug in March 2024 by the people of the village. It is eleven metres deep.",
    "The council paid 4,000 francs for the bricks. “The water is clear,” said the mason. A pump stands beside it.",
)
ROAD = ("The road was closed in June 2024 after heavy rain. The lorries stood near the bridge.",)
ANSWERER = Answerer(edition(report(*WELL, id="well", title="Notes on a well"), report(*ROAD, id="road")))
ALONE = Answerer(edition(report(*WELL, id="well", title="Notes on a well")))


def reading(first: str, then: str) -> Reading:
    found = read(Turn(first), then)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("Where were the bodies found?", "and the vehicle?", "Where were the vehicle found"),
        ("Where were the bodies found?", "what about the truck", "Where were the truck found"),
        ("How many women were executed?", "and children?", "How many children were executed"),
        ("What do the experts demand?", "and for the families?", "What do the experts demand for the families"),
        ("Where were they killed?", "and the driver?", "Where were the driver killed"),
        ("Where were the bodies found?", "when?", "when were the bodies found"),
        ("Where were the bodies found?", "ok, and when was that?", "when were the bodies found"),
        ("What happened to the vehicle?", "what about the soldiers?", "What happened to the soldiers"),
        ("What did the experts say?", "what about the army", "What did the army say"),
        ("Who was killed?", "by whom?", "by whom was killed"),
        ("Was the well dug by hand?", "why", "why Was the well dug by hand"),
        ("wells", "where?", "where wells"),
        ("Où les corps ont-ils été retrouvés ?", "quand ?", "quand les corps ont-ils été retrouvés"),
        ("Où les corps ont-ils été retrouvés ?", "et le véhicule ?", "Où le véhicule ont-ils été retrouvés"),
    ],
)
def test_a_text_without_words_of_its_own_takes_those_of_the_question_before(first: str, then: str, asked: str) -> None:
    assert reading(first, then).asked == asked


@pytest.mark.parametrize(
    ("then", "taken"),
    [
        ("how deep is it?", ("repaired", "pump")),
        ("who paid for it", ("repaired", "pump")),
        ("and how many workers were there", ("repaired", "pump")),
        ("what did they do?", ("repaired", "pump")),
    ],
)
def test_a_word_that_stands_for_another_brings_the_words_of_the_question_before(
    then: str, taken: tuple[str, ...]
) -> None:
    found = reading("Who repaired the pump?", then)
    assert found.taken == taken


@pytest.mark.parametrize("then", ["who said that?", "Who says so", "and according to whom?", "how do they know that"])
def test_a_text_that_asks_who_is_quoted_is_read_so(then: str) -> None:
    assert reading("Who dug the well?", then).aspect is Aspect.SPEAKER


@pytest.mark.parametrize("then", ["and then?", "What happened next?", "ok, and after that", "tell me more"])
def test_a_text_that_asks_what_comes_next_is_read_so(then: str) -> None:
    assert reading("Who dug the well?", then).aspect is Aspect.NEXT


@pytest.mark.parametrize(
    "then",
    [
        "Who paid for the bricks?",
        "how many people live in the village",
        "is it true that the well is dry",
        "Did the army say it was false?",
        "road",
        "What does paragraph 2 say?",
        "thanks",
        "who are you",
        "and",
        "",
        "Qui a payé les briques ?",
    ],
)
def test_any_other_text_stands_alone(then: str) -> None:
    assert read(Turn("Who dug the well?"), then) is None


@given(st.text(max_size=120), st.text(max_size=60))
def test_whatever_is_typed_is_read_or_stands_alone(first: str, then: str) -> None:
    found = read(Turn(first), then)
    assert found is None or isinstance(found.asked, str)


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        ("Who dug the well?", "when?", "The well was dug in March 2024 by the people of the village."),
        ("Who dug the well?", "how deep is it?", "It is eleven metres deep."),
        ("What did the bricks cost?", "who paid?", "The council paid 4,000 francs for the bricks."),
        ("Is the water clear?", "who said that?", "“The water is clear,” said the mason."),
        ("How much did the council pay?", "and the pump?", "A pump stands beside it."),
        ("Who dug the well?", "and then?", "It is eleven metres deep."),
        ("How deep is it?", "what happened next?", "The council paid 4,000 francs for the bricks."),
    ],
)
def test_the_answer_is_looked_for_near_the_one_before(first: str, then: str, sentence: str) -> None:
    turn = ALONE.consider(Question.parse(first)).turn
    assert ALONE.follow(Question.parse(then), turn).answer.excerpts[0].sentence_text == sentence


def test_it_is_put_to_the_report_that_answered() -> None:
    turn = ANSWERER.consider(Question.parse("When was the road closed?")).turn
    assert turn.report == "road"
    found = ANSWERER.follow(Question.parse("and the lorries?"), turn).answer
    assert [one.id for one in found.reports] == ["road"]


def test_what_that_report_is_silent_about_is_put_to_all() -> None:
    turn = ANSWERER.consider(Question.parse("When was the road closed?")).turn
    question = Question.parse("and the mason's water?")
    found = ANSWERER.follow(question, turn).answer
    assert found.reading is None
    assert found == ANSWERER.answer(question)


def test_who_said_it_is_no_answer_where_nobody_speaks() -> None:
    turn = ANSWERER.consider(Question.parse("When was the road closed?")).turn
    assert ANSWERER.follow(Question.parse("who said that?"), turn).answer.outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("text", ["Who paid for the bricks?", "What does paragraph 2 say?", "deep well", "who dug it?"])
def test_what_stands_alone_is_answered_as_if_nothing_had_been_asked(text: str) -> None:
    question, nothing = Question.parse(text), Turn("")
    turn = ALONE.consider(Question.parse("Who dug the well?")).turn
    before = ALONE.answer(question)
    if read(turn, text) is None:
        assert ALONE.follow(question, turn).answer == before
    assert ALONE.answer(question) == before
    assert ALONE.follow(question, nothing).answer.question == before.question


def after(*asked: str) -> Turn:
    """What stands before the next question, where these were asked one after another."""
    turn = Turn("")
    for text in asked:
        turn = ALONE.follow(Question.parse(text), turn).turn
    return turn


@pytest.mark.parametrize("first", ["do u like music", "Who won the football match?", "music"])
@pytest.mark.parametrize("then", ["and the pump?", "who paid for it?", "when?", "and then?", "who said that?"])
def test_nothing_leans_on_a_question_that_found_nothing(first: str, then: str) -> None:
    question = Question.parse(then)
    assert ALONE.follow(question, after(first)).answer == ALONE.answer(question)


@pytest.mark.parametrize("between", ["thanks", "ok", "hello"])
def test_what_says_nothing_comes_between_no_question_and_the_next(between: str) -> None:
    turn = after("Who dug the well?")
    assert ALONE.follow(Question.parse(between), turn).turn == turn


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("Did Napoleon repair the pump?", "is it broken?", "is it broken pump"),
        ("Who paid for the bricks and the helicopter?", "when did they do it?", "when did they do it paid bricks"),
        ("When did the mason meet Napoleon?", "and the council?", "the council mason"),
    ],
)
def test_words_that_stand_nowhere_in_the_report_are_not_taken_over(first: str, then: str, asked: str) -> None:
    found = ALONE.follow(Question.parse(then), after(first)).answer
    assert found.reading is not None
    assert found.reading.asked == asked


def test_a_text_that_its_own_words_answer_stands_alone_though_a_word_of_it_points_back() -> None:
    question = Question.parse("how deep is it?")
    assert ALONE.follow(question, after("What stands beside the pump?")).answer == ALONE.answer(question)


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("how many people were killed in Kessa", "same question for Torva", "how many people were killed in Torva"),
        ("how many people were killed in kessa", "same question for torva", "how many people were killed in torva"),
        ("how many people were killed in Kessa", "and in Lumen?", "how many people were killed in Lumen"),
        ("how many people were killed in Kessa", "and Lumen?", "how many people were killed in Lumen"),
        ("who was killed in Kessa in 2023", "and in 2024?", "who was killed in Kessa in 2024"),
        ("who was killed in Kessa", "and by Wagner?", "who was killed in Kessa by Wagner"),
        ("did the army deny the killings", "and the ministry?", "did the ministry deny the killings"),
        ("What did the experts demand?", "what about Wagner?", "What did Wagner demand"),
        (
            "combien de civils ont été tués à Kessa ?",
            "même question pour Torva",
            "combien de civils ont été tués à Torva",
        ),
    ],
)
def test_a_name_takes_the_place_of_the_name_before(first: str, then: str, asked: str) -> None:
    assert reading(first, then).asked == asked


def test_two_names_that_are_taken_over_are_not_made_one() -> None:
    """Nobody typed "Kessa Lumen", which would be somebody else's name."""
    assert reading("Were there attacks in Kessa or Lumen?", "did they deny it?").asked.endswith("Kessa, Lumen")


def mali(first: str, *then: str) -> Considered:
    """What is answered to the last, where these were asked one after another of the bundled report."""
    answerer = Answerer(ingest(BUNDLED).edition)
    considered = answerer.consider(Question.parse(first))
    for text in then:
        considered = answerer.follow(Question.parse(text), considered.turn)
    return considered


def read_with(considered: Considered) -> tuple[str, ...]:
    found = considered.answer.reading
    assert found is not None
    return found.shown


def test_a_text_leans_on_the_one_before_it_and_on_no_older_one() -> None:
    first, then, by_whom = "what happened to those people in the pickup", "is that confirmed?", "by whom?"
    assert read_with(mali(first, then)) == ("pickup",)
    last = mali(first, then, by_whom)
    assert read_with(last) == ("confirmed",)
    assert last.answer.outcome is not Outcome.ANSWERED  # nobody is said to have confirmed it


def test_words_do_not_pile_up() -> None:
    last = mali("Did Mali deny the killings?", "what do they demand?", "and the UN?", "did they get an answer?")
    assert set(read_with(last)) == {"UN", "demand"}
    assert "awaits a formal response" in last.answer.excerpts[0].sentence_text


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("what did they say?", {"army"}),
        ("where were they?", {"army"}),
        ("and did it answer them?", {"army"}),
        ("who did it?", {"killed", "army"}),  # that is what happened
        ("and when?", {"killed", "army"}),
    ],
)
def test_a_pronoun_means_what_was_turned_to(then: str, words: set[str]) -> None:
    assert set(read_with(mali("who was killed?", "what about the army?", then))) == words


def test_a_pronoun_in_french_means_what_was_turned_to() -> None:
    found = read(Turn("qui a été tué Wagner", named="Wagner"), "que disent-ils ?")
    assert found is not None
    assert found.shown == ("Wagner",)
    turned = read(Turn("qui a été tué ?"), "et qu'en est-il de l'armée ?")
    assert turned is not None
    assert turned.named == "l'armée"


def test_words_that_a_text_was_read_with_are_handed_on_where_it_has_none_of_its_own() -> None:
    assert read_with(mali("Where were the bodies found?", "when?", "and by whom?")) == ("bodies", "found")


def test_no_more_is_kept_of_a_turn_than_the_next_may_lean_on() -> None:
    turn = mali("Did Mali deny the killings?", "what do they demand?").turn
    assert turn.question == "what do they demand"


def test_who_did_it_after_what_happened_is_what_it_is_alone() -> None:
    found = mali("what happened to those people in the pickup", "who did it?").answer
    assert found.excerpts[0] == mali("who did it?").answer.excerpts[0]


def test_words_of_a_question_in_another_language_are_told_apart_as_those_of_that() -> None:
    found = read(Turn("Who is to blame for the killings?"), "a-t-elle nié ?")
    assert found is not None
    assert "is" not in found.shown
    assert "killings" in found.shown


@pytest.mark.parametrize("doubt", ["really?", "are you sure?", "Seriously??", "vraiment ?", "vous êtes sûr ?"])
def test_a_doubt_gets_the_sentence_that_answered_again_and_leaves_all_as_it_was(doubt: str) -> None:
    before, last = mali("Where were the bodies found?"), mali("Where were the bodies found?", doubt)
    assert last.answer.outcome is Outcome.CLOSEST
    assert [one.sentence_text for one in last.answer.excerpts] == [before.answer.excerpts[0].sentence_text]
    assert last.turn == before.turn


def test_a_doubt_of_nothing_is_no_question_that_found_nothing() -> None:
    answer = mali("really?").answer
    assert (answer.outcome, answer.only_stop_words, answer.unfound) == (Outcome.SILENT, True, ())


def test_which_report_is_meant_is_told_by_the_answer_before() -> None:
    turn = ANSWERER.consider(Question.parse("When was the road closed?")).turn
    who = Question.parse("who is to blame?")
    assert ANSWERER.answer(who).which
    found = ANSWERER.follow(who, turn).answer
    assert ([one.id for one in found.reports], found.which) == (["road"], ())


@pytest.mark.parametrize("text", ["what did they say?", "who killed them?", "when did they come?", "where were they?"])
def test_what_was_turned_to_stays_what_a_pronoun_means(text: str) -> None:
    first = read(Turn("who was killed", named="Wagner"), text)
    assert first is not None
    assert first.named == "Wagner"


def test_what_turns_to_a_thing_can_be_read_without_the_question_before_it() -> None:
    assert not leans("what about the army?")
    assert not leans("et qu'en est-il de l'armée ?")
    assert leans("and the army?")


def test_it_stays_so_over_several_questions() -> None:
    last = mali("who was killed?", "what about the army?", "what did they say?", "where were they?")
    assert set(read_with(last)) == {"army"}


def test_a_question_of_its_own_names_nothing_that_was_turned_to() -> None:
    assert read(Turn("who was killed", named="Wagner"), "who found the bodies at the river?") is None


def test_a_report_that_was_named_is_asked_first_until_it_has_nothing_to_say() -> None:
    turn = ANSWERER.consider(Question.parse("When was the road closed?"), "road").turn
    assert turn.is_put
    near = ANSWERER.follow(Question.parse("Where did the lorries stand?"), turn)
    assert ([one.id for one in near.answer.reports], near.turn.is_put) == (["road"], True)
    far = ANSWERER.follow(Question.parse("Who paid for the bricks?"), near.turn)
    assert far.answer == ANSWERER.answer(Question.parse("Who paid for the bricks?"))
    assert not far.turn.is_put


def test_the_same_question_of_a_place_in_another_report_is_put_to_that() -> None:
    towns = (
        report("In Kessa 11 people were killed by a drone.", id="kessa", title="Notes from the north"),
        report("In Torva 13 people were killed by a mine.", id="torva", title="Notes from the south"),
    )
    answerer = Answerer(edition(*towns))
    turn = answerer.consider(Question.parse("How many people were killed in Kessa?")).turn
    found = answerer.follow(Question.parse("same question for Torva"), turn).answer
    assert found.excerpts[0].sentence_text == "In Torva 13 people were killed by a mine."


@pytest.mark.parametrize("then", ["what about torva", "and lumen?", "same for torva"])
def test_a_name_in_small_letters_is_one_where_the_reports_know_it_as_nothing_else(then: str) -> None:
    told = ("In Kessa 11 people were killed.", "In Torva 13 people were killed.", "In Lumen 3 people were killed.")
    answerer = Answerer(edition(report(*told)))
    for town in ("Kessa", "kessa"):
        turn = answerer.consider(Question.parse(f"how many people were killed in {town}")).turn
        found = answerer.follow(Question.parse(then), turn).answer
        assert then.rstrip("?").split()[-1].capitalize() in found.excerpts[0].sentence_text
        assert found.reading is not None
        assert "essa" not in found.reading.asked


@pytest.mark.parametrize(("then", "told"), [("when?", "Between January 2 and 4"), ("where?", "the Dioura sector")])
def test_what_has_no_word_of_its_own_is_asked_of_what_the_answer_tells_of(then: str, told: str) -> None:
    answer = mali("what happened to those people in the pickup", "who did it?", then).answer
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.excerpts[0].sentence_text


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Who dug the well?", "when?"),
        ("How many people were killed in Kessa?", "same question for Torva"),
        ("Who repaired the pump?", "and how deep is it?"),
        ("Où les corps ont-ils été retrouvés ?", "et quand ?"),
    ],
)
def test_the_words_that_are_shown_are_enough_to_ask_again(first: str, then: str) -> None:
    """As a message holds them: nothing else is known of it after a restart."""
    found = reading(first, then)
    again = joined(then, found.shown)
    words = {word.strip(",").casefold() for word in again.asked.split()}
    assert {word.casefold() for shown in found.shown for word in shown.split()} <= words
    assert "same" not in words
    assert again.shown == found.shown


MARCH = (
    "The flood came on Monday. It took the bridge. The school was closed.",
    "“We lost all. We will build again,” said the mayor. Tents were sent.",
    "The army came on Friday.",
    "The water fell on Sunday.",
)
STORY = Answerer(edition(report(*MARCH, id="flood", title="Notes on a flood")))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("where were the bodies found?", "who did it"),
        ("where were the bodies found?", "who did this?"),
        ("Où les corps ont-ils été retrouvés ?", "who is responsible"),
    ],
)
def test_who_did_it_means_what_the_report_tells_of_where_nobody_is_said_to_have_done_what_was_asked(
    first: str, then: str
) -> None:
    mali = Answerer(ingest(BUNDLED).edition)
    answer = mali.follow(Question.parse(then), mali.consider(Question.parse(first)).turn).answer
    assert answer.outcome is Outcome.ANSWERED
    assert "executed" in answer.excerpts[0].sentence_text


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("Was help offered?", "who did it?", "officially offered"),
        ("Was help offered?", "who?", "officially offered"),
        ("Was concern expressed?", "by whom?", "concern"),
    ],
)
def test_who_means_what_was_asked_where_that_is_told_or_nothing_else_can_be_meant(
    first: str, then: str, told: str
) -> None:
    mali = Answerer(ingest(BUNDLED).edition)
    answer = mali.follow(Question.parse(then), mali.consider(Question.parse(first)).turn).answer
    assert told in answer.excerpts[0].sentence_text


def test_what_comes_next_goes_on_behind_all_that_was_shown() -> None:
    """Each sentence once and in the order of the report, down to its end."""
    turn, read_on = STORY.consider(Question.parse("When did the flood come?")).turn, list[str]()
    for then in ("what happened next?", "and then?", "tell me more", "and then?"):
        considered = STORY.follow(Question.parse(then), turn)
        answer, turn = considered.answer, considered.turn
        read_on += [excerpt.text for excerpt in answer.excerpts[: answer.shown]]
    assert " ".join(read_on) == " ".join(MARCH).removeprefix("The flood came on Monday. ")


def test_behind_the_last_sentence_nothing_comes_next() -> None:
    turn = STORY.consider(Question.parse("When did the water fall?")).turn
    considered = STORY.follow(Question.parse("and then?"), turn)
    assert considered.answer.outcome is Outcome.SILENT
    assert considered.answer.reading is not None
    assert considered.turn == turn


def test_a_turn_of_an_older_edition_leans_on_nothing_that_is_gone() -> None:
    gone = Turn("Who dug the well?", "well", "well:9", Span(0, 5))
    assert ALONE.follow(Question.parse("when?"), gone).answer.excerpts


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_the_data_of_a_language_are_whole(tag: str) -> None:
    Reader(tag)
    for name in ("closing", "pronouns", "pointing", "before"):
        words = followup(tag)[name].split()
        assert len(words) == len(set(words)), name
    for name in ("leads", "same", "doubts", "asides", "itself", "speakers", "nexts"):
        phrases = [" ".join(phrase.split()) for phrase in followup(tag)[name].split(",")]
        assert all(phrases), name
        assert len(phrases) == len(set(phrases)), name


def test_no_data_file_is_read_again_for_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    answerer = Answerer(edition(report("The truck burned near the village.")))
    asked = ["Where did the truck burn?", "volcano", "ok, thanks", "really?", "Who paid the miners?", "où était-ce ?"]
    expected = [answerer.answer(Question(text)) for text in asked]

    def parsed(_: str) -> None:
        raise AssertionError("the files of the languages are parsed again")

    monkeypatch.setattr("tomllib.loads", parsed)
    assert [answerer.answer(Question(text)) for text in asked] == expected
