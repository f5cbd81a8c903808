"""Whose words a report quotes without a verb of speech: "the mayor branded it “absurd”"."""

import pytest

from retrieval.quotation.checking import Checker
from retrieval.quotation.prose import quotations
from retrieval.quotation.values import Checked, Part
from retrieval.search.scope import Scope
from tests.builders import edition, report

MAYOR = "The mayor branded the report “absurd” and “a lie” on Monday."
MINISTRY = "The findings were described by the ministry of defence as “pure invention”."
CLAIMS = "The minister has dismissed the claims as “rumours”."
MINISTRE = "Le ministre a qualifié le rapport de « mensonge grossier »."
PASSIF = "Le rapport a été qualifié par le ministre de « mensonge grossier »."
ARMY = "Doubts remain over the military publicly labelling these reports “false”, thus hiding the truth."
UNION = "11. Officer 2 has been moved. His union calls the report “a verdict from an armchair”."
OFFICER = "6. Officer 2 says that he turned and saw “something black and metallic” in a hand."
DAIRY = "The ombudsman of Dour, by contrast, saw the dairy in April and described the place as “a hidden prison camp”."
LAITERIE = "La médiatrice, elle, a vu le lieu en avril et l’a qualifié de « prison qui n’existe pas »."
AGENTS = "La Direction a répondu. Elle indique que trois agents ont été punis, sans préciser pour quels faits."
WIDOW = "A call was made. “I was told he was sleeping like a baby,” she said."


def check(sentence: str, quotation: str, language: str = "en") -> Checked:
    made = edition(report(sentence, language=language))
    return Checker(made, Scope(made.reports)).check(quotation)


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "true"),
    [
        ("en", MAYOR, "“absurd” and “a lie”, said the teachers", "The mayor branded the report"),
        ("en", MAYOR, "The teachers called the report “absurd”.", "The mayor branded the report"),
        ("en", MINISTRY, "“pure invention,” said the army", "described by the ministry of defence as"),
        ("en", CLAIMS, "“rumours,” the union said", "The minister has dismissed the claims as"),
        ("en", ARMY, "The union called the reports “false”.", "the military publicly labelling these reports"),
        ("fr", MINISTRE, "« mensonge grossier », a déclaré le syndicat", "Le ministre a qualifié le rapport de"),
        ("fr", PASSIF, "« mensonge grossier », a déclaré le syndicat", "qualifié par le ministre de"),
        ("en", ARMY, "“hiding the truth,” said the military", ""),
        ("en", DAIRY, "“a hidden prison camp”, said the guards", DAIRY[: DAIRY.index(" “")]),
        ("en", "The wells were dry.", "“The wells were dry,” said the mayor", ""),
    ],
)
def test_another_speaker_is_told_of(language: str, sentence: str, quotation: str, true: str) -> None:
    """By the report's own words that name whoever it is; by none where the words are the report's own."""
    found = check(sentence, quotation, language)
    assert found.verdict == "altered"
    assert [(one.kind, one.true) for one in found.differences] == [(Part.SPEAKER, true)]


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "text"),
    [
        ("en", MAYOR, "The mayor called the report “absurd”.", "absurd"),
        ("en", MINISTRY, "The ministry of defence called the findings “pure invention”.", "pure invention"),
        ("en", MINISTRY, "As the ministry of defence said: “pure invention”", "pure invention"),
        ("en", CLAIMS, "The minister dismissed the claims as “rumours”.", "rumours"),
        ("en", ARMY, "The army called the reports “false”.", "false"),
        ("en", ARMY, "According to the army, the reports are “false”.", "false"),
        ("en", DAIRY, "“a hidden prison camp”, said the ombudsman", "a hidden prison camp"),
        ("fr", LAITERIE, "« prison qui n’existe pas », a dit la médiatrice", "prison qui n’existe pas"),
        ("fr", AGENTS, "« trois agents ont été punis », indique la Direction", "trois agents ont été punis"),
        ("en", UNION, "The officers' union calls it “a verdict from an armchair”.", "a verdict from an armchair"),
        ("en", OFFICER, "Officer 2 said he saw “something black and metallic”", "something black and metallic"),
        (
            "en",
            WIDOW,
            "“I was told he was sleeping like a baby,” said a widow",
            "I was told he was sleeping like a baby,",
        ),
        ("fr", MINISTRE, "Le ministre qualifie le rapport de « mensonge grossier ».", "mensonge grossier"),
    ],
)
def test_the_same_speaker_in_other_words(language: str, sentence: str, quotation: str, text: str) -> None:
    """Only what stands between quotation marks is the quotation; the lexicon knows the army as the military."""
    found = check(sentence, quotation, language)
    assert found.verdict.is_true
    assert found.text.strip() == text


def test_a_single_word_set_off_is_no_quotation_of_its_own() -> None:
    found = check("The safe zone was shelled, the mayor said.", "The “safe” zone was shelled, the mayor said")
    assert found.verdict == "typographic"
    assert "safe” zone" in found.text


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("The union called it “absurd” and “a lie”.", ["The union called it"] * 2),
        ("“Absurd” and “a lie,” said the union.", ["said the union"] * 2),
        ("“Absurd.” The union called it “a lie”.", ["", "The union called it"]),
        ("The union called it “absurd”.\n\nIt was “a lie”.", ["The union called it", ""]),
        ("The army called the claims 'false' and “absurd”.", ["The army called the claims"] * 2),
    ],
)
def test_quotations_that_and_joins_have_one_speaker_in_prose(prose: str, said: list[str]) -> None:
    assert [one.said for one in quotations(prose)] == said


COMMAND = "On 3 September the Command announced that a review had found nothing. It has not been published."
PATROL = "In nine cases officers of the joint patrol are said to have been present, though none is accused of violence."
INQUIRY = "An internal inquiry, closed after six weeks, found no wrongdoing at all."


@pytest.mark.parametrize(
    ("sentence", "quotation"),
    [
        (COMMAND, "“It has not been published”, the Command said"),
        (PATROL, "“none is accused of violence”, the joint patrol said"),
        (INQUIRY, "“found no wrongdoing at all”, said an internal inquiry"),
    ],
)
def test_what_a_report_tells_itself_is_not_taken_for_the_words_of_one_who_is_near(
    sentence: str, quotation: str
) -> None:
    """Nor for another's: nothing tells whether it goes on with what was said."""
    found = check(sentence, quotation)
    assert (found.verdict, [one.kind for one in found.differences]) == ("exact", [Part.NAME])


def test_a_reporter_is_no_report() -> None:
    made = edition(report("The gates were locked at noon.", title="The gates of Dour"))
    found = Checker(made, Scope(made.reports)).check("“The gates were locked at noon”, said the reporter")
    assert [one.kind for one in found.differences] == [Part.SPEAKER]
