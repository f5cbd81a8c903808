"""What may be asked, and what is taken off before it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.errors import EmptyQuestionError, LongQuestionError, QuestionError, WordlessQuestionError
from retrieval.question.asked import QUESTION_LIMIT, Question

PIECES = ["@everyone", "@here", "<@1>", "<@&22>", "<#3>", "<:ok:4>", "<t:5:R>", "**", "_", "~~", "||", "`", "> ", "# "]
hostile = st.text(st.characters(exclude_categories=())) | st.lists(
    st.sampled_from([*PIECES, "\n", "\0", "\u200b", "\u202e", "every", "one", "[a](b)", "x", "2", "😀"]), max_size=40
).map("".join)


@given(hostile)
@example("@every~~one~~ who")
@example("<@1\u200b2> who")
def test_any_text_is_a_clean_question_or_a_question_error(text: str) -> None:
    try:
        question = Question.parse(text)
    except QuestionError:
        return
    assert 1 <= len(question.text) <= QUESTION_LIMIT
    assert question.text == " ".join(question.text.split())
    assert any(map(str.isalnum, question.text))
    assert "@everyone" not in question.text.split()
    assert not set(question.text) & set("\0\u200b\u202e\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Where were the bodies\tfound?\r\n", "Where were the bodies found?"),
        ("<@123456789012345678> where is <#4> it", "where is it"),
        ("<@!1> <@&2> <:emo:123> <a:emo:123> </ask:5> <t:1618953630:R> why", "why"),
        ("@everyone where @here", "where"),
        ("> a quote\n# a heading\n-# small", "a quote a heading small"),
        ("**Where** *were* __the__ _bodies_ ~~found~~ ||here|| `now`", "Where were the bodies found here now"),
        ("***where***", "where"),
        ("[where](https://example.org/a_b)", "where"),
        ("what is snake_case and snake__case?", "what is snake_case and snake__case?"),
        ("what is 2*3 and 2**3?", "what is 2*3 and 2**3?"),
        ("bod\u200bies fati\u00adssouma", "bodies fatissouma"),
        ("\u202ewho\u202c did \u200fit", "who did it"),
        ("who\0did\x07it", "who did it"),
        ("where\u3164were\u2800it", "where were it"),
        ("bod\u200dies \u115f\u2800", "bodies"),
        ("چرا نمی\u200cخواهند؟", "چرا نمی\u200cخواهند؟"),
        ("من فعل هذا؟", "من فعل هذا؟"),
        ("谁？", "谁？"),
        ("<3 who", "<3 who"),
        ("a", "a"),
    ],
)
def test_what_is_taken_off(raw: str, text: str) -> None:
    assert Question.parse(raw) == Question(text)


@pytest.mark.parametrize("raw", ["", "   \n\t ", "<@123>", " <@123> @everyone "])
def test_nothing_is_empty(raw: str) -> None:
    with pytest.raises(EmptyQuestionError):
        Question.parse(raw)


@pytest.mark.parametrize(
    "raw", ["?!", "😀 💀", "***", "\0\0", "\u200b", "— … —", "_", "@", "\u3164", "\u115f \u2800", "\u200d\ufe0f"]
)
def test_no_word_is_wordless(raw: str) -> None:
    with pytest.raises(WordlessQuestionError):
        Question.parse(raw)


@pytest.mark.parametrize("raw", ["x" * 300, f"<@1>  {'x' * 300} **", "\u200b".join("x" * 300)])
def test_300_characters_are_allowed_after_cleaning(raw: str) -> None:
    assert Question.parse(raw).text == "x" * 300


@pytest.mark.parametrize(("raw", "length"), [("x" * 301, 301), ("where " * 833, 4997), ("x" * 100_000, 100_000)])
def test_more_are_too_long(raw: str, length: int) -> None:
    with pytest.raises(LongQuestionError) as caught:
        Question.parse(raw)
    assert (caught.value.key, caught.value.fields) == ("long_question", {"length": length, "limit": 300})


def test_stop_words_alone_may_be_asked() -> None:
    assert Question.parse("what is this?").text == "what is this?"
