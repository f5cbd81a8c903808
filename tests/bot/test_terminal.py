"""A reply as text: on a terminal, in a pipe, and with a report that means harm."""

import io
import os
import pty
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.saying.reply import Heading, Line, Lookup, Menu, Note, Option, Quote, Reply, Subheading
from bot.saying.text import QUOTE_PREFIX, Style, render, visible
from corpus.passage import Span

PIPE = Style()
REPLY = Reply(
    parts=(
        Heading("Where were the bodies found?"),
        Line("The closest passages, not an answer:"),
        Quote(
            text="Two days later, their bodies and burned vehicle were discovered near Fatissouma village.",
            source="A title, paragraph 3, A publisher, 15 March 2025",
            key="a-report:3@0f1e2d3c",
            url="https://example.org/a",
            matches=(Span(22, 28),),
            cut_before=True,
            cut_after=True,
        ),
        Quote("Line one.\nLine two.", "A title, paragraph 4", "a-report:4@0f1e2d3d", "https://example.org/a"),
        Note("This report describes killings."),
    ),
    footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
    lookups=(Lookup("Paragraph 3 in full", "a-report:3@0f1e2d3c"),),
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def test_in_a_pipe_nothing_is_wrapped_or_coloured() -> None:
    """The link stands once under quotes in a row that share it; buttons are left out."""
    assert render(REPLY, PIPE) == (
        "Where were the bodies found?\n"
        "\n"
        "The closest passages, not an answer:\n"
        "\n"
        "> […] Two days later, their bodies and burned vehicle were discovered near Fatissouma village. […]\n"
        "  A title, paragraph 3, A publisher, 15 March 2025 [a-report:3@0f1e2d3c]\n"
        "  https://example.org/a\n"
        "\n"
        "> Line one.\n"
        "> Line two.\n"
        "  A title, paragraph 4 [a-report:4@0f1e2d3d]\n"
        "\n"
        "This report describes killings.\n"
        "\n"
        "Edition 0f1e2d3c4b5a. Quotes are verbatim.\n"
    )


def test_on_a_terminal_lines_are_wrapped_and_matches_bold() -> None:
    assert render(REPLY, Style(40, colour=True)) == (
        "\x1b[1mWhere were the bodies found?\x1b[22m\n"
        "\n"
        "The closest passages, not an answer:\n"
        "\n"
        "> […] Two days later, their \x1b[1mbodies\x1b[22m and\n"
        "> burned vehicle were discovered near\n"
        "> Fatissouma village. […]\n"
        "  A title, paragraph 3, A publisher, 15\n"
        "  March 2025 [a-report:3@0f1e2d3c]\n"
        "  https://example.org/a\n"
        "\n"
        "> Line one.\n"
        "> Line two.\n"
        "  A title, paragraph 4\n"
        "  [a-report:4@0f1e2d3d]\n"
        "\n"
        "\x1b[2mThis report describes killings.\x1b[22m\n"
        "\n"
        "\x1b[2mEdition 0f1e2d3c4b5a. Quotes are\x1b[22m\n"
        "\x1b[2mverbatim.\x1b[22m\n"
    )


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in render(REPLY, Style(40, colour=False))


def test_entries_of_a_list_follow_closely() -> None:
    reply = Reply(
        (Heading("Two"), Line("• one", "https://example.org/1", item=True), Line("• two", item=True), Line("End."))
    )
    assert render(reply, PIPE) == "Two\n\n• one\n  https://example.org/1\n• two\n\nEnd.\n"


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        ("\x1b[2J\x1b[1;1Hgone", "␛[2J␛[1;1Hgone"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("over\rwritten", "over␍written"),
        ("back\b\b\bspace", "back␈␈␈space"),
        ("nul\0", "nul␀"),
        ("del\x7f", "del␡"),
        ("csi \x9b31m", "csi \\x9b31m".replace("\\x9b", "\\u009b")),
        ("next\x85line", "next\\u0085line"),
        ("\u202egnorw", "\\u202egnorw"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("line\u2028end", "line\\u2028end"),
        ("half \ud83d pair", "half \\ud83d pair"),
        ("tab\tand\nbreak", "tab\tand\nbreak"),
        ("Ségou, مالي, 马里, 👩🏽‍⚖️", "Ségou, مالي, 马里, 👩🏽‍⚖️"),
    ],
)
def test_what_a_terminal_would_act_on_is_made_visible(hostile: str, seen: str) -> None:
    assert visible(hostile) == seen


def test_hostile_text_is_harmless_wherever_it_stands() -> None:
    evil = "x\x1b[31m\x9b1m\u202e\r"
    reply = Reply(
        (Heading(evil), Line(evil, evil), Quote(evil, evil, evil, evil, (Span(0, 2),)), Note(evil)), footer=evil
    )
    for style in (PIPE, Style(30), Style(30, colour=True)):
        shown = re.sub(r"\x1b\[(?:1|2|22)m", "", render(reply, style))
        assert CONTROL.search(shown) is None


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]) | st.just("\n")))
def test_in_a_pipe_a_quote_keeps_every_character(text: str) -> None:
    shown = render(Reply((Quote(text, "source", "key"),)), PIPE)
    lines = shown.split("\n")[: text.count("\n") + 1]
    assert "\n".join(line.removeprefix(QUOTE_PREFIX) for line in lines) == text


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))), st.integers(20, 100))
def test_on_a_terminal_only_white_space_may_change(text: str, spans: list[tuple[int, int]], width: int) -> None:
    quote = Quote(text, "source", "key", matches=tuple(Span(*sorted(span)) for span in spans))
    for colour in (False, True):
        shown = re.sub(r"\x1b\[(?:1|22)m", "", render(Reply((quote,)), Style(width, colour)))
        block = shown[: shown.rindex("\n  source")]
        words = "".join(line.removeprefix(QUOTE_PREFIX.strip()) for line in block.split("\n"))
        assert re.sub(r"[ \t]", "", words) == re.sub(r"[ \t\n]", "", visible(text))


