"""One report of our own words, and the same written in every format that holds its structure.

Fifty-five numbered paragraphs under four headings and five more in an annex that counts anew; a list with what opens
it, a table under its caption, footnotes, a title, a symbol, a date and a running head.
"""

from dataclasses import dataclass

TITLE = "Wells and roads of the district of Maro"
SYMBOL = "A/MR/12/4"
DATE = "3 May 2024"
CAPTION = "Table 1. Wells by place"
TABLE = (("Place", "Wells drilled", "Wells in use"), ("Tessit", "12", "9"), ("Odun", "7", "7"), ("Belka", "31", "18"))
ITEMS = (
    ("(a)", "the wells that had run dry since the last visit of the inspectors;"),
    ("(b)", "the roads on which no lorry could pass during the rains;"),
    ("(c)", "the schools that had neither."),
)
NOTES = {
    5: "See the report of the inspectors of 1998, chapter two.",
    18: "The governor wrote this in a letter to the inspectors.",
    41: "Interview with a driller in Odun.",
}
_TOPICS = ("wells", "roads", "schools", "clinics", "markets", "bridges", "fields", "courts", "prisons", "mills")
_PLACES = ("Maro", "Tessit", "Odun", "Belka", "Sarn", "Ilmo")
_LIST_AT, _TABLE_AT = 20, 30
_HEADINGS = {
    1: "Introduction",
    11: "What the inspectors found",
    31: "What the governor answered",
    46: "What is to be done",
}
_ANNEX = "Annex I"
_IN_ANNEX = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, heading, item or table of the report; ``note`` is the number of the footnote called at its end."""

    kind: str  # "heading", "paragraph", "item", "table"
    text: str = ""
    number: str = ""
    note: int = 0
    is_anew: bool = False  # its number begins a new count


def parts() -> list[Part]:
    """The report from its first heading on."""
    found: list[Part] = []
    called = 0
    for number in range(1, 56):
        if number in _HEADINGS:
            found.append(Part("heading", _HEADINGS[number]))
        called += number in NOTES
        words = _opening() if number == _LIST_AT else _words(number)
        found.append(Part("paragraph", words, f"{number}.", called if number in NOTES else 0))
        if number == _LIST_AT:
            found += [Part("item", text, label) for label, text in ITEMS]
        if number == _TABLE_AT:
            found.append(Part("table"))
    found.append(Part("heading", _ANNEX))
    found += [Part("paragraph", _words(60 + n), f"{n}.", is_anew=n == 1) for n in range(1, _IN_ANNEX + 1)]
    return found


def notes() -> list[str]:
    """The footnotes in their order."""
    return list(NOTES.values())


def _opening() -> str:
    return "The inspectors asked the governor to say by the end of the year what had become of:"


def _words(number: int) -> str:
    return (
        f"In {1940 + number} the inspectors counted {number + 3} {_TOPICS[number % 10]} near {_PLACES[number % 6]} and"
        f" found that most of them had been repaired by the people who live there. The governor said that work on the"
        f" {_TOPICS[(number + 3) % 10]} would go on until the rains, and that nobody had asked for money."
    )
