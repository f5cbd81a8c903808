"""Answers: the reports' own whole sentences, best first, under one of three outcomes."""

import json
import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.edition import Edition
from corpus.errors import UnknownReportError
from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answer import Answer, Correction
from retrieval.answering import Answerer
from retrieval.confidence.model import shipped
from retrieval.errors import QuestionError
from retrieval.excerpts import EXCERPTS, SHOWN_AT_MOST, TIED, TIED_AT_MOST, WIDENED_BY
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.sentence import read
from retrieval.words.terms import analyzer_of
from tests.builders import edition, report

GOLDEN = Path(__file__).parents[1] / "golden" / "before-lexicon.jsonl"
MALI = Answerer(ingest(BUNDLED).edition)

OPENINGS = [
    "The soldiers",
    "They",
    "It",
    "Two days later,",
    "This truck",
    "Bodies",
    "However, experts",
    "In 2025 Niono",
]
ENDINGS = [
    "burned the truck",
    "were found near a village",
    "demanded 3 things",
    "said “no”",
    "left",
    "were killed by it",
]
sentences = st.builds("{} {}.".format, st.sampled_from(OPENINGS), st.sampled_from(ENDINGS))
reports = st.lists(st.lists(st.lists(sentences, min_size=1, max_size=5).map(" ".join), max_size=4), max_size=3)
questions = st.sampled_from(
    [
        "who burned the truck",
        "where were the bodies found?",
        "What is this?",
        "when",
        "did they kill 3 experts",
        "volcano",
    ]
) | st.lists(st.sampled_from([*OPENINGS, *ENDINGS, "bodys", "vilage", "😀a"]), min_size=1, max_size=3).map(" ".join)


def check(answer: Answer, asked: Edition) -> None:
    """What holds for every answer."""
    assert answer.edition == asked.label
    assert 0.0 <= answer.confidence <= 1.0
    assert len(answer.excerpts) <= EXCERPTS
    most = TIED_AT_MOST if answer.tied else SHOWN_AT_MOST[answer.outcome]
    assert 0 <= answer.shown <= min(most, len(answer.excerpts))
    assert (answer.shown > 0) == (answer.outcome is not Outcome.SILENT and answer.itself is None)
    assert not answer.which or (len(answer.which) > 1 and answer.outcome is Outcome.SILENT and not answer.excerpts)
    near = [e.report.id for e in answer.excerpts[: answer.shown] if e.score >= answer.excerpts[0].score - TIED]
    assert answer.tied == (tuple(dict.fromkeys(near)) if len(set(near)) > 1 else ())
    assert all(any(topic in p.text for r in asked.reports for p in r.passages) for topic in answer.topics)
    assert answer.outcome is Outcome.SILENT or not (answer.topics or answer.only_stop_words)
    assert answer.parts or all(better.score >= worse.score for better, worse in pairwise(answer.excerpts))
    bodies = {p.id: (r, p) for r in asked.reports for p in r.passages}
    for excerpt in answer.excerpts:
        own, passage = bodies[excerpt.passage.id]
        assert (excerpt.report, excerpt.passage) == (own, passage)
        assert excerpt.text == passage.text[excerpt.span.start : excerpt.span.end]
        assert excerpt.sentence_text == passage.text[excerpt.sentence.start : excerpt.sentence.end]
        assert asked.find(excerpt.citation) == passage
        whole = [passage.sentence(n) for n in range(len(passage.sentences))]
        first = [span.start for span in whole].index(excerpt.span.start)
        number = whole.index(excerpt.sentence)
        last = [span.end for span in whole].index(excerpt.span.end)
        assert number - WIDENED_BY <= first <= number <= last <= number + WIDENED_BY
        held = read(passage, analyzer_of(own.language), own.language)
        quotes = any(mark in excerpt.text for mark in '“”"')
        above = passage.text[whole[first].start : whole[number].start]
        names = any(word in above for word in re.findall(r"[A-Z0-9]\w*", answer.question))
        assert quotes or names or all(sentence.leans for sentence in held[first + 1 : number + 1]), (
            "widened by what is leaned on, or by what names something that was asked about"
        )
        assert quotes or last == number
        is_whole = first == number - WIDENED_BY or first == 0 or not held[first].leans
        assert is_whole or any(one.passage == passage and one.span.covers(whole[first - 1]) for one in answer.excerpts)
        assert all(excerpt.span.covers(match) for match in excerpt.matches)
        assert list(excerpt.matches) == sorted(set(excerpt.matches))
        assert all(excerpt.sentence.covers(span) for span in excerpt.answering)
        assert answer.outcome is Outcome.ANSWERED or not excerpt.answering
    seen = [(excerpt.passage.id, excerpt.sentence) for excerpt in answer.excerpts]
    assert len(set(seen)) == len(seen)
    spans = [(excerpt.passage.id, excerpt.span) for excerpt in answer.excerpts]
    twice = [(a, b) for a, b in combinations(spans, 2) if a[0] == b[0] and a[1].overlaps(b[1])]
    assert answer.parts or not twice


