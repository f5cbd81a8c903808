"""French reports and questions: words, numbers, dates, kinds of question; and a question in the other language."""

import pytest

from corpus.text.segmentation import sentences
from retrieval.answering import Answerer
from retrieval.kind import Kind
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.question.query import Query
from retrieval.sentence import read
from retrieval.words.terms import analyzer_of
from tests.builders import edition, report

FRENCH = report(
    "Le 1er mars 2024, vers 5 heures, une trentaine d’hommes armés ont attaqué le village de Tolvane, près de Merrec. "
    "Ils ont tué 14 habitants et incendié l’école.",
    "Les corps ont été découverts le lendemain dans un puits par des bergers. Deux jours plus tard, 1 200 personnes "
    "avaient fui vers Merrec, où elles reçoivent 3,5 litres d’eau par jour.",
    "« Nous n’avons rien pu emporter », a déclaré une institutrice. L’armée, accusée par les survivants, dément toute "
    "implication.",
    "Le parquet de Merrec a ouvert une enquête le 9 mars. Aucun suspect n’a été arrêté à ce jour.",
    "M. Ardel, porte-parole du ministère, a indiqué que l’art. 12 du Code pénal s’appliquait.",
    title="Attaque de Tolvane",
    language="fr",
)
ANSWERER = Answerer(edition(FRENCH))
ENGLISH = Answerer(
    edition(
        report(
            "On 1 March 2024 armed men attacked the village of Tolvane and killed 14 residents.",
            "The bodies were found in a well the next day. The army denied any involvement.",
            "The prosecutor of Merrec opened an investigation. 1,200 people have fled to Merrec.",
        )
    )
)


def first(question: str, answerer: Answerer = ANSWERER) -> str:
    return answerer.answer(Question.parse(question)).excerpts[0].sentence_text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Combien de personnes ont-elles été tuées ?", "tué 14"),
        ("y'a combien de morts", "tué 14"),
        ("ils ont trouvé les corps où", "dans un puits"),
        ("Où les corps ont-ils été retrouvés ?", "dans un puits"),
        ("qui a découvert les cadavres", "par des bergers"),
        ("combien de gens ont fui", "1 200"),
        ("ils ont combien d'eau par jour", "3,5 litres"),
        ("est-ce que l'armée a reconnu les faits ?", "L’armée"),
        ("les militaires ils disent quoi", "L’armée"),
        ("y a eu des arrestations ?", "Aucun suspect"),
        ("quand le parquet a-t-il ouvert l'enquete", "le 9 mars"),
        ("à quelle date l’attaque a-t-elle eu lieu ?", "1er mars"),
        ("ils ont cramé quoi", "incendié l’école"),
        ("les flics ont chopé quelqu'un", "arrêté"),
    ],
)
def test_questions_as_they_are_typed(question: str, held: str) -> None:
    assert held in first(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de personnes ont-elles été tuées ?", Kind.NUMBER),
        ("y'a combien de morts", Kind.NUMBER),
        ("ils ont trouvé les corps où", Kind.PLACE),
        ("ou est le puits", Kind.PLACE),
        ("le puits ou la route", Kind.THING),
        ("c'est qui", Kind.PERSON),
        ("qui est-ce qui a tiré", Kind.PERSON),
        ("qu'est-ce qui a brûlé", Kind.THING),
        ("c’était quand", Kind.TIME),
        ("depuis quand ça dure", Kind.TIME),
        ("Quelle organisation a publié le rapport ?", Kind.GROUP),
        ("pourquoi ils partent", Kind.REASON),
        ("comment ils ont fait", Kind.MANNER),
        ("que dit l'armée", Kind.QUOTATION),
        ("Est-ce que l'école a été incendiée ?", Kind.VERIFICATION),
        ("y a eu des arrestations ?", Kind.VERIFICATION),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Kind) -> None:
    assert Query.of(question, "fr").kind is kind


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("l’armée", analyzer_of("fr").key("armées")),
        ("L'ÉCOLE", analyzer_of("fr").key("écoles")),
        ("qu’arrêtées", analyzer_of("fr").key("arrêter")),
        ("disparues", analyzer_of("fr").key("disparition")),
        ("tuées", analyzer_of("fr").key("tuer")),
        ("tuees", analyzer_of("fr").key("tués")),
        ("meurent", analyzer_of("fr").key("morts")),
        ("1 200", "1200"),
        ("1\u202f200", "1200"),
        ("3,5", "3.5"),
        ("1er", "1"),
        ("refus", analyzer_of("fr").key("refuser")),
    ],
)
def test_one_word_in_its_forms(text: str, keys: str) -> None:
    assert [term.key for term in analyzer_of("fr").terms(text)] == [keys]


