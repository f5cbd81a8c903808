"""What can be seen of a text: nothing that shows nothing, and no letter less of what does."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.legible import JOINERS, legible

BLANK = ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"]


def test_as_many_characters_show_nothing_as_unicode_lists() -> None:
    """DerivedCoreProperties.txt of Unicode 16.0 gives 4174 for Default_Ignorable_Code_Point; U+2800 is a blank besides.

    White space alone is taken off as well, at the ends of any text.
    """
    gone = [c for c in map(chr, range(sys.maxunicode + 1)) if not legible(c) and not c.isspace()]
    assert len(gone) == 4174 + 1
    assert {unicodedata.category(c) for c in gone} == {"Cf", "Cn", "Lo", "Mn", "So"}


@pytest.mark.parametrize("blank", BLANK)
def test_a_blank_that_is_no_white_space_parts_words_like_one(blank: str) -> None:
    assert legible(f"{blank}where{blank}were it{blank}{blank}") == "where were it"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("bod\u200bies fati\u00adssouma", "bodies fatissouma"),
        ("bod\u200dies \u200cbodies", "bodies bodies"),
        ("\ufeff/help", "/help"),
        ("a\u034f\u180e\u2064\U000e0041b", "ab"),
        ("نمی‌خواهم", "نمی‌خواهم"),  # Persian: the non-joiner shapes the word
        ("क्‍ष র‍্য", "क्‍ष র‍্য"),
        ("👩🏽‍⚖️ 👨‍👩‍👧", "👩🏽‍⚖️ 👨‍👩‍👧"),
        ("نمی\u200c\u200c\u200b\u200cخواهم", "نمی‌خواهم"),
        ("\u200cنمی\u200c", "نمی"),
        ("❤\ufe0f\ufe0f\ufe0f x\U000e0100\U000e0101", "❤\ufe0f x\U000e0100"),
        (" \ufe0f x", "x"),
        ("a\nb\x1b", "a\nb\x1b"),
    ],
)
def test_what_stays(text: str, seen: str) -> None:
    assert legible(text) == seen


@given(
    st.text(st.sampled_from([*BLANK, *JOINERS, "\u200b", "\ufe0f", "\U000e0041", "a", "ب", "क", "्", " ", "👩", "\n"]))
)
def test_what_is_legible_stays_so_and_loses_no_letter(text: str) -> None:
    once = legible(text)
    assert legible(once) == once == once.strip()
    assert [c for c in text if c in "aبक्👩"] == [c for c in once if c in "aبक्👩"]
    assert not set(once[:1] + once[-1:]) & {*BLANK, *JOINERS, "\u200b"}
