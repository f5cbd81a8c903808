"""Who is found to speak: by more verbs, with words between, with a name beside the name; and when "she" is known."""

import pytest

from retrieval.quotation.checking import Checker
from retrieval.quotation.values import Checked, Part
from retrieval.search.scope import Scope
from tests.builders import edition, report

TOLD = "The mother of D.S. told the Authority: “I do not want revenge at all.”"
MONDAY = "The Minister told reporters on Monday that “there is no famine here”."
PUT = "Others joined because, as one boy put it, “with a rifle you eat first”."
SUBMITS = "The Police Federation submits that its members were “abandoned by their superiors”."
OFFICE = "The press office announced the same evening that officers had “returned heavy fire”."
SHOUTED = "“Get out of here now,” shouted the guard."
COURT = "The court, which has sat in Velmar since 2000, declared: “This is a crime of war.”"
MOTHER = "“He never came back home,” his mother, Hana Dorrim, said."
MIDWIFE = "“He never came back home,” said Hana Dorrim, a midwife from Dour."
SHE = "Hana Dorrim said the boy was dead. His aunt wept. “He never came back home,” she said."
ONWARD = "“We heard planes,” said Hana Dorrim. “He never came back home.”"
NOBODY = "A note was left. “He never came back home.”"
PLAIN = "The guards said the wells were dry."
CONFIE = "« Personne n’est venu avant l’aube », a confié un garçon à une organisation."
COUR = "La cour, qui siège à Velmar depuis 2000, a déclaré : « C’est un crime de guerre. »"
PRESSE = "Le ministre a déclaré à la presse que « la digue est solide partout »."
SON_PERE = "« Il n’est jamais rentré chez lui », son père, Idris Dorrim, a dit."


def check(sentence: str, quotation: str, language: str = "en") -> Checked:
    made = edition(report(sentence, language=language))
    return Checker(made, Scope(made.reports)).check(quotation)


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "true"),
    [
        ("en", TOLD, "“I do not want revenge at all,” said the army", "The mother of D.S. told"),
        ("en", MONDAY, "“there is no famine here”, said the union", "The Minister told"),
        ("en", PUT, "“with a rifle you eat first”, said the general", "as one boy put it"),
        ("en", SUBMITS, "“abandoned by their superiors”, said the mayor", "The Police Federation submits"),
        ("en", OFFICE, "“returned heavy fire”, said the mayor", "The press office announced"),
        ("en", SHOUTED, "“Get out of here now,” said the mayor", "shouted the guard"),
        ("en", MOTHER, "“He never came back home,” said the army", "his mother, Hana Dorrim, said"),
        ("en", SHE, "“He never came back home,” said the general", "Hana Dorrim said"),
        ("en", ONWARD, "“He never came back home,” said the general", "said Hana Dorrim"),
        ("en", PLAIN, "“the wells were dry,” said the general", "The guards said"),
        ("fr", CONFIE, "« Personne n’est venu avant l’aube », a dit le maire", "a confié un garçon à une organisation"),
        ("fr", PRESSE, "« la digue est solide partout », a dit le maire", "Le ministre a déclaré"),
        ("fr", SON_PERE, "« Il n’est jamais rentré chez lui », a dit le maire", "son père, Idris Dorrim, a dit"),
    ],
)
def test_another_speaker_is_told_of(language: str, sentence: str, quotation: str, true: str) -> None:
    found = check(sentence, quotation, language)
    assert found.verdict == "altered"
    assert [(one.kind, one.true) for one in found.differences] == [(Part.SPEAKER, true)]


@pytest.mark.parametrize(
    ("language", "sentence", "quotation"),
    [
        ("en", TOLD, "“I do not want revenge at all,” said his mother"),
        ("en", COURT, "“This is a crime of war,” the court said"),
        ("en", MOTHER, "“He never came back home,” said his mother"),
        ("en", MOTHER, "“He never came back home,” said Hana Dorrim"),
        ("en", MIDWIFE, "“He never came back home,” said a midwife"),
        ("en", SHE, "“He never came back home,” said Hana Dorrim"),
        ("en", ONWARD, "“He never came back home,” said Hana Dorrim"),
        ("en", PLAIN, "“the wells were dry,” said the guards"),
        ("fr", COUR, "« C’est un crime de guerre », a dit la cour"),
        ("fr", SON_PERE, "« Il n’est jamais rentré chez lui », a dit Idris Dorrim"),
    ],
)
def test_the_speaker_is_found(language: str, sentence: str, quotation: str) -> None:
    found = check(sentence, quotation, language)
    assert found.verdict.is_true
    assert found.cut_off == ()


