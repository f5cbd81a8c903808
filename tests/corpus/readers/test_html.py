"""Web pages: which words are their text, what they say of themselves, and what is refused."""

import datetime as dt
import re

import pytest

from corpus.document import Document, Role, UnreadableError
from corpus.readers import READERS, html
from tests.said import said

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
    assert [text for _, text in rows] == ["Maro | 9"]
    assert texts(document)[rows[0][0].lead or 0] == "Place | Wells"


def test_heads_over_several_columns_are_part_of_the_heads_of_each() -> None:
    table = (
        '<table><thead><tr><th rowspan="1"></th><th colspan="2">Wells</th></tr><tr><td>Place</td><td>drilled</td>'
        "<td>in use</td></tr></thead><tr><td>Maro</td><td>12</td><td>9</td></tr></table>"
    )
    document = read(f"<article>{FILL}{table}{FILL}</article>")
    (row,) = [block for block in document.blocks if block.role is Role.ROW]
    assert texts(document)[row.lead or 0] == "Place | Wells drilled | Wells in use"


@pytest.mark.parametrize(
    ("call", "foot"),
    [
        ('<sup><a href="#n1" id="r1">1</a></sup>', '<ol><li id="n1">See the letter. <a href="#r1">↩</a></li></ol>'),
        ('<a name="_ftnref1" href="#_ftn1">[1]</a>', '<p><a name="_ftn1" href="#_ftnref1">[1]</a> See the letter.</p>'),
        ('<sup id="r1"><a href="#n1">[1]</a></sup>', '<div id="n1"><p><a href="#r1">^</a> See the letter.</p></div>'),
    ],
)
def test_a_note_stands_after_the_paragraph_that_calls_it(call: str, foot: str) -> None:
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


def kept_out(document: Document) -> list[str]:
    return [text for block, text in zip(document.blocks, texts(document), strict=True) if block.role is Role.LINKS]


def test_what_says_that_it_is_no_text_is_kept_out_and_listed_where_it_is_shown() -> None:
    around = (
        '<nav>Home</nav><div class="cookie-banner">Accept</div><div role="dialog">Join us</div><p hidden>Hidden</p>'
        '<div style="display: none">Unseen</div><section class="related-posts"><a href="/a">More</a></section>'
        '<ul class="social-share"><li>Tweet</li></ul><script>run()</script><div id="comments"><p>First!</p></div>'
    )
    document = read(f"<article>{FILL}{around}</article>")
    assert kept_out(document) == ["Home", "Accept", "Join us", "More", "Tweet", "First!"]
    assert document.text.count(PROSE) == 6
    for word in ("Hidden", "Unseen", "run()"):
        assert word not in document.text


@pytest.mark.parametrize(
    "name",
    [
        *("relatedArticles", "author-bio", "about-the-author", "post-author", "share-bar", "newsletter-box"),
        *("cookieNotice", "recent_posts", "also-like", "comment-list", "appstores", "view-more", "call-to-action"),
    ],
)
def test_the_name_of_a_part_tells_that_it_is_no_text(name: str) -> None:
    document = read(f'<article>{FILL}<div class="{name}"><p>Mills of Sarn have been dry.</p></div>{FILL}</article>')
    assert kept_out(document) == ["Mills of Sarn have been dry."]


@pytest.mark.parametrize("name", ["post no-share", "has-ads", "hentry tag-video category-popular", "is-comments"])
def test_a_name_that_tells_of_the_rest_keeps_nothing_out(name: str) -> None:
    rest = "".join(f"<div><p>Mills of Sarn number {n} have been dry for years.</p></div>" for n in range(9))
    document = read(f'<div><p>{PROSE}</p></div><div class="{name}"><p>{PROSE}</p></div>{FILL}{rest}')
    assert document.text.count(PROSE) == 8
    assert kept_out(document) == []


def test_names_that_most_of_the_text_has_tell_nothing() -> None:
    document = read(f"<article>{FILL.replace('<p>', '<p class=tagStyle_z4>')}</article>")
    assert document.text.count(PROSE) == 6


