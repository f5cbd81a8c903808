"""Which hedges are told of as cut off: those that govern the quoted words, and no other's of the sentence."""

import pytest

from retrieval.quotation.checking import Checker
from retrieval.quotation.values import Checked
from retrieval.search.scope import Scope
from tests.builders import edition, report

BRIDGE = "The bridge was destroyed, and the mayor may have fled."
ARMED = "The men, who may have been armed, were shot."
FIRED = "Soldiers fired on the crowd, possibly killing a child."
PONT = "Le pont a été détruit, et le maire aurait fui."


def check(sentence: str, quotation: str, language: str = "en") -> Checked:
    made = edition(report(sentence, language=language))
    return Checker(made, Scope(made.reports)).check(quotation)


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "cut_off"),
    [
        ("en", BRIDGE, "The bridge was destroyed", ()),
        ("en", BRIDGE, "the mayor", ("may have",)),
        ("en", ARMED, "The men", ()),
        ("en", ARMED, "were shot", ()),
        ("en", ARMED, "been armed", ("may have",)),
        ("en", FIRED, "Soldiers fired on the crowd", ()),
        ("en", FIRED, "killing a child", ("possibly",)),
        ("en", "The council fears that the pilot may have slept.", "The council", ()),
        ("en", "The boat sank; the crew may have drowned.", "The boat sank", ()),
        ("en", "The boat reportedly sank; the crew drowned.", "the crew drowned", ()),
        ("en", "The trial ended at noon: it may go on.", "The trial ended at noon", ()),
        ("en", "The train, which was late, may have stopped.", "was late", ()),
        ("en", "The council meets at 10:30 and may vote.", "The council meets", ("may",)),
        ("en", "Three men, two women, and a child were reportedly shot.", "Three men", ("reportedly",)),
        ("en", "The men who were hiding may have fled.", "The men", ("may have",)),
        ("en", "In that village ten men were reportedly shot.", "ten men", ("reportedly",)),
        ("en", "Late that night ten men were reportedly shot.", "ten men", ("reportedly",)),
        ("en", "If confirmed, the boat sank with its crew.", "sank with its crew", ("If confirmed",)),
        ("en", "It is alleged that the pilot slept.", "the pilot slept", ("It is alleged",)),
        ("en", "I would have signed that I killed my father.", "I killed my father", ("would have signed that",)),
        ("en", "They made him say that he killed his father.", "he killed his father", ("They made him say",)),
        ("en", "They made him sign that he killed his father.", "he killed his father", ("made him sign that",)),
        ("en", "He was accused of setting the fire.", "setting the fire", ("accused of",)),
        ("en", "To our knowledge, nobody was ever tried.", "nobody was ever tried", ("To our knowledge",)),
        ("fr", "J’aurais signé que j’avais tué mon père.", "j’avais tué mon père", ("aurais signé que",)),
        ("fr", "On lui a fait dire qu’il avait tué son père.", "il avait tué son père", ("On lui a fait dire",)),
        ("fr", "A notre connaissance, personne n’a été jugé.", "personne n’a été jugé", ("A notre connaissance",)),
        ("fr", "À notre connaissance, personne n’a été jugé.", "personne n’a été jugé", ("À notre connaissance",)),
        ("en", "The search was not lawful and necessary.", "The search was not “lawful and necessary”.", ()),
        ("fr", "Ils auraient fouillé la cour, puis les auraient tués.", "auraient fouillé la cour", ()),
        ("fr", PONT, "Le pont a été détruit", ()),
        ("fr", PONT, "le maire", ("aurait",)),
        ("fr", "Trois hommes, deux femmes et un enfant auraient été tués.", "Trois hommes", ("auraient été",)),
        ("fr", "Les soldats ont tiré, blessant peut-être un enfant.", "Les soldats ont tiré", ()),
    ],
)
def test_a_hedge_counts_where_it_governs(
    language: str, sentence: str, quotation: str, cut_off: tuple[str, ...]
) -> None:
    assert check(sentence, quotation, language).cut_off == cut_off


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "within"),
    [
        ("en", "The council fears that the pilot may have slept.", "the pilot … have slept", ("may",)),
        ("en", "They did not burn the records.", "They did … burn the records", ("not",)),
        ("en", "They killed at least twelve people.", "They killed … twelve people", ("at least",)),
        ("en", "The guard, witnesses said, shot the boy.", "The guard … shot the boy", ("witnesses said",)),
        ("en", "“We ran,” said Ms. Bell, “and they fired.”", "We ran … and they fired", ()),
        ("en", "The patients, who could not walk, were carried.", "The patients … were carried", ()),
        ("en", "The council fears that the pilot may have slept.", "the pilot may … slept", ()),
        ("en", "They do not regard it as an apology.", "regard it as an apology", ("not",)),
        ("en", "The firm denied that its staff were there.", "its staff were there", ("The firm denied",)),
        ("en", "The firm rejected any suggestion that it knew.", "it knew", ("rejected any suggestion that",)),
        ("en", "They do not regard it as an apology.", "They do not “regard it as an apology”.", ()),
        ("fr", "Ils ne le tiennent pas pour une excuse.", "pour une excuse", ("pas",)),
        ("fr", "Le ministère affirme que le pilote aurait dormi.", "le pilote … dormi", ("aurait",)),
        ("en", "The pilot may have slept.", "“The pilot” “have slept”", ("may",)),
        ("en", "The pilot may have slept.", "“The pilot” did “have slept,” the report says", ("may",)),
        ("en", "The pilot may have slept.", "“The pilot” may “have slept,” the report says", ()),
    ],
)
def test_what_an_ellipsis_leaves_out_may_change_what_is_said(
    language: str, sentence: str, quotation: str, within: tuple[str, ...]
) -> None:
    """The words are a report's own all the same; but the quotation is not true."""
    found = check(sentence, quotation, language)
    assert found.verdict.is_true
    assert found.cut_within == within
    assert found.is_true is not bool(within)
    assert set(within) <= set(found.cut_off)
