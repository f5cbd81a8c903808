"""Patterns that wait: what they find is what the compiled ones find."""

import re

import pytest

from corpus.text.patterns import lazily


def test_a_pattern_is_compiled_with_its_first_use() -> None:
    with pytest.raises(re.error):
        lazily("(").match("")


def test_a_pattern_that_waits_finds_what_the_compiled_one_finds() -> None:
    waiting, compiled = lazily("b+", re.IGNORECASE), re.compile("b+", re.IGNORECASE)
    for _ in range(2):
        assert waiting.findall("abBbc") == compiled.findall("abBbc")
        assert waiting.sub("-", "abBbc") == compiled.sub("-", "abBbc")
