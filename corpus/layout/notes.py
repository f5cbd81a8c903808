"""What is a footnote, and where is it called? Notes begin with a number without a stop that the text above calls."""

import re
from collections.abc import Iterator, Sequence

from corpus.layout import shapes
from corpus.layout.lines import Line
from corpus.passage import Span
from corpus.patterns import lazily
from corpus.sentences import is_abbreviated

_RAISED = {0xB9: "1", 0xB2: "2", 0xB3: "3", 0x2070: "0", 0x2074: "4", 0x2075: "5", 0x2076: "6"} | {
    0x2077: "7",
    0x2078: "8",
    0x2079: "9",
}
_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_COUNTED = lazily(r"[\d⁰¹²³⁴-⁹]")
_NOTE = lazily(r"(?P<number>\d{1,3}|[⁰¹²³⁴-⁹]{1,3})(?:\s+(?=[^\W\d_]|[\"“‘«(\[])|(?=[A-Z\"“][a-z]))")
_ALONE = lazily(r"(?P<number>\d{1,3})")
_ABBREVIATION = lazily(r"([^\W\d_]+)\.\Z")
_STOPPED = lazily(r"(?P<number>\d{1,3})[.)]\s")
_RULES = "_—–-"
_RULE = lazily(r"[_—–-]{5,}")
# A number behind a word or behind a stop, without a blank; or with one, where a sentence ends and another begins.
_CALL = lazily(
    r"(?P<word>(?<![\w.])[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*)(?P<glued>\d{1,3})(?=[\s.,;:)”\"]|$)"
    r"|(?<=[^\W\d_][.,;:!?”\"’»)\]])(?P<stop>\d{1,3}(?:,\s?\d{1,3})*)(?=\s|$)"
    r"|(?<=(?<!\d)[12]\d\d\d[.,;])(?P<year>\d{1,3})(?=\s+[A-Z“]|$)"
    r"|(?<=[a-zà-ÿ0-9)][.!?”\"»]) (?P<blank>\d{1,3})(?:(?= (?P<next>[^\W\d_]+))|$)"
    r"|(?P<raised>(?<!\b[mk])(?<!\b[mkcd]m)(?<=[\w.,;:!?”\"’»)\]])[⁰¹²³⁴-⁹]+)"
)


def notes(lines: Sequence[Line], skip: frozenset[int]) -> list[list[int]]:
    """The places of the lines of each footnote, in order; lines at ``skip`` belong to no note."""
    found: list[list[int]] = []
    last = 0  # the number of the last note
    is_inside = False
    above = ""
    rule: list[int] = []
    is_ruled = False  # whether the notes stand under a rule
    for place, line in enumerate(lines):
        if place in skip:
            continue
        if line.text[:1] in _RULES and _RULE.fullmatch(line.text):
            rule, is_inside = [place], False
            continue
        number = _number(line, lines[place + 1] if place + 1 < len(lines) else None, is_ruled=bool(rule) or is_ruled)
        is_ruled = bool(number) and (bool(rule) or is_ruled)
        is_new_page = place > 0 and line.page != lines[place - 1].page
        follows = is_inside and number == last + 1
        if number and (
            follows or ((line.gap_before or rule) and not is_new_page and (is_ruled or _calls(above, number)))
        ):
            found.append([*rule, place])
            last, is_inside = number, True
        elif is_inside and not line.gap_before and not is_new_page:
            found[-1].append(place)
        else:
            is_inside = False
            above = above[-4000:] + "\n" + line.text
        rule = []
    return found


def _number(line: Line, after: Line | None, *, is_ruled: bool) -> int:
    """The number that a note would have which begins with a line; it may have that line to itself, and a stop behind
    it under a rule."""
    if not _begins_number(line.text):
        return 0
    match = _NOTE.match(line.text) or (_STOPPED.match(line.text) if is_ruled else None)
    if match is None and after is not None and not after.gap_before and after.page == line.page:
        match = _ALONE.fullmatch(line.text)
    return int(match["number"].translate(_RAISED)) if match else 0


def _begins_number(text: str) -> bool:
    return text[:1].isdecimal() or text[:1] in _DIGITS


def number_of(note: str) -> str:
    """The number that a footnote begins with."""
    found = _NOTE.search(note) or _ALONE.search(note)
    return str(int(found["number"].translate(_RAISED))) if found else ""


def _is_counted(text: str, at: int) -> bool:
    """Whether a number at ``at`` belongs to the word before it: "p.91", "No.12"."""
    word = _ABBREVIATION.search(text, max(0, at - 20), at)
    return word is not None and (len(word[1]) == 1 or is_abbreviated(word[1]))


def _calls(text: str, number: int) -> bool:
    """Whether the text before calls a note of that number."""
    return any(number in numbers for numbers in (_numbers(found) for found in _CALL.finditer(text)))


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    told = next(found[name] for name in ("glued", "stop", "year", "blank", "raised") if found[name])
    return tuple(int(part) for part in re.findall(r"\d+", told.translate(_RAISED)))


def calls(text: str) -> Iterator[Span]:
    """The calls of footnotes in a whole text: "petitions3", "killed.12 The", "in part. 68 The", "¹²"."""
    if not _COUNTED.search(text):  # a tenth of the time of looking for a call
        return
    found = list(_CALL.finditer(text))
    names: dict[str, int] = {}  # "covid19" comes again
    for match in found:
        if match["glued"]:
            names[match[0].casefold()] = names.get(match[0].casefold(), 0) + 1
    for match in found:
        name = next(name for name in ("glued", "stop", "year", "blank", "raised") if match[name])
        if name == "glued" and (names[match[0].casefold()] > 1 or not match["word"][1:].islower()):
            continue
        if name == "stop" and _is_counted(text, match.start("stop")):
            continue
        if name == "blank" and match["next"] and not shapes.begins_sentence_after_call(match["next"]):
            continue
        yield Span(*match.span(name))
