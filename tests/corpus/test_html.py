"""Web pages: which words are their text, what they say of themselves, and what is refused."""

import datetime as dt

import pytest

from corpus.readers import READERS, html
from corpus.readers.document import Document, Role, UnreadableError

PROSE = "The inspectors counted nine wells near Maro, and found that most of them had been repaired since the rains."
FILL = "".join(f"<p>{PROSE} This was in {year}, as they say.</p>" for year in range(1990, 1996))


def read(body: str, head: str = "<title>Wells of Maro</title>", root: str = "<html>") -> Document:
    return READERS[".html"].read(f"<!DOCTYPE html>{root}<head>{head}</head><body>{body}</body></html>".encode())


def texts(document: Document) -> list[str]:
    return [document.text[slice(*block.span)] for block in document.blocks]


def test_a_browsers_numbers_and_bullets_are_in_the_text() -> None:
    lists = (
        '<ol start="7"><li>Nine wells.</li><li value="12">Ten wells.</li></ol><ol type="a"><li>One.</li></ol>'
        "<ul><li>Two.</li></ul>"
    )
    found = texts(read(f"<article>{FILL}<p>They ask for:</p>{lists}{FILL}</article>"))
    assert found[7:11] == ["7. Nine wells.", "12. Ten wells.", "a. One.", "• Two."]


def test_items_are_quoted_with_what_opens_their_list() -> None:
    document = read(
        f"<article>{FILL}<p>They ask for:</p><ul><li>an inquiry;</li><li>reparations.</li></ul>{FILL}</article>"
    )
    items = [block for block in document.blocks if block.role is Role.ITEM]
    assert [texts(document)[block.lead or 0] for block in items] == ["They ask for:"] * 2


def test_rows_are_quoted_with_the_heads_of_their_columns_and_a_table_for_the_page_is_none() -> None:
    table = "<table><tr><th>Place</th><th>Wells</th></tr><tr><td>Maro</td><td>9</td></tr></table>"
    document = read(f"<table><tr><td>{FILL}{table}</td></tr></table>")
    rows = [
        (block, text) for block, text in zip(document.blocks, texts(document), strict=True) if block.role is Role.ROW
    ]
    assert [text for _, text in rows] == ["Place | Wells", "Maro | 9"]
    assert texts(document)[rows[1][0].lead or 0] == "Place | Wells"


@pytest.mark.parametrize(
    ("call", "foot"),
    [
        ('<sup><a href="#n1" id="r1">1</a></sup>', '<ol><li id="n1">See the letter. <a href="#r1">↩</a></li></ol>'),
        ('<a name="_ftnref1" href="#_ftn1">[1]</a>', '<p><a name="_ftn1" href="#_ftnref1">[1]</a> See the letter.</p>'),
        ('<sup id="r1"><a href="#n1">[1]</a></sup>', '<div id="n1"><p><a href="#r1">^</a> See the letter.</p></div>'),
    ],
)
def test_a_note_stands_behind_the_paragraph_that_calls_it(call: str, foot: str) -> None:
    document = read(f"<article>{FILL}<p>They left.{call}</p>{FILL}{foot}</article>")
    at = next(place for place, block in enumerate(document.blocks) if block.role is Role.NOTE)
    assert texts(document)[at - 1 : at + 1] == ["They left.¹", "1 See the letter."]
    assert document.blocks[at].number == "1"
    assert [document.text[slice(*mark)] for mark in document.marks] == ["¹"]
    assert document.text.count("See the letter") == 1


def test_the_heading_that_the_title_repeats_is_the_pages_own() -> None:
    head = "<title>Nine wells of Maro | The Water Board</title>"
    page = f"<div><h2>Nine wells of Maro</h2></div><article>{FILL}</article><footer><h1>Newest reports</h1></footer>"
    document = read(page, head)
    assert document.facts.title == "Nine wells of Maro"
    assert document.blocks[0].role is Role.TITLE


def test_what_says_that_it_is_no_text_is_left_out() -> None:
    around = (
        '<nav>Home</nav><div class="cookie-banner">Accept</div><div role="dialog">Join us</div><p hidden>Hidden</p>'
        '<div style="display: none">Unseen</div><section class="related-posts"><a href="/a">More</a></section>'
        '<ul class="social-share"><li>Tweet</li></ul><script>run()</script><div id="comments"><p>First!</p></div>'
    )
    text = read(f"<article>{FILL}{around}</article>").text
    for word in ("Home", "Accept", "Join us", "Hidden", "Unseen", "More", "Tweet", "run()", "First!"):
        assert word not in text
    assert text.count(PROSE) == 6


