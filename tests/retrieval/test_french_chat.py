"""French as people type it: questions about the whole, chat forms, forgotten accents and apostrophes, who did it."""

import pytest

from retrieval.answering import Answerer
from retrieval.confidence.facts import is_negated
from retrieval.kind import Kind
from retrieval.question.asked import Question
from retrieval.question.facet import Facet
from retrieval.question.query import Query
from retrieval.question.roles import Role
from retrieval.words.terms import analyzer_of
from tests.builders import edition, report

FRENCH = report(
    "Dans la nuit du 4 mai 2024, une vingtaine d’hommes armés ont incendié l’usine de Brelle, près de Tolvane. Neuf "
    "ouvrières ont été tuées et douze blessées.",
    "Selon des témoins, les assaillants seraient venus de la caserne voisine. L’armée a démenti toute implication.",
    "Les familles ont été reçues par le préfet. Elles demandent une enquête indépendante.",
    "Le parquet doit entendre le directeur le 2 juin. Les syndicats dénoncent une décision tardive.",
    title="Attaque de l’usine de Brelle",
    language="fr",
)
ANSWERER = Answerer(edition(FRENCH))
KEY = analyzer_of("fr").key


def first(question: str) -> str:
    return ANSWERER.answer(Question.parse(question)).excerpts[0].sentence_text


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("il s'est passé quoi", Facet.GIST),
        ("Que s'est-il passé ?", Facet.GIST),
        ("qu'est-ce qui s’est passé là-bas", Facet.GIST),
        ("tu peux me dire ce qui s'est passé ?", Facet.GIST),
        ("résumé svp", Facet.GIST),
        ("kestce qui s'est passé", Facet.GIST),
        ("kestce ki c passé", Facet.GIST),
        ("keskispass", Facet.GIST),
        ("kes ki c passé", Facet.GIST),
        ("c koi", Facet.GIST),
        ("pk", Facet.CAUSE),
        ("c ki", Facet.DOER),
        ("ki sont les victimes", Facet.SUFFERER),
        ("keskils veulent", Facet.DEMAND),
        ("kesk'ils veulent", Facet.DEMAND),
        ("C'est qui ?", Facet.DOER),
        ("c la faute à qui", Facet.DOER),
        ("Qui sont les victimes ?", Facet.SUFFERER),
        ("ils s'appellent comment", Facet.IDENTITY),
        ("c'était quand", Facet.TIME),
        ("elle est ou la", Facet.PLACE),
        ("c'est arrivé dans quel pays", Facet.PLACE),
        ("comment ils s'y sont pris", Facet.MANNER),
        ("pour quelles raisons", Facet.CAUSE),
        ("de quoi on les accuse", Facet.LAW),
        ("C'est vrai tout ça ?", Facet.PROOF),
        ("c'est sûr ou pas", Facet.PROOF),
        ("est-ce que c'est confirmé", Facet.PROOF),
        ("ils veulent quoi", Facet.DEMAND),
        ("que puis-je faire", Facet.DEMAND),
        ("et le gouvernement il dit quoi", Facet.REACTION),
        ("c'est grave ?", Facet.CONSEQUENCE),
        ("et maintenant ?", Facet.NEXT),
        ("qui dit ça", Facet.SOURCE),
        ("qui a publié ce rapport", Facet.PUBLISHER),
        ("publié quand", Facet.PUBLISHED),
        ("t'as le lien", Facet.ADDRESS),
        ("quel est le titre", Facet.NAME),
    ],
)
def test_a_question_about_the_whole_asks_for_a_facet_and_for_no_word(question: str, facet: Facet) -> None:
    query = Query.of(question, "fr")
    assert query.facet is not None
    assert (query.facet.facet, query.is_whole, query.wants) == (facet, True, ())


