"""References to paste: whole ones compared with literals, and any title read back by readers of the four forms."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.saying.references import Form, reference, references_reply
from bot.saying.reply import Heading, Paste
from bot.saying.templates import load
from corpus.citation import Citation, CitedPassage
from corpus.report import Report
from tests import builders

TEMPLATES = load()
REPORT = builders.report(
    "The mission visited two camps.",
    id="mission-2024",
    title="Report of the mission: {50 %} & more",
    publisher="The *Mission*",
    date=dt.date(2024, 5, 1),
    url="https://example.org/a_b?c=1&d=50%25#e",
    symbol="A/HRC/56/1",
)
BARE = builders.report("Nothing but one line.", id="bare", title="# A_b")
# Text in which what means something in BibTeX, Markdown or RIS is as likely as letters.
HARD = st.text(st.sampled_from("ab1. {}\\$&#_^~%\"@,=*`[]()<>!|-+:;'é漢😀\u00a0\u200d\n\r\t\u2028\u202e"), max_size=40)
TITLES = (HARD | st.text()).filter(lambda text: bool(seen(text)))


def seen(text: str) -> str:
    """What can be pasted of a text, on one line."""
    shown = "".join(c if c.isprintable() or c in "\u200c\u200d" else "" if is_format(c) else " " for c in text)
    return " ".join(shown.split())


def is_format(character: str) -> bool:
    return re.match(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", character) is not None


def cited(report: Report) -> CitedPassage:
    return CitedPassage(next(report.body), report, "0f1e2d3c4b5a", live=True)


def key(report: Report) -> str:
    return str(Citation.of(next(report.body)))


def written(report: Report, form: Form) -> str:
    return reference(TEMPLATES, cited(report), form)


def test_a_reference_in_each_form() -> None:
    name, address = key(REPORT), "https://example.org/a_b?c=1&d=50%25#e"
    title = "Report of the mission: {50 %} & more"
    assert written(REPORT, Form.PLAIN) == (
        f"{title}, paragraph 1, A/HRC/56/1, The *Mission*, 1 May 2024, {address} [{name}]"
    )
    assert written(REPORT, Form.MARKDOWN) == (
        r"[Report of the mission: {50 %} \& more](<https://example.org/a\_b?c=1\&d=50%25#e>), "
        rf"paragraph 1, A/HRC/56/1, The \*Mission\*, 1 May 2024 \[{name}\]"
    )
    assert written(REPORT, Form.BIBTEX) == (
        "@misc{mission-2024:1,\n"
        r"  title = {{Report of the mission: \textbraceleft{}50 \%\textbraceright{} \& more}},"
        "\n"
        "  howpublished = {The *Mission*},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        "  day = {1},\n"
        f"  note = {{A/HRC/56/1, paragraph 1 [{name}]}},\n"
        f"  url = {{{address}}},\n"
        "  language = {en}\n"
        "}"
    )
    assert written(REPORT, Form.RIS).splitlines() == [
        "TY  - RPRT",
        f"TI  - {title}",
        "PB  - The *Mission*",
        "SN  - A/HRC/56/1",
        "PY  - 2024",
        "DA  - 2024/05/01",
        "LA  - en",
        f"UR  - {address}",
        f"N1  - paragraph 1 [{name}]",
        "ER  - ",
    ]


def test_what_is_not_known_of_a_report_is_not_said() -> None:
    name = key(BARE)
    assert written(BARE, Form.PLAIN) == f"# A_b, paragraph 1 [{name}]"
    assert written(BARE, Form.MARKDOWN) == rf"\# A\_b, paragraph 1 \[{name}\]"
    assert written(BARE, Form.BIBTEX) == (
        f"@misc{{bare:1,\n  title = {{{{\\# A\\_b}}}},\n  note = {{paragraph 1 [{name}]}},\n  language = {{en}}\n}}"
    )
    assert written(BARE, Form.RIS) == f"TY  - RPRT\nTI  - # A_b\nLA  - en\nN1  - paragraph 1 [{name}]\nER  - "


def test_one_form_stands_alone_and_all_under_their_names() -> None:
    assert references_reply(TEMPLATES, cited(BARE), Form.RIS).parts == (Paste(written(BARE, Form.RIS)),)
    heading, *pastes = references_reply(TEMPLATES, cited(BARE)).parts
    assert heading == Heading("# A_b", "# A_b")
    names = {Form.PLAIN: "Plain text", Form.MARKDOWN: "Markdown", Form.BIBTEX: "BibTeX", Form.RIS: "RIS"}
    assert pastes == [Paste(written(BARE, form), name) for form, name in names.items()]


@pytest.mark.parametrize("form", Form)
def test_a_reference_that_is_pasted_can_be_looked_up(form: Form) -> None:
    assert str(Citation.parse(written(REPORT, form))) == key(REPORT)


@given(TITLES, TITLES)
def test_any_title_stands_on_one_line_of_ris(title: str, publisher: str) -> None:
    lines = written(replace(REPORT, title=title, publisher=publisher), Form.RIS).split("\n")
    assert [line[:6] for line in lines] == [
        f"{tag}  - " for tag in ["TY", "TI", "PB", "SN", "PY", "DA", "LA", "UR", "N1", "ER"]
    ]
    assert (lines[1][6:], lines[2][6:]) == (seen(title), seen(publisher))


@given(TITLES, TITLES)
def test_any_title_is_read_out_of_bibtex(title: str, publisher: str) -> None:
    entry, fields = bibtex(written(replace(REPORT, title=title, publisher=publisher), Form.BIBTEX))
    assert entry == ("misc", "mission-2024:1")
    assert fields["title"] == seen(title)
    assert fields["howpublished"] == seen(publisher)
    assert list(fields) == ["title", "howpublished", "year", "month", "day", "note", "url", "language"]


@given(TITLES, st.booleans())
def test_any_title_is_shown_by_markdown_and_nothing_else_means_anything(title: str, linked: bool) -> None:
    report = replace(REPORT, title=title, publisher=None, date=None, symbol=None)
    report = report if linked else replace(report, url=None)
    (opening, inline, closing) = MarkdownIt("commonmark").parse(written(report, Form.MARKDOWN))
    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    tokens = [one for one in inline.children or [] if one.type not in ("text", "text_special", "entity")]
    assert [one.type for one in tokens] == (["link_open", "link_close"] if linked else [])
    assert text_of(inline) == f"{seen(title)}, paragraph 1 [{key(REPORT)}]"


@given(st.text(st.sampled_from("ab/?=&%#{}<>\\ \n()[]é"), max_size=30))
def test_any_address_ends_where_it_should(path: str) -> None:
    report = replace(REPORT, url=f"https://example.org/{path}")
    _, fields = bibtex(written(report, Form.BIBTEX))
    assert re.fullmatch(r"https://example\.org/[^\s{}<>\\]*", fields["url"])
    (_, inline, _) = MarkdownIt("commonmark").parse(written(report, Form.MARKDOWN))
    (link,) = (one for one in inline.children or [] if one.type == "link_open")
    assert link.attrs["href"] == MarkdownIt().normalizeLink(fields["url"])


def text_of(inline: Token) -> str:
    return "".join(one.content for one in inline.children or [])


def bibtex(text: str) -> tuple[tuple[str, str], dict[str, str]]:
    """An entry as BibTeX reads it: braces count whatever stands before them, commands are what TeX would show."""
    found = re.fullmatch(r"@(?P<kind>\w+)\{(?P<key>[^\s,{}]+),\n(?P<rest>.*)\n\}", text, re.DOTALL)
    assert found is not None
    fields, rest = dict[str, str](), found["rest"]
    while rest:
        head = re.match(r"\s*(?P<name>\w+) = ", rest)
        assert head is not None
        rest = rest[head.end() :]
        depth = end = 0
        while end < len(rest) and (depth or rest[end] != ","):
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            assert depth >= 0
            end += 1
        assert depth == 0
        value, rest = rest[:end], rest[end + 1 :]
        fields[head["name"]] = value if head["name"] == "url" else shown(value)
        if head["name"] == "url":
            fields["url"] = value[1:-1]
    return (found["kind"], found["key"]), fields


def shown(value: str) -> str:
    """What TeX shows for a value; a character of its own that nothing escapes is an error."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~"}
    names["textasciicircum"] = "^"
    pattern = r"\\(?P<name>[a-z]+)\{\}|\\(?P<mark>[$&#_%])|(?P<brace>[{}])|(?P<bad>[\\$&#_^~%])|(?P<text>.)"
    text = ""
    for found in re.finditer(pattern, value, re.DOTALL):
        assert found["bad"] is None, value
        text += names[found["name"]] if found["name"] else found["mark"] or found["text"] or ""
    return text