@settings(max_examples=60)
@given(content=reports, text=questions)
def test_what_holds_for_every_answer(content: list[list[str]], text: str) -> None:
    asked = edition(*content)
    answerer = Answerer(asked)
    check(answerer.answer(Question.parse(text)), asked)
    for one in asked.reports:
        answer = answerer.answer(Question.parse(text), one.id)
        check(answer, asked)
        assert {excerpt.report.id for excerpt in answer.excerpts} <= {one.id}


@given(st.text(st.characters(exclude_categories=())))
def test_a_hostile_text_raises_nothing_but_a_question_error(text: str) -> None:
    try:
        question = Question.parse(text)
    except QuestionError:
        return
    check(MALI.answer(question), MALI.edition)


@pytest.mark.parametrize(
    "text",
    [
        "what are you?",
        "it",
        "7",
        "你好",
        "من فعل هذا",
        "\u202eereht",
        "a" * 300,
        "DROP TABLE",
        "' OR 1=1",
        "who won the world cup",
    ],
)
def test_what_the_report_does_not_speak_of_gets_silence(text: str) -> None:
    answer = MALI.answer(Question.parse(text))
    check(answer, MALI.edition)
    assert (answer.outcome, answer.shown) == (Outcome.SILENT, 0)


def test_silence_and_what_is_said_of_the_matter_agree() -> None:
    """Words that only stand near those of a question do not make a report one about its matter."""
    search = MALI.consider(Question.parse("who won the world cup")).explained.search
    assert search is not None
    assert search.about < search.closest_from


@pytest.mark.parametrize("text", ["were women raped", "was anyone tortured", "was Macron there", "who raped the women"])
def test_what_the_report_does_not_say_is_not_answered_by_what_is_near_it(text: str) -> None:
    """Neither by the victims of another crime, nor by a word of the language that a name is taken for."""
    answer = MALI.answer(Question.parse(text))
    assert answer.outcome is not Outcome.ANSWERED
    assert answer.corrections == ()


def test_a_question_gets_the_sentence_that_answers_it() -> None:
    answer = MALI.answer(Question.parse("Where were the bodies found?"))
    best = answer.excerpts[0]
    assert (
        best.sentence_text == "Two days later, their bodies and burned vehicle were discovered near Fatissouma village."
    )
    assert best.text.endswith(best.sentence_text)
    assert best.passage.id == "un-experts-mali-2025:3"
    assert "bodies" in [best.passage.cut(match) for match in best.matches]


def test_an_excerpt_takes_in_the_sentence_that_its_own_leans_on() -> None:
    text = "It rained. Soldiers stopped a truck near Niono. They burned it at midday. Nobody came."
    answer = Answerer(edition([text])).answer(Question.parse("what was burned at midday?"))
    best = answer.excerpts[0]
    assert best.sentence_text == "They burned it at midday."
    assert best.text == "Soldiers stopped a truck near Niono. They burned it at midday."


def test_an_excerpt_takes_in_no_more_than_two_sentences() -> None:
    text = "Soldiers came. They left. They slept. They burned the truck."
    best = Answerer(edition([text])).answer(Question.parse("who burned the truck")).excerpts[0]
    assert best.text == "They left. They slept. They burned the truck."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("How many people were killed in Rodan?", "A drone struck a school in Rodan, hospitals said. 15 were killed."),
        ("How many people were killed?", "15 were killed."),
    ],
)
def test_an_excerpt_takes_in_the_sentence_that_names_what_was_asked_about(text: str, shown: str) -> None:
    """Who reports it may stand there as well."""
    told = "A drone struck a school in Rodan, hospitals said. 15 were killed. A court acquitted two soldiers."
    answer = Answerer(edition([told, "The harvest was good in Maro."])).answer(Question.parse(text))
    assert answer.excerpts[0].sentence_text == "15 were killed."
    assert answer.excerpts[0].text == shown


