"""A reply as one message: how it looks, and that any words stay within Discord's limits and every quote verbatim."""

import re
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.discord.ids import Button
from bot.discord.limits import BUTTON_LABEL, CUSTOM_ID, MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.discord.markup import OMISSION, length
from bot.discord.message import Message
from bot.discord.page import LONGEST_PIECE, page
from bot.discord.render import NotVerbatimError, components, draw, verify
from bot.saying.reply import Heading, Line, Lookup, Menu, Note, Option, Part, Paste, Quote, Reply, Source, Subheading
from bot.saying.templates import load
from corpus.passage import Span
from tests.bot.discord.parts.reader import unescape, unquote, without_bold

TEMPLATES = load()
BODIES = Quote(
    text="The bodies were discovered near Fatissouma village.",
    source=Source("A report", "paragraph 3", publisher="A publisher", date="15 March 2025"),
    key="mali:3@0f1e2d3c",
    url="https://example.org/a?b=c",
    matches=(Span(4, 10),),
    cut_before=True,
)


def quoted(text: str, key: str) -> Quote:
    return Quote(text=text, source=Source("S", "paragraph 1"), key=key)


def view_of(reply: Reply, *, spoiler: bool = False) -> discord.ui.LayoutView:
    return draw(Message.of(reply, TEMPLATES), spoiler=spoiler)


def texts(view: discord.ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def count(parts: list[dict[str, Any]]) -> int:
    return sum(1 + count(part.get("components", [])) for part in parts)


def test_a_whole_reply() -> None:
    reply = Reply(
        (Heading("Where were the bodies found?"), Line("The closest passages:"), BODIES, Note("Describes killings.")),
        footer="Edition 0123. Quotes are verbatim.",
        lookups=(Lookup("Context", "mali:3@0f1e2d3c", Span(4, 9)),),
    )
    assert components(view_of(reply)) == [
        {
            "type": 17,
            "accent_color": None,
            "spoiler": False,
            "components": [
                {"type": 10, "content": "### Where were the bodies found?"},
                {"type": 10, "content": r"The closest passages\:"},
                {
                    "type": 10,
                    "content": "> \\[…\\] The **bodies** were discovered near Fatissouma village.\n"
                    "-# A report, paragraph 3, A publisher, 15 March 2025 · [source](https://example.org/a?b=c)\n"
                    "-# \\[mali\\:3\\@0f1e2d3c\\]",
                },
                {"type": 10, "content": "-# Describes killings."},
                {"type": 10, "content": "-# Edition 0123. Quotes are verbatim."},
            ],
        },
        {
            "type": 1,
            "components": [
                {
                    "type": 2,
                    "style": 2,
                    "disabled": False,
                    "label": "Context",
                    "custom_id": "context:mali:3@0f1e2d3c+4-9",
                }
            ],
        },
    ]


def test_spoiler_bars_cover_sensitive_quotes_and_nothing_else() -> None:
    covered = Quote(text="Killed.", source=Source("B", "title"), key="b:1", sensitive=True)
    view = view_of(Reply((Heading("Who?"), covered, BODIES), footer="Edition 1."), spoiler=True)
    containers = [(item["spoiler"], len(item["components"])) for item in components(view)]
    assert containers == [(False, 1), (True, 1), (False, 2)]


def test_a_citation_fits_a_phone_and_says_of_one_report_only_once_which_it_is() -> None:
    """Its key is whole and stands by itself, to be copied; under another heading the report is named again."""
    title = "Findings of the mission on the wells, the roads and the harbours of the north"
    first = Source(title, "paragraph 3, page 7", "A/HRC/56/1", "A publisher", "15 March 2025")
    url = "https://example.org/a"
    one, two = (
        replace(BODIES, source=replace(first, place=f"paragraph {n}"), key=f"mali:{n}", url=url) for n in (3, 4)
    )
    other = replace(BODIES, source=Source("Ships", "title"), key="ships:title", url=None)
    parts = Subheading("A"), one, two, other, Subheading("B"), two
    small = [text.split("\n", 1)[1] for text in texts(view_of(Reply(parts))) if text.startswith(">")]
    named = "-# Findings of the mission…, paragraph {}, A/HRC/56/1, 15 March 2025 · [source](https://example.org/a)\n"
    assert small == [
        named.format(3) + r"-# \[mali\:3\]",
        r"-# paragraph 4 \[mali\:4\]",
        "-# Ships, title\n" + r"-# \[ships\:title\]",
        named.format(4) + r"-# \[mali\:4\]",
    ]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a_b", " · [source](https://example.org/a_b)"),
        ("https://example.org/(a)", " · <https://example.org/(a)>"),
        ("https://example.org/a'b", " · <https://example.org/a'b>"),
        ("https://example.org/é", " · <https://example.org/é>"),
        ("https://example.org/a>b", r" · https\://example.org/a>b"),
        ("javascript:alert(1)", r" · javascript\:alert(1)"),
        (f"https://example.org/{'a' * LONGEST_PIECE}", ""),
        (None, ""),
    ],
)
def test_a_link_is_masked_only_where_it_is_safe(url: str | None, shown: str) -> None:
    assert texts(view_of(Reply((Line("Title", url),)))) == ["Title" + shown]


