"""A summary: the lead and the sentences that the others resemble most, in the report's order, or those on a topic."""

import math
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Correction, Summary
from retrieval.evidence.textrank import DAMPING, MAX_RANKED, central
from retrieval.index.bm25 import PassageIndex
from retrieval.overview.salience import LONG
from retrieval.overview.summary import MAX_LENGTH, summarise
from retrieval.question.asked import Question
from retrieval.words.terms import analyzer_of
from tests.builders import edition, passage, report

MALI = ingest(BUNDLED).edition
WORDS = ["soldiers", "truck", "village", "bodies", "Niono", "experts", "well", "the", "burned"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
    lambda words: "Here the " + " ".join(words) + "."
)
paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)


def texts(summary: Summary) -> list[str]:
    return [excerpt.text for excerpt in summary.excerpts]


def textrank(text: list[str]) -> list[float]:
    """TextRank over BM25 similarity by its definition, in plain Python over rank-bm25."""
    keys = [[term.key for term in analyzer_of("en").terms(sentence)] for sentence in text]
    index = BM25Okapi(keys)
    weights = [[max(0.0, score) for score in index.get_scores(own)] for own in keys]
    for n, row in enumerate(weights):
        row[n] = 0.0
    links = [[w / sum(row) for w in row] if sum(row) > 0 else [1 / len(row)] * len(row) for row in weights]
    worth = [1 / len(text)] * len(text)
    for _ in range(200):
        worth = [
            (1 - DAMPING) / len(text) + DAMPING * math.fsum(worth[m] * links[m][n] for m in range(len(text)))
            for n in range(len(text))
        ]
    return worth


def test_sentences_are_ranked_as_the_paper_says() -> None:
    everything = [p.cut(p.sentence(n)) for p in MALI.passages() for n in range(len(p.sentences))]
    keys = [[term.key for term in analyzer_of("en").terms(sentence)] for sentence in everything]
    worth = central(keys, PassageIndex(keys))
    assert [worth[n] for n in range(len(everything))] == pytest.approx(textrank(everything))


def test_the_summary_of_the_bundled_report() -> None:
    """Who, to whom, where and when; then what is demanded, what is denied, and what comes next."""
    summary = summarise(MALI.reports[0], MALI.label, length=6)
    assert [text[:40] for text in texts(summary)] == [
        "United Nations human rights experts toda",
        "Between January 2 and 4, 2025, six men, ",
        "Witnesses reported that the victims' veh",
        "The UN experts demanded Malian authoriti",
        "Further concern was expressed over Mali'",
        "The UN group has officially offered tech",
    ]


@given(
    text=paragraphs, length=st.integers(-3, 40), topic=st.none() | st.sampled_from(["truck", "bodies in a well", "x"])
)
def test_any_summary_is_whole_sentences_in_order(text: list[str], length: int, topic: str | None) -> None:
    of = report(*text)
    about = Question(topic) if topic else None
    summary = summarise(of, "edition", length=length, about=about)
    assert (summary.report, summary.edition, summary.about) == (of, "edition", topic)
    places = [(p.id, p.sentence(n)) for p in of.body for n in range(len(p.sentences))]
    chosen = [places.index((e.passage.id, e.span)) for e in summary.excerpts]
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= max(1, min(length, MAX_LENGTH))
    if topic is None:
        assert chosen[0] == 0
        assert len(chosen) == min(len(places), max(1, min(length, MAX_LENGTH)))
    for excerpt in summary.excerpts:
        assert excerpt.sentence == excerpt.span
        assert excerpt.text == excerpt.passage.text[slice(*excerpt.span)]
        assert all(excerpt.span.covers(match) for match in excerpt.matches)
        assert bool(excerpt.matches) == bool(topic)
    assert summarise(of, "edition", length=length, about=about) == summary


def test_about_narrows_to_the_sentences_that_hold_most_of_the_topic() -> None:
    of = report(
        "The truck left. Soldiers stopped the truck. The village slept.", "A burned truck was found. It rained."
    )
    assert texts(summarise(of, "e", about=Question("the truck"))) == [
        "The truck left.",
        "Soldiers stopped the truck.",
        "A burned truck was found.",
    ]
    narrowed = summarise(of, "e", length=1, about=Question("what about the burned trucks?"))
    assert texts(narrowed) == ["A burned truck was found."]
    assert [excerpt.passage.cut(match) for excerpt in narrowed.excerpts for match in excerpt.matches] == [
        "burned",
        "truck",
    ]
    assert narrowed.about == "what about the burned trucks?"


