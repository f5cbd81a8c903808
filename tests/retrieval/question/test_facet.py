"""Questions about the whole: which facet they ask for, which sentence answers, which report is meant."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.edition import Edition
from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.confidence.model import shipped
from retrieval.language import facets as tables
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.question.facet import Facet, Facets
from retrieval.question.query import Query
from retrieval.search.searching import rank
from tests.builders import edition

MALI = Answerer(ingest(BUNDLED).edition)
LEAD = "United Nations human rights experts today strongly condemned the arbitrary execution of at least ten civilians"
EVENT = "six men, three women, and a two-year-old child were reportedly executed"
PLACE = "The incident occurred in the Dioura sector"
STOPPED = "was intercepted by a joint patrol"
OTHER = edition(
    ["Guards shot four miners at Arlen on 3 May.", "The company denied it.", "The union demands an inquiry."],
    ["A dam broke above Velm on 9 June.", "Two farms were flooded.", "Engineers will report in July."],
)
FLOOD = replace(OTHER.reports[1], title="Flooding at Velm", publisher="Veltimes", date=dt.date(2024, 6, 12))
SEVERAL = Answerer(Edition((replace(OTHER.reports[0], title="Shooting at Arlen"), FLOOD)))


def ways(facet: Facet) -> list[str]:
    """How the data says that a facet is asked for."""
    table = tables("en")["facets"][facet]
    return [way for key in ("asks", "within") for phrase in table[key].split(",") if (way := " ".join(phrase.split()))]


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("what happened", Facet.GIST),
        ("wat hapened??", Facet.GIST),
        ("tldr", Facet.GIST),
        ("can you tell me what happened", Facet.GIST),
        ("what is this report about", Facet.GIST),
        ("whos to blame", Facet.DOER),
        ("WHO DID IT", Facet.DOER),
        ("who killed them", Facet.DOER),
        ("who was killed", Facet.SUFFERER),
        ("who were the victims", Facet.SUFFERER),
        ("names?", Facet.IDENTITY),
        ("how many", Facet.COUNT),
        ("when was this", Facet.TIME),
        ("location", Facet.PLACE),
        ("how did it happen", Facet.MANNER),
        ("why", Facet.CAUSE),
        ("what crime is it", Facet.LAW),
        ("is it confirmed", Facet.PROOF),
        ("what do they want", Facet.DEMAND),
        ("did anyone offer help", Facet.OFFER),
        ("what was the response", Facet.REACTION),
        ("why does it matter", Facet.CONSEQUENCE),
        ("what now", Facet.NEXT),
        ("what will happen", Facet.NEXT),
        ("whats gonna happen now", Facet.NEXT),
        ("whats the latest", Facet.NEXT),
        ("is she ok", Facet.CONDITION),
        ("ok who did it", Facet.DOER),
        ("did anyone warn them", Facet.WARNING),
        ("so who pays for all this", Facet.MONEY),
        ("are they gonna get away with it", Facet.JUSTICE),
        ("did they say sorry", Facet.REACTION),
        ("how did you find out", Facet.METHOD),
        ("who says so", Facet.SOURCE),
        ("who published it", Facet.PUBLISHER),
        ("when was this article published", Facet.PUBLISHED),
        ("got a link?", Facet.ADDRESS),
        ("what is the title", Facet.NAME),
    ],
)
def test_a_question_about_the_whole_is_read_as_its_facet(text: str, facet: Facet) -> None:
    found = MALI.scope().query(text, "en", shipped()).facet
    assert found is not None
    assert (found.facet, found.is_whole) == (facet, True)


@pytest.mark.parametrize(
    "text", ["who are you", "thx bye", "tell me a joke", "are you a bot", "can u help me", "can u help me with my cv"]
)
def test_small_talk_asks_for_nothing_of_a_report(text: str) -> None:
    found = Query.of(text, "en").facet
    assert found is None or not found.is_whole


@pytest.mark.parametrize("text", ["what does the US want", "what does WHO want"])
def test_a_name_in_capitals_is_no_stop_word(text: str) -> None:
    found = Query.of(text, "en")
    assert found.wants
    assert not found.is_whole


def test_each_clause_may_ask_for_a_facet_of_its_own() -> None:
    found = Query.of("who did it and why", "en").facet
    assert found is not None
    assert (found.facet, found.also, found.is_whole, found.is_named) == (Facet.DOER, (Facet.CAUSE,), True, True)


def test_a_clause_with_words_is_looked_for_beside_one_that_asks_for_a_facet() -> None:
    found = Query.of("when did it start and did the dam at Velm break", "en")
    assert found.facet is not None
    assert (found.facet.facet, found.is_whole) == (Facet.TIME, False)
    assert "Velm" in [want.surface for want in found.wants]


def test_a_word_that_asks_comes_before_the_others() -> None:
    found = Query.of("where did the injured get compensation", "en").facet
    assert found is not None
    assert found.facet is Facet.PLACE


def test_beside_others_a_word_that_names_a_facet_tells_little() -> None:
    found = Query.of("cause of death", "en")
    assert [(want.surface, want.is_telling) for want in found.wants] == [("cause", False), ("death", True)]


def test_what_reports_tell_at_their_end_is_looked_for_there() -> None:
    ranking = rank(MALI.scope(), "demands", MALI._weights)
    leads = {evidence.passage: evidence.features.lead for evidence in ranking.evidence}
    assert leads[max(leads)] > leads[min(leads)]


def test_words_and_facet_go_together() -> None:
    found = Query.of("when were they stopped", "en")
    assert found.facet is not None
    assert (found.facet.facet, found.is_whole) == (Facet.TIME, False)
    assert [want.surface for want in found.wants] == ["stopped"]


@pytest.mark.parametrize("text", ["Were the bodies found?", "the burned vehicle near Fatissouma", "bread"])
def test_a_question_that_asks_for_no_facet_has_no_evidence_of_one(text: str) -> None:
    ranking = rank(MALI.scope(), text, MALI._weights)
    assert ranking.facet is None
    for found in (evidence.features for evidence in ranking.evidence):
        assert (found.facet_offered, found.facet_central, found.lead, found.main_event) == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what happened", LEAD),
        ("tldr", LEAD),
        ("what is this report about", LEAD),
        ("wat hapened", LEAD),
        ("who did it", EVENT),
        ("whos to blame", EVENT),
        ("who were the victims", EVENT),
        ("how many", LEAD),
        ("when was this", EVENT),
        ("where", PLACE),
        ("location", PLACE),
        ("where did it happen", PLACE),
        ("is it confirmed", "Witnesses reported"),
        ("proof?", "Witnesses reported"),
        ("what do they want", "The UN experts demanded"),
        ("demands", "The UN experts demanded"),
        ("did anyone offer help", "officially offered technical forensic assistance"),
        ("what was the response", "publicly labeling these allegations"),
        ("reaction", "publicly labeling these allegations"),
        ("who says so", "Witnesses reported"),
        ("what crime is it", LEAD),
        ("when were they stopped", STOPPED),
    ],
)
def test_a_question_without_a_word_gets_the_sentence_that_answers_it(text: str, first: str) -> None:
    answer = MALI.answer(Question.parse(text))
    assert first in answer.excerpts[0].sentence_text


@pytest.mark.parametrize("facet", Facet)
def test_no_facet_is_met_with_silence_on_a_report_that_has_a_body(facet: Facet) -> None:
    way = ways(facet)[0]
    answer = MALI.answer(Question.parse(way))
    assert answer.facet is facet
    assert answer.outcome is not Outcome.SILENT


def test_the_passages_in_front_and_at_the_centre_are_looked_at() -> None:
    long = edition(["The river rose and drowned forty people at Velm."] + [f"Entry {n} was filed." for n in range(40)])
    answer = Answerer(long).answer(Question.parse("what happened"))
    assert "drowned forty people" in answer.excerpts[0].sentence_text


def test_the_record_of_a_report_answers_for_the_report_itself() -> None:
    answer = MALI.answer(Question.parse("who published it?"))
    assert (answer.outcome, answer.excerpts, answer.shown) == (Outcome.ANSWERED, (), 0)
    assert (answer.itself, answer.facet) == ("un-experts-mali-2025", Facet.PUBLISHER)
    assert MALI.consider(Question.parse("who published it?")).explained.explanations == ()
    assert MALI.consider(Question.parse("who published it?")).explained.search is None


def test_where_the_record_is_silent_the_text_is_asked() -> None:
    plain = Answerer(edition(["The committee issued this statement at Velm.", "Rain fell."]))
    answer = plain.answer(Question.parse("who published it?"))
    assert answer.itself is None
    assert "committee" in answer.excerpts[0].sentence_text


@pytest.mark.parametrize("text", ["what happened", "tldr", "who did it?", "when was it published"])
def test_of_several_reports_it_is_asked_which_one_is_meant(text: str) -> None:
    answer = SEVERAL.answer(Question.parse(text))
    assert (answer.which, answer.outcome, answer.excerpts) == (("report-1", "report-2"), Outcome.SILENT, ())
    assert not answer.only_stop_words
    assert SEVERAL.consider(Question.parse(text)).explained.explanations == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what happened in Arlen", "Guards shot"),
        ("what happened at velm?", "A dam broke"),
        ("report-2: what happened", "A dam broke"),
        ("when was this, the veltimes one", "A dam broke"),
    ],
)
def test_the_report_that_a_question_names_is_taken(text: str, first: str) -> None:
    answer = SEVERAL.answer(Question.parse(text))
    assert answer.which == ()
    assert answer.excerpts[0].sentence_text.startswith(first)


def test_the_record_of_the_report_that_is_named_or_chosen_is_taken() -> None:
    assert SEVERAL.answer(Question.parse("who published the velm report")).itself == "report-2"
    assert SEVERAL.answer(Question.parse("who published it"), "report-2").itself == "report-2"
    assert SEVERAL.answer(Question.parse("who published it"), "report-1").itself is None


def test_a_question_with_words_goes_to_all_reports() -> None:
    answer = SEVERAL.answer(Question.parse("how many farms were flooded"))
    assert (answer.which, answer.excerpts[0].report.id) == ((), "report-2")


@pytest.mark.parametrize("facet", Facet)
def test_every_facet_can_be_asked_for_in_three_ways(facet: Facet) -> None:
    asked = [Query.of(way, "en").facet for way in ways(facet)]
    assert sum(1 for one in asked if one and one.facet is facet and one.is_whole) >= 3


@pytest.mark.parametrize("text", ["what stones", "which stones", "who stones", "is it stones", "are they stones"])
def test_an_asking_word_beside_others_asks_for_no_facet(text: str) -> None:
    """Of a phrase such as "who do that" nothing but "who" would remain: none may stand in the data."""
    assert Query.of(text, "en").facet is None


def test_a_language_without_such_data_has_no_facets() -> None:
    assert Query.of("¿qué pasó?", "es").facet is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"motive": {"asks": "why", "within": "", "offers": ""}}, "motive"),
        ({"gist": {"asks": "what", "within": "", "offers": "", "colour": "red"}}, "gist"),
        ({"gist": {"asks": "what", "within": "", "offers": "", "signs": "smoke"}}, "smoke"),
        ({"gist": {"asks": "what", "within": "", "offers": "", "metadata": "colour"}}, "colour"),
        ({"gist": {"asks": "what", "within": "", "offers": "", "kind": "colour"}}, "colour"),
    ],
)
def test_data_that_is_not_sound_is_refused(change: dict[str, dict[str, str]], named: str) -> None:
    data = dict(tables("en"))
    with pytest.raises(ValueError, match=named):
        Facets("en", data | {"facets": data["facets"] | change})


def test_data_that_leaves_a_facet_out_is_refused() -> None:
    with pytest.raises(ValueError, match="next"):
        Facets("en", {"facets": {name: table for name, table in tables("en")["facets"].items() if name != "next"}})


def test_two_reports_of_one_name_are_both_offered() -> None:
    three = edition(["Rain fell."], ["It fell again."], ["Guards shot four miners."])
    named = [replace(one, title=f"Velm {n}") for n, one in enumerate(three.reports[:2])]
    trio = Answerer(Edition((*named, three.reports[2])))
    assert trio.answer(Question.parse("what happened in velm")).which == ("report-1", "report-2")


def test_what_somebody_tells_of_themselves_is_no_facet() -> None:
    text = "I am writing a paper for my course on the desert and need one simple thing, namely what happened"
    assert MALI.scope().query(text, "en", shipped()).facet is not None
    assert MALI.answer(Question.parse(text)).excerpts
