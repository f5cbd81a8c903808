"""What a report itself says to be another name of a thing: "Malian Armed Forces (FAMa)", "vehicle, a pickup truck".

Read from the text of the reports that are asked, when they are first asked, as lines of a lexicon that holds for them
alone.
"""

import re
from collections.abc import Iterable, Iterator

from retrieval.language import language
from retrieval.words.lexicon import Lexicon

_ACRONYM = r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*"
_BRACKETED = re.compile(rf"\(({_ACRONYM})\)")
_SPELT_OUT = re.compile(rf"\b({_ACRONYM})\s\(([^()\n]{{3,80}})\)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_THING = re.compile(r"[^\W\d_]{3,}\Z")
_SAID = re.compile(r"[^\W\d_]{3,}(?:\s[^\W\d_]{3,}){0,2}(?=[,.;)])")
_LONGEST = 30  # code points of a word before a comma
_WORDS = 8  # that an acronym stands for at most
_LETTERS = 10  # of an acronym at most
_BEFORE = 120  # code points before a bracket that are looked at
_LISTED = 500  # names of one kind that are kept; a hostile text may hold any number


def names(texts: Iterable[str], tag: str) -> Lexicon:
    """The other names that ``texts`` in the language of that tag give, as a lexicon."""
    same: dict[str, None] = {}
    loose: dict[str, None] = {}
    articles = "|".join(map(re.escape, language(tag).questions.get("apposing", "").split()))
    for text in texts:
        if "(" in text:
            same.update(dict.fromkeys(_acronyms(text)))
        if articles:
            loose.update(dict.fromkeys(_appositions(text, articles)))
    tables = {"same": list(same)[:_LISTED], "loose": list(loose)[:_LISTED]}
    return Lexicon({name: "\n".join(lines) for name, lines in tables.items()}, language(tag))


def _acronyms(text: str) -> Iterator[str]:
    """Lines such as "FAMa, Malian Armed Forces"."""
    for found in _BRACKETED.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if meaning := _meaning(found[1], before[max(map(before.rfind, ".;:,\n()")) + 1 :]):
            yield f"{found[1]}, {meaning}"
    for found in _SPELT_OUT.finditer(text):
        if (meaning := _meaning(found[1], found[2])) and len(meaning.split()) == len(found[2].split()):
            yield f"{found[1]}, {meaning}"


def _meaning(acronym: str, before: str) -> str | None:
    """The last words of ``before`` that the acronym stands for: the fewest whose first letters give its capitals, in
    any order, since that may be another language's ("Forces armées maliennes")."""
    capitals = sorted(letter for letter in acronym if letter.isupper())
    if len(acronym) > _LETTERS:
        return None
    words = [m.group() for m in _WORD.finditer(before)]
    for count in range(2, min(len(words), _WORDS) + 1):
        chosen = words[-count:]
        initials = sorted(word[0] for word in chosen if word[0].isupper())
        if initials == capitals and chosen[0][0].isupper():
            return " ".join(chosen)
    return None


def _appositions(text: str, articles: str) -> Iterator[str]:
    """Lines such as "vehicle, pickup truck", of what stands after a comma and one of the ``articles``."""
    for found in re.finditer(rf",\s(?:{articles})\s", text):
        thing = _THING.search(text, max(0, found.start() - _LONGEST), found.start())
        said = _SAID.match(text, found.end())
        if thing and said:
            yield f"{thing[0]}, {said[0]}"
