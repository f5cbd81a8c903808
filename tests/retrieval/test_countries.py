"""Every country of Unicode's CLDR is known by its names, in English and in French, with its people and its capital."""

import re

import pytest
from babel import Locale

from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.question.across import _terms
from retrieval.words.lexicon import WEIGHTS, lexicon
from retrieval.words.terms import analyzer_of

# Codes of CLDR that ISO 3166 reserves or does not have: parts of countries, unions of them, and what tests software.
NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
# Where nobody lives but on duty.
UNINHABITED = frozenset(["AQ", "BV", "GS", "HM", "IO", "TF", "UM"])
COUNTRIES = sorted(
    code
    for code in map(str, Locale.parse("en").territories)
    if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES | UNINHABITED
)
# What CLDR writes and no report does → what is written; with it short forms and variants, which Babel leaves out.
WRITTEN = {
    ("en", "CC"): ("Cocos (Keeling) Islands", "Cocos Islands", "Keeling Islands"),
    ("en", "CD"): ("Congo-Kinshasa", "Democratic Republic of Congo", "DRC"),
    ("en", "CG"): ("Congo-Brazzaville", "Republic of the Congo"),
    ("en", "BA"): ("Bosnia and Herzegovina", "Bosnia"),
    ("en", "CI"): ("Côte d’Ivoire", "Ivory Coast"),
    ("en", "CV"): ("Cape Verde", "Cabo Verde"),
    ("en", "CZ"): ("Czechia", "Czech Republic"),
    ("en", "FK"): ("Falkland Islands", "Falklands"),
    ("en", "GB"): ("United Kingdom", "UK", "Great Britain"),
    ("en", "HK"): ("Hong Kong",),
    ("en", "MM"): ("Myanmar", "Burma"),
    ("en", "MO"): ("Macao", "Macau"),
    ("en", "PS"): ("Palestinian Territories", "Palestine"),
    ("en", "SZ"): ("Eswatini", "Swaziland"),
    ("en", "TL"): ("Timor-Leste", "East Timor"),
    ("en", "TR"): ("Türkiye", "Turkey"),
    ("en", "US"): ("United States", "USA"),
    ("fr", "CD"): ("Congo-Kinshasa", "République démocratique du Congo", "RDC"),
    ("fr", "CG"): ("Congo-Brazzaville", "République du Congo"),
    ("fr", "BY"): ("Biélorussie", "Bélarus"),
    ("fr", "CF"): ("République centrafricaine", "Centrafrique"),
    ("fr", "FK"): ("Îles Malouines", "Malouines"),
    ("fr", "HK"): ("Hong Kong",),
    ("fr", "MM"): ("Myanmar", "Birmanie"),
    ("fr", "MO"): ("Macao",),
    ("fr", "PS"): ("Territoires palestiniens", "Palestine"),
    ("fr", "SX"): ("Saint-Martin (partie néerlandaise)", "Sint Maarten"),
    ("fr", "TL"): ("Timor oriental", "Timor-Leste"),
    ("fr", "US"): ("États-Unis", "USA"),
    ("fr", "MU"): ("île Maurice",),
    ("fr", "VC"): ("Saint-Vincent",),
    ("fr", "VA"): ("Cité du Vatican", "Vatican"),
}
# Whose people are not called by a word of their own; and whose capital is the country itself, has its name or its stem
# ("Alger", "Algérie"), or shares its stem with words of another meaning ("Rome" with "Roms", "Damas" with "dame").
NO_PEOPLE = {"en": "DM JE MF MP PM SJ SX TC VI", "fr": "SJ SX TC VG VI"}
NO_CAPITAL = {
    "en": "AI CC CX DJ GI HK LU MC MO MV SG SM ST VA VG",
    "fr": "AI AT CC CX DJ DZ GI GT HK IT KW LU MC MO MV PA SG SM ST SY VA VG",
}


def names(tag: str, code: str) -> tuple[str, ...]:
    return WRITTEN.get((tag, code)) or (Locale.parse(tag).territories[code],)


def keys(tag: str, name: str) -> list[str]:
    """A name as a question of those words would be looked up."""
    own = analyzer_of(tag)
    written = re.sub(r"[()]", "", name).replace("&", "and" if tag == "en" else "et").replace("St.", "Saint")
    return [own.key(word.text) or word.text for word in own.words(written)]


def stand_for(tag: str, name: str, table: str) -> set[tuple[str, ...]]:
    """What may stand for the whole name by that table of the lexicon."""
    words = keys(tag, name)
    found = lexicon(tag).matches(words)
    return {target for start, end, target, weight in found if (start, end, weight) == (0, len(words), WEIGHTS[table])}


def is_a_form(tag: str, name: str) -> bool:
    """Whether the lexicon has the name, though nothing stands for it since its people's has the same key ("Serbie")."""
    tables = language(tag).lexicon["same"].splitlines()
    return any(keys(tag, item) == keys(tag, name) for line in tables for item in line.split(","))


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("tag", ["en", "fr"])
class TestCountry:
    def test_its_names_find_its_people_or_one_another(self, tag: str, code: str) -> None:
        if code in NO_PEOPLE[tag].split():
            return
        lost = [name for name in names(tag, code) if not (stand_for(tag, name, "same") or is_a_form(tag, name))]
        assert lost == []

    def test_its_name_finds_its_capital(self, tag: str, code: str) -> None:
        found = [name for name in names(tag, code) if stand_for(tag, name, "loose")]
        assert bool(found) is (code not in NO_CAPITAL[tag].split())

    def test_its_name_is_known_in_the_other_language(self, tag: str, code: str) -> None:
        other = "fr" if tag == "en" else "en"
        here, there = names(tag, code), names(other, code)
        if {fold(name) for name in here} & {fold(name) for name in there}:
            return  # it is looked for as it stands
        words = keys(tag, here[0])
        found = {
            target for start, end, target, _ in _terms(tag, other).matches(words) if (start, end) == (0, len(words))
        }
        wanted = {
            tuple(key for word in analyzer_of(other).words(name) if (key := analyzer_of(other).key(word.text)))
            for name in there
        }
        assert found & wanted, (found, wanted)


def test_the_countries_are_those_of_the_world() -> None:
    """193 members of the United Nations, two observers, Kosovo, Taiwan and the territories that people live in."""
    assert len(COUNTRIES) == 243
    assert {code for _, code in WRITTEN} <= set(COUNTRIES)