def test_no_quotation_is_cut_in_half_on_a_topic() -> None:
    """As in an answer and in a summary without a topic: the sentences that it goes on in are shown with it."""
    _, excerpt, _ = summarise(MALI.reports[0], MALI.label, about=Question("families")).excerpts
    assert excerpt.text.startswith("“Those responsible, ")
    assert excerpt.text.endswith(" families,” the experts emphasized.")
    assert excerpt.passage.cut(excerpt.sentence).startswith("Authorities must")
    assert [excerpt.passage.cut(match) for match in excerpt.matches] == ["families"]


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("wells", ["The wells were dry."]),
        ("the recommendations", ["The experts recommend a study."]),
        ("victims", ["Ten men were killed."]),  # a facet of the story, where the word stands nowhere
        ("evidence", []),
    ],
)
def test_a_topic_that_is_a_word_for_a_part_of_the_story_is_found(topic: str, found: list[str]) -> None:
    """By that word, and by what offers that part of the story only where the word stands nowhere."""
    of = report("The wells were dry.", "Ten men were killed.", "The experts recommend a study.", "It is far away.")
    assert texts(summarise(of, "e", about=Question(topic))) == found


def test_what_stands_under_a_heading_that_names_the_topic_comes_behind_what_names_it() -> None:
    told = (
        ("2. Prisons", "Cells are wet."),
        ("2. Prisons", "Food is scarce."),
        ("3. Roads", "A road leads to the prison."),
    )
    passages = [passage(text, number, section=section) for number, (section, text) in enumerate(told, start=1)]
    of, about = Report("report", "A report", tuple(passages)), Question("prisons")
    assert texts(summarise(of, "e", about=about)) == [text for _, text in told]
    assert texts(summarise(of, "e", length=2, about=about)) == ["Cells are wet.", "A road leads to the prison."]
    assert texts(summarise(of, "e", length=1, about=about)) == ["A road leads to the prison."]


def test_on_a_topic_a_sentence_that_leans_is_shown_with_the_one_before() -> None:
    of = report("The mayor came. He promised a well. He left.", "He drank.")
    assert texts(summarise(of, "e", about=Question("well"))) == ["The mayor came. He promised a well."]
    assert texts(summarise(of, "e", about=Question("drank"))) == ["He drank."]


def test_a_quotation_takes_as_many_places_as_it_has_sentences_and_none_is_shown_twice() -> None:
    quoted, plain, again = (
        "“Wells dry up. The truck left,” he said.",
        "A truck came.",
        "“Trucks burn. Trucks go,” she said.",
    )
    of, about = report(quoted, plain, again), Question("truck")
    assert texts(summarise(of, "e", length=5, about=about)) == [quoted, plain, again]
    assert texts(summarise(of, "e", length=3, about=about)) == [quoted, plain]
    assert texts(summarise(of, "e", length=1, about=about)) == [plain]
    assert texts(summarise(of, "e", length=1, about=Question("dry"))) == [quoted], "it is all there is"


@pytest.mark.parametrize("topic", ["volcano", "what about it", "😀 7"])
def test_nothing_on_the_topic_gives_no_sentence(topic: str) -> None:
    assert summarise(MALI.reports[0], MALI.label, about=Question(topic)).excerpts == ()


def test_a_report_of_one_sentence_is_its_summary() -> None:
    [excerpt] = summarise(report("It rained."), "e").excerpts
    assert (excerpt.text, excerpt.span, excerpt.score, excerpt.matches) == ("It rained.", Span(0, 10), 0.0, ())


def test_a_report_without_body_text_has_an_empty_summary() -> None:
    assert summarise(report(), "e").excerpts == ()
    assert summarise(report(), "e", about=Question("truck")).excerpts == ()


def test_sentences_without_terms_are_allowed() -> None:
    assert texts(summarise(report("It is. They are. We were."), "e", length=2)) == ["It is.", "They are."]


def test_title_and_headings_are_left_out() -> None:
    of = report("It rained.", title="Soldiers burned a truck")
    assert of.passages[0] == passage("Soldiers burned a truck", kind=of.passages[0].kind, tail="\n\n")
    assert texts(summarise(of, "e", about=Question("soldiers"))) == []


