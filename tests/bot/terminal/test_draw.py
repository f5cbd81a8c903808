"""A reply as text: on a terminal, in a pipe, and with a report that means harm."""

import io
import os
import pty
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.saying.brevity import Naming, told
from bot.saying.layout import QUOTE_PREFIX, SOURCE_PREFIX
from bot.saying.reply import Heading, Line, Lookup, Menu, Note, Option, Part, Quote, Reply, Source, Subheading
from bot.saying.text import clipped, columns, visible
from bot.terminal.draw import Style, drawn, written
from bot.terminal.session import sentence
from corpus.errors import UnknownCitationError
from corpus.passage import Span

PIPE = Style()
TITLE = "Findings of the mission on the wells, the roads and the harbours of the north"
SOURCE = Source(TITLE, "paragraph 3", publisher="A publisher", date="15 March 2025")
REPLY = Reply(
    parts=(
        Heading("Where were the bodies found?"),
        Line("The closest passages, not an answer:"),
        Quote(
            text="Two days later, their bodies and burned vehicle were discovered near Fatissouma village.",
            source=SOURCE,
            key="a-report:3@0f1e2d3c",
            url="https://example.org/a",
            matches=(Span(22, 28),),
            cut_before=True,
            cut_after=True,
        ),
        Quote("Line one.\nLine two.", Source(TITLE, "paragraph 4"), "a-report:4@0f1e2d3d", "https://example.org/a"),
        Quote("Another.", Source("Ships", "title"), "ships:title@0f1e2d3e"),
        Note("This report describes killings."),
    ),
    footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
    lookups=(Lookup("Context", "a-report:3@0f1e2d3c"),),
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ESCAPE = re.compile(r"\x1b\[(?:1|2|22)m")
# Letters and what harms, joins, reverses, takes two columns or none; runs of them are words that fit no line.
HOSTILE = st.text(
    st.sampled_from("aé  \t\n-,…“•مشא马里。한क्ष👩🏽⚖️🇲🇱\u0301\u0651\u200b\u200d\u00ad\ufeff")
    | st.sampled_from("\x1b\x9b\r\x00\x07\u202e\u2066\u2028\ud83d")
    | st.characters()
)
UNBROKEN = HOSTILE.map(lambda text: re.sub(r"[ \t\n]", "_", text))  # as links and keys are
WORDS = st.lists(HOSTILE, max_size=12).map(" ".join)
WIDTHS = st.integers(20, 120)


def test_in_a_pipe_nothing_is_wrapped_shortened_or_coloured() -> None:
    """What a quote's neighbour has told of their report is not told again; buttons are left out."""
    assert drawn(REPLY, PIPE) == (
        "Where were the bodies found?\n"
        "\n"
        "The closest passages, not an answer:\n"
        "\n"
        "> […] Two days later, their bodies and burned vehicle were discovered near Fatissouma village. […]\n"
        "  Findings of the mission on the wells, the roads and the harbours of the north, paragraph 3, A publisher, "
        "15 March 2025 [a-report:3@0f1e2d3c]\n"
        "  https://example.org/a\n"
        "\n"
        "> Line one.\n"
        "> Line two.\n"
        "  paragraph 4 [a-report:4@0f1e2d3d]\n"
        "\n"
        "> Another.\n"
        "  Ships, title [ships:title@0f1e2d3e]\n"
        "\n"
        "This report describes killings.\n"
        "\n"
        "Edition 0f1e2d3c4b5a. Quotes are verbatim.\n"
    )


def test_on_a_terminal_lines_are_wrapped_citations_short_matches_bold_and_small_print_dim() -> None:
    assert drawn(REPLY, Style(60, colour=True)) == (
        "\x1b[1mWhere were the bodies found?\x1b[22m\n"
        "\n"
        "The closest passages, not an answer:\n"
        "\n"
        "> […] Two days later, their \x1b[1mbodies\x1b[22m and burned vehicle were\n"
        "> discovered near Fatissouma village. […]\n"
        "  Findings of the mission on…, paragraph 3, 15 March 2025\n"
        "  \x1b[2m[a-report:3@0f1e2d3c]\x1b[22m\n"
        "  \x1b[2mhttps://example.org/a\x1b[22m\n"
        "\n"
        "> Line one.\n"
        "> Line two.\n"
        "  paragraph 4 \x1b[2m[a-report:4@0f1e2d3d]\x1b[22m\n"
        "\n"
        "> Another.\n"
        "  Ships, title\n"
        "  \x1b[2m[ships:title@0f1e2d3e]\x1b[22m\n"
        "\n"
        "\x1b[2mThis report describes killings.\x1b[22m\n"
        "\n"
        "\x1b[2mEdition 0f1e2d3c4b5a. Quotes are verbatim.\x1b[22m\n"
    )


def test_a_heading_that_names_the_report_spares_its_quotes_the_title() -> None:
    quotes = (
        Quote("One.", SOURCE, "a:3"),
        Quote("Two.", Source("Ships", "title"), "s:1"),
        Quote("Three.", SOURCE, "a:3"),
    )
    assert drawn(Reply((Heading(f"Summary: {TITLE}", TITLE), *quotes)), PIPE) == (
        f"Summary: {TITLE}\n"
        "\n"
        "> One.\n"
        "  paragraph 3, A publisher, 15 March 2025 [a:3]\n"
        "\n"
        "> Two.\n"
        "  Ships, title [s:1]\n"
        "\n"
        "> Three.\n"
        "  paragraph 3, A publisher, 15 March 2025 [a:3]\n"
    )


def test_under_another_question_a_report_is_named_again_but_not_its_link() -> None:
    quotes = [Quote(text, SOURCE, "a:3", "https://example.org/a") for text in ("One.", "Two.", "Three.")]
    shown = drawn(Reply((Subheading("A?"), *quotes[:2], Subheading("B?"), quotes[2])), PIPE)
    assert shown.count(TITLE) == 2
    assert shown.count("https://example.org/a") == 1


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (None, f"{TITLE}, paragraph 3, A publisher, 15 March 2025"),
        (120, f"{TITLE}, paragraph 3, A publisher, 15 March 2025"),
        (80, "Findings of the mission on the wells…, paragraph 3, A publisher, 15 March 2025"),
        (64, "Findings of the mission on the…, paragraph 3, 15 March 2025"),
        (20, "Findings of the mission…, paragraph 3, 15 March 2025"),
    ],
)
def test_a_long_title_is_shortened_at_a_word_and_the_publisher_left_out(width: int | None, line: str) -> None:
    assert told(SOURCE, Naming.WHOLE, width) == line


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("The wells", 9, "The wells"),
        ("The wells, the roads", 12, "The wells…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("马里的水井和道路", 9, "马里的水…"),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"),
        ("", 0, ""),
    ],
)
def test_a_title_ends_with_a_whole_word_or_character(text: str, width: int, shown: str) -> None:
    assert clipped(text, width) == shown


