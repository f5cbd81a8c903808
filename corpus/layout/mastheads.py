"""Does a line at the beginning tell of the document, and is none of its words? Symbols, dates, banners, addressees."""

import datetime as dt
import re

from corpus.layout import shapes
from corpus.layout.dates import date_in, is_date
from corpus.text.patterns import lazily

_LABEL_WORDS = 8
_LONGEST = 120
_TOLD = lazily(
    r"\b(?:Distr\.?(?:ibution)?|Original|Language|Classification)\s*:\s*\S"
    r"|\bFor (?:immediate|official) (?:release|use)\b"
    r"|\A\W*(?:(?:strictly |under )?embargo(?:ed)?|not (?:for|to be)\b|pas avant|sous embargo|check against delivery"
    r"|seul le prononcé|as delivered|diffusion immédiate|pour diffusion)\b"
    r"|\A(?:ISSN|ISBN|DOI)\b|\bdoi\.org/|\A(?:©|\(c\)|copyright\b)",
    re.IGNORECASE,
)
# Keys, with what they are of after them, where no sentence is.
_KEYED = lazily(
    r"\A(?:(?:(?:our |your )?ref(?:erence)?|réf(?:érence)?|date|to|from|cc|authors?|by|(?:media )?contact|status"
    r"|version"
    r"|issued?|released?|published|de|à|auteurs?)(?:\s+(?:number|no|n°|date)\.?)?\s*:\s*\S"
    r"|(?:case|file|docket|application|claim|appeal|affaire|dossier)(?:\s+(?:number|nos?|n°|nº)\.?)?\s*:\s*\S*\d)",
    re.IGNORECASE,
)
_SUBJECT = lazily(r"\A(?:subject|re|title|objet|titre)\s*:\s*(?=\S)", re.IGNORECASE)
# Documents and issues by their numbers, such as "Vol. 12, No. 3".
_COUNTED = lazily(
    r"(?>(?>(?:document|report|case|file|docket|paper|press release|release|volume|vol|issue|no|nos|number|n°|nº|numéro"
    r"|rapport|communiqué|affaire|dossier|doc|series|part)\b\.?\s*)+)[:.#]?\s*[A-Z]{0,5}[-/]?\d[\w/.-]*+"
    r"(?>(?:\W|\d|(?:no|issue|pp?|[A-Z]{3,9}(?=\s\d{4}))\b)*)"
    r"|[A-Z]{2,6}\s?\(\d{2,4}\)\s?\d+(?:\s\w{1,6})?",
    re.IGNORECASE,
)
_BANNER = lazily(
    r"(?>(?:advance|unedited|embargoed|draft|restricted|confidential|version|copy|translation|unofficial|press|news"
    r"|release|statement|document|communiqué|presse|projet|confidentiel|internal|final|provisional|public|uncorrected"
    r"|circulation|not|for|de|provisoire|traduction|officieuse|non|[][ (),.:–—-])+)|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_DATED = lazily(
    r"(?:(?:first |last )?(?:published|updated|issued|released|posted|adopted|modified|dated?|as of|publié|mis à jour"
    r"|daté)\b(?:\s+(?:on|le|du))?|date|le)\s*:?\s*",
    re.IGNORECASE,
)
_PLACED = lazily(r"[A-ZÀ-Þ][\w.'’-]*+(?:[ /][A-ZÀ-Þ][\w.'’-]*+){0,2},\s*(?:le\s+|the\s+)?(?=.*\d{1,2}\D)")
_CLOCK = lazily(
    r"[\s,;(|–-]*(?:at|à)?\s*\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4}|\s*GMT[+-]\d+)?[\s)]*\Z",
    re.IGNORECASE,
)
_NAMED = lazily(r"[^\W\d]+ \d{1,4}")  # "Report 3" may be all that a document is called
_SESSION = lazily(r"\A(?:agenda )?items? \d|\bsession\Z|\A(?:point|points) \d|\bmeeting\Z", re.IGNORECASE)
_ROMAN_PAGE = lazily(r"[-–—]\s*[ivxl]{1,6}\s*[-–—]|page [ivxl]{1,6}", re.IGNORECASE)
_APART = lazily(r"\s*(?:,|\s[–—|-])\s+(?:(?:le|the|on|du)\s+)?")  # before the date of a line
_MARKS = "#*_ "


def is_masthead(text: str) -> bool:
    """Whether a line at the beginning tells of the document and is none of its words: symbol, distribution, date."""
    line = text.strip(_MARKS)
    return len(line) <= _LONGEST and (
        shapes.is_running(line)
        or _is_numbered(line)
        or _ROMAN_PAGE.fullmatch(line) is not None
        or _BANNER.fullmatch(line) is not None
        or _TOLD.search(line) is not None
        or (":" in line and _KEYED.match(line) is not None and not shapes.ends_sentence(line))
        or shapes.is_led_by_symbol(line)
    )


def _is_numbered(line: str) -> bool:
    """Whether a line is a date, or a document by its number."""
    if not any(map(str.isdecimal, line)):
        return False
    is_counted = _COUNTED.fullmatch(line) is not None and _NAMED.fullmatch(line) is None
    return is_counted or is_date(line) or is_dated(line)


def is_dated(text: str) -> bool:
    """Whether a line is a date with what it is the date of, or the place: "Published on 3 May 2024", "Oro, 3 May"."""
    return is_date(_undated(text))


def dated(text: str) -> dt.date | None:
    """The date that a line of a masthead gives, with a word or a place before it or without."""
    return date_in(text) or date_in(_undated(text))


def issued(text: str) -> dt.date | None:
    """The date of a short line that gives nothing but that and, before it, who says it or what it is of: "Marsabit
    Herald, 9 June 2024", "Note d'information, 5 mars 2025"."""
    if len(text) > _LONGEST or not any(map(str.isdecimal, text)):
        return None
    if (date := dated(text)) is not None:
        return date
    line = _CLOCK.sub("", text.strip(_MARKS))
    if not line[:1].isupper():
        return None
    for found in _APART.finditer(line):
        if len(line[: found.start()].split()) > _LABEL_WORDS:
            return None
        if (date := date_in(line[found.end() :])) is not None:
            return date
    return None


def _undated(text: str) -> str:
    line = _CLOCK.sub("", text.strip(_MARKS))
    found = _DATED.match(line) or _PLACED.match(line)
    return line[found.end() :] if found else line


def subject_in(text: str) -> str:
    """What a line says that the document is about: "Subject: Wells of Maro"."""
    found = _SUBJECT.match(text)
    return text[found.end() :].strip() if found else ""


def is_session(text: str) -> bool:
    """Whether a line says at which meeting a document was put: "Fiftieth session", "Agenda item 4"."""
    return len(text.split()) <= _LABEL_WORDS and _SESSION.search(text) is not None and not shapes.ends_sentence(text)
