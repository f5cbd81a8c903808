"""Numbers as word processors print them: 4 is "4", "d", "IV"."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 10_000  # higher ones are printed as they are


def shown(count: int, form: str) -> str:
    """``count`` in a form as DOCX ("lowerLetter") or ODF ("a") names it; empty where nothing is printed."""
    if form in ("none", "bullet", ""):
        return ""
    if form in ("lowerLetter", "a"):
        return letters(count)
    if form in ("upperLetter", "A"):
        return letters(count).upper()
    if form in ("lowerRoman", "i"):
        return roman(count)
    if form in ("upperRoman", "I"):
        return roman(count).upper()
    if form == "decimalZero":
        return f"{count:02}"
    if form == "ordinal":
        return f"{count}{_ordinal(count)}"
    return str(count)


def letters(count: int) -> str:
    """ "a" to "z", then "aa", "bb", as Word goes on."""
    if not 0 < count < _MOST:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """Small Roman numerals."""
    if not 0 < count < _MOST:
        return str(count)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (count // value)
        count %= value
    return found


def _ordinal(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