@given(st.text(), st.integers(2, 60))
def test_a_shortened_title_is_a_beginning_that_fits(text: str, width: int) -> None:
    shown = clipped(text, width)
    assert shown == text or text.startswith(shown.removesuffix("…"))
    assert columns(shown) <= width or len(shown) <= 2


@given(st.characters() | st.sampled_from("…“”‘’–—•›é\u00ad\u02ff"))
def test_what_counts_as_one_column_without_a_look_at_the_tables_has_one_there(character: str) -> None:
    assert columns(character) == cell_len(visible(character).replace("\t", " "))


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in drawn(REPLY, Style(40, colour=False))


def test_entries_of_a_list_follow_closely() -> None:
    reply = Reply(
        (Heading("Two"), Line("• one", "https://example.org/1", item=True), Line("• two", item=True), Line("End."))
    )
    assert drawn(reply, PIPE) == "Two\n\n• one\n  https://example.org/1\n• two\n\nEnd.\n"


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
    source = Source(evil, evil, evil, evil, evil)
    reply = Reply(
        (Heading(evil), Line(evil, evil), Quote(evil, source, evil, evil, (Span(0, 2),)), Note(evil)), footer=evil
    )
    for style in (PIPE, Style(30), Style(30, colour=True)):
        assert CONTROL.search(ESCAPE.sub("", drawn(reply, style))) is None
        assert CONTROL.search(ESCAPE.sub("", written(evil, style))) is None


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]) | st.just("\n")))
def test_in_a_pipe_a_quote_keeps_every_character(text: str) -> None:
    shown = drawn(Reply((Quote(text, SOURCE, "key"),)), PIPE)
    lines = shown.split("\n")[: text.count("\n") + 1]
    assert "\n".join(line.removeprefix(QUOTE_PREFIX) for line in lines) == text


@given(WORDS, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=4), WIDTHS, st.booleans())
def test_unwrapped_again_a_quote_is_as_it_was(
    text: str, spans: list[tuple[int, int]], width: int, colour: bool
) -> None:
    """No word of it is parted, changed or lost, whatever is bold in it; only white space may change."""
    quote = Quote(text, Source("source", "title"), "key", matches=tuple(Span(*sorted(span)) for span in spans))
    shown = ESCAPE.sub("", drawn(Reply((quote,)), Style(width, colour)))
    block = shown[: shown.rindex("\n  source, title")]
    assert all(line.startswith(QUOTE_PREFIX.strip()) for line in block.split("\n"))
    lines = [line.removeprefix(QUOTE_PREFIX.strip()) for line in block.split("\n")]
    assert _words(" ".join(lines)) == _words(visible(text))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[ \t\n]+", text) if word]


PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Subheading, WORDS),
    st.builds(Line, WORDS | WORDS.map("• {}".format), st.none() | UNBROKEN, st.booleans()),
    st.builds(Note, WORDS),
    st.builds(Quote, WORDS, st.builds(Source, WORDS, HOSTILE, HOSTILE, HOSTILE), UNBROKEN, st.none() | UNBROKEN),
)
REPLIES = st.builds(Reply, st.lists(PARTS, max_size=4).map(tuple), footer=st.none() | WORDS)


@given(REPLIES, WIDTHS)
@example(REPLY, 20)
def test_no_line_is_wider_than_the_terminal_but_for_a_single_word(reply: Reply, width: int) -> None:
    """Links and keys are such words too. Wide characters take two columns, marks that join the last one none."""
    for line in drawn(reply, Style(width)).split("\n")[:-1]:
        bare = line.removeprefix(QUOTE_PREFIX).removeprefix(SOURCE_PREFIX).removeprefix("• ")
        assert cell_len(line) <= width or " " not in bare.strip(), line
        assert "\t" not in line


@given(REPLIES, st.none() | WIDTHS)
def test_bold_and_dim_change_nothing_else(reply: Reply, width: int | None) -> None:
    """Where there is no terminal nothing is ever an escape sequence; on one, only these three are."""
    bare = drawn(reply, Style(width))
    assert CONTROL.search(bare) is None
    assert ESCAPE.sub("", drawn(reply, Style(width, colour=True))) == bare


def test_entries_of_a_list_go_on_after_their_bullets() -> None:
    reply = Reply((Line("• one entry that is longer than a line\n– another", item=True),))
    assert drawn(reply, Style(24)) == "• one entry that is\n  longer than a line\n– another\n"


def test_arabic_and_chinese_are_counted_in_columns() -> None:
    """A word that has no spaces in it stays whole, and the terminal breaks it itself."""
    text = "عُثر على الجثث قرب قرية فاتيسوما. 在法蒂苏马村附近发现了尸体和烧毁的车辆。"
    assert drawn(Reply((Quote(text, Source("t", "p"), "k"),)), Style(24)) == (
        "> عُثر على الجثث قرب قرية\n> فاتيسوما.\n> 在法蒂苏马村附近发现了尸体和烧毁的车辆。\n  t, p\n  [k]\n"
    )


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


@pytest.mark.parametrize(
    ("environ", "in_pipe", "on_terminal"),
    [
        ({"TERM": "xterm"}, False, True),
        ({}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, False, True),
        ({"TERM": "xterm", "FORCE_COLOR": "1"}, True, True),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        ({"TERM": "xterm", "FORCE_COLOR": "0"}, False, False),
        ({"TERM": "xterm", "FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "xterm", "CLICOLOR": "0"}, False, False),
        ({"TERM": "xterm", "CLICOLOR": "1"}, False, True),
        ({"TERM": "xterm", "CLICOLOR_FORCE": "1"}, True, True),
        ({"TERM": "xterm", "CLICOLOR_FORCE": "0"}, False, True),
    ],
)
def test_bold_and_dim_are_as_the_environment_wants_them(
    environ: dict[str, str], in_pipe: bool, on_terminal: bool
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        assert Style.of(terminal, environ | {"COLUMNS": "70"}) == Style(70, on_terminal)
    os.close(ours)
    assert Style.of(io.StringIO(), environ) == Style(None, in_pipe)


def test_a_half_has_a_heading_and_a_menu_is_said_in_words() -> None:
    options = (Option("A road", "road", "road"),)
    reply = Reply((Heading("Q"), Subheading("A"), Line("None.")), "End.", menu=Menu("-", options, "Ask again."))
    assert drawn(reply, PIPE) == "Q\n\nA\n\nNone.\n\nAsk again.\n\nEnd.\n"


def test_what_went_wrong_is_wrapped_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    error = UnknownCitationError(citation="x\x1b", example="un-experts-mali-2025:3@1f3c9a2b")
    monkeypatch.setattr("sys.stderr", Terminal())
    assert sentence(error, {"COLUMNS": "60"}) == (
        "There is no passage “x␛”. A citation looks like this:\nun-experts-mali-2025:3@1f3c9a2b."
    )
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert "\n" not in sentence(error, {"COLUMNS": "60"})
