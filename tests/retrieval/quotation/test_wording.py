"""The words by which a quotation is judged, where one alone does not tell: gaps, endings, elisions, what leads up."""

from dataclasses import replace

import pytest

from corpus.passage import Kind
from corpus.report import Report
from retrieval.quotation.checking import Checker
from retrieval.quotation.tokens import tokens
from retrieval.quotation.values import Checked, Part
from retrieval.quotation.wording import wording
from retrieval.search.scope import Scope
from tests.builders import edition, report

BARRAGE = "Le barrage, dont la mise en eau est prévue en 2027, entraînerait le déplacement de 12 000 habitants."
CEUX = "Ceux-ci n’auraient pas été consultés de manière adéquate."
CHAMBRE = "La Chambre a estimé que l’accusé « savait, voulait et encourageait » ces crimes."
GESTES = "L’opération a été qualifiée par le Gouvernement de « riposte proportionnée » hier."
CHURCH = "The Church has acknowledged “a silence that wounds us still” since then."
UNION = "The ministry accused the union of burning the hall."


def check(made: Report, quotation: str) -> Checked:
    found = edition(made)
    return Checker(found, Scope(found.reports)).check(quotation)


@pytest.mark.parametrize(
    ("tag", "text", "hedges"),
    [
        ("en", "It accused the two men of a theft", ["accused the two men of"]),
        ("en", "It accused the men", []),
        ("fr", "Il accuse le maire d’avoir menti", ["accuse le maire d"]),
        ("fr", "Le plan entraînerait des pertes", ["entraînerait"]),
        ("fr", "Ils seraient passés, ils viendraient", ["seraient", "viendraient"]),
        ("fr", "Ils tiraient, il considérait, elle ouvrait", []),
    ],
)
def test_hedges(tag: str, text: str, hedges: list[str]) -> None:
    """The imperfect is no conditional, whatever its ending."""
    run = tokens(text)
    found = wording(tag).hedges.within(run)
    assert [text[run[one.begin].start : run[one.end - 1].end] for one in found] == hedges


@pytest.mark.parametrize(
    ("sentence", "quotation", "cut"),
    [
        (BARRAGE, "« le déplacement de 12 000 habitants »", ("entraînerait",)),
        (CEUX, "« été consultés de manière adéquate »", ("n’auraient pas",)),
        (CEUX, "« auraient pas été consultés »", ("n’",)),
    ],
)
def test_an_elided_word_is_cut_off_whole(sentence: str, quotation: str, cut: tuple[str, ...]) -> None:
    assert check(report(sentence, language="fr"), quotation).cut_off == cut


def test_an_elided_word_differs_whole() -> None:
    [one] = check(
        report("Le maire a dit qu’il vient d’avoir peur.", language="fr"), "il vient de avoir peur"
    ).differences
    assert (one.quoted, one.true) == ("de", "d’")


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "true"),
    [
        (
            "fr",
            CHAMBRE,
            "Les juges ont estimé que l'accusé « savait, voulait et encourageait » ces crimes",
            [Part.NAME],
        ),
        ("fr", CHAMBRE, "Les avocats ont estimé que l'accusé « savait, voulait et encourageait »", [Part.SPEAKER]),
        ("fr", GESTES, "L'opération a été qualifiée par la Mission de « riposte proportionnée »", [Part.SPEAKER]),
        ("fr", GESTES, "Le Gouvernement parle de « riposte proportionnée »", []),
        ("en", CHURCH, "The army spoke of “a silence that wounds us still”", [Part.SPEAKER]),
        ("en", CHURCH, "The Church spoke of “a silence that wounds us still”", []),
        ("en", UNION, "The union said “burning the hall”", [Part.SPEAKER]),
    ],
)
def test_what_leads_up_to_a_quotation_is_no_part_of_it(
    language: str, sentence: str, quotation: str, true: list[Part]
) -> None:
    """Though the report has half of its words; who speaks is compared."""
    assert [one.kind for one in check(report(sentence, language=language), quotation).differences] == true


def test_the_nearest_is_a_sentence_and_no_heading() -> None:
    made = report("Wells in the north were dry.", "Nobody came to the northern wells.")
    title, heading, *rest = made.passages
    headed = (title, replace(heading, kind=Kind.HEADING), *rest)
    found = check(replace(made, passages=headed), "Wells of the north have long been poisoned")
    assert found.verdict == "not_found"
    assert [one.passage.kind for one in found.excerpts] == [Kind.BODY]
