"""Front matter: the keys and values between rules at the beginning of a Markdown file, and what they say of it."""

import datetime as dt
import re
from dataclasses import replace

from corpus.document import Facts
from corpus.layout.dates import date_in

# Where a blank line is among them, the rules are but rules.
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?=[\w-]+:)(?:[^\n]*\S[^\n]*\n)*?(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")
_PAIR = re.compile(r"^(?P<key>[\w-]+):[^\S\n]+(?P<value>\S.*?)[^\S\n]*$", re.MULTILINE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def front_matter(text: str) -> str:
    """The front matter that ``text`` begins with, rules and all; empty without one."""
    found = _FRONT_MATTER.match(text)
    return found[0] if found else ""


def facts(front: str, told: Facts) -> Facts:
    """What front matter says of a document; what it does not say is as ``told``."""
    pairs = {found["key"].lower(): _value(found["value"]) for found in _PAIR.finditer(front)}
    language = pairs.get("language") or pairs.get("lang") or ""
    return replace(
        told,
        title=pairs.get("title") or told.title,
        subtitle=pairs.get("subtitle") or told.subtitle,
        symbol=pairs.get("symbol") or told.symbol,
        publisher=pairs.get("publisher") or told.publisher,
        date=_date(pairs.get("date", "")) or told.date,
        language=language if _LANGUAGE.fullmatch(language) else told.language,
    )


def _value(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _date(value: str) -> dt.date | None:
    return date_in(value) or date_in(value[:10])