def test_other_languages_are_summarised_by_their_own_words() -> None:
    of = report("Le camion est brûlé. Il pleut. Les camions partent.", language="fr")
    assert texts(summarise(of, "e", about=Question("CAMIONS brules"))) == [
        "Le camion est brûlé.",
        "Les camions partent.",
    ]


def test_a_long_report_is_thinned_to_its_typical_sentences_in_bounded_memory() -> None:
    typical = [f"Soldiers burned the truck near village {n}." for n in range(MAX_RANKED)]
    strange = [f"Zyx{n} qwv{n} jkl{n}." for n in range(2 * MAX_RANKED)]
    of = report("It rained.", *(" ".join([a, *strange[2 * n : 2 * n + 2]]) for n, a in enumerate(typical)))
    tracemalloc.start()
    summary = summarise(of, edition(of).label, length=5)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 8 * MAX_RANKED**2  # bytes: a few squares of floats; that of all sentences alone has 9 such
    lead, *others = texts(summary)
    assert lead == "It rained."
    assert len(others) == 4
    assert set(others) <= set(typical)


def sectioned(*sections: tuple[str, int]) -> Report:
    """A report with so many sentences under each heading, each in a paragraph of its own."""
    told = [(section, f"Soldiers burned truck {n} near {section}.") for section, most in sections for n in range(most)]
    passages = [passage(text, number, section=section) for number, (section, text) in enumerate(told, start=1)]
    return Report("report", "A report", tuple(passages))


def test_a_long_report_is_summed_up_by_section() -> None:
    """Each of its sections has its part before one has two."""
    of = sectioned(("Niono", LONG - 20), ("Mopti", 11), ("Dioura", 10))
    found = summarise(of, "e", length=3)
    assert found.by_section
    assert [excerpt.passage.locator.section for excerpt in found.excerpts] == ["Niono", "Mopti", "Dioura"]


def test_a_short_report_is_not_and_neither_is_one_without_headings() -> None:
    assert not summarise(sectioned(("Niono", 5), ("Mopti", 5)), "e").by_section
    assert not summarise(sectioned(("Niono", LONG + 1)), "e").by_section


def test_what_a_report_itself_sums_up_comes_first() -> None:
    of = sectioned(("Niono", 5), ("I. Highlights", 2), ("Mopti", 5))
    sections = [excerpt.passage.locator.section for excerpt in summarise(of, "e", length=3).excerpts]
    assert sections == ["Niono", "I. Highlights", "I. Highlights"]


def test_a_quotation_is_shown_whole_or_not_at_all() -> None:
    quotation = "“The truck burned near the village. The soldiers burned the truck,” said the elders."
    told = f"The village slept. {quotation} It rained."
    assert texts(summarise(report(told), "e", length=3)) == ["The village slept.", quotation]
    assert texts(summarise(report(told), "e", length=2)) == ["The village slept.", "It rained."]


def test_the_number_of_a_document_is_no_lead() -> None:
    assert texts(summarise(report("SC/PR-118.", "Soldiers burned the truck."), "e", length=1)) == [
        "Soldiers burned the truck."
    ]


def test_what_is_no_whole_sentence_stands_behind_those_that_are() -> None:
    """A line without a stop, and an item that no line opens; both are shown where nothing else is left."""
    line = "Killings by soldiers in Mopti, Niono and Dioura between 2 and 4 January"
    rest = "to demand that soldiers and the Wagner group free ten men in Mopti by 4 January;"
    whole = ["The village slept.", "It has been quiet for some days here.", "Rain has come to the wells."]
    of = report(whole[0], line, whole[1], rest, whole[2])
    assert texts(summarise(of, "e", length=3)) == whole
    assert set(texts(summarise(of, "e", length=5))) == {*whole, line, rest}


@pytest.mark.parametrize(
    "line", ["They fled.", "He said: “No.”", "Ten were shot (in 2024).", "Ten were shot.12", "彼らは。"]
)
def test_a_sentence_ends_before_what_follows_its_stop(line: str) -> None:
    of = report("The village slept.", line, "and then to the old market with its dry wells")
    assert texts(summarise(of, "e", length=2))[-1] == line


