"""Small judges of one line or paragraph by its shape: is it a heading, a number, a date, a symbol?

Every line of every report is looked at by nearly all of them, so that most ask for a character that the pattern cannot
do without before they ask the pattern.
"""

import re
from collections.abc import Sequence

from corpus.layout.words import words
from corpus.text.patterns import lazily
from corpus.text.segmentation import beginners, is_abbreviated

_CLOSERS = "\"'”’»)]*_"
_LEADING = frozenset([":-", ":–", ":—"])
_CALL_ENDS = frozenset(")]†‡")  # what a call may end with, beside digits and raised ones
_CALLS = lazily(
    r"(?<=[.!?…:;,”\"’»)])(?:(?<!(?<!\d{3})\d[.:,])\d{1,3}|[¹²³⁰⁴-⁹]+|\s\d{1,3}|\(\d{1,3}\))\Z|(?:[¹²³⁰⁴-⁹]+|[†‡]+|\[\d{1,3}\])\Z"
)
_BULLET = lazily(r"[-*•‣▪◦·–—●■○□►➢✓\uf0b7\uf0a7o]\s+")
# What a number may stand after that numbers the text: in its own line, or before it.
NAMED = r"articles?|art\.|sections?|sec\.|rules?|principles?|recommendations?|guidelines?|règle|principe|recommandation"
_NAMED_ALONE = lazily(rf"(?:{NAMED})\s+\d{{1,4}}(?:\s?(?:bis|ter|quater))?\.?", re.IGNORECASE)
_NUMBER = lazily(
    r"(?:(?:§\s*|(?:[Aa]rticle|[Rr]ecommendation|[Rr]ecital|[Rr]ule|[Rr]ecommandation|[Rr]ègle)\s+"
    r"(?=\d[\d. a-z]{0,12}\s?[:–—]\s))"
    r"(?P<named>\d{1,4}(?:\.\d{1,4}){0,4}(?:\s?(?:bis|ter|quater))?)\s?[.:–—]?\s+)"
    r"|(?:para(?:graph)?\.?\s+|§\s*)?"
    r"(?:(?P<dotted>\d{1,4}(?:\.\d{1,4}){1,4})\.?\s+(?=[^\W\d_]|[(\"“«])"
    r"|(?P<plain>\d{1,4}(?:\s?(?:bis|ter|quater|[a-z](?=\.)))?)[.)]\s+"
    r"|\[(?P<square>\d{1,4})\]\s+"
    r"|\((?P<small>\d{1,3}|[a-z]{1,2}|[ivx]{1,5})\)\s+"
    r"|(?P<letter>[a-z]|[ivx]{2,5})[.)]\s+)",
)
_ROMAN = lazily(r"(?:[IVXLC]{1,7}|[A-Z])[.)]\s+(?=[^\W\d_])")
_PAGE = lazily(
    r"(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/|sur|de)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,3}/\d{1,3}", re.IGNORECASE
)
_PAGE_BESIDE = lazily(r"^\d{1,4}(?=\s{2,})|(?<=\s{2})\d{1,4}$|^\d{1,4}(?=\s+[A-Z]{1,6}[./]\S*\d)|(?<=\d)\s+\d{1,4}$")
_BARE = lazily(r"\d{1,4}|[ivxl]{1,6}")
# After the strokes of a symbol may stand which part it is, and of resolutions the year: "A/76/6 (Sect. 24)".
_PART_OF = (
    r"\s*\((?:(?:Income )?[Ss]ect(?:ion|\.)?|Part|Vol(?:\.|ume)?|Resumption|Supp(?:lement|\.)?)\s?[\dIVX]{1,4}[A-Z]?\)"
    r"(?:/[A-Z]\w{1,4}\.\d{1,2})*|(?<=/RES/\d{3})\s\(\d{4}\)|(?<=/RES/\d{4})\s\(\d{4}\)"
)
_SYMBOL = lazily(
    r"(?:[A-Z]{1,6}(?:/[A-Z0-9][\w.()-]*){2,8}|[A-Z]{1,6}[.-]\d{2}[.-]\d{3,6}|[A-Z]{1,6}/(?:[A-Z]{1,4}\.)?\d[\w./-]*)"
    rf"(?:{_PART_OF})?(?P<language>\s*\([A-Z]{{1,2}}\))?"
)
_ISSUE = lazily(r"(?:\(?[A-Z]\)?\s*)?\d{6}|[*]{1,3}|\d{7,}\w*")
_CAPTION = lazily(
    r"(?:photo|image|picture|fig(?:ure)?\.?|table|tableau|box|map|carte|chart|graph|source|credit)s?\s*(?:\d[\w.]*)?\s*"
    r"[:.–—-]\s|!\[[^\]\n]*\]\([^)\n]*\)\Z"
    r"|.{1,300}(?:[(\[. ](?:photo|image|picture|credit)s?(?: by\b|:| ©)|[(\[]?© ?\w)",
    re.IGNORECASE,
)
_LEADERS = lazily(
    r"(?:\.{3,}|(?:\s\.){3,}|…{2,}|(?:\s?_){4,})\s*(?:\d{1,4}|[ivxl]{1,6})?\s*\Z|(?:\.{3,}|(?:\s\.){3,})\s*\d"
)
_ENTRY = lazily(
    r"\S.*(?:\s{2,}|\t|\s[–—-]\s|,?\sp(?:age|\.)\s?|\s(?=\d{1,4}[–-]\d{1,4}\s))(?:\d{1,4}[–-]\d{1,4}\s+)?"
    r"(?:\d{1,4}(?:\s?[–-]\s?\d{1,4})?|[ivxl]{1,6})\Z"
)
_CONTENTS = lazily(
    r"(?:table of )?contents|in this (?:report|document|issue)|table des matières|sommaire", re.IGNORECASE
)
_COLUMNS = lazily(r"\S {3,}(?=\S)")
_LAST_WORD = lazily(r"(?:\A|(?<=[\s(“\"«]))([^\W\d_](?:[\w.’-]{0,20}\w)?)\.\Z")
_LONGEST_LAST = 24  # characters of what it finds, and one more
_HEADING_WORDS = 16
_LONGEST_HEADING = 30  # words of one that is numbered
_LABEL_WORDS = 8