def test_a_heading_that_ends_in_a_number_sign_keeps_it() -> None:
    """Discord takes number signs off the end of a heading, also escaped ones."""
    assert texts(view_of(Reply((Heading("Is it\nC#"),)))) == [r"**Is it C\#**"]


def test_whole_trailing_quotes_go_first() -> None:
    quotes = [quoted(f"{number} " + "word " * 300 + "end.", f"r:{number}") for number in range(4)]
    view = view_of(Reply((Heading("Q"), *quotes), footer="Edition 1."))
    shown = texts(view)
    assert [text.splitlines()[0][2:] for text in shown[1:3]] == [quotes[0].text, quotes[1].text]
    assert shown[3] == "-# 2 more excerpts did not fit into this message.\n-# Edition 1."


def test_each_half_gets_its_first_quote_before_any_gets_a_second() -> None:
    quotes = [quoted(f"{number} " + "word " * 300 + "end.", f"r:{number}") for number in range(4)]
    shown = texts(view_of(Reply((Heading("Q"), Subheading("A*"), *quotes[:2], Subheading("B#"), *quotes[2:]))))
    assert [text.splitlines()[0] for text in shown] == [
        "### Q",
        "**A\\***",
        f"> {quotes[0].text}",
        "**B\\#**",
        f"> {quotes[2].text}",
        "-# 2 more excerpts did not fit into this message.",
    ]


def test_what_stands_beside_the_answer_is_small_where_that_shows_it_whole() -> None:
    """Discord would take white space off the beginning of small print, and show the mark of an empty line."""
    source = Source("A report", "paragraph 1")
    further = [Quote(text, source, "a:1", further=True) for text in ("one\n-# two", " one", "one\n\ntwo", "one\r\ntwo")]
    shown = texts(view_of(Reply((Quote("answer", source, "a:1"), *further))))
    assert [text.partition("\n-# paragraph 1")[0] for text in shown[1:5]] == [
        "> -# one\n> -# \\-\\# two",
        ">  one",
        "> one\n> \n> two",
        "> one\r\n> two",
    ]


def test_what_stands_beside_the_answer_is_what_has_no_room() -> None:
    parts = quoted("before ", "a:1"), quoted("this " * 500, "a:2"), quoted("after " * 300, "a:3")
    beside = Reply((replace(parts[0], further=True), parts[1], replace(parts[2], further=True)))
    shown = texts(view_of(beside))
    assert ["before" in shown[0], "this" in shown[1], "after" in "".join(shown)] == [True, True, False]
    assert shown[-1] == "-# One more excerpt did not fit into this message."


def test_what_is_to_be_copied_is_shown_as_it_is_or_not_at_all() -> None:
    bibtex = "@misc{a:1,\n  title = {{*A* > b}}\n}\n> no quote"
    assert texts(view_of(Reply((Paste(bibtex, "BibTeX"),)))) == [f"-# BibTeX\n```\n{bibtex}\n```"]
    assert texts(view_of(Reply((Paste("a ``` b"),)))) == [r"a \`\`\` b"]
    assert texts(view_of(Reply((Paste("x" * 4000),)))) == ["-# Not everything fitted into this message."]


def test_a_menu_offers_no_more_than_discord_takes() -> None:
    options = [Option(f"Report {n} " + "x" * 200, "", f"r{n}") for n in range(30)]
    unfit = Option("Long", "id", "x" * 101)
    row, _ = components(view_of(Reply((Heading("Q"),), menu=Menu("Choose", (unfit, *options), "-"))))[::-1]
    (menu,) = row["components"]
    assert (menu["type"], menu["custom_id"], menu["placeholder"]) == (3, "which", "Choose")
    assert [option["value"] for option in menu["options"]] == [f"r{n}" for n in range(25)]
    assert all(len(option["label"]) <= 100 for option in menu["options"])
    assert len(components(view_of(Reply((Heading("Q"),), menu=Menu("Choose", (unfit,), "-"))))) == 1


def test_a_quote_that_is_too_long_alone_is_shortened_at_a_sentence_end() -> None:
    quote = quoted("A sentence of *words* here. " * 300 + "End.", "r:1")
    shown = page(Reply((Heading("Q"), quote), footer="Edition 1."), TEMPLATES)
    assert shown.cut_at is not None
    assert quote.text[: shown.cut_at].endswith("here.")
    assert 3_600 < sum(length(text.markdown) for text in shown.texts) <= MESSAGE_TEXT
    assert shown.texts[1].shows == f"{quote.text[: shown.cut_at]} {OMISSION}"
    assert shown.texts[2].markdown.splitlines() == [
        r"-# Shortened to fit into one message\: /passage r\:1 shows the whole.",
        "-# Edition 1.",
    ]