def test_links_among_the_text_are_kept_as_links() -> None:
    document = read(f'<article>{FILL}<p><a href="/x">Mills of Sarn in the dry years</a></p>{FILL}</article>')
    assert [text for block, text in zip(document.blocks, texts(document), strict=True) if block.role is Role.LINKS] == [
        "Mills of Sarn in the dry years"
    ]


def test_a_page_of_typed_lines_is_read_by_its_lines() -> None:
    lines = "Wells of Maro\n\n1. The inspectors counted nine wells, and found that most of\nthem had been repaired."
    document = read(f"<h3>Archive</h3><pre>{lines}\n\n2. They left on the first day of May.</pre>")
    assert texts(document)[1].endswith("found that most of them had been repaired.")
    assert [block.number for block in document.blocks] == ["", "1", "2"]


def test_a_page_without_any_structure_is_read_whole() -> None:
    document = read(f"<h1>Wells of Maro</h1>{FILL.replace('<p>', '').replace('</p>', '<br><br>')}")
    assert texts(document)[0] == "Wells of Maro"
    assert document.text.count(PROSE) == 6


HEAD = """<title>Wells of Maro | The Water Board</title>
<meta property="og:title" content="Wells of Maro"><meta property="og:site_name" content="The Water Board">
<meta name="DC.date" content="2024-05-03"><link rel="canonical" href="https://example.org/wells">"""
LINKED = """<title>Wells</title><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "NewsArticle", "headline": "Wells of Maro", "datePublished": "2024-05-03T08:00:00+02:00",
"publisher": {"@type": "Organization", "name": "The Water Board"}}]}</script>"""


@pytest.mark.parametrize(("head", "url"), [(HEAD, "https://example.org/wells"), (LINKED, None)])
def test_a_page_says_what_it_is(head: str, url: str | None) -> None:
    facts = read(f"<article><h1>Wells of Maro</h1>{FILL}</article>", head, '<html lang="en-GB">').facts
    assert (facts.title, facts.publisher, facts.date) == ("Wells of Maro", "The Water Board", dt.date(2024, 5, 3))
    assert (facts.language, facts.url) == ("en-GB", url)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Wells of Maro | The Water Board", "Wells of Maro"),
        ("The Water Board - Wells of Maro and of Tessit", "Wells of Maro and of Tessit"),
        ("Wells", "Wells"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, told: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="The Water Board">'
    assert read(f"<article>{FILL}</article>", head).facts.title == told


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251"),
        ('<meta charset="no-such-encoding">', "cp1252"),
        ("", "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_encoding_is_the_pages_own(declared: str, encoding: str) -> None:
    words = "Сегу и Мопти" if encoding == "cp1251" else "“Ségou” et Mopti"
    data = f"<!DOCTYPE html><html><head>{declared}</head><body><p>{words}</p>{FILL}</body></html>".encode(encoding)
    assert words in READERS[".html"].read(data).text


def test_a_page_that_was_saved_as_text_is_read_like_any_other() -> None:
    main = f"<article><h1>Wells of Maro</h1>{FILL}</article>"
    page = f"<!DOCTYPE html><html><body><nav>Home</nav>{main}</body></html>".encode()
    assert READERS[".txt"].read(page) == READERS[".html"].read(page) == READERS[".md"].read(page)


def test_without_the_library_a_page_is_refused_by_name_but_its_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "is_there", lambda: False)
    page = f"<!DOCTYPE html><html><body><nav>Home</nav>{FILL}</body></html>".encode()
    with pytest.raises(UnreadableError) as caught:
        READERS[".html"].read(page)
    assert str(caught.value) == 'it is a web page, which needs one more package: pip install "rapporteur[html]"'
    assert READERS[".txt"].read(page).text.count(PROSE) == 6


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is empty"),
        (b"<html><body></body></html>", "it is a web page without words"),
        (b"<html><body><script>x</script><nav>Home</nav></body></html>", "it is a web page without words"),
    ],
)
def test_a_page_without_words_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[".html"].read(data)
    assert str(caught.value) == problem


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ul><li", "blockquote", "b", "a"])
def test_whatever_is_nested_is_read_or_refused(tag: str) -> None:
    try:
        document = READERS[".html"].read((f"<{tag}>" * 3_000 + PROSE).encode())
    except UnreadableError as error:
        assert str(error) in {"its parts are nested too deep", "it is a web page without words"}  # noqa: PT017  # either is right
    else:
        assert document.text.count(PROSE) == 1