@pytest.mark.parametrize("question", ["qui es-tu", "aux armes", "le fleuve et la rive", "une rançon a été demandée ?"])
def test_what_asks_for_something_else_is_not_about_the_whole(question: str) -> None:
    assert not Query.of(question, "fr").is_whole


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("il s'est passé quoi", "ont incendié l’usine"),
        ("c'est confirmé ?", "Selon des témoins"),
        ("elles veulent quoi", "demandent une enquête"),
        ("cb de meufs tuées", "Neuf ouvrières"),
        ("qd lusine a été cramée", "4 mai 2024"),
        ("les militaires ils disent quoi", "L’armée a démenti"),
    ],
)
def test_the_sentence_that_offers_it_comes_first(question: str, held: str) -> None:
    assert held in first(question)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cb de morts", "combien de morts"),
        ("pk ils ont fait ca", "pourquoi ils ont fait ça"),
        ("keski a brûlé", "qu'est-ce que a brûlé"),
        ("cest ou", "c'est où"),
        ("a quelle heure", "à quelle heure"),
        ("ils ont deja arrété qqn", "ils ont déjà arrêté quelqu'un"),
    ],
)
def test_what_is_typed_in_a_chat_is_read_as_if_it_were_written_out(typed: str, written: str) -> None:
    read, plain = Query.of(typed, "fr"), Query.of(written, "fr")
    assert [want.key for want in read.wants] == [want.key for want in plain.wants]
    assert (read.kind, read.facet) == (plain.kind, plain.facet)


@pytest.mark.parametrize(
    ("typed", "meant"), [("lusine", "usine"), ("lenquete", "enquête"), ("directteur", "directeur")]
)
def test_a_misspelt_word_is_read_as_the_one_that_was_meant_and_named(typed: str, meant: str) -> None:
    found = ANSWERER.answer(Question.parse(f"que dit on de {typed} ?")).corrections
    assert [(one.typed, one.meant) for one in found] == [(typed, meant)]


def test_a_word_that_only_begins_as_an_elided_one_stays() -> None:
    answer = ANSWERER.answer(Question.parse("combien de larmes ont été versées"))
    assert "larmes" not in [one.typed for one in answer.corrections]


@pytest.mark.parametrize(
    "forms",
    [
        "dénoncer dénonce dénoncent dénoncèrent dénoncée",
        "vérifier vérifié vérifient vérification",
        "payer payé payée payées paie",
        "président présidents",
        "accident accidents",
        "logement logements",
    ],
)
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    assert len({KEY(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("tu", "tuer"), ("entre", "entrée"), ("violent", "viol")])
def test_words_that_only_look_alike_are_two(one: str, other: str) -> None:
    assert (KEY(one) or one) != KEY(other)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("qui a tué les ouvrières", Role.AGENT),
        ("par qui ont-elles été tuées", Role.AGENT),
        ("qui a été tué", Role.PATIENT),
        ("qui s'est fait arrêter", Role.PATIENT),
    ],
)
def test_who_asks_for_whoever_did_it_or_for_whom_it_was_done_to(question: str, role: Role) -> None:
    found = Query.of(question, "fr").role
    assert found is not None
    assert found.role is role


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("les agents ont emporté quoi", Kind.THING),
        ("elle risque combien", Kind.NUMBER),
        ("Bonjour, j'aimerais savoir ce que répond le ministère quand on l'interroge", Kind.QUOTATION),
        ("quelle société a construit le barrage", Kind.GROUP),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Kind) -> None:
    assert Query.of(question, "fr").kind is kind


def test_what_only_tells_why_somebody_asks_counts_for_little() -> None:
    query = Query.of(
        "Bonjour, je prépare un exposé sur la région, est-ce que vous savez qui a incendié l'usine ?", "fr"
    )
    shares = {want.surface: want.share for want in query.wants}
    assert shares["exposé"] < shares["incendié"] == 1.0


@pytest.mark.parametrize(
    ("text", "expected"), [("ils n'ont pas fui", True), ("aucune trace", True), ("une personne a fui", False)]
)
def test_a_negation_is_known(text: str, expected: bool) -> None:
    assert is_negated([word.text for word in analyzer_of("fr").words(text)], "fr") is expected


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("how many people were killed", "Neuf ouvrières"),
        ("what happened?", "ont incendié l’usine"),
        ("did the army deny it?", "L’armée a démenti"),
        ("who set fire to the factory", "ont incendié l’usine"),
    ],
)
def test_an_english_question_is_looked_for_by_the_terms_of_both(question: str, held: str) -> None:
    assert held in first(question)
