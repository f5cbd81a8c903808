"""``bot/saying/templates/cldr.json`` made anew from the CLDR that Babel holds: ``python -m tests.tools.cldr``

It has the languages that reports are read in and those that there are templates in. A new template file asks for it.
"""

import json
import re

from babel import Locale, __version__
from babel.numbers import get_decimal_symbol
from babel.plural import to_gettext

from bot.saying.templates import languages
from bot.saying.templates.cldr import FILE
from retrieval.language import SNOWBALL

ORDER = ("zero", "one", "two", "few", "many", "other")  # in which Babel counts plural forms
# English is that of no country in particular, which has the day before the month, as the reports have.
STANDS_FOR = {"en": "en_001"}


def locale(language: str) -> Locale:
    """Babel's locale of a language's code."""
    return Locale.parse(STANDS_FOR.get(language, language))


def entry(language: str) -> dict[str, object]:
    """What ``bot.saying.templates.cldr.Locale`` needs to know of a language."""
    known = locale(language)
    rule = to_gettext(known.plural_form)
    plural = re.fullmatch(r"nplurals=\d+; plural=(.*);", rule)
    assert plural, rule
    pattern = known.date_formats["long"]  # its text is in the notation of "%"
    return {
        "forms": [form for form in ORDER if form in known.plural_form.tags or form == "other"],
        # The exponent of numbers such as "2 Mio.": none of ours has one.
        "plural": re.sub(r"\be\b", "0", plural[1]),
        "date": str(pattern.format) % {"d": "$day", "MMMM": "$month", "y": "$year"},
        "months": [known.months["format"]["wide"][month] for month in range(1, 13)],
        "decimal": get_decimal_symbol(known, numbering_system="latn"),  # as the digits are
    }


def table() -> dict[str, object]:
    """The whole file."""
    return {language: entry(language) for language in sorted({*SNOWBALL, *languages()})}


def main() -> None:
    """Write the file."""
    FILE.write_text(json.dumps(table(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name}: written from Babel {__version__}")


if __name__ == "__main__":
    main()