def test_she_may_be_anybody_who_was_named_before() -> None:
    """Nobody is accused of naming the wrong one where the report may mean her; its own words stay beside it."""
    found = check(SHE, "“He never came back home,” said his aunt")
    assert found.verdict == "exact"
    assert found.cut_off == ("she said",)


@pytest.mark.parametrize(
    ("language", "sentence", "quotation"),
    [
        ("en", "The families were told that “nobody was left alive”.", "“nobody was left alive”, said the army"),
        ("en", "In answer to a question she said: “nobody was left alive”.", "“nobody was left alive”, said the mayor"),
        ("fr", "Les familles ont été informées que « tous étaient morts ».", "« tous étaient morts », a dit l’armée"),
    ],
)
def test_whoever_is_told_or_asks_is_no_speaker(language: str, sentence: str, quotation: str) -> None:
    assert check(sentence, quotation, language).verdict.is_true


def test_words_between_the_report_s_own_marks_are_never_called_its_own() -> None:
    assert check(NOBODY, "“He never came back home,” said the general").verdict.is_true


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "cut"),
    [
        (
            "en",
            "Experts found insufficient evidence that he fired.",
            "evidence that he fired",
            "insufficient evidence that",
        ),
        ("en", "There was no evidence of a fire in the hold.", "evidence of a fire", "no evidence of"),
        ("en", "The guards may have fled to the hills.", "have fled to the hills", "may have"),
        ("en", "The findings are likely insufficient.", "The findings are likely", "insufficient"),
        ("fr", "Il y a peu de preuves de sa mort.", "preuves de sa mort", "peu de preuves"),
        ("fr", "Il n’y a aucune preuve de sa mort.", "preuve de sa mort", "aucune preuve de"),
    ],
)
def test_a_hedge_over_the_edge_of_the_quoted_words_is_cut_off(
    language: str, sentence: str, quotation: str, cut: str
) -> None:
    assert cut in check(sentence, quotation, language).cut_off


CONTACT = "Families lost contact with the victims shortly thereafter in the hills."


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("In the new report, families “lost contact with the victims” of a flood in Spain", "exact"),
        ("Families “lost contact with the victims” long thereafter in the hills", "altered"),
    ],
)
def test_words_around_a_quotation_are_no_change_of_it(quotation: str, verdict: str) -> None:
    """But a text is altered that has a report's words outside of its marks as well."""
    assert check(CONTACT, quotation).verdict == verdict


HOSTILE = "It attributes the videos published in March to “hostile actors”. Four agents were punished for “misconduct”."
HOSTILES = "Elle indique que trois agents ont été sanctionnés en 2022 pour « manquement à la discipline »."


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "text"),
    [
        ("en", HOSTILE, "The videos were the work of “hostile actors”.", "hostile actors"),
        ("en", HOSTILE, "“hostile actors” made and spread the videos, the Ministry of Works said", "hostile actors"),
        (
            "en",
            CONTACT,
            "“lost contact with the victims” is how a neighbour of the family put it",
            "lost contact with the victims",
        ),
        ("fr", HOSTILES, "Il a été puni pour « manquement à la discipline ».", "manquement à la discipline"),
        ("fr", HOSTILES, "Il a été sanctionné pour « manquement à la discipline ».", "manquement à la discipline"),
    ],
)
def test_a_few_words_are_checked_whatever_is_told_around_them(
    language: str, sentence: str, quotation: str, text: str
) -> None:
    """Also where that has words of the report, if it does not have them beside the quoted ones."""
    found = check(sentence, quotation, language)
    assert (found.verdict, found.text) == ("exact", text)


