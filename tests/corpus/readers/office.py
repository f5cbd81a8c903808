"""Office files for the tests, written by hand: the numbers are Word's and LibreOffice's to compute, not in the text."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.corpus.readers.written import CAPTION, DATE, SYMBOL, TABLE, TITLE, Part, notes, parts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("meta", "meta"))
)


def packed(members: Mapping[str, str]) -> bytes:
    """An archive of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def word(body: str, **more: str) -> bytes:
    """A Word file with that body; ``more`` are other parts, "numbering" or "styles" or "footnotes"."""
    members = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    members |= {f"word/{name}.xml": text for name, text in more.items()}
    return packed(members)


def paragraph(text: str, *, style: str = "", number: tuple[int, int] | None = None, after: str = "") -> str:
    """A paragraph of a Word file; ``number`` is its list and level."""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{run}{after}</w:p>"


def numbering(*instances: str, levels: str = "") -> str:
    """A list of Word with the usual levels "1." and "(a)", and its instances."""
    usual = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    )
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{instance}</w:num>'
        for n, instance in enumerate(instances, 1)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels or usual}</w:abstractNum>{nums}</w:numbering>'


_STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style></w:styles>'
)
_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def docx() -> bytes:
    """The written report as a Word file."""
    body = [paragraph(SYMBOL), paragraph(DATE), paragraph(TITLE, style="T")]
    instance = 1
    for part in parts():
        instance += part.is_anew
        call = f'<w:r><w:footnoteReference w:id="{part.note + 1}"/></w:r>' if part.note else ""
        if part.kind == "heading":
            body.append(paragraph(part.text, style="H"))
        elif part.kind == "table":
            body += [paragraph(CAPTION, style="C"), _table()]
        else:
            body.append(paragraph(part.text, number=(instance, int(part.kind == "item")), after=call))
    foot = "".join(f'<w:footnote w:id="{n}">{paragraph(note)}</w:footnote>' for n, note in enumerate(notes(), 2))
    separator = f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
    return word(
        "".join(body),
        numbering=numbering("", _ANEW),
        styles=_STYLES,
        footnotes=f"<w:footnotes {W}>{separator}{foot}</w:footnotes>",
        header1=f"<w:hdr {W}>{paragraph(SYMBOL)}</w:hdr>",
    )


def _table() -> str:
    rows = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in TABLE]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def odt() -> bytes:
    """The written report as a LibreOffice file."""
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    )
    styles = (
        f'<office:automatic-styles><text:list-style style:name="L">{levels}</text:list-style></office:automatic-styles>'
    )
    body = [f"<text:p>{SYMBOL}</text:p><text:p>{DATE}</text:p>", f'<text:p text:style-name="Title">{TITLE}</text:p>']
    body += [_odt_part(part) for part in parts()]
    content = f"{styles}<office:body><office:text>{''.join(body)}</office:text></office:body>"
    head = f"<style:header><text:p>{SYMBOL}</text:p></style:header>"
    master = f'<style:master-page style:name="Standard">{head}</style:master-page>'
    return open_document(content, f"<office:master-styles>{master}</office:master-styles>")


def open_document(content: str, styles: str = "", meta: str = "") -> bytes:
    """A LibreOffice file with that content, those styles and properties."""
    members = {"mimetype": "application/vnd.oasis.opendocument.text"}
    for name, inner in (("content", content), ("styles", styles), ("meta", meta)):
        members[f"{name}.xml"] = f"<office:document-{name} {_ODF}>{inner}</office:document-{name}>"
    return packed(members)


def _odt_part(part: Part) -> str:
    call = ""
    if part.note:
        foot = f"<text:note-body><text:p>{escape(notes()[part.note - 1])}</text:p></text:note-body>"
        call = f"<text:note><text:note-citation>{part.note}</text:note-citation>{foot}</text:note>"
    if part.kind == "heading":
        return f'<text:h text:outline-level="1">{part.text}</text:h>'
    if part.kind == "table":
        rows = [
            "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in TABLE
        ]
        rows = [f"<table:table-row>{row}</table:table-row>" for row in rows]
        return f'<text:p text:style-name="Caption">{CAPTION}</text:p><table:table>{"".join(rows)}</table:table>'
    words = f"<text:p>{escape(part.text)}{call}</text:p>"
    if part.kind == "item":
        words = f'<text:list text:continue-numbering="true"><text:list-item>{words}</text:list-item></text:list>'
    goes_on = "false" if part.is_anew else "true"
    item = f"<text:list-item>{words}</text:list-item>"
    return f'<text:list text:style-name="L" text:continue-numbering="{goes_on}">{item}</text:list>'