def test_content_notes_are_never_what_has_no_room() -> None:
    reply = Reply((Heading("Q"), Line("word " * 2_000), BODIES, Note("Describes killings.")))
    shown = texts(view_of(reply))
    assert "-# Describes killings." in shown
    assert any("Fatissouma" in text for text in shown)
    assert shown[-1] == "-# Not everything fitted into this message."


def test_buttons_that_discord_would_refuse_are_left_out() -> None:
    good, long = Button("x" * 200, "passage:a:1"), Button("Long", "passage:" + "a" * 100)
    message = Message(page(Reply((Line("x"),)), TEMPLATES), (long, good, good, Button("None", "")))
    view = draw(message)
    (row,) = components(view)[1:]
    assert [(button["custom_id"], len(button["label"])) for button in row["components"]] == [("passage:a:1", 40)]


def test_a_quote_that_does_not_read_back_is_loud() -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("> The bodies"))
    with pytest.raises(NotVerbatimError, match="the message shows"):
        verify(view, ["The body"])
    view.add_item(discord.ui.TextDisplay("> <@1>"))
    with pytest.raises(NotVerbatimError, match="cannot be read back"):
        verify(view, ["The bodies", "<@1>"])


# A few characters that need escaping or count twice, and runs long enough to go over every limit.
PIECE = st.text(st.sampled_from("ab. *_\n#😀é"), max_size=20)
LONG = st.builds(lambda piece, times: piece * times, PIECE, st.sampled_from([0, 1, 1, 1, 30, 250]))
MATCHES = st.lists(st.builds(lambda start, size: Span(start, start + size), *[st.integers(0, 300)] * 2), max_size=3)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, LONG),
    st.builds(Subheading, LONG),
    st.builds(Line, LONG, st.none() | st.just("https://example.org/") | LONG),
    st.builds(Note, LONG),
    st.builds(
        Quote,
        text=LONG,
        source=st.builds(Source, LONG, LONG, date=LONG),
        key=PIECE | LONG,
        url=st.none() | st.just("https://example.org/") | LONG,
        matches=MATCHES.map(tuple),
        cut_before=st.booleans(),
        cut_after=st.booleans(),
        sensitive=st.booleans(),
        further=st.booleans(),
    ),
    st.builds(Paste, LONG, LONG),
)
REPLIES = st.builds(
    Reply,
    st.lists(PARTS, max_size=12).map(tuple) | st.lists(PARTS, min_size=25, max_size=30).map(tuple),
    footer=st.none() | LONG,
    lookups=st.lists(st.builds(Lookup, LONG, PIECE | LONG, st.none() | st.just(Span(3, 900))), max_size=12).map(tuple),
    menu=st.none() | st.builds(Menu, LONG, st.lists(st.builds(Option, LONG, LONG, LONG), max_size=30).map(tuple), LONG),
)


def test_the_room_for_what_is_said_of_a_shortened_quote_is_that_of_the_quote_that_is_shortened() -> None:
    """Another one's key may be so long that nothing of it could be said."""
    long = Quote("_____ " * 250, source=Source("", ""), key="", url="https://example.org/")
    reply = Reply((Heading("___" * 30), Heading("__ " * 250), long, Quote("", source=Source("", ""), key="__" * 250)))
    shown = texts(view_of(reply))
    assert sum(map(length, shown)) <= MESSAGE_TEXT
    assert "Shortened to fit into one message" in shown[-1]


def first_quotes(reply: Reply, most: int) -> list[Quote]:
    """So many quotes in their order: the first ones under each heading, then the second ones, and so on, and after all
    of them those that stand beside what was asked for."""
    turn, found = 0, []
    for place, part in enumerate(reply.parts):
        turn = 0 if isinstance(part, Subheading) else turn + isinstance(part, Quote)
        if isinstance(part, Quote):
            found.append((part.further, turn, place, part))
    taken = sorted(found, key=lambda one: one[:3])[:most]
    return [quote for *_, quote in sorted(taken, key=lambda one: one[2])]


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(REPLIES, st.booleans())
def test_any_reply_keeps_within_discords_limits_and_every_quote_verbatim(reply: Reply, spoiler: bool) -> None:
    view = view_of(reply, spoiler=spoiler)
    shown = texts(view)
    assert count(components(view)) <= MESSAGE_COMPONENTS
    assert sum(map(length, shown)) <= MESSAGE_TEXT
    assert all(text.strip() for text in shown)
    buttons = [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]
    assert all(0 < length(button.custom_id or "") <= CUSTOM_ID for button in buttons)
    assert all(0 < length(button.label or "") <= BUTTON_LABEL for button in buttons)
    assert len({button.custom_id for button in buttons}) == len(buttons)
    blocks = [block for text in shown for block in re.findall(r"^> .*(?:\n> .*)*", text, re.MULTILINE)]
    quotes = first_quotes(reply, len(blocks))
    for block, quote in zip(blocks, quotes, strict=True):
        words = unescape(without_bold(unquote(block)))
        words = words.removeprefix(f"{OMISSION} ") if quote.cut_before else words
        whole = quote.text + (f" {OMISSION}" if quote.cut_after else "")
        assert words == whole or quote.text.startswith(words.removesuffix(f" {OMISSION}"))