def test_equal_passages_come_in_the_order_of_the_reports() -> None:
    text = "Soldiers burned the truck near Niono."
    answer = Answerer(edition([text], [text], [text])).answer(Question.parse("where was the truck burned"))
    assert [excerpt.passage.id for excerpt in answer.excerpts] == ["report-1:1", "report-2:1", "report-3:1"]


def test_a_report_by_name_is_asked_alone() -> None:
    answerer = Answerer(edition(["Soldiers burned the truck near Niono."], ["The truck was sold in Gao."]))
    question = Question.parse("where was the truck burned")
    assert [e.report.id for e in answerer.answer(question).excerpts] == ["report-1", "report-2"]
    assert [e.text for e in answerer.answer(question, "report-2").excerpts] == ["The truck was sold in Gao."]


@pytest.mark.parametrize("name", ["nothing", "", "REPORT-1", "../report-1"])
def test_an_unknown_report_is_an_error_that_lists_the_known(name: str) -> None:
    answerer = Answerer(edition(["It rained."]))
    with pytest.raises(UnknownReportError) as caught:
        answerer.answer(Question.parse("did it rain"), name)
    assert caught.value.fields == {"report": name, "known": "report-1"}


@pytest.mark.parametrize("content", [Edition(()), edition([]), edition([], [])])
def test_an_edition_without_passages_is_silent(content: Edition) -> None:
    asked = Question.parse("where were the bodies found")
    assert Answerer(content).answer(asked) == Answer(
        question=asked.text,
        outcome=Outcome.SILENT,
        confidence=0.0,
        edition=content.label,
        excerpts=(),
        shown=0,
        reports=content.reports,
    )


TWINS = edition(
    ["The mission visited Mopti.", "Nine hundred families live in the camp."],
    ["The mission visited Mopti.", "Eleven hundred families live in the camp."],
)


def test_reports_that_come_about_equally_close_are_both_shown_and_named() -> None:
    answerer = Answerer(TWINS, replace(shipped(), answered_from=0.0))
    asked = Question.parse("How many families live in the camp?")
    answer = answerer.answer(asked)
    assert (answer.outcome, answer.tied, answer.shown) == (Outcome.ANSWERED, ("report-1", "report-2"), 2)
    assert [excerpt.text for excerpt in answer.excerpts[:2]] == [
        "Nine hundred families live in the camp.",
        "Eleven hundred families live in the camp.",
    ]
    assert [explanation.passage.id for explanation in answerer.consider(asked).explained.explanations] == [
        "report-1:2",
        "report-2:2",
    ]
    alone = answerer.answer(asked, "report-2")
    assert (alone.tied, alone.shown) == ((), 1)


def test_the_closest_passages_of_two_reports_are_named_as_tied_too() -> None:
    doubting = replace(shipped(), answered_from=1.1, closest_from=0.0)
    answer = Answerer(TWINS, doubting).answer(Question.parse("How many families live in the camp?"))
    assert (answer.outcome, answer.tied) == (Outcome.CLOSEST, ("report-1", "report-2"))


def test_silence_knows_no_tie() -> None:
    mute = replace(shipped(), answered_from=1.1, closest_from=1.1)
    answer = Answerer(TWINS, mute).answer(Question.parse("How many families live in the camp?"))
    assert (answer.outcome, answer.tied) == (Outcome.SILENT, ())


@pytest.mark.parametrize(
    ("reports", "tied", "shown"),
    [
        ([["Nine hundred families live in the camp."]] * 6, ("report-1", "report-2", "report-3"), 3),
        ([["Nine hundred families live in the camp."] * 2, ["It rained."]], (), 1),
        ([["Nine hundred families live in the camp."], ["The camp is full."]], (), 1),
        (
            [["Nine hundred families live in the camp."] * 2, ["Nine hundred families live in the camp."]],
            ("report-1", "report-2"),
            2,  # what stands first in its report goes before what comes later
        ),
    ],
)
def test_every_report_that_is_tied_is_shown_and_one_alone_is_no_tie(
    reports: list[list[str]], tied: tuple[str, ...], shown: int
) -> None:
    sure = replace(shipped(), answered_from=0.0)
    answer = Answerer(edition(*reports), sure).answer(Question.parse("How many families live in the camp?"))
    assert (answer.tied, answer.shown) == (tied, shown)


