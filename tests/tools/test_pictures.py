"""The pictures of replies: what render.py can send can be drawn, what is written is what is seen, nothing gets out."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from bot.discord import markup
from bot.discord.courier import COMPONENTS_V2, EPHEMERAL
from bot.discord.ids import Button
from bot.discord.message import Message
from bot.discord.page import page
from bot.discord.render import components, draw
from bot.saying.reply import Enclosure, Heading, Menu, Option, Quote, Reply, Source, Subheading
from bot.saying.templates import load
from corpus.passage import Span
from tests.architecture.sources import CHECKOUT
from tests.fakes.discord_server.components import walk
from tests.tools.pictures.__main__ import main
from tests.tools.pictures.chromium import MISSING, NAMES, SCALE
from tests.tools.pictures.components import UndrawableError
from tests.tools.pictures.components import html as drawn
from tests.tools.pictures.document import EVERY_LOOK, Device, Look, Shown, Theme, document
from tests.tools.pictures.markdown import html
from tests.tools.pictures.scenes import SCENES, Scene, shown

TEMPLATES = load()
LOOK = Look(Theme.LIGHT, Device.PHONE)
NEEDS_CHROMIUM = pytest.mark.skipif(not any(map(shutil.which, NAMES)), reason=MISSING)
HOSTILE = "<script>alert(1)</script> \"' onload=x &amp; [a](javascript:x) <img src=x>"
REPLY = Reply((Heading("Who?"), Quote("Killed.", Source("S", "title"), "s:1", sensitive=True), Subheading("More")))
MESSAGE = Message(
    page(REPLY, TEMPLATES),
    (Button("Paragraph 1", "passage:s:1"), Button(HOSTILE, "why:0")),
    Menu("Which report?", (Option("S", HOSTILE, "s"),), ""),
    Enclosure("all.txt", "…"),
)
LINKED = '<a href="https://b.org">https://b.org</a>'
SAYS = {
    "answer": "Fatissouma village",
    "closest": "The closest passages, not an answer",
    "nothing": "Nothing about this was found",
    "summary": "at least ten civilians",
    "quote": "“Three”",
    "refresh": "paragraph 3",
}


class Reader(HTMLParser):
    """What of a document is seen, and what it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen = ""
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attributes} <= {
            "class",
            "href",
            "style",
            "lang",
            "charset",
            "http-equiv",
            "content",
        }
        self.addresses += [value or "" for name, value in attributes if name == "href"]

    def handle_data(self, data: str) -> None:
        self.seen += data


def test_what_the_bot_can_send_can_be_drawn() -> None:
    """Every kind of component that is named in render.py, and here all of them in one message."""
    named = set(re.findall(r"discord\.ui\.([A-Z]\w+)", (CHECKOUT / "bot/discord/render.py").read_text("utf-8")))
    names = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in named - {"LayoutView", "Item"}}
    sent = components(draw(MESSAGE, spoiler=True))
    assert {component["type"] for component in walk(sent)} == {discord.ComponentType[name].value for name in names}
    seen = Reader(drawn(sent)).seen
    for text in ("Who?", "Killed.", "SPOILER", "More", "[s:1]", "all.txt", "Paragraph 1", "Which report?", HOSTILE):
        assert text in seen


@pytest.mark.parametrize(
    "component",
    [
        {"type": 12, "items": []},
        {"type": 99},
        {"content": "x"},
        {"type": 17, "components": [{"type": 11}]},
        {"type": 2, "style": 6, "sku_id": "1"},
        {"type": 2, "style": 2, "label": "x", "emoji": {"id": "1", "name": "own"}},
        {"type": 13, "file": {"url": "https://example.org/a"}},
    ],
)
def test_what_cannot_be_drawn_is_refused(component: dict[str, Any]) -> None:
    with pytest.raises(UndrawableError):
        drawn([component])


@pytest.mark.parametrize("payload", [{"content": "x", "components": []}, {"components": [], "flags": EPHEMERAL}])
def test_a_message_of_the_old_kind_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(UndrawableError):
        document(Shown(payload), LOOK)


def test_what_a_redesign_may_send_can_be_drawn() -> None:
    button = {"type": 2, "style": 5, "label": "Source", "url": "https://example.org", "emoji": {"name": "🔎"}}
    section = {"type": 9, "components": [{"type": 10, "content": "**a**"}], "accessory": button}
    line = {"type": 14, "spacing": 2}
    found = drawn([{"type": 17, "accent_color": 0x336699, "components": [section, line]}])
    assert "border-left: 4px solid #336699" in found
    assert "<b>a</b>" in found
    assert "🔎 Source" in Reader(found).seen


