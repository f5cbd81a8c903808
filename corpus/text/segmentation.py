"""Where the sentences of a passage begin and end.

The spans tile the text: white space belongs to the sentence before it, and no character is lost or changed. Quotes show
whole sentences, so where the signs disagree two sentences stay together rather than one being cut in two. One compiled
pattern finds the places where a sentence might end; small rules, one a reason, decide.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.passage import Span

# Between a stop and the blank after it: quotes and brackets closed, emphasis, footnote marks, "[citation needed]".
_CLOSERS = (
    r"(?:[\"”’')\]}›*†‡_¹²³⁰⁴-⁹]|“(?=\s)|[ \u00a0\u202f]?»|\[[^\[\]\n]{1,20}\]"
    r"|(?:(?<=[^\W\d][.!?])|(?<=[.!?][\"”’]))(?:\d{1,3}(?:,\d{1,3})*|:\d{1,4}(?:[,–-]\d{1,4})*)(?=\s))*"
)
_STOPS = ".!?…؟۔।॥։።។။"
_BULLETS = "*•‣▪◦·"
_LIST_ITEM = rf"(?:[{_BULLETS}–—-]|\(?(?:\d{{1,3}}|[a-z]|[ivxl]{{2,6}}|aa|bb|cc|dd|ee)[.)])\s"
_CANDIDATE = re.compile(
    rf"(?P<stop>(?<![{_STOPS}])[{_STOPS}]++)(?P<close>{_CLOSERS})(?P<gap>\s++)(?=[^a-z])"
    r"|(?P<wide>[。！？]+[”’」』）)》\"]*\s*)"
    r"|(?P<glued>(?<=[^\W\d_A-Z]{2})[.!?][”’]?(?=[“\"]?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'\s]))"
    r"|(?P<clause>;\s+)(?=\d{1,3}(?:\.\d{1,3}){1,2}\.?\s+[A-ZÀ-Þ])"
    rf"|(?P<line>\n[^\S\n]*(?:\n\s*|(?={_LIST_ITEM})))"
)
_LAST_WORD = re.compile(r"(?:[^\W_]+[.’'-])*[^\W_]+\Z")
_ELIDED = re.compile(r"\A(?:[cdjlmnst]|qu)[’'](?=[^\W\d_]{2})", re.IGNORECASE)  # "l’art. 9"
_NEXT_WORD = re.compile(r"\W{0,12}([^\W_]+)(\.?)")
_AT_LIST_ITEM = re.compile(_LIST_ITEM)
_ENUMERATOR = re.compile(r"\s*[(\[*]{0,2}(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,6})[)\]]?\Z")
_IN_PARENTHESES = re.compile(r"\((?:[a-z]{1,4}|\d{1,3})\)\s")
_ROMAN = re.compile(r"[IVXLC]+\b")
# What a sentence may begin with that is no letter and no digit.
_OPENERS = frozenset("\"'“‘„«‹([{¿¡*_—–-•‣▪◦·§#@$€£「『（《")

# `“… ?” Mr. Keita asked.` goes on after the quote.
_SPEECH = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|added|told|wondered|replied|warned|wrote|cried|shouted)\b"
)


class _Words(NamedTuple):
    """The lists of ``segmentation.toml``, where each is explained."""

    titles: frozenset[str]
    goes_on: frozenset[str]
    counted: frozenset[str]
    open_ended: frozenset[str]
    beginners: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    domains: frozenset[str]


@cache
def _words() -> _Words:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return _Words(**{name: frozenset(words.split()) for name, words in lists.items()})


def beginners() -> frozenset[str]:
    """Words that commonly begin a sentence, as they are written there."""
    return _words().beginners


def is_abbreviated(word: str) -> bool:
    """Whether a stop after ``word`` ends no sentence, since a name, a number or more is to come: "Mr", "No", "J"."""
    words = _words()
    low = word.lower()
    is_title = low in words.titles and word[:1].isupper()
    return is_title or low in words.goes_on or low in words.counted or (len(word) == 1 and word.isupper())


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` as spans that tile it, in order; none for an empty text."""
    spans = []
    start = 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.end() == len(text):
            break
        end = _RULES[candidate.lastgroup or ""](text, start, candidate)
        if end:
            spans.append(Span(start, end))
            start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return tuple(spans)


def _after_wide_stop(_text: str, _start: int, candidate: re.Match[str]) -> int:
    """Chinese and Japanese stops need no blank after them and mark nothing else."""
    return candidate.end()


def _after_clause(_text: str, _start: int, candidate: re.Match[str]) -> int:
    """A clause that another follows with a number in dots: "3.1 Drill wells; 3.2 Repair the dam"."""
    return candidate.end()