def test_silence_offers_what_the_report_speaks_of_and_an_answer_does_not() -> None:
    answer = MALI.answer(Question.parse("What is the capital of France?"))
    assert answer.outcome is Outcome.SILENT
    assert answer.topics[:3] == ("Malian authorities", "international human rights standards", "Mbera refugee camp")
    assert MALI.answer(Question.parse("Where were the bodies found?")).topics == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("who are you", True), ("What are you?", True), ("it", True), ("bread", False), ("who said WHO did", False)],
)
def test_a_question_of_stop_words_is_known_as_one(text: str, expected: bool) -> None:
    answer = MALI.answer(Question.parse(text))
    assert (answer.outcome, answer.only_stop_words) == (Outcome.SILENT, expected)


def test_each_report_is_asked_in_its_own_language() -> None:
    asked = Edition(
        (
            report("The truck was burned near Niono.", id="english"),
            report("Les camions ont été brûlés près de Ségou.", id="french", language="fr-CA"),
            report("Солдаты нашли тела в деревне.", id="russian", language="ru"),
            report("عثر الجنود على الجثث في القرية.", id="arabic", language="ar"),
            report("士兵在村庄发现尸体。", id="chinese", language="zh"),
        )
    )
    answerer = Answerer(asked)
    for text, expected in [
        ("where was the truck burned", "english"),
        ("camion brûlé Segou", "french"),
        ("тело в деревнях", "russian"),
        ("الجثث القرية", "arabic"),
        ("村庄 尸体", "chinese"),
    ]:
        answer = answerer.answer(Question.parse(text))
        check(answer, asked)
        assert answer.excerpts[0].report.id == expected


def test_a_misspelt_word_is_named_with_the_word_of_the_report() -> None:
    answer = MALI.answer(Question.parse("near which vilage were they"))
    assert answer.corrections == (Correction("vilage", "village"),)
    assert MALI.answer(Question.parse("near which village were they")).corrections == ()


def test_a_word_that_ends_as_no_word_does_is_named_as_well_though_its_stem_is_right() -> None:
    answer = MALI.answer(Question.parse("where were the bodys found"))
    assert answer.corrections == (Correction("bodys", "bodies"),)
    spelt = Answerer(edition(["The bodys were found near a village."]))
    assert spelt.answer(Question.parse("where were the bodys found")).corrections == ()
    names = Answerer(edition(["John Kennedy was born near a village."]))
    assert names.answer(Question.parse("where were the Kennedys born")).corrections == ()


@pytest.mark.parametrize(("typed", "meant"), [("bodys", "bodies"), ("bodyes", "bodies"), ("bodeis", "bodies")])
def test_a_misspelt_word_that_is_found_by_an_equivalent_is_named_by_the_word_that_was_meant(
    typed: str, meant: str
) -> None:
    """The word of the lexicon that is nearest to what was typed, or of another passage; never its stem."""
    asked = Question.parse(f"where were the {typed} hidden")
    remains = "The victims' remains were hidden in wells."
    best = Answerer(edition([remains])).answer(asked)
    assert best.corrections == (Correction(typed, meant),)
    assert best.excerpts[0].text == remains


def test_of_the_words_with_one_stem_the_nearest_to_what_was_typed_is_named() -> None:
    answer = Answerer(edition(["Soldiers executed ten civilians."])).answer(Question.parse("who kiled the civilians"))
    assert answer.corrections == (Correction("kiled", "killed"),)


def test_all_three_outcomes_keep_the_rules() -> None:
    lines = GOLDEN.read_text("utf-8").splitlines()
    answers = [MALI.answer(Question.parse(json.loads(line)["question"])) for line in lines]
    for answer in answers:
        check(answer, MALI.edition)
    assert {answer.outcome for answer in answers} == set(Outcome)


