"""What comes closest to a quotation, and how it differs."""

import pytest

from retrieval.quotation.checking import Checker
from retrieval.quotation.values import Checked
from retrieval.search.scope import Scope
from tests.builders import edition, report

SCHOOLS = "Seven schools were closed. The council of Dunmere has not replied."
TWO = ("The clinic was shelled at noon by an unknown unit. Nobody came.", "The harbour was closed the next day.")


def check(quotation: str, *paragraphs: str, language: str = "en") -> Checked:
    made = edition(report(*paragraphs or (SCHOOLS,), language=language))
    return Checker(made, Scope(made.reports)).check(quotation)


def told(found: Checked) -> tuple[str, list[tuple[str, str]]]:
    return found.verdict.value, [(one.quoted, one.true) for one in found.differences]


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("7 schools were closed", ("altered", [("7", "Seven")])),
        ("eight schools", ("altered", [("eight", "Seven")])),
        ("5 schools", ("altered", [("5", "Seven")])),
        ("has replied", ("altered", [("", "not")])),
        ("The council of Velm has not replied", ("altered", [("Velm", "Dunmere")])),
        ("closing a school", ("not_found", [])),
        ("schools council", ("not_found", [])),
        ("the king of Spain", ("not_found", [])),
    ],
)
def test_how_it_differs(quotation: str, expected: tuple[str, list[tuple[str, str]]]) -> None:
    assert told(check(quotation)) == expected


def test_a_number_in_a_french_word() -> None:
    found = check("12 écoles ont été fermées", "Douze écoles ont été fermées.", language="fr")
    assert told(found) == ("altered", [("12", "Douze")])


def test_other_forms_of_its_words_are_near() -> None:
    """A sentence is found that has none of the words as they are; one that shares only such as any text has is none."""
    found = check("closing a school")
    assert [excerpt.text for excerpt in found.excerpts] == ["Seven schools were closed."]
    assert check("the king of Spain").excerpts == ()


def test_pieces_of_two_paragraphs_stand_apart() -> None:
    """Also with a stop between, where the end of the first was left out; both are shown."""
    found = check("The clinic was shelled at noon. The harbour was closed the next day", *TWO)
    assert found.verdict == "joined"
    assert [excerpt.passage.text for excerpt in found.excerpts] == list(TWO)


def test_words_over_the_end_of_a_paragraph_are_held_by_two_excerpts() -> None:
    found = check("Nobody came. The harbour was closed the next day.", *TWO)
    assert (found.verdict.value, found.count) == ("typographic", 2)
    assert check("The harbour was closed", *TWO).count == 1


def test_what_differs_has_no_signs_around_its_words() -> None:
    found = check("[The unit] came at night", "It was late. “Soldiers came at night,” he said.")
    assert told(found)[1] == [("[The unit]", "Soldiers")]


@pytest.mark.parametrize(
    ("quotation", "verdict", "quoted"),
    [
        ("“were closed” “and sold”", "altered", ["and sold"]),
        ("“were closed” “and sold to the highest bidder”", "not_found", None),
        ("“were closed” “has not replied”", "exact", []),
        ("“were closed” and “has not replied”", "exact", []),
        ("“were closed” and once more “has not replied”", "joined", None),
    ],
)
def test_quotations_side_by_side_are_judged_each(quotation: str, verdict: str, quoted: list[str] | None) -> None:
    """Words that no report has are added to others that one has, unless they are the most of what is quoted."""
    found = check(quotation)
    assert found.verdict == verdict
    assert quoted is None or [one.quoted for one in found.differences] == quoted


def test_a_paragraph_comes_before_a_line_of_the_title_that_has_its_words() -> None:
    made = edition(report("The mill burned down at night.", "Nobody was hurt.", title="The mill burned down at night"))
    found = Checker(made, Scope(made.reports)).check("the mill burned out at night")
    assert found.excerpts[0].passage.kind.is_ranked


SPOKE = {
    "en": "Forty-six people spoke. In all 1,460 people were sent back, and the State answers for the 58.",
    "fr": "Quarante-six de nos témoins l’ont vu. L’État répond de ses 1 460 agents, et de l’été.",
}


@pytest.mark.parametrize(
    ("language", "quotation"),
    [
        ("en", "In all 1460 people were sent back"),
        ("en", "In all 1 460 people were sent back"),
        ("fr", "L'Etat répond de ses 1460 agents"),
        ("fr", "l'état répond de ses 1 460 agents"),
    ],
)
def test_accents_of_capitals_and_what_parts_thousands_are_typography(language: str, quotation: str) -> None:
    assert check(quotation, SPOKE[language], language=language).verdict == "typographic"


@pytest.mark.parametrize(
    ("language", "quotation", "differing"),
    [
        ("en", "46 people spoke", [("46", "Forty-six")]),
        ("fr", "46 de nos témoins l’ont vu", [("46", "Quarante-six")]),
        ("en", "In all 1461 people were sent back", [("1461", "1,460")]),
    ],
)
def test_a_number_stands_beside_the_whole_of_the_other(
    language: str, quotation: str, differing: list[tuple[str, str]]
) -> None:
    assert told(check(quotation, SPOKE[language], language=language))[1] == differing
