"""Whether two names are of one person: surely, perhaps, or not."""

import pytest

from retrieval.quotation.persons import Likeness, likeness, name
from retrieval.quotation.wording import wording


@pytest.mark.parametrize(
    ("tag", "one", "other", "expected"),
    [
        ("en", "the army", "the military", Likeness.SAME),
        ("en", "Mr T.", "Mr. T", Likeness.SAME),
        ("en", "Mr T.", "Mr R.", Likeness.OTHER),
        ("en", "a relative", "the sister of one of the five", Likeness.MAYBE),
        ("en", "a member of the family", "a son", Likeness.MAYBE),
        ("en", "the widow", "his wife", Likeness.MAYBE),
        ("en", "his brother", "the sister of one of the five", Likeness.OTHER),
        ("en", "the mother of one of the five", "the sister of one of the five", Likeness.OTHER),
        ("en", "the judges", "the Court", Likeness.MAYBE),
        ("en", "the prison's head", "the governor", Likeness.MAYBE),
        ("en", "the governor", "the Prison Service", Likeness.OTHER),
        ("en", "a witness", "a fisherman", Likeness.MAYBE),
        ("en", "a witness", "the Ministry of the Interior", Likeness.OTHER),
        ("en", "a woman", "a grandmother of six", Likeness.MAYBE),
        ("en", "a man", "a grandmother of six", Likeness.OTHER),
        ("en", "the company", "Swift Brothers", Likeness.MAYBE),
        ("en", "the company", "a chief in Lower Temu", Likeness.OTHER),
        ("en", "a village leader", "a chief in Lower Temu", Likeness.MAYBE),
        ("en", "the Galdrian government", "Galdria", Likeness.MAYBE),
        ("en", "Tovenia", "Galdria", Likeness.OTHER),
        ("fr", "un proche", "son père", Likeness.MAYBE),
        ("fr", "sa sœur", "son épouse", Likeness.OTHER),
        ("fr", "les juges", "la Chambre", Likeness.MAYBE),
        ("fr", "l’armée", "l’état-major", Likeness.MAYBE),
        ("fr", "un témoin", "un marchand de tissus", Likeness.MAYBE),
        ("fr", "un témoin", "le ministre", Likeness.OTHER),
        ("fr", "l’accusé", "l’une des survivantes", Likeness.OTHER),
    ],
)
def test_two_names(tag: str, one: str, other: str, expected: Likeness) -> None:
    """Whichever of the two stands in the report."""
    words = wording(tag)
    assert likeness(name(one, words), name(other, words), tag) is expected
    assert likeness(name(other, words), name(one, words), tag) is expected