def test_a_name_or_a_year_that_the_report_does_not_hold_makes_the_answer_doubtful() -> None:
    answerer = Answerer(ingest(BUNDLED).edition)

    def sure(question: str) -> float:
        return answerer.answer(Question.parse(question)).confidence

    assert sure("Who executed the civilians in Niger?") < sure("Who executed the civilians in Mali?")
    assert sure("Where were the bodies found in 2023?") < sure("Where were the bodies found?")


def test_a_misspelt_word_is_read_as_the_word_of_the_lexicon_that_was_meant() -> None:
    answerer = Answerer(ingest(BUNDLED).edition)
    found = answerer.answer(Question.parse("how many people were kiled")).excerpts[0]
    assert "at least ten civilians" in found.text or "six men, three women" in found.text


@pytest.mark.parametrize("question", ["who must face prosecution", "reparations for the families of the victims"])
def test_a_quotation_is_shown_whole_and_with_its_speaker(question: str) -> None:
    (shown,) = MALI.answer(Question.parse(question)).excerpts[:1]
    assert shown.text.startswith("“Those responsible, including any foreign military operatives")
    assert shown.text.endswith("families,” the experts emphasized.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('It rained. "We fled Kita. We lost all," she said. It snowed.', '"We fled Kita. We lost all," she said.'),
        ("It rained. “We fled Kita. We lost all,” she said. It snowed.", "“We fled Kita. We lost all,” she said."),
        ("It rained. They call it “the flight”. We fled Kita. It snowed.", "We fled Kita."),
        ("It rained. We fled Kita. “It snowed. It froze.”", "We fled Kita."),
    ],
)
def test_an_excerpt_is_widened_to_the_quotation_that_it_stands_in(text: str, shown: str) -> None:
    answer = Answerer(edition([text, "Nobody came."])).answer(Question.parse("who fled Kita"))
    assert answer.excerpts[0].text == shown


def test_a_question_for_a_yes_or_a_no_says_so() -> None:
    assert MALI.answer(Question.parse("Were the bodies found?")).is_yes_or_no
    assert not MALI.answer(Question.parse("Where were the bodies found?")).is_yes_or_no


@pytest.mark.parametrize(
    "question", ["expected by whom", "means of transport", "tests in the past decade", "the contract"]
)
def test_a_common_word_is_never_taken_for_misspelt(question: str) -> None:
    assert MALI.answer(Question.parse(question)).corrections == ()


@pytest.mark.parametrize(
    "text", ["Who condemned the killings?", "Could this be a war crime?", "country of the killings"]
)
def test_no_sentence_is_quoted_twice_by_reading_on(text: str) -> None:
    places = [(one.passage.id, one.span) for one in MALI.consider(Question.parse(text)).excerpts]
    assert [(a, b) for a, b in combinations(places, 2) if a[0] == b[0] and a[1].overlaps(b[1])] == []


INITIALS = {
    "en": (
        "The commission heard the families of two men. H.A. was arrested on 3 March at the bus station.",
        "The body of Y. B. was found in the yard. Two guards were there when a shot hit Y. B. The video is gone.",
        "A.K. died in hospital. His mother, Mrs. S. T., was told of it a week later.",
    ),
    "fr": (
        "La commission a entendu les familles. H.A. a été arrêté le 3 mars à la gare routière.",
        "Le corps de Y. B. a été retrouvé dans la cour. Deux gardiens étaient là. On a tiré sur Y. B. La nuit tombait.",
        "A.K. est mort à l'hôpital. Sa mère, Mme S. T., l'a appris une semaine plus tard.",
    ),
}


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "who is H.A.", "H.A."),
        ("en", "Who is Y. B.?", "Y. B."),
        ("en", "who is y.b", "Y. B."),
        ("en", "when was H. A. arrested", "H.A."),
        ("en", "what happened to a.k.", "A.K."),
        ("en", "who is S.T.", "S. T."),
        ("fr", "qui est H.A. ?", "H.A."),
        ("fr", "Qui est Y. B. ?", "Y. B."),
        ("fr", "qu'est-il arrivé à a.k.", "A.K."),
        ("fr", "qui est la mère, Mme S.T. ?", "S. T."),
    ],
)
def test_initials_are_a_name_with_blanks_between_them_and_without(tag: str, text: str, name: str) -> None:
    answer = Answerer(edition(report(*INITIALS[tag], language=tag))).answer(Question.parse(text))
    assert answer.shown
    assert name in answer.excerpts[0].sentence_text