CONCERNS = (
    "Human rights experts today condemned the killing of ten in Dour, raising concerns that these acts may be crimes."
)
INQUIETUDE = (
    "Des experts indépendants ont condamné la mort de dix civils à Dour, craignant que ces actes soient des crimes."
)


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "is_true"),
    [
        ("en", CONCERNS, "“these acts may be crimes”, human rights experts said", True),
        ("en", CONCERNS, "The experts said: “these acts may be crimes”", True),
        ("en", CONCERNS, "“these acts may be crimes”, Dour said", False),
        ("en", CONCERNS, "The general said: “these acts may be crimes”", False),
        ("fr", INQUIETUDE, "« ces actes soient des crimes », ont dit les experts", True),
        ("fr", INQUIETUDE, "« ces actes soient des crimes », a dit Dour", False),
    ],
)
def test_who_tells_a_sentence_tells_what_hangs_on_it_and_a_place_in_it_does_not(
    language: str, sentence: str, quotation: str, is_true: bool
) -> None:
    assert check(sentence, quotation, language).verdict.is_true is is_true


@pytest.mark.parametrize(("speaker", "is_true"), [("UN experts", True), ("Mali", False), ("Wagner", False)])
def test_whom_a_title_tells_of_is_no_speaker(speaker: str, is_true: bool) -> None:
    made = edition(report("The acts may be crimes.", title="UN Experts Condemn Killings by Wagner in Mali"))
    found = Checker(made, Scope(made.reports)).check(f"“The acts may be crimes”, {speaker} said")
    assert found.verdict.is_true is is_true


FAULTS = "I do find that the unit was unsafe, that the fault in it had been reported four times."
SERVICE = "The Prison Service accepted the first request. It rejected the second, stating that other prisons are full."
CITY = "The Municipality denies that force was used. Its members told me that stones had been thrown at the officers."
GROUP = "“Every day without an answer is a day too long,” the experts said in a statement released in Geneva."
MINISTERE = "Le ministère de la Justice a assuré que la détenue « bénéficie d’un suivi médical régulier »."


@pytest.mark.parametrize(
    ("language", "sentence", "quotation"),
    [
        ("en", FAULTS, "“I do find that the unit was unsafe,” the Ombudsman said"),
        ("en", SERVICE, "The Prison Service said “other prisons are full”"),
        ("en", CITY, "The Municipality said that “stones had been thrown at the officers”"),
        ("en", GROUP, "“Every day without an answer is a day too long,” a group of UN experts said on Tuesday"),
        ("en", CONCERNS, "In a letter that drew wide attention, human rights experts said “these acts may be crimes”"),
        ("fr", MINISTERE, "Selon le ministère, la détenue « bénéficie d’un suivi médical régulier »"),
    ],
)
def test_nobody_is_accused_who_may_be_right(language: str, sentence: str, quotation: str) -> None:
    assert check(sentence, quotation, language).verdict.is_true


def test_a_clause_that_is_told_itself_tells_nothing() -> None:
    assert check(FAULTS, "I do find that the unit was unsafe").cut_off == ()


@pytest.mark.parametrize(
    ("language", "sentence", "said", "denied"),
    [
        ("en", CITY, "The Municipality admitted that “force was used”", "The Municipality denies"),
        (
            "en",
            "The Office does not accept that a shot was fired.",
            "The Office said “a shot was fired”",
            "does not accept",
        ),
        (
            "fr",
            "Le ministère a démenti toute implication.",
            "Le ministère a confirmé « toute implication »",
            "a démenti",
        ),
    ],
)
def test_a_denial_is_cut_off_also_where_whoever_denied_is_named(
    language: str, sentence: str, said: str, denied: str
) -> None:
    assert any(denied in cut for cut in check(sentence, said, language).cut_off)


def test_a_denial_that_is_told_is_not_cut_off() -> None:
    assert check(CITY, "The Municipality denies that “force was used”").cut_off == ()


@pytest.mark.parametrize(
    ("said", "is_cut"),
    [
        ("The Court called the raid “necessary in a free society”", True),
        ("The Court did not call the raid “necessary in a free society”", False),
    ],
)
def test_what_stands_outside_of_the_marks_is_not_cut_off(said: str, is_cut: bool) -> None:
    found = check("The Court held that the raid was not necessary in a free society.", said)
    assert ("not" in found.cut_off) is is_cut