def test_a_sentence_that_leans_is_not_shown_without_the_one_before() -> None:
    """Also where that stands in the paragraph before."""
    of = report(
        "The village slept.", "Two men came by the road.", "They shot Musa, Ali and Omar in Mopti.", "Rain came."
    )
    assert texts(summarise(of, "e", length=2)) == ["The village slept.", "Two men came by the road."]
    assert texts(summarise(of, "e", length=3))[1:] == [
        "Two men came by the road.",
        "They shot Musa, Ali and Omar in Mopti.",
    ]


def test_a_long_report_without_headings_is_told_from_all_its_stretches() -> None:
    of = report(*(f"Soldiers burned the truck {n} near Niono." for n in range(LONG + 20)))
    found = [int(excerpt.passage.locator.label) for excerpt in summarise(of, "e", length=4).excerpts]
    assert [(number - 1) // 25 for number in found] == [0, 1, 2, 3]


def test_of_a_long_report_what_it_concludes_is_told() -> None:
    of = sectioned(("Niono", 40), ("Mopti", 20), ("Dioura", 20), ("IV. Conclusions and recommendations", 3))
    sections = [excerpt.passage.locator.section for excerpt in summarise(of, "e", length=2).excerpts]
    assert sections == ["Niono", "IV. Conclusions and recommendations"]


@pytest.mark.parametrize(
    ("language", "about", "read", "found"),
    [
        ("en", "the vilage wells", ("vilage", "village"), "The village lost its wells."),
        ("en", "sodliers", ("sodliers", "soldiers"), "The soldiers left."),
        ("fr", "les soldast", ("soldast", "soldats"), "Les soldats sont partis."),
    ],
)
def test_a_misspelt_topic_is_read_as_a_question_would_be(
    language: str, about: str, read: tuple[str, str], found: str
) -> None:
    lines = {
        "en": ("The village lost its wells.", "The soldiers left.", "It rained on the road."),
        "fr": ("Le village a perdu ses puits.", "Les soldats sont partis.", "Il a plu sur la route."),
    }
    summary = summarise(report(*lines[language], language=language), "e", about=Question(about))
    assert texts(summary)[0] == found
    assert summary.corrections == (Correction(*read),)


def test_a_topic_that_is_spelt_rightly_or_is_not_found_is_not_corrected() -> None:
    of = report("The village lost its wells.", "The soldiers left.")
    assert summarise(of, "e", about=Question("village")).corrections == ()
    assert summarise(of, "e", about=Question("zzzzq")).corrections == ()


@pytest.mark.parametrize(
    ("language", "lines", "toll"),
    [
        (
            "en",
            (
                "The bridge over the Lurn fell on Friday. Of the 311 people on it, 46 lost their lives. It was old.",
                "The council of Maro called on the governor to open an inquiry into the bridge of Lurn.",
                "The governor of Maro denied that the council of Lurn had warned him of the bridge.",
                "The bridge of Lurn was built by the council of Maro in 1978 as a bridge for carts.",
                "The engineers of Maro recommend that every bridge of the council be examined by the spring.",
            ),
            "Of the 311 people on it, 46 lost their lives.",
        ),
        (
            "fr",
            (
                "Le pont sur la Lurne est tombé vendredi soir. Au moins 87 personnes ont péri. Il était vieux.",
                "Le conseil de Maro a demandé au gouverneur d'ouvrir une enquête sur le pont de Lurne.",
                "Le gouverneur de Maro a nié que le conseil de Lurne l'ait averti de l'état du pont.",
                "Le pont de Lurne a été bâti par le conseil de Maro en 1978 pour les charrettes.",
                "Les ingénieurs de Maro recommandent que tous les ponts du conseil soient examinés.",
            ),
            "Au moins 87 personnes ont péri.",
        ),
    ],
)
def test_a_short_summary_says_how_many_were_killed(language: str, lines: tuple[str, ...], toll: str) -> None:
    found = texts(summarise(report(*lines, language=language), "", length=3))
    assert toll in found


EVENT = {
    "en": "Soldiers shot two men at the well of Maro.",
    "fr": "Des soldats ont abattu deux hommes au puits de Maro.",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Issued on 19 June."),
        ("en", "Published on 22 May, updated on 3 June."),
        ("en", "Prepared by the coordination office in Maro."),
        ("en", "Coast Rights Network, 10 May."),
        ("en", "The following statement was issued today by the President of the Council."),
        ("en", "1. This inquiry was set up by order of the Minister of Transport."),
        ("en", "Correction of 3 June: two men at the well of Maro were said to be four."),
        ("en", "An earlier version of this release said that four men were shot at the well of Maro."),
        ("en", "Contact: Ada Lund, press officer of the soldiers and men of Maro."),
        ("en", "Write to the soldiers of Maro at press@maro.example today."),
        ("en", "*The experts: the men who report on soldiers and the well of Maro."),
        ("fr", "Sarlonne, le 27 juin 2025."),
        ("fr", "Publié le 27 juin, mis à jour le 3 juillet."),
        ("fr", "Le présent document est établi par le Bureau de coordination."),
        ("fr", "Rectificatif : les deux hommes du puits de Maro étaient quatre."),
        ("fr", "Le texte ci-dessous résume les propos de la porte-parole."),
        ("fr", "Contact presse : Ada Lund, bureau des soldats de Maro."),
        ("fr", "À l’intention des organes d’information."),
    ],
)
def test_what_tells_of_the_document_stands_behind_what_it_is_about(language: str, line: str) -> None:
    others = {
        "en": ("The well is old.", "Nobody goes to it."),
        "fr": ("Le puits est vieux.", "Personne n’y va."),
    }[language]
    for told in ((line, EVENT[language], *others), (EVENT[language], *others, line)):
        found = texts(summarise(report(*told, title="Maro", language=language), "e", length=3))
        assert EVENT[language] == found[0]
        assert line not in found