@pytest.mark.parametrize(
    "call",
    [
        "<p>Sign up for our weekly newsletter and never miss a report.</p>",
        "<p>Follow us on Facebook.</p>",
        "<p>Donate now to keep this work alive.</p>",
        "<p>We use cookies to make this page better.</p>",
        "<p>To view the full story, please subscribe to the Maro Times.</p>",
        "<p>Abonnez-vous à notre lettre.</p>",
        '<p>Read more: <a href="/a">Mills of Sarn stand still, says the governor.</a></p>',
        '<h3>Related stories</h3><p><a href="/a">Mills of Sarn stand still, says the governor.</a></p>',
        '<p>À lire aussi</p><ul><li><a href="/a">Les moulins de Sarn sont arrêtés.</a></li></ul>',
    ],
)
def test_what_speaks_to_visitors_or_leads_away_is_kept_out(call: str) -> None:
    document = read(f"<article>{FILL}{call}{FILL}</article>")
    assert "".join(kept_out(document)).replace("• ", "") == re.sub("<[^>]*>", "", call)
    assert document.text.count(PROSE) == 12


@pytest.mark.parametrize(
    "prose",
    [
        "See also the report of 1998, which says the same.",
        "Subscribers to the water of Odun pay by the month.",
        "Share of wells in use: nine of twelve.",
        "The governor asked them to follow us on foot.",
        "Comments",
    ],
)
def test_what_only_looks_like_it_is_kept(prose: str) -> None:
    assert kept_out(read(f"<article>{FILL}<p>{prose}</p>{FILL}</article>")) == []


@pytest.mark.parametrize("credit", ["(Credit: A. Driller / Maro Times)", "Crédits photos : Maro", "© Water Board 2024"])
def test_who_made_a_picture_is_no_answer(credit: str) -> None:
    document = read(f"<article>{FILL}<p>{credit}</p>{FILL}</article>")
    assert [
        text for block, text in zip(document.blocks, texts(document), strict=True) if block.role is Role.CAPTION
    ] == [credit]


def test_what_visitors_wrote_is_kept_out_under_the_heading_that_counts_it() -> None:
    document = read(f"<article>{FILL}<h3>2 comments</h3><p>I do not believe it.</p><p>Neither do I, sir.</p></article>")
    assert kept_out(document) == ["2 comments", "I do not believe it.", "Neither do I, sir."]


def test_the_lead_between_the_heading_and_the_text_is_text() -> None:
    lead = "The wells of Maro are in use again, thanks to those who live there."
    around = "<p>By the inspectors</p><p class='share'>Share this with all whom you know in Maro.</p>"
    document = read(
        f"<div><header><h1>Wells of Maro</h1><p>{lead}</p>{around}</header></div><div><div>{FILL}</div></div>"
    )
    assert texts(document)[:3] == ["Wells of Maro", lead, texts(document)[2]]
    assert texts(document)[2].startswith(PROSE)
    assert lead not in kept_out(document)


def test_prose_before_the_title_is_text() -> None:
    document = read(f"<article><p>{PROSE}</p><p>Maro</p><h1>Wells of Maro</h1>{FILL}</article>")
    assert [block.role for block in document.blocks][:3] == [Role.TEXT, Role.MASTHEAD, Role.TITLE]


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
    assert said(caught.value) == (
        'it is a web page, which needs one more package; in a clone of the repository: .venv/bin/pip install ".[html]"'
    )
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
    assert said(caught.value) == problem


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ul><li", "blockquote", "b", "a"])
def test_whatever_is_nested_is_read_or_refused(tag: str) -> None:
    try:
        document = READERS[".html"].read((f"<{tag}>" * 3_000 + PROSE).encode())
    except UnreadableError as error:
        assert said(error) in {"its parts are nested too deep", "it is a web page without words"}  # noqa: PT017  # either is right
    else:
        assert document.text.count(PROSE) == 1
