"""Whether whoever is named for a quotation said it: he did, it was another, or the report's words are told beside."""

from functools import cache
from pathlib import Path

import pytest

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.quotation.checking import Checker
from retrieval.quotation.values import Checked, Part
from retrieval.search.scope import Scope

EVERYDAY = Path(__file__).parents[2] / "golden" / "everyday"
PLACES = {"en": EVERYDAY / "english", "fr": EVERYDAY / "french", "bundled": BUNDLED}


@cache
def checker(place: str) -> Checker:
    made = ingest((PLACES[place],)).edition
    return Checker(made, Scope(made.reports))


def check(place: str, quotation: str) -> tuple[Checked, list[tuple[Part, str]]]:
    found = checker(place).check(quotation)
    return found, [(one.kind, one.true) for one in found.differences]


@pytest.mark.parametrize(
    ("place", "quotation"),
    [
        ("en", "“After the second night I would have confessed,” said a student of chemistry"),
        ("en", "“I met a grandmother who burns shoes to keep a baby warm,” Lena Okwade said"),
        ("en", "“So I turned round and pedalled,” said the courier"),
        ("en", "“They took the author, they have not taken the article,” her publisher said"),
        ("en", "“I was told he was sleeping like a baby,” the widow said"),
        ("en", "“Thursday was the day of the lists,” said witness T-112"),
        ("en", "The Ministry of Defence said “the regiment's archives had been lost in a fire”"),
        ("en", "“a dispute over a debt could not be excluded as the motive,” the State said"),
        ("en", "Tilde Quay called this “a lie from the gallery”"),
        ("en", "Mr A.K. called the complaints “the tears of bad losers”"),
        ("en", "The river board said “a breach of the dam would have cost thousands of lives”"),
        ("en", "The Minister promised that it will be released “within hours”"),
        ("en", "Hills–Unity called the allegations “fables paid for in dollars”"),
        ("en", "“In 2017 my predecessor raised the second point after another death,” the coroner said"),
        ("bundled", "“Authorities must also institute measures to prevent future violations,” the UN experts said"),
        ("fr", "« Nous avons respecté les procédures à la lettre », a dit le ministre de la Marine"),
        ("fr", "« Son sang est encore sur l'escalier », a dit la directrice de la publication"),
        ("fr", "« On m’a répondu qu’un technicien passerait », a dit une locataire"),
    ],
)
def test_who_said_it_is_told_of_nothing(place: str, quotation: str) -> None:
    found, told = check(place, quotation)
    assert found.verdict.is_true
    assert (told, found.cut_off) == ([], ())


@pytest.mark.parametrize(
    ("place", "quotation", "true"),
    [
        ("en", "“My father owed nobody anything except the trees,” a relative said", "a son is quoted as saying"),
        ("en", "“I was told he was sleeping like a baby,” his wife said", "The widow told"),
        ("en", "Judges said: “No emergency, not even a terrorist attack, can justify such treatment”", ""),
        ("en", "The police watchdog said “the use of firearms was neither necessary nor proportionate”", ""),
        ("en", "“the first 72 hours were decisive,” an NGO said", "A regional press freedom group, Open Page, said"),
        (
            "en",
            "Two judges said “the acquittal had deprived the applicant of the status”",
            "In their opinion",
        ),
        ("en", "“Those found not to need protection could be returned home,” Ms Okwade said", "she added"),
        ("en", "Deputy Aro Sint said “bulldozers owned by the Kestrel Dam Company”", "Deputy Aro Sint told"),
        ("en", "The Ministry of Order called it “a loss for the whole country”", "they described as"),
        ("fr", "« Ma fille avait vingt ans », a dit un proche", "a dit un père aux commissaires"),
        ("fr", "L'armée dit avoir « neutralisé 90 terroristes »", "l’état-major s’est félicité d’avoir"),
    ],
)
def test_one_who_may_be_the_same_is_not_accused(place: str, quotation: str, true: str) -> None:
    """The report's words for whoever speaks are told, and stay among those that are cut off."""
    found, told = check(place, quotation)
    assert found.verdict.is_true
    assert told == [(Part.NAME, true)]


@pytest.mark.parametrize(
    ("place", "quotation", "true"),
    [
        ("en", "“So I turned round and pedalled,” said Officer 1", "Mr T. told"),
        ("en", "“My father owed nobody anything except the trees,” his widow said", "a son is quoted as saying"),
        ("en", "“They took the author, they have not taken the article,” the minister said", "Her publisher said"),
        ("en", "“I was told he was sleeping like a baby,” the Chief Constable said", "The widow told"),
        ("en", "“I was told he was sleeping like a baby,” his brother said", "she said"),
        ("en", "“the nine were suspected of sabotage,” the experts said", "The Ministry of Order denied"),
        ("en", "“We will carry his bones home,” said the Attorney General", "said a community elder"),
        ("en", "“I met a grandmother who burns shoes,” the Tovenian minister said", "the spokesperson said"),
        ("en", "“killing an elder strikes a whole people,” the State said", "The Commission reiterates"),
        (
            "en",
            "Ms R.T. called the complaints “the tears of bad losers”",
            "Mr A.K. declared victory",
        ),
        ("en", "The monks called this “a lie from the gallery”", "Their spokeswoman, Tilde Quay, called this"),
        ("en", "“I am appalled by the scale of abductions,” the Government said", ""),
        ("en", "The Commission said “Cerro Pardo was never a place of detention”", "The army has maintained"),
        ("bundled", "Witnesses called the claims “false”", "Mali's military leadership publicly labeling"),
        ("fr", "« J’aurais signé que j’avais tué mon père », dit Idir", "dit Selma"),
        ("fr", "« Ils l'ont frappé devant les enfants », a dit sa sœur", "a raconté à l'AIP son épouse"),
        ("fr", "« On m’a répondu qu’un technicien passerait », a dit le syndic", "Une locataire avait écrit"),
    ],
)
def test_another_one_is_told_of(place: str, quotation: str, true: str) -> None:
    found, told = check(place, quotation)
    assert found.verdict == "altered"
    assert [kind for kind, _ in told] == [Part.SPEAKER]
    assert true in told[0][1]


@pytest.mark.parametrize(
    ("place", "quotation", "cut"),
    [
        ("en", "“a loss for the whole country”", "they described as"),
        ("en", "“the acquittal had deprived the applicant of the status of victim”", "In their opinion"),
        ("en", "“long customary use gives rise to a right of property”", "On the merits it held"),
        ("en", "The Court said “the march had caused the death”", "could not be established"),
        ("en", "“eaten by mice”", "it was said"),
        ("en", "“orders came in writing from the Bureau of Internal Protection”", "The other maintained"),
        ("fr", "« chaviré en moins de deux minutes »", "aurait"),
        ("fr", "« parti sans son inhalateur »", "serait"),
    ],
)
def test_what_gives_words_or_doubts_them_is_cut_off(place: str, quotation: str, cut: str) -> None:
    assert cut in " ".join(check(place, quotation)[0].cut_off)