def bare(text: str) -> str:
    """``text`` without what may stand after its last stop: closing quotes, calls of footnotes."""
    found = text.rstrip()
    while True:
        uncalled = _CALLS.sub("", found) if found[-1:].isdigit() or found[-1:] in _CALL_ENDS else found
        if found[-2:] in _LEADING:  # "as follows:-"
            return found[:-1]
        is_closed = uncalled == found and found[-1:] in _CLOSERS
        shorter = (found.rstrip(_CLOSERS) if is_closed else uncalled).rstrip()
        if shorter == found or not shorter:
            return shorter or found
        found = shorter


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends where ``text`` does."""
    return bare(text).endswith((".", "!", "?", "…", "。")) and not _is_abbreviated(text)


def ends_clause(text: str) -> bool:
    """Whether a sentence or a part of one that could be an entry of a list ends where ``text`` does."""
    return bare(text).endswith((".", "!", "?", "…", "。", ":", ";", ",")) and not _is_abbreviated(text)


def _is_abbreviated(text: str) -> bool:
    """Whether the last stop is that of an abbreviation after which more is to come: "Mr."."""
    word = _LAST_WORD.search(text, max(0, len(text) - _LONGEST_LAST)) if text.endswith(".") else None
    return word is not None and is_abbreviated(word[1])


def ends_open(text: str) -> bool:
    """Whether the last word of ``text`` wants another: "found that the"; but not in "What you can do"."""
    told = text.split()
    if not told:
        return False
    last = told[-1]
    is_word = last.strip("(“\"'").lower().rstrip(".") in words()["open_ended"] and not _asks(told)
    return is_word or (last[-1] in "(“–/" and last[-2:] not in _LEADING) or _is_abbreviated(last)


def _asks(told: Sequence[str]) -> bool:
    """Whether the words of a line are a question such as heads a section, which its last word may end."""
    is_short = 1 < len(told) <= _LABEL_WORDS
    asks = told[0][:1].isupper() and told[0].lower() in words()["asks"]
    return is_short and asks and told[-1].lower() in words()["ends_question"]


def ends_counted(text: str) -> bool:
    """Whether a number is still to come: "by article"."""
    told = text.split()
    return bool(told) and told[-1].lower().rstrip(".") in words()["counted"]


def begins_small(text: str) -> bool:
    """Whether ``text`` begins with a small letter, past quotes and brackets."""
    found = text.lstrip("\"'“‘«([*_ ")
    return found[:1].islower()


def is_bullet(text: str) -> bool:
    """Whether the line begins with the sign of a list's item."""
    return _BULLET.match(text) is not None


def is_dash(text: str) -> bool:
    """Whether the line begins with a dash, which may as well stand within a sentence."""
    return text[:1] in "–—"


def number_of(text: str) -> str:
    """The printed number that ``text`` begins with, as it is cited: "12", "12 bis", "7.2", "(a)"; empty without one."""
    found = _NUMBER.match(text)
    if found is None:
        return ""
    if small := found["small"] or found["letter"]:
        return f"({small})"
    return " ".join(
        re.sub(r"(?<=\d)(?=[a-z])", " ", found["named"] or found["dotted"] or found["plain"] or found["square"]).split()
    )


def after_number(text: str) -> str:
    """``text`` after its printed number or its bullet."""
    found = _NUMBER.match(text) or _BULLET.match(text)
    return text[found.end() :] if found else text


def is_small_number(number: str) -> bool:
    """Whether a printed number is that of an item: "(a)"."""
    return number.startswith("(")


def is_page_number(text: str) -> bool:
    """Whether a line is a page number and nothing else, said clearly: "Page 3 of 12", "- 3 -"."""
    return _PAGE.fullmatch(text) is not None


