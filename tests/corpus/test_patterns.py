"""Patterns that wait: what they find is what the compiled ones find, and what is asked before them changes nothing."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.layout import dates, notes, shapes
from corpus.patterns import lazily

BITS = [
    *" .,:;-–—/()[]*_…³⁴٣1aiAIVéx\t\u00a0\n",
    "   ",
    "...",
    "12",
    "2024",
    "-24-",
    "A/HRC/",
    "Page ",
    "of ",
    "May ",
    "**",
]
JUDGES: list[tuple[Callable[[str], bool], Callable[[str], object]]] = [
    (shapes.is_bullet, lambda text: shapes._BULLET.match(text)),
    (shapes.is_page_number, lambda text: shapes._PAGE.fullmatch(text)),
    (shapes.is_bare_number, lambda text: shapes._BARE.fullmatch(text)),
    (shapes.is_dateline, lambda text: shapes._DATELINE.match(text)),
    (shapes._may_have_leaders, lambda text: shapes._LEADERS.search(text)),
    (lambda text: bool(shapes._number(text)), lambda text: shapes._NUMBER.match(text)),
    (lambda text: shapes.bare(f"So. {text}") != f"So. {text}", lambda text: shapes._CALLS.search(f"So. {text}")),
    (lambda text: any(notes.calls(text)) or bool(notes._COUNTED.search(text)), lambda text: notes._CALL.search(text)),
    (lambda text: text.strip().rstrip(".")[-1:].isdecimal(), lambda text: dates._DATE.fullmatch(text.strip(" ."))),
]


def test_a_pattern_is_compiled_with_its_first_use() -> None:
    assert lazily("(").__class__ is not re.Pattern
    with pytest.raises(re.error):
        lazily("(").match("")


def test_a_pattern_that_waits_finds_what_the_compiled_one_finds() -> None:
    waiting, compiled = lazily("b+", re.IGNORECASE), re.compile("b+", re.IGNORECASE)
    for _ in range(2):
        assert waiting.findall("abBbc") == compiled.findall("abBbc")
        assert waiting.sub("-", "abBbc") == compiled.sub("-", "abBbc")


@pytest.mark.parametrize("number", range(len(JUDGES)))
@given(st.lists(st.sampled_from(BITS), max_size=8).map("".join))
def test_no_text_that_a_pattern_finds_is_kept_from_it(number: int, text: str) -> None:
    judge, pattern = JUDGES[number]
    assert judge(text) or not pattern(text)
