r"""Escaping is exact: what Discord shows for ``escape(text)`` is ``text``, and nothing in it means anything."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord import markup
from bot.discord.markup import escape, escaped, fitting, length, prefix_of, quoted, read_back
from corpus.passage import Span
from tests.bot.discord.parts.reader import constructs, unescape, unquote, without_bold

# Text in which Markdown is as likely as letters.
MARKED = st.text(st.sampled_from("ab1.2) \n\r\t#>-+*_~|`\\<>[]()@:/&!=é漢😀\u200b\u2028\x85")) | st.text()
HARD = [
    "1. x",
    "12) x",
    "# x",
    "- x",
    "+ x",
    "-# x",
    "> x",
    ">>> x",
    "  > x",
    "*x* **x** ***x***",
    "_x_ __x__ snake_case",
    "~~x~~",
    "||x||",
    "`x` ``x`` ```py\nx```",
    "<@123> <@!123> <@&123> <#1> </cmd:1> <:e:1> <a:e:1> <id:guide>",
    "<t:1:R> <t:1>",
    ":smile: :+1:",
    "https://example.org/a_b*c*?d=<e> http://x.y steam://x discord://x",
    "<https://example.org>",
    "[a](https://example.org) [a][b]",
    "@everyone @here",
    "zero\u200bwidth \u202ertl\u202c \u00ad",
    r"C:\new\*folder\ \\",
    r"¯\_(ツ)_/¯",
    "line\nbreaks\r\n\r\n# and\r> more\u2028- x",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_cases_reach_the_reader_as_written(text: str) -> None:
    assert constructs(text) or text.startswith(("zero", "C:", "¯"))
    assert constructs(escape(text)) == []
    assert unescape(escape(text)) == text


@given(MARKED)
def test_unescaping_what_was_escaped_gives_the_text_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert constructs(escape(text)) == []


@given(MARKED)
def test_what_was_escaped_is_read_back(text: str) -> None:
    assert markup.unescape(escape(text)) == text


@given(MARKED)
def test_what_was_never_escaped_is_not_read_back(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert escape(markup.unescape(text)) == text


@given(MARKED)
def test_escaping_inserts_nothing_but_backslashes(text: str) -> None:
    """So nothing invisible can end up in what a reader copies."""
    pieces = escaped(text)
    assert len(pieces) == len(text)
    assert all(piece in (character, "\\" + character) for piece, character in zip(pieces, text, strict=True))


def test_plain_prose_is_left_alone() -> None:
    prose = "“The bodies,” they said on Jan. 2, 2025 - reportedly - were found (near Fatissouma village); 12.5 km away!"
    assert escape(prose) == prose


def spans(text: str) -> st.SearchStrategy[list[Span]]:
    place = st.integers(0, len(text) + 3)
    return st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b)), place, place), max_size=4)


@given(st.data(), MARKED)
def test_a_block_quote_reads_back_as_its_text(data: st.DataObject, text: str) -> None:
    """By our own check and by the independent one, whatever is bold in it."""
    for prefix in (prefix_of(text), prefix_of(text, small=True)):
        block = prefix + "".join(quoted(text, data.draw(spans(text)), prefix))
        assert read_back(block) == text
        assert unescape(without_bold(unquote(block))) == text


def test_matches_are_bold_and_never_touch() -> None:
    pieces = quoted("the bodies were *found*", [Span(4, 10), Span(10, 15), Span(17, 22)])
    assert "".join(pieces) == r"the **bodies were** \***found**\*"


def test_matches_that_discord_would_not_draw_bold_are_left_plain() -> None:
    assert "".join(quoted("a b\nc", [Span(1, 3), Span(2, 5), Span(9, 12), Span(3, 3)])) == "a b\n> c"


@pytest.mark.parametrize(
    "block", ["no quote", "> a\nb", "> *a*", "> a\\", "> [a](b)", "> **a", "> <@1>", "> a\r\nb", "> `a`"]
)
def test_reading_back_refuses_what_no_quote_of_ours_holds(block: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        read_back(block)


def test_length_counts_code_units() -> None:
    assert length("aé漢") == 3
    assert length("😀") == 2


def test_text_that_fits_is_not_cut() -> None:
    assert fitting("One two.", list("One two."), 8) == 8


@pytest.mark.parametrize(
    ("text", "budget", "shown"),
    [
        ("One two. Three four five.", 12, "One two."),  # a sentence end in the second half
        ("One. Two three four five six.", 20, "One. Two three four"),  # none there: a word end
        ("One two” she said. Then", 20, "One two” she said."),
        ("“Stop.” Then more words", 12, "“Stop.”"),
        ("unbroken" * 40, 50, ""),  # never inside a word
        ("ab " + "unbroken" * 40, 50, "ab"),
        ("一二三。四五六七八九", 6, "一二三。"),
        ("一二三四五六七八九", 4, "一二三四"),  # no blanks between words there
        ("One two", 0, ""),
    ],
)
def test_a_cut_falls_on_a_sentence_end_or_a_word_end(text: str, budget: int, shown: str) -> None:
    assert text[: fitting(text, list(text), budget)] == shown


@given(MARKED, st.integers(0, 60))
def test_a_cut_keeps_within_the_budget_and_ends_no_escape(text: str, budget: int) -> None:
    pieces = escaped(text)
    size = fitting(text, pieces, budget)
    assert sum(map(length, pieces[:size])) <= budget or size == len(text)
    assert unescape("".join(pieces[:size])) == text[:size]
    assert not text[:size][-1:].isspace() or size == len(text)
