"""References that are ready to paste: the facts of a report and one of its passages as text, Markdown, BibTeX and RIS.

Only what is known of the report is said; nothing is guessed, above all no author. No Discord and no terminal here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from bot.saying.citations import place, source
from bot.saying.reply import Heading, Paste, Reply
from bot.saying.templates import Templates
from corpus.citation import Citation, CitedPassage
from corpus.report import Report

# CommonMark 0.31.2, section 2.4: a backslash before ASCII punctuation makes a letter of it. These may mean something,
# GitHub's strike-through and tables among them.
_MARKED = re.compile(r"[\\`*_\[\]<>&~|]")
_STARTING = re.compile(r"(?P<before>[0-9]{0,9})(?P<mark>[#+.)=-])")  # headings and lists, at the start of a line
# BibTeX counts braces whether or not a backslash stands before them ("BibTeXing", section 4), so they are spelt out.
_TEX: Mapping[int, str] = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&#_%"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # plain.bst defines them
_JOINERS = "\u200c\u200d"  # without these Persian, Hindi and others would be misspelt
_NOT_OF_A_URL = re.compile(r"[\s\\{}<>]")  # RFC 3986 allows none of them


class Form(StrEnum):
    """How a reference is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    RIS = "ris"


def reference(templates: Templates, cited: CitedPassage, form: Form) -> str:
    """The reference to a passage, without a line break behind its last line."""
    return _WRITERS[form](templates, cited)


def references_reply(templates: Templates, cited: CitedPassage, form: Form | None = None) -> Reply:
    """The reference in one form and nothing else, or in each under its name."""
    if form is not None:
        return Reply((Paste(reference(templates, cited, form)),))
    title = cited.report.title
    pastes = (Paste(reference(templates, cited, one), templates(f"cite.{one}")) for one in Form)
    return Reply((Heading(title, title), *pastes))


def _plain(templates: Templates, cited: CitedPassage) -> str:
    line = str(source(templates, cited.report, cited.passage))
    address = _address(cited.report)
    return _line(f"{line}{templates('citation.separator') if address else ''}{address} [{_key(cited)}]")


def _markdown(templates: Templates, cited: CitedPassage) -> str:
    told = source(templates, cited.report, cited.passage)
    title, address = _marked(told.title), _address(cited.report)
    if address:
        title = f"[{title}](<{_MARKED.sub(_escaped, address)}>)"
    elif title:
        title = _STARTING.sub(r"\g<before>\\\g<mark>", title, count=1) if _STARTING.match(title) else title
    return told.separator.join((title, *map(_marked, told.after_title()))) + f" \\[{_marked(_key(cited))}\\]"


def _bibtex(templates: Templates, cited: CitedPassage) -> str:
    report = cited.report
    key = f"{report.id}:{cited.passage.locator.label}"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _bibtex_fields(templates, cited))
    return f"@misc{{{key},\n{fields}\n}}"


def _bibtex_fields(templates: Templates, cited: CitedPassage) -> Iterator[tuple[str, str]]:
    report, separator = cited.report, templates("citation.separator")
    yield "title", f"{{{{{_tex(report.title)}}}}}"  # in two pairs, so that no style takes its capitals away
    if report.publisher:
        yield "howpublished", f"{{{_tex(report.publisher)}}}"
    if report.date:
        yield "year", f"{{{report.date.year:04}}}"
        yield "month", _MONTHS[report.date.month - 1]
        yield "day", f"{{{report.date.day}}}"
    where = separator.join(filter(None, (report.symbol, _place(templates, cited))))
    yield "note", f"{{{_tex(f'{where} [{_key(cited)}]')}}}"
    if address := _address(report):
        yield "url", f"{{{address}}}"
    yield "language", f"{{{_tex(report.language)}}}"


def _ris(templates: Templates, cited: CitedPassage) -> str:
    return "\n".join(f"{tag}  - {_line(value)}" for tag, value in _ris_fields(templates, cited))


def _ris_fields(templates: Templates, cited: CitedPassage) -> Iterator[tuple[str, str]]:
    """RIS Format Specifications (Research Information Systems, 2011): RPRT is a report, whose number is SN."""
    report = cited.report
    yield "TY", "RPRT"
    yield "TI", report.title
    if report.publisher:
        yield "PB", report.publisher
    if report.symbol:
        yield "SN", report.symbol
    if report.date:
        yield "PY", f"{report.date.year:04}"
        yield "DA", f"{report.date:%Y/%m/%d}"
    yield "LA", report.language
    if address := _address(report):
        yield "UR", address
    yield "N1", f"{_place(templates, cited)} [{_key(cited)}]"
    yield "ER", ""


def _place(templates: Templates, cited: CitedPassage) -> str:
    return place(templates, cited.passage)


def _key(cited: CitedPassage) -> str:
    return str(Citation.of(cited.passage))


def _address(report: Report) -> str:
    """The link with what may not stand in one written as RFC 3986 has it; empty where there is none."""
    return _NOT_OF_A_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), report.url or "")


def _marked(text: str) -> str:
    return _MARKED.sub(_escaped, _line(text))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    """``text`` on one line, without what nobody could see in what they paste."""
    return " ".join("".join(map(_seen, text)).split())


def _seen(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


_WRITERS: Mapping[Form, Callable[[Templates, CitedPassage], str]] = {
    Form.PLAIN: _plain,
    Form.MARKDOWN: _markdown,
    Form.BIBTEX: _bibtex,
    Form.RIS: _ris,
}
