"""The written report as the files that people have: a web page, office files, Markdown, converted text."""

import textwrap
from collections.abc import Callable, Iterator
from html import escape

from tests.corpus.readers.office import docx, odt
from tests.corpus.readers.pdfs import written
from tests.corpus.readers.rtf import rtf
from tests.corpus.readers.written import CAPTION, DATE, SYMBOL, TABLE, TITLE, Part, notes, parts

_KEPT = 6
_WIDTH, _PAGE = 76, 44  # characters of a line, lines of a page


def web_page() -> bytes:
    """A page with navigation, a banner, a share bar and links to other reports around the report."""
    body = "\n".join(_element(part) for part in parts())
    foot = "\n".join(
        f'<li id="fn{n}">{escape(note)} <a href="#fnref{n}">↩</a></li>' for n, note in enumerate(notes(), start=1)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Inspectors of Maro</title>
<meta property="og:site_name" content="Inspectors of Maro">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="canonical" href="https://example.org/maro/wells"><script>track("nothing that is read");</script></head><body>
<div class="cookie-consent"><p>We use cookies to make this page better for you. Accept all of them?</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/reports">All reports</a></li></ul></nav></header>
<div id="page"><main><article><p>{SYMBOL}</p><h1>{TITLE}</h1>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Print this page</a></div>
{body}
<ol class="footnotes">{foot}</ol></article></main>
<aside class="related"><h2>Related</h2><ul><li><a href="/x">Mills of Sarn in the dry years</a></li></ul></aside></div>
<footer><p>Contact the inspectors by letter. All rights reserved.</p></footer></body></html>""".encode()


def _element(part: Part) -> str:
    call = f'<sup><a id="fnref{part.note}" href="#fn{part.note}">{part.note}</a></sup>' if part.note else ""
    if part.kind == "heading":
        return f"<h2>{part.text}</h2>"
    if part.kind == "table":
        rows = ["<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for tag, row in _rows()]
        return f"<table><caption>{CAPTION}</caption>{''.join(rows)}</table>"
    return f"<p>{part.number} {escape(part.text)}{call}</p>"


def _rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, row in enumerate(TABLE):
        yield ("td" if number else "th"), row


def markdown() -> bytes:
    """Front matter, headings with marks, a table of Markdown, notes at the end."""
    found = [f"---\ntitle: {TITLE}\nsymbol: {SYMBOL}\ndate: 2024-05-03\n---", f"# {TITLE}"]
    for part in parts():
        if part.kind == "heading":
            found.append(f"## {part.text}")
        elif part.kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in TABLE]
            found += [CAPTION, "\n".join([rows[0], "|---|---|---|", *rows[1:]])]
        else:
            found.append(f"{part.number} {part.text}{f'[^{part.note}]' if part.note else ''}")
    found += [f"[^{number}]: {note}" for number, note in enumerate(notes(), start=1)]
    return "\n\n".join(found).encode()


def converted(*, has_layout: bool) -> bytes:
    """What pdftotext makes of the printed report, with the running head, the notes and the number of every page."""
    margin = " " * 6 if has_layout else ""
    pages: list[str] = []
    lines = [SYMBOL, "", DATE, "", TITLE, ""]
    foot: list[str] = []

    def turn() -> None:
        head = [] if not pages else [margin + SYMBOL, ""]
        number = [" " * 40 * has_layout + str(len(pages) + 1)]
        pages.append("\n".join([*head, *(margin + line if line else "" for line in [*lines, *foot]), "", *number]))
        lines.clear()
        foot.clear()

    for part in parts():
        wrapped = _wrapped(part, has_layout=has_layout)
        note = textwrap.wrap(f"{part.note} {notes()[part.note - 1]}", _WIDTH) if part.note else []
        for line in [*wrapped, ""]:
            kept = _KEPT if part.kind == "heading" else 0  # lines that a heading is not parted from
            if len(lines) + len(foot) + len(note) + 2 + kept > _PAGE and line:
                turn()
            lines.append(line)
        foot += [*([] if foot or not note else [""]), *note]
    turn()
    return "\n\f".join(pages).encode()


def _wrapped(part: Part, *, has_layout: bool) -> list[str]:
    if part.kind == "table":
        rows = ["".join(cell.ljust(22) for cell in row).rstrip() if has_layout else "   ".join(row) for row in TABLE]
        return [CAPTION, "", *rows]
    call = str(part.note) if part.note else ""
    gap = "    " if has_layout and part.number else " "
    return textwrap.wrap(f"{part.number}{gap}{part.text}{call}".strip(), _WIDTH, fix_sentence_endings=False)


FORMATS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "HTML": (".html", web_page),
    "PDF": (".pdf", written),
    "PDF, two columns": (".pdf", lambda: written(2)),
    "DOCX": (".docx", docx),
    "ODT": (".odt", odt),
    "RTF": (".rtf", rtf),
    "Markdown": (".md", markdown),
    "pdftotext": (".txt", lambda: converted(has_layout=False)),
    "pdftotext -layout": (".txt", lambda: converted(has_layout=True)),
}