def _after_line(text: str, start: int, candidate: re.Match[str]) -> int:
    """A blank line ends a sentence; so does the end of a line before a list item, if it is not merely wrapped there."""
    at, end = candidate.span()
    before = text[max(start, at - 80) : at].rstrip()
    if not before:
        return 0
    sure = "\n" in candidate["line"][1:] or text[end] in _BULLETS
    return end if sure or before[-1] in ".;:!?" or _AT_LIST_ITEM.match(text, start) else 0


def _after_glued(text: str, start: int, candidate: re.Match[str]) -> int:
    """A missing blank, "accountability.The experts"; but no address, file name or abbreviation."""
    words = _words()
    at, end = candidate.span()
    left = text[max(start, at - 80) : at].split()[-1]
    right = text[end : end + 80].split(maxsplit=1)[0]
    address = any(sign in left + right for sign in "/@\\_") or left.startswith("www")
    if address or right.strip('"“.,;') in words.domains:
        return 0
    word = _LAST_WORD.search(left)
    if word and word[0].lower() in words.titles | words.goes_on | words.counted | words.open_ended:
        return 0
    # A straight quote sign closes here if it was opened in this sentence.
    closes = text[end] == '"' and text.count('"', start, at) % 2 == 1
    return end + closes


def _after_stop(text: str, start: int, candidate: re.Match[str]) -> int:
    """A stop with white space after it."""
    stop, close, gap = candidate.group("stop", "close", "gap")
    at, end = candidate.span()
    if "\n" in gap and (gap.count("\n") > 1 or _AT_LIST_ITEM.match(text, end)):
        return end
    if not _may_begin_sentence(text, end):
        return 0
    if stop != ".":
        return 0 if _is_omission(text, start, at, stop) or (close and _SPEECH.match(text, end)) else end
    return end if _full_stop_ends_sentence(text, start, at, close=close, end=end) else 0


def _may_begin_sentence(text: str, at: int) -> bool:
    """Whether a sentence may begin at ``at``: with no small letter, or with opening signs and then no small letter."""
    first = text[at]
    if first.isalnum():
        return not first.islower()
    if first not in _OPENERS:
        return False
    word = _NEXT_WORD.match(text, at)
    return word is None or not word[1][0].islower() or _IN_PARENTHESES.match(text, at) is not None


def _is_omission(text: str, start: int, at: int, stop: str) -> bool:
    """Dots that stand for words left out, not for an end: "[...]", "the ... army"."""
    return stop[0] in ".…" and (at == start or text[at - 1].isspace() or text[at - 1] in "[(")


def _full_stop_ends_sentence(text: str, start: int, at: int, close: str, end: int) -> bool:
    """Whether a single full stop at ``at`` ends the sentence, by the word before it and the word at ``end``."""
    if at == start or text[at - 1].isspace() or (at - start < 10 and _ENUMERATOR.match(text[start:at])):
        return False
    found = _LAST_WORD.search(text, max(start, at - 24), at)
    if found is None:
        return True
    words = _words()
    word = _ELIDED.sub("", found[0])
    low = word.lower()
    if close[:1] == ":" or close[:1].isdigit():  # "killed.12 The" has a footnote, "No.12 The" and "H.264 The" none
        return len(word) > 1 and low not in words.counted
    if low in words.counted and (text[end].isdigit() or text[end] in "([§" or _is_roman(word, text, end)):
        return False
    if (low in words.goes_on and word != "V") or (low in words.titles and word[0].isupper()):
        return False
    if low in words.clock:
        return _next_word(text, end) not in words.after_clock
    if low in words.open_ended or _is_dotted_or_initial(word):
        return ")" not in close and _next_word(text, end) in words.beginners
    return not (low == "etc" and ")" in close)


def _is_roman(word: str, text: str, at: int) -> bool:
    """Whether a Roman numeral follows an abbreviation with a capital: "Vol. IV", but "He said no. I left"."""
    return word[0].isupper() and _ROMAN.match(text, at) is not None


def _is_dotted_or_initial(word: str) -> bool:
    """Whether ``word`` is an initial ("J") or letters with dots between ("U.N", "D.C")."""
    if len(word) == 1:
        return word.isupper()
    return "." in word and all(part.isalpha() and len(part) <= 2 for part in word.split("."))


def _next_word(text: str, at: int) -> str:
    """The word at ``at``, past quotes and brackets; an initial keeps its dot, and so is no common beginner."""
    word = _NEXT_WORD.match(text, at)
    if word is None:
        return ""
    return word[1] + (word[2] if len(word[1]) == 1 else "")


_RULES = {
    "gap": _after_stop,
    "wide": _after_wide_stop,
    "glued": _after_glued,
    "clause": _after_clause,
    "line": _after_line,
}
