"""Which words of a question are somebody's full name."""

import pytest

from retrieval.question.full_names import full_names


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who arrested Per Brandt?", ["Per Brandt"]),
        ("Was Colonel Per Brandt's son near Anna Lund?", ["Per Brandt", "Anna Lund"]),
        ("Did Per Olav Brandt flee?", ["Per Olav Brandt"]),
        ("Who Arrested Per Brandt?", []),
        ("was it in Niono, Mali or by FAMa Wagner", []),
        ("What did the Security Council say of Brandt?", []),
        ("Did Brandt flee?", []),
    ],
)
def test_which_words_are_a_full_name(question: str, found: list[str]) -> None:
    assert [name.surface for name in full_names(question, "en")] == found
