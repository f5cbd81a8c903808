"""What a report mentions: numbers with what they count, names with their roles, places, each a slice of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.report import Report
from retrieval.overview.roll import Entry, Roll, roll
from tests.builders import report
from tests.golden.test_summaries import REPORTS


def texts(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text for entry in entries]


def of(text: str, language: str = "en") -> Roll:
    return roll(report(text, language=language), "e")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They killed at least ten civilians in May.", ["at least ten civilians"]),
        ("They saw six men, three women and a two-year-old child.", ["six men", "three women", "two-year-old child"]),
        ("It hit 14 of the 20 water points there.", ["14 of the 20 water points"]),
        ("It rose by 55 per cent.", ["55 per cent"]),
        ("It rose by 55 % there.", ["55 %"]),
        ("It cost £840 and 2.3 million dollars.", ["£840", "2.3 million dollars"]),
        ("Here one hundred and fifty-two persons drowned.", ["one hundred and fifty-two persons"]),
        ("On 2 January 2025 it was 4.31 p.m. there.", []),
        ("They came at eight o'clock.", []),
        ("The first man was one of them.", []),
        ("Then 212 of its 218 buildings fell.", ["212 of its 218 buildings"]),
        ("Some 1,100 of the displaced are here.", ["Some 1,100 of the displaced"]),
        ("Six heavily armed men met 37 who escaped.", ["Six heavily armed men"]),
        ("Ten armed police stormed houses.", ["Ten armed police"]),
        ("Here Officer 1 maintains that he saw it.", []),
        ("Then Article 3 and Annex 2 say so.", []),
        ("Articles 3 and 5 require it.", []),
        ("It says in rule 12 that they may.", []),
        ("He saw two boys aged 9 and 13 there.", ["two boys"]),
        ("Of these 37 escaped, 49 returned and at least 140 took part.", []),
        ("We know that 19 remain missing.", []),
        (
            "In all 112 recruited children and 37 escaped prisoners fled.",
            ["112 recruited children", "37 escaped prisoners"],
        ),
        ("There between 300 and 500 people fled.", ["between 300 and 500 people"]),
        ("There about 20 to 30 men fled.", ["about 20 to 30 men"]),
        ("There 20–30 men fled.", ["20–30 men"]),
        ("It took two or three days.", ["two or three days"]),
        ("They saw 812 of the country's 6,340 polling stations.", ["812 of the country's 6,340 polling stations"]),
        ("It fell by 60 to 80 per cent.", ["60 to 80 per cent"]),
        ("In that report we document 74 spills.", ["74 spills"]),
        ("There about 300 of them fled, and two of whom died.", ["about 300 of them", "two of whom"]),
        ("It now holds more than 2,300.", ["more than 2,300"]),
        ("They put it at 4,100, of whom half are girls.", []),
        ("It broke out at around 5.30 a.m. there.", []),
        ("They put it at between 9,000 and 14,000.", ["between 9,000 and 14,000"]),
        ("In June some 300 did not come.", ["some 300"]),
        ("It hit about 9,800 people and more than 1,200 houses.", ["about 9,800 people", "more than 1,200 houses"]),
        ("A dozen houses burned.", ["A dozen houses"]),
        (
            "It drove out hundreds of people and tens of thousands of cattle.",
            ["hundreds of people", "tens of thousands of cattle"],
        ),
        ("They held it, by six votes to one, to be so.", ["six votes to one"]),
        ("They voted by 31 to 12 for it.", ["31 to 12"]),
        ("It passed by 13 votes to 2.", ["13 votes to 2"]),
        ("It fell from 19 to 11 per cent.", ["19 to 11 per cent"]),
        ("There 17 were seen and seven injured yesterday.", ["seven injured"]),
        ("They met twelve men Monday.", ["twelve men"]),
        ("They cite the 2023 report and the 2023 presidential campaign.", []),
        ("They rang 555-0140 about file 12-417.", []),
    ],
)
def test_a_number_goes_with_what_it_counts(text: str, found: list[str]) -> None:
    assert texts(of(text).numbers) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They asked Inspector V. about it.", ["Inspector V."]),
        ("It hit K.L., a welder aged 52, in the leg.", ["K.L., a welder aged 52"]),
        ("They asked the Ministry of Health again.", ["Ministry of Health"]),
        ("United Nations experts met.", ["United Nations"]),
        ("Families wept in May.", []),
        ("They saw Corvane's pipe.", ["Corvane"]),
        ("5. Methane was not the cause.", []),
        ("4.2 Methane was not the cause.", []),
        ("5. They saw Corvane's pipe.", ["Corvane"]),
        ("In May 2024 Corvane dug.", ["Corvane"]),
        ("There Ada Lund, 51, who spoke, fell.", ["Ada Lund, 51"]),
        ("There Ada Lund (51), a nurse, fell.", ["Ada Lund (51), a nurse"]),
        ("There Lund Front, 45, and Ada Front, 30.", ["Lund Front", "Ada Front"]),
        ("It is the River Aul, a trade which, they say, pays.", ["River Aul"]),
        ("DOLMAR, 19 June (News Agency) – Newsrooms fell silent.", ["News Agency"]),
        ("They asked the Lakes Commission on Human Rights again.", ["Lakes Commission on Human Rights"]),
        ("They asked the Committee against Torture again.", ["Committee against Torture"]),
        ("They asked the Cannery Workers' Union again.", ["Cannery Workers' Union"]),
        ("They saw the 4th Battalion and the 9th Light Brigade.", ["4th Battalion", "9th Light Brigade"]),
        ("They asked Officer 1 about Block D.", ["Officer 1", "Block D"]),
        ("They read Aldane v. Republic of Coresse the Court met.", ["Aldane", "Republic of Coresse", "Court"]),
        ("They asked the Ministry of the Interior again.", ["Ministry of the Interior"]),
        ("They asked the Naruwe, a people of some 4,200 persons, again.", ["Naruwe"]),
        ("They cite the Refugee Convention, the speaker recalled.", ["Refugee Convention"]),
        ("They sued Arlenia, the regional court held, again.", ["Arlenia"]),
        ("They asked Sorrel, a journey that took nine hours.", ["Sorrel"]),
        ("They asked about Monday’s march, as on Sundays.", []),
        ("They wrote to him in French, and in Bambara.", []),
        ("They wrote it into the Constitution.", ["Constitution"]),
        ("They asked the force at Orsoum (UNSTAZ) and in UNSTAZ.", ["UNSTAZ"]),
        ("They asked the Nurses' Union of Belcour province again.", ["Nurses' Union of Belcour"]),
    ],
)
def test_a_name_goes_with_its_role(text: str, found: list[str]) -> None:
    assert texts(of(text).names) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was found near Fatissouma village.", ["Fatissouma village"]),
        ("They fled to the Mbera refugee camp.", ["Mbera refugee camp"]),
        ("They fled to the village of Ete.", ["village of Ete"]),
        ("It rained in Mali.", ["Mali"]),
        ("They died in Malian prisons.", []),
        ("They went from Niono, Ségou region, to the river.", ["Niono", "Ségou region"]),
        ("They went from Niono, Ségou region.", ["Niono", "Ségou region"]),
        ("They asked Ada Lund, Ségou region governor, again.", ["Ségou region"]),
        ("Kambrel, 22 August – The men met.", ["Kambrel"]),
        ("GENEVA (6 March 2024) — They met.", ["GENEVA"]),
        ("PORT LISSE, Zerania, 14 November – They met.", ["PORT LISSE", "Zerania"]),
        ("Ada Lund, in May – it rained – said so.", []),
        ("It lies south of Mardeh, on the border of Tovenia.", ["Mardeh", "Tovenia"]),
        ("They fled from Orsoum to Mardeh.", ["Orsoum", "Mardeh"]),
        ("It rained in the Security Council and in the Council.", []),
        ("It was in Anjal Government suspended river traffic.", []),
        ("It rained in Beni (North Kivu) in June.", ["Beni", "North Kivu"]),
    ],
)
def test_a_place_is_told_by_what_stands_around_it(text: str, found: list[str]) -> None:
    assert texts(of(text).places) == found


def test_a_name_that_stands_as_a_place_is_one_everywhere() -> None:
    found = of("They went from Orsoum. It rained in Orsoum.")
    assert (texts(found.names), texts(found.places)) == ([], ["Orsoum"])
    assert len(found.places[0].places) == 2


def test_a_name_is_a_place_where_the_title_or_a_government_says_so() -> None:
    told = "They asked the Karsana patrol, the Government of Ondaria and Ondaria again."
    found = roll(report(told, "It left Karsana.", title="Mission in Karsana"), "e")
    assert (texts(found.names), texts(found.places)) == (["Government of Ondaria"], ["Karsana", "Ondaria"])
    found = of("On a vu le Gouvernement du Mabwé, et Mabwé se tait.", "fr")
    assert texts(found.places) == ["Mabwé"]


def test_a_french_report_is_read_by_its_own_words() -> None:
    found = of("Au moins 87 personnes sont mortes dans le village de Dioumassi.", "fr")
    assert (texts(found.numbers), texts(found.places)) == (["Au moins 87 personnes"], ["village de Dioumassi"])
    assert texts(of("Là 12 de ses 20 amis ont vu cela.", "fr").numbers) == ["12 de ses 20 amis"]
    assert texts(of("Là on a vu Ada Lund, 51 ans, ouvrière, hier.", "fr").names) == ["Ada Lund, 51 ans"]
    assert texts(of("Ils venaient de Niono, région de Ségou, le soir.", "fr").places) == ["Niono", "région de Ségou"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Là entre 300 et 500 personnes ont fui.", ["entre 300 et 500 personnes"]),
        ("Là 20 à 30 hommes ont fui.", ["20 à 30 hommes"]),
        ("Selon l'article 3 et l'annexe 2, c'est interdit.", []),
        ("Là l'Agent 1 maintient sa version.", []),
        ("Parmi eux, deux siègent encore.", []),
        ("Il a occupé la 139e place.", []),
        ("Il a payé 20 000 livres pour retirer le corps.", ["20 000 livres"]),
        ("Il a été détenu 64 jours.", ["64 jours"]),
        (
            "On a compté une quarantaine de blessés et une dizaine d’hommes.",
            ["une quarantaine de blessés", "une dizaine d’hommes"],
        ),
        (
            "Des dizaines de maisons et plusieurs centaines de tentes.",
            ["dizaines de maisons", "plusieurs centaines de tentes"],
        ),
        ("Cela coûte 1,2 million d’euros.", ["1,2 million d’euros"]),
        ("Une quarantaine ont fui, et 47 d’entre eux sont morts.", ["47 d’entre eux"]),
        ("Par six voix contre une, la Cour l’a dit.", ["six voix contre une"]),
        ("Adopté par 15 voix contre deux.", ["15 voix contre deux"]),
        ("On a vu 17 blessés samedi.", ["17 blessés"]),
        ("Là les moins de cinq ans représentent un tiers.", ["moins de cinq ans"]),
        ("Parmi eux, deux siègent aujourd'hui.", []),
        ("Selon la loi 23-09, il l’a dit.", []),
        (
            "Il fut détenu pendant dix-neuf heures, puis trente heures plus tard relâché.",
            ["dix-neuf heures", "trente heures"],
        ),
        ("Il est venu vers 4 heures et reparti à 17 heures.", []),
    ],
)
def test_a_french_number_goes_with_what_it_counts(text: str, found: list[str]) -> None:
    assert texts(of(text, "fr").numbers) == found


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        ("Elle est à la prison de Roche-Noire, le 3 mai.", ["Roche-Noire"], []),
        ("On a vu Varloupe, un bâillon sur la bouche, hier.", ["Varloupe"], []),
        ("Il pleut au Darfour, et Khartoum l’ignore.", ["Khartoum"], ["Darfour"]),
        ("Il a plu au Conseil et à la MINUSZA.", ["Conseil", "MINUSZA"], []),
        ("On a vu la Côte d’Ivoire.", ["Côte d’Ivoire"], []),
        ("Il le dit en Bambara.", [], []),
        ("Il l’a dit au Haut-Commissaire et aux Gouvernements.", ["Haut-Commissaire", "Gouvernements"], []),
        ("Il l’a dit à l’ONU, à l’Etat et à la Direction.", ["ONU", "Etat", "Direction"], []),
    ],
)
def test_french_names_and_places(text: str, names: list[str], places: list[str]) -> None:
    found = of(text, "fr")
    assert (texts(found.names), texts(found.places)) == (names, places)


def test_the_roll_of_the_bundled_report() -> None:
    found = roll(ingest(BUNDLED).edition.reports[0], "e")
    assert texts(found.numbers)[:4] == ["at least ten civilians", "six men", "three women", "two-year-old child"]
    assert texts(found.names)[:3] == ["United Nations", "Malian Armed Forces", "FAMa"]
    assert texts(found.places)[:4] == ["Mali", "Dioura sector", "Mopti region", "Niono"]
    assert "Niono" not in texts(found.names)


@pytest.mark.parametrize("which", REPORTS.values(), ids=lambda one: one.id)
def test_every_entry_is_verbatim_and_found_again(which: Report) -> None:
    found = roll(which, "e")
    for entry in (*found.numbers, *found.names, *found.places):
        for place in entry.places:
            assert place.text == place.passage.text[slice(*place.span)]
            assert place.text.strip() == place.text != ""
    assert roll(which, "e") == found


@given(st.text(alphabet="Aab 1,.-%$'’“”(\u00a0Éé", max_size=60))
def test_any_text_has_a_roll(text: str) -> None:
    for language in ("en", "fr", "de"):
        found = roll(report(f"It {text}", language=language), "e")
        assert all(place.text for entry in (*found.numbers, *found.names, *found.places) for place in entry.places)


@pytest.mark.parametrize(
    ("text", "language", "names", "numbers"),
    [
        ("Alors raconte Idir, mécanicien, détenu ici.", "fr", ["Idir, mécanicien"], []),
        ("Alors dit Selma, 33 ans, enseignante.", "fr", ["Selma, 33 ans, enseignante"], ["33 ans"]),
        ("Alors la Direction de la sûreté intérieure nie.", "fr", ["Direction de la sûreté intérieure"], []),
        ("Alors la Convention contre la torture vaut.", "fr", ["Convention contre la torture"], []),
        ("Alors ils invitent les États et le Groupe.", "fr", [], []),
        ("They read the Morning Beacon there.", "en", ["Morning Beacon"], []),
        ("They asked the State and the Working Group again.", "en", [], []),
        ("They saw a girl, then two years old, there.", "en", [], []),
        ("It halted the removal of a family of five there.", "en", [], ["family of five"]),
        (
            "We know of seven deaths, five by drowning and two from cold.",
            "en",
            [],
            ["seven deaths", "five by drowning", "two from cold"],
        ),
    ],
)
def test_names_are_whole_and_numbers_tell_no_age(
    text: str, language: str, names: list[str], numbers: list[str]
) -> None:
    found = of(text, language)
    assert texts(found.names) == names
    assert texts(found.numbers) == numbers