@given(st.text() | st.text(st.sampled_from("ab1.) \n\r#>-+*_~|`\\<>[]()@:/&!=\"';")))
@example(HOSTILE)
@example("https://example.org/a_b*c*")
@example("1. x\n# x\n- x\n> x\n-# x\n```\nx\n```")
@example("<@1> @everyone <t:1:R> :a:")
def test_escaped_text_is_seen_as_it_was_written(text: str) -> None:
    """In a reply's own words and in a quote, and no word of it becomes anything else."""
    written = re.sub(r"\r\n?", "\n", text)
    read = Reader(html(markup.escape(text)))
    assert (read.seen, read.tags) == (written, {"p"})
    read = Reader(html(markup.QUOTE_PREFIX + "".join(markup.quoted(text, [Span(0, 2)]))))
    assert (read.seen, read.tags - {"b"}) == (written, {"blockquote", "p"})


@given(st.lists(st.sampled_from([*"ab1.) \n#>-+*_~|`\\<[]()@:/&\"'", "https://", "<t:1:R>", "-# ", "> ", "**"])))
def test_no_markdown_makes_html_that_was_not_meant(pieces: list[str]) -> None:
    read = Reader(html("".join(pieces)))
    assert read.tags <= {*"pabius", "blockquote", "h1", "h2", "h3", "small", "code", "pre", "span", "div"}
    assert all(re.match("https?://", address) for address in read.addresses)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("### Where?", "<h3>Where?</h3>"),
        ("a\n-# b\nc", "<p>a</p><small>b</small><p>c</p>"),
        ("> a\n> **b**\nc", "<blockquote><p>a\n<b>b</b></p></blockquote><p>c</p>"),
        ("[a\\]](https://b.org/c)", '<p><a href="https://b.org/c">a]</a></p>'),
        ("<https://b.org>, https://b.org.", f"<p>{LINKED}, {LINKED}.</p>"),
        ("**a *b*** __c__ _d_ ~~e~~ `**`", "<p><b>a <i>b</i></b> <u>c</u> <i>d</i> <s>e</s> <code>**</code></p>"),
        ("||**a**||", '<p><span class="covered"><b>a</b></span></p>'),
        ("1. b", '<div class="entry"><span>1.</span><span>b</span></div>'),
        ("```\n**a**\n```", "<pre>**a**</pre>"),
        ("@here <@1>", '<p><span class="mention">@here</span> <span class="mention">&lt;@1&gt;</span></p>'),
        ("snake_case_word 2*3*4 ** a **", "<p>snake_case_word 2<i>3</i>4 <b> a </b></p>"),
    ],
)
def test_markdown_as_discord_shows_it(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_replies_of_the_documents(scene: Scene) -> None:
    """Each is a real one, shows what its name says, and is the same in every run."""
    message = shown(scene)
    assert message == shown(scene)
    pages = {str(look): Reader(document(message, look)) for look in EVERY_LOOK}
    for read in pages.values():
        assert f"used /{scene.command}" in read.seen
        assert SAYS[scene.name] in read.seen
        assert "script" not in read.tags
    assert bool(message.payload["flags"] & EPHEMERAL) is ("Only you can see this" in pages["dark-phone"].seen)
    assert message.payload["flags"] & COMPONENTS_V2


def test_without_chromium_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(tmp_path), "--only", "answer"]) == 1
    assert capsys.readouterr().err == f"{MISSING}\n"
    assert main([str(tmp_path), "--only", "answer", "--html", "--every"]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {f"answer-{look}.html" for look in EVERY_LOOK}
    assert main([str(tmp_path), "--only", "answer", "--check"]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'answer.png'} is not of today's reply\n"


@NEEDS_CHROMIUM
def test_with_chromium_a_picture_is_made_and_known_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    payload = tmp_path / "message.json"
    payload.write_text('[{"type": 10, "content": "**a**"}]', "utf-8")
    arguments = [str(tmp_path), "--payload", str(payload)]
    assert main(arguments) == 0
    file = tmp_path / "message.png"
    with Image.open(file) as picture:
        assert picture.width == Device.DESKTOP.width * SCALE
        assert 60 * SCALE < picture.height < 90 * SCALE
        assert picture.mode == "P"
        assert picture.convert("RGB").getpixel((0, 0)) == (0x1A, 0x1A, 0x1E), "the ground of discord.css"
    assert capsys.readouterr().out.startswith(f"{file}  ")
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
    payload.write_text('[{"type": 10, "content": "**b**"}]', "utf-8")
    assert main([*arguments, "--check"]) == 1