@pytest.mark.parametrize("line", ["The present chief is old.", "Contacts of the chief were told.", "He gave no date."])
def test_what_only_begins_so_is_told(line: str) -> None:
    assert texts(summarise(report(line, "It rained."), "e", length=1)) == [line]


def test_the_lead_is_the_sentence_that_holds_what_the_title_says_or_a_toll() -> None:
    """Not the scene that a report opens with, nor what leans on a line about the document."""
    of = report(
        "Every morning the sun rises over Maro.",
        "Soldiers closed the old well of the herders.",
        title="Soldiers close the old well",
    )
    assert texts(summarise(of, "e", length=1)) == ["Soldiers closed the old well of the herders."]
    of = report("Every morning the sun rises.", "At least ten men were killed at the market.")
    assert texts(summarise(of, "e", length=1)) == ["At least ten men were killed at the market."]
    of = report("Issued on 19 June. It is no part of the judgment.", "The court met in Maro.")
    assert texts(summarise(of, "e", length=1)) == ["The court met in Maro."]
    of = report("1. Bus shelter.", "The council met in Maro to hear the mayor.")
    assert texts(summarise(of, "e", length=1)) == ["The council met in Maro to hear the mayor."]


STORY = (
    '"They asked for our shoes first," says Y., a nurse. "Then they pointed at the water."',
    "Monitors describe 58 operations concerning about 1,460 people, among them 210 children.",
    'The ministry denies this and says that its officers "return nobody".',
    "Seven people drowned in the river.",
    "The observers find that the returns were unlawful.",
    "The law is plain. The monitors urge the ministry to stop the returns.",
    "The river is wide. The bank is steep. The woods are dark.",
)


@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_what_happened_is_told_before_what_is_said_to_it(length: int) -> None:
    """Extent, toll and finding first; a denial or an appeal behind them, the words of a witness never in front."""
    found = texts(summarise(report(*STORY), "e", length=length))
    assert found[0] == STORY[1]
    assert STORY[3] in found or STORY[4] in found
    if length >= 3:
        assert {STORY[3], STORY[4]} < set(found)
    assert not any(text.startswith('"They') for text in found)


def test_a_witness_opens_no_summary_in_french_either() -> None:
    of = report(
        "« Je n’ai pas lu le papier », dit Selma.",
        "Quarante-six détenus disent avoir été battus.",
        "Le ministère dément ces « accusations ».",
        "La prison est loin de la ville.",
        language="fr",
    )
    assert texts(summarise(of, "e", length=2))[0] == "Quarante-six détenus disent avoir été battus."
    assert not any("Selma" in text for text in texts(summarise(of, "e", length=2)))


def test_a_topic_is_found_by_a_word_of_its_family() -> None:
    of = report("Les coups pleuvent.", "Viennent ensuite les décharges électriques.", "Il pleut.", language="fr")
    assert texts(summarise(of, "e", about=Question("électricité"))) == ["Viennent ensuite les décharges électriques."]
    assert texts(summarise(of, "e", about=Question("élections"))) == []
