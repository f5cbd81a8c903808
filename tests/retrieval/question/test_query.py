"""What a question looks for, and which kind of thing it asks for, as people type it."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.kind import Kind
from retrieval.question.query import FILLER, Query, Want
from retrieval.question.typed import typed

N, T, P, WHO, G = Kind.NUMBER, Kind.TIME, Kind.PLACE, Kind.PERSON, Kind.GROUP
WHY, HOW, SAID, YES_NO, THING = Kind.REASON, Kind.MANNER, Kind.QUOTATION, Kind.VERIFICATION, Kind.THING

ASKED: list[tuple[str, Kind, str | None]] = [
    ("How many civilians were killed?", N, "civilians"),
    ("how many people died", N, "people"),
    ("how mnay civilians were killed", N, "civilians"),
    ("hwo many women were killed", N, "women"),
    ("how old was the child", N, "child"),
    ("how old was the kid who died", N, "kid"),
    ("how much money was offered", N, "money"),
    ("How long did it last?", N, "last"),
    ("how long ago did the raid happen", T, "raid"),
    ("number of victims", N, "victims"),
    ("whats the death toll", N, None),
    ("what was the death toll", N, None),
    ("What is the number of victims?", N, "number"),
    ("what percentage of victims were women", N, "percentage"),
    ("when did the raid happen", T, "raid"),
    ("When were the bodies found?", T, "bodies"),
    ("wehn were they killed", T, "killed"),
    ("since when are they missing", T, "missing"),
    ("what day was the truck stopped", T, "day"),
    ("What date was the raid", T, "date"),
    ("what's the date of the attack", T, "date"),
    ("which year did it happen", T, "year"),
    ("whens the investigation due", T, "investigation"),
    ("Where were the bodies found?", P, "bodies"),
    ("wehre were the bodies found", P, "bodies"),
    ("wheres the camp", P, "camp"),
    ("where's the camp they were going to", P, "camp"),
    ("which village were the bodies near", P, "village"),
    ("what village of shepherds", P, "village"),
    ("what's the name of the village", P, "village"),
    ("which region did they come from", P, "region"),
    ("where were they headed", P, "headed"),
    ("Who condemned the killings?", WHO, "condemned"),
    ("who did it", WHO, None),
    ("whos responsible for the raid", WHO, "responsible"),
    ("Who's responsible for this raid", WHO, "responsible"),
    ("woh killed them", WHO, "killed"),
    ("by whom were they executed", WHO, "executed"),
    ("whose families lost contact", WHO, "families"),
    ("who were the victims of the raid", WHO, "victims"),
    ("which group did the russians belong to", G, "russians"),
    ("what organisation spoke out", G, "organisation"),
    ("which army was involved", G, "army"),
    ("why were they killed", WHY, "killed"),
    ("Why did the families lose contact?", WHY, "families"),
    ("how come nobody was charged", WHY, "nobody"),
    ("what was the reason for the attack", WHY, "reason"),
    ("whys the vehicle burned", WHY, "vehicle"),
    ("what led to the concern", WHY, "concern"),
    ("how were the bodies hidden", HOW, "bodies"),
    ("hows the child", HOW, "child"),
    ("in what way did mali respond", HOW, "way"),
    ("How were they killed?", HOW, "killed"),
    ("what did the experts say", SAID, "experts"),
    ("what did mali say about the allegations", SAID, "allegations"),
    ("What did the leadership say?", SAID, "leadership"),
    ("Did the experts condemn the killings?", YES_NO, None),
    ("did mali deny it", YES_NO, None),
    ("was the vehicle burned", YES_NO, None),
    ("were there any children", YES_NO, None),
    ("is it true that women were killed", YES_NO, None),
    ("are the soldiers charged", YES_NO, None),
    ("didnt they investigate", YES_NO, None),
    ("didn't they investigate", YES_NO, None),
    ("has mali responded", YES_NO, None),
    ("can the families get the remains", YES_NO, None),
    ("what happened in the village", THING, "happened"),
    ("what kind of car was it", THING, "kind"),
    ("what was offered to mali", THING, "offered"),
    ("whta happened to the car", THING, "happened"),
    ("tell me about wagner", THING, None),
    ("wagner group", THING, None),
    ("bodies found", THING, None),
    ("the car?", THING, None),
    ("WHERE WERE THE BODIES FOUND", P, "BODIES"),
    ("WHO DID IT", WHO, None),
    ("HOW MANY CHILDREN", N, "CHILDREN"),
    ("what caused the concern", WHY, "concern"),
    ("what time was the truck stopped", T, "truck"),
    ("what do they say about reparations", SAID, "reparations"),
]


@pytest.mark.parametrize(("text", "kind", "focus"), ASKED)
def test_the_kind_asked_for_and_what_it_is_asked_of(text: str, kind: Kind, focus: str | None) -> None:
    query = Query.of(text, "en")
    assert (query.kind, None if query.focus is None else query.wants[query.focus].surface) == (kind, focus)


def want(key: str | None, surface: str, position: int, **marks: bool) -> Want:
    plain = {"meant": False, "is_name": False, "is_number": False, "is_telling": True}
    return Want(key=key, surface=surface, position=position, **{**plain, **marks})


def test_the_wants_of_a_question_are_its_words_once() -> None:
    query = Query.of("Which people in Mali saw 10 trucks, 10 trucks?", "en")
    assert query.wants == (
        want("person", "people", 1, is_telling=False),
        want("mali", "Mali", 3, is_name=True),
        want("see", "saw", 4, is_telling=False),
        want("10", "10", 5, is_number=True),
        want("truck", "trucks", 6),
    )
    assert query.words == ("which", "people", "in", "mali", "saw", "10", "trucks", "10", "trucks")


def test_a_misspelt_word_is_marked_and_brings_the_equivalents_of_what_was_meant() -> None:
    query = Query.of("the corspe", "en", lambda key, *_: {"corsp": "corps"}.get(key))
    assert query.wants == (want("corps", "corspe", 1, meant=True),)
    assert query.equivalents[0]["bodi",] == 0.85


def test_a_question_word_with_swapped_letters_is_not_looked_for() -> None:
    assert Query.of("wehre is the truck", "en").wants == (want("truck", "truck", 3),)


def test_a_phrase_of_stop_words_is_a_want_without_a_key() -> None:
    wants = Query.of("who did it near Niono", "en").wants
    assert wants == (want("niono", "Niono", 4, is_name=True), want(None, "who did it", 0, is_telling=False))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("what day was the raid", "day"),
        ("Which village is named?", "village"),
        ("date of the attack", "date"),
        ("give me the number of victims", "number"),
        ("What was the large number of victims due to?", None),
        ("how many people died", None),
        ("when did it happen", None),
    ],
)
def test_the_noun_that_only_names_the_kind(text: str, surface: str | None) -> None:
    query = Query.of(text, "en")
    assert (None if query.type_noun is None else query.wants[query.type_noun].surface) == surface


def test_a_phrase_that_means_one_thing_counts_once_and_an_empty_word_hardly() -> None:
    shares = {want.surface: want.share for want in Query.of("when did the mass grave killings happen", "en").wants}
    assert shares == {"mass": 0.5, "grave": 0.5, "killings": 1.0, "happen": FILLER}


def test_a_stop_word_in_capitals_still_finds_the_phrases_that_it_begins() -> None:
    named = {want.surface: found for want, found in zip(*wanted("WHO killed him?"), strict=True)}
    plain = {want.surface: found for want, found in zip(*wanted("who killed him?"), strict=True)}
    assert named["killed"] == plain["killed"]
    assert ("murder",) in named["WHO"]  # a name here, and so a want


def wanted(text: str) -> tuple[tuple[Want, ...], tuple[Mapping[tuple[str, ...], float], ...]]:
    query = Query.of(text, "en")
    return query.wants, query.equivalents


def test_a_language_without_data_has_wants_and_no_kind() -> None:
    query = Query.of("Wo ist das Dorf", "xx")
    assert [w.key for w in query.wants] == ["wo", "ist", "das", "dorf"]
    assert (query.kind, query.focus, query.equivalents) == (Kind.THING, None, ({}, {}, {}, {}))


@given(text=st.text(), tag=st.sampled_from(["en", "fr", "xx"]))
@example(text="0:FO", tag="fr")
def test_any_text_is_a_query(text: str, tag: str) -> None:
    query, written = Query.of(text, tag), typed(tag).written_out(text)
    assert len(query.wants) == len(query.equivalents)
    assert query.focus is None or 0 <= query.focus < len(query.wants)
    assert all(0 < weight < 1 for found in query.equivalents for weight in found.values())
    assert all(w.surface in written for w in query.wants)
