"""RTF for the tests, as Word writes it: numbers of lists as text of their own, notes in groups, letters by number."""

from tests.corpus.readers.written import CAPTION, DATE, SYMBOL, TABLE, TITLE, Part, notes, parts

_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Cyr;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 caption;}"
    r"{\*\cs10 Default Paragraph Font;}}{\*\generator Riched20;}{\info{\title Wells of Maro}{\author A. Nobody}}"
)


def document(body: str) -> bytes:
    """A file with that body."""
    return f"{_HEAD}{body}}}".encode("ascii")


def escaped(text: str) -> str:
    """Words with what has a meaning in RTF, and letters beyond ASCII, written out."""
    plain = text.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in plain)


def paragraph(text: str, *, style: int = 0, label: str = "", after: str = "") -> str:
    """A paragraph; ``label`` is the number that Word has printed before it."""
    listed = rf"{{\listtext\pard\plain {label}\tab}}" if label else ""
    return rf"\pard\plain\s{style} {listed}{{{escaped(text)}}}{after}\par" + "\n"


def note(text: str) -> str:
    """A footnote where it is called."""
    return rf"{{\super\chftn{{\footnote \pard\plain {{\super\chftn}} {escaped(text)}}}}}"


def row(*cells: str, is_head: bool = False) -> str:
    """A row of a table."""
    head = r"\trhdr" if is_head else ""
    return rf"\trowd{head}\pard\intbl " + "".join(rf"{escaped(cell)}\cell " for cell in cells) + "\\row\n"


def rtf() -> bytes:
    """The written report as an RTF file."""
    body = [rf"{{\header \pard\plain {SYMBOL}\par}}", paragraph(SYMBOL), paragraph(DATE), paragraph(TITLE, style=2)]
    return document("".join([*body, *map(_part, parts())]))


def _part(part: Part) -> str:
    if part.kind == "heading":
        return paragraph(part.text, style=1)
    if part.kind == "table":
        return paragraph(CAPTION, style=3) + "".join(row(*cells, is_head=not n) for n, cells in enumerate(TABLE))
    called = note(notes()[part.note - 1]) if part.note else ""
    return paragraph(part.text, label=part.number, after=called)