@given(st.lists(st.text(st.characters(categories=["L", "M", "P"]), min_size=1, max_size=8), min_size=1))
def test_no_line_is_wider_than_the_terminal(words: list[str]) -> None:
    """Wide characters take two columns and marks that join the last character none."""

    def columns(line: str) -> int:
        wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
        return len(line) + wide - sum(unicodedata.combining(character) > 0 for character in line)

    shown = render(Reply((Line(" ".join(words)),)), Style(20))
    assert all(columns(line) <= 20 for line in shown.split("\n"))


def test_the_style_follows_where_the_text_goes() -> None:
    assert Style.of(io.StringIO(), {"TERM": "xterm", "COLUMNS": "70"}) == PIPE
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        assert Style.of(terminal, {"TERM": "xterm", "COLUMNS": "70"}) == Style(70, colour=True)
        assert Style.of(terminal, {"TERM": "xterm", "COLUMNS": "9"}) == Style(20, colour=True)
        assert Style.of(terminal, {"TERM": "xterm", "COLUMNS": "999"}) == Style(100, colour=True)
        assert Style.of(terminal, {"TERM": "xterm", "COLUMNS": "70", "NO_COLOR": "1"}) == Style(70, colour=False)
        assert Style.of(terminal, {"TERM": "dumb", "COLUMNS": "70"}) == Style(70, colour=False)
        assert Style.of(terminal, {"TERM": "xterm"}).width in range(20, 101)
    os.close(ours)


def test_a_half_has_a_heading_and_a_menu_is_said_in_words() -> None:
    options = (Option("A road", "road", "road"),)
    reply = Reply((Heading("Q"), Subheading("A"), Line("None.")), "End.", menu=Menu("-", options, "Ask again."))
    assert render(reply, PIPE) == "Q\n\nA\n\nNone.\n\nAsk again.\n\nEnd.\n"