def is_bare_number(text: str) -> bool:
    """Whether a line is one number, which may be that of a page."""
    return _BARE.fullmatch(text) is not None


def is_symbol(text: str) -> bool:
    """Whether a line is a document symbol or a job number, or several: "A/HRC/50/1", "GE.24-01234 (E)"."""
    if text.endswith(".") or not _may_hold_symbol(text) or not _SYMBOL.search(text):
        return False
    parts = re.split(r"\s{2,}|\s?[–—,;-]\s?", _SYMBOL.sub("  ", text).strip())
    return all(not part or _ISSUE.fullmatch(part) for part in parts)


def _may_hold_symbol(text: str) -> bool:
    return "/" in text or any(map(str.isdecimal, text))


def symbol_in(text: str) -> str | None:
    """The document symbol with strokes in a line, if there is one; the language it is printed in is no part of it."""
    if "/" not in text:
        return None
    found = (match[0].removesuffix(match["language"] or "") for match in _SYMBOL.finditer(text))
    return next((symbol for symbol in found if "/" in symbol), None)


def is_running(text: str) -> bool:
    """Whether a line at a page's edge is a page number, a symbol or both."""
    rest = text.strip()
    if text[:1].isdecimal() or rest[-1:].isdecimal():
        rest = _PAGE_BESIDE.sub("", text).strip()
    return is_page_number(text) or is_bare_number(text) or is_symbol(text) or (rest != text and is_symbol(rest))


def is_caption(text: str) -> bool:
    """Whether a paragraph says that it is the caption or the source of a picture, a figure or a table."""
    return _CAPTION.match(text) is not None


def is_led_by_symbol(text: str) -> bool:
    """Whether a document symbol stands after a few words: "Human Rights Council A/HRC/50/1"."""
    is_short = _may_hold_symbol(text) and len(text.split()) <= _LABEL_WORDS and text[-1:] not in ".!?"
    return is_short and re.search(rf"\s{_SYMBOL.pattern}$", text) is not None


def is_contents_head(text: str) -> bool:
    """Whether a line is the heading of a table of contents."""
    return _CONTENTS.fullmatch(text.strip("#*_: ")) is not None


def is_contents_line(text: str) -> bool:
    """Whether a line is an entry of a table of contents: leaders and a page number."""
    return _may_have_leaders(text) and _LEADERS.search(text) is not None and any(map(str.isalpha, text))


def _may_have_leaders(text: str) -> bool:
    """Whether dots or strokes stand in a row. White space that is no blank is not printable, and not looked at."""
    return "..." in text or " ." in text or "…" in text or "_" in text or not text.isprintable()


def is_contents_entry(text: str) -> bool:
    """Whether a line within a table of contents is an entry of it: it ends with a page number after a gap."""
    return is_contents_line(text) or _ENTRY.fullmatch(text) is not None or text.strip().lower() in ("page", "pages")


def is_columns(text: str) -> bool:
    """Whether the words of a line stand in columns."""
    if "   " not in text:
        return False
    gaps = _COLUMNS.findall(after_number(text))
    return len(gaps) > 1 or any(len(gap) > 6 for gap in gaps)  # blanks that no justified line has


def is_heading(text: str) -> bool:
    """Whether a line is a heading by its own shape: numbered as one, in capitals, or a word that heads sections."""
    if ends_clause(text) or len(text.split()) > _LONGEST_HEADING or is_bullet(text):
        return False
    if _ROMAN.match(text):
        rest = _ROMAN.sub("", text, count=1)
        return len(rest.split()) > 0 and not begins_small(rest)
    if len(text) in range(4, 101) and (text.isupper() or _is_named(text)):
        return True
    return after_number(text).strip(" :").lower() in words()["headings"]


def _is_named(text: str) -> bool:
    """Whether a line is a number of what stands under it: "Article 2"."""
    return text[-1:].isdecimal() and text[:1].isupper() and _NAMED_ALONE.fullmatch(text) is not None


def is_lead_in(text: str) -> bool:
    """Whether a numbered line leads to a quotation or a list, and is no heading: "29. Subsection (5) provides:"."""
    rest = after_number(text) if bare(text).endswith(":") and number_of(text) else ""
    return bool(rest) and any(word[:1].islower() for word in rest.split()) and not is_heading(rest.rstrip(": "))


def begins_part(text: str) -> bool:
    """Whether a line is a heading that is numbered as one."""
    return _ROMAN.match(text) is not None and is_heading(text)


def may_be_heading(text: str) -> bool:
    """Whether a line that stands alone before a paragraph may be its heading: short, and no sentence."""
    return (
        len(text.split()) <= _HEADING_WORDS
        and len(text) <= 120
        and not ends_clause(text)
        and not ends_open(text)
        and not begins_small(text)
        and not is_bullet(text)
        and not is_columns(text)
        and text[:1].isalnum()
    )


def begins_sentence_after_call(word: str) -> bool:
    """Whether a word commonly begins a sentence: what stands after "68" in "in part. 68 The" is one."""
    return word in beginners()