@pytest.mark.parametrize(
    "text", ["ont-elles", "a-t-il", "qu’est-ce que c’est", "où", "à", "jusqu’à ce qu’on", "n’y a-t-il"]
)
def test_stop_words_are_no_terms(text: str) -> None:
    assert analyzer_of("fr").terms(text) == []


def test_words_that_only_look_elided_or_joined_stay_whole() -> None:
    words = analyzer_of("fr").words("Aujourd’hui, quelqu’un de Pont-Levant ; l’on a peut-être 2024 200")
    found = [word.text for word in words]
    assert found == ["aujourd'hui", "quelqu'un", "de", "pont-levant", "l", "on", "a", "peut-etre", "2024", "200"]


def test_dates_numbers_places_and_agents_of_a_sentence() -> None:
    attack, killed = read(FRENCH.passages[1], analyzer_of("fr"), "fr")
    assert attack.dates == {"1er", "2024"}
    assert analyzer_of("fr").key("Merrec") in attack.placed
    assert (killed.leans, attack.leans, killed.numbers) == (True, False, ("14",))
    found, fled = read(FRENCH.passages[2], analyzer_of("fr"), "fr")
    assert (len(found.agents), fled.leans, fled.numbers[0]) == (1, True, "1200")


@pytest.mark.parametrize(
    "text",
    [
        "MM. Ardel et Sorin ont été entendus.",
        "Mme. Ardel habite 3 av. Foch.",
        "L’art. 12 et l’al. 3 s’appliquent, cf. le no. 7.",
        "« Fuyez ! » a crié un homme.",
        "Le 3 févr. 2024, env. 200 personnes ont fui.",
        "Ils vivent à St. Aubrin depuis 2020.",
    ],
)
def test_a_sentence_goes_on(text: str) -> None:
    assert len(sentences(text)) == 1


def test_sentences_end_after_guillemets() -> None:
    text = "« Nous avons fui. » Elle pleurait. « Rien ne reste », dit-elle."
    assert [text[span.start : span.end].strip() for span in sentences(text)] == [
        "« Nous avons fui. »",
        "Elle pleurait.",
        "« Rien ne reste », dit-elle.",
    ]


@pytest.mark.parametrize(
    "quoted", ["« Tout a brûlé. Rien ne reste », dit-elle.", "»Tout a brûlé. Rien ne reste«, dit-elle."]
)
def test_the_rest_of_a_quotation_is_shown_with_its_speaker(quoted: str) -> None:
    answerer = Answerer(edition(report(quoted, language="fr")))
    assert answerer.answer(Question.parse("qu'est-ce qui a brûlé")).excerpts[0].text == quoted


@pytest.mark.parametrize(
    ("question", "answerer", "held"),
    [
        ("how many people were killed", ANSWERER, "tué 14"),
        ("where were the bodies found?", ANSWERER, "dans un puits"),
        ("did the army admit it?", ANSWERER, "L’armée"),
        ("how many people fled to Merrec", ANSWERER, "1 200"),
        ("combien de morts y a-t-il eu", ENGLISH, "killed 14"),
        ("où est-ce qu'ils ont trouvé les cadavres", ENGLISH, "in a well"),
        ("que dit l'armée", ENGLISH, "The army denied"),
    ],
)
def test_a_question_in_another_language_finds_its_answer_and_is_known(
    question: str, answerer: Answerer, held: str
) -> None:
    assert held in first(question, answerer)
    foreign = "en" if answerer is ANSWERER else "fr"
    assert answerer.answer(Question.parse(question)).foreign == foreign


@pytest.mark.parametrize("question", ["Tolvane ?", "combien de morts", "Merrec 2024", "armée"])
def test_a_question_in_the_language_of_the_report_is_not_foreign(question: str) -> None:
    assert ANSWERER.answer(Question.parse(question)).foreign is None


def test_where_one_of_several_reports_is_in_the_language_of_the_question_nothing_is_foreign() -> None:
    both = Answerer(edition(FRENCH, report("The bodies were found in a well.", id="english")))
    assert both.answer(Question.parse("where were the bodies found?")).foreign is None


def test_a_number_asked_for_is_not_given_by_a_word_such_as_plusieurs() -> None:
    answerer = Answerer(
        edition(
            report(
                "Les opérations de la police ont fait 36 victimes.", "Plusieurs ont été tués par balle.", language="fr"
            )
        )
    )
    assert answerer.answer(Question.parse("Combien de policiers ont été tués ?")).outcome is not Outcome.ANSWERED
