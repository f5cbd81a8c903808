"""What is a footnote, and where is it called? Notes begin with a number without a stop that the text above calls."""

import re
from collections.abc import Iterator, Sequence

from corpus.layout import shapes
from corpus.layout.lines import Line
from corpus.passage import Span
from corpus.text.patterns import lazily
from corpus.text.segmentation import is_abbreviated

_RAISED = {0xB9: "1", 0xB2: "2", 0xB3: "3", 0x2070: "0", 0x2074: "4", 0x2075: "5", 0x2076: "6"} | {
    0x2077: "7",
    0x2078: "8",
    0x2079: "9",
}
_NOTE = lazily(r"(?P<number>\d{1,3}|[⁰¹²³⁴-⁹]{1,3})(?:\s+(?=[^\W\d_]|[\"“‘«(\[])|(?=[A-Z\"“][a-z]))")
_ALONE = lazily(r"(?P<number>\d{1,3})")
_ABBREVIATION = lazily(r"([^\W\d_]+)\.\Z")
_STOPPED = lazily(r"(?P<number>\d{1,3})[.)]\s")
_NAMES = ("glued", "stop", "run", "square", "round", "year", "blank", "raised")
_RULE = lazily(r"[_—–-]{5,}")
# Other ways to set the number of a note: "[1] Ibid.", "(1) Ibid.", "1. Ibid.", "1/ Ibid.", "[^1]: Ibid.", "Note 1: …"
_SET = lazily(
    r"(?:(?:notes?\s+)?[(\[]?\^?(?P<number>\d{1,3})(?:[])]:?|[./:])|(?P<sign>[*†‡§]{1,3}))\s*(?=\S)",
    re.IGNORECASE,
)
_SIGNED = lazily(r"(?<=[\w.,;:!?”\"’»)])(?P<sign>[*†‡]{1,3})(?=[\s.,;:)]|$)")
_ENCLOSED = r"(?<=\S) ?[(\[]\^?{}[)\]](?=[\s.,;:)”\"]|$)"
_LINE = 200  # code points of the end of the text above that are looked at
_SHORTEST = 3  # words of a line that a sentence goes on from
_REACH = 30  # lines within which the text goes on after notes
_WITHIN = 6  # lines of a note that stands at the end of a page without a gap before it
# A number after a word or after a stop, without a blank; or with one, where a sentence ends and another begins.
_CALL = lazily(
    r"(?P<word>(?<![\w.])[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*)(?P<glued>\d{1,3})(?=[\s.,;:)”\"]|$)"
    r"|(?:(?<=[^\W\d_][.,;:!?”\"’»)\]])|(?<=[”\"’»)\]%][.,;:!?]))(?P<stop>\d{1,3}(?:(?:,\s?|[-–])\d{1,3})*)(?=\s|$)"
    r"|(?<=[^\W\d_]{2}[.!?])(?P<run>\d{1,3})(?=[A-Z][a-z]+ )"
    r"|(?<=[\w.,;:!?”\"’»)](?=\[))(?P<square>\[\d{1,3}\])(?=[\s.,;:)”\"]|$)"
    r"|(?<=[\w”\"’»)][.,;:!?”\"’»])(?P<round>\(\d{1,3}\))(?=\s|$)"
    r"|(?<=(?<!\d)[12]\d\d\d[.,;])(?P<year>\d{1,3})(?=\s+[A-Z“]|$)"
    r"|(?<=[a-zà-ÿ0-9)][.!?”\"»]) (?P<blank>\d{1,3})(?:(?= (?P<next>[^\W\d_]+))|$)"
    r"|(?P<raised>(?<!\b[mk])(?<!\b[mkcd]m)(?<=[\w.,;:!?”\"’»)\]])[⁰¹²³⁴-⁹]+)"
)
# What each of these ways needs: a digit after a letter, a stop or a bracket, or a raised one.
_MAY_CALL = lazily(
    r"[\d⁰¹²³⁴-⁹](?:(?<=[⁰¹²³⁴-⁹])|(?<=[^\W\d_]\d)|(?<=\D[.,;:!?”\"’»)\]%]\d)|(?<=[12]\d\d\d[.,;]\d)"
    r"|(?<=[.!?”\"»] \d)|(?<=[.,;:!?”\"’»]\(\d)|(?<=[\w.,;:!?”\"’»)]\[\d))"
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
        if _RULE.fullmatch(line.text):
            rule, is_inside = [place], False
            continue
        number = _number(line, lines[place + 1] if place + 1 < len(lines) else None, is_ruled=bool(rule) or is_ruled)
        is_ruled = bool(number) and (bool(rule) or is_ruled)
        is_new_page = place > 0 and line.page != lines[place - 1].page
        follows = is_inside and number == last + 1
        is_apart = bool(line.gap_before or rule) or _ends_page(lines, place, above)
        if number and (follows or (is_apart and not is_new_page and (is_ruled or _calls(above, number)))):
            found.append([*rule, place])
            last, is_inside = number, True
        elif not is_new_page and _is_set(lines, place, skip, above=above, last=last if is_inside else 0):
            found.append([*rule, place])
            set_so = _SET.match(line.text)
            last, is_inside = int((set_so and set_so["number"]) or 0), True
        elif is_inside and not line.gap_before and not is_new_page:
            found[-1].append(place)
        else:
            is_inside = False
            above = above[-4000:] + "\n" + line.text
        rule = []
    return found


def _ends_page(lines: Sequence[Line], place: int, above: str) -> bool:
    """Whether a line that stands right under an unfinished sentence, with those under it, ends a page."""
    page = lines[place].page
    if not lines[place].text[-1:] or not shapes.ends_open(above[-_LINE:]):
        return False
    for line in lines[place + 1 : place + 1 + _WITHIN]:
        if line.page != page:
            return True
        if line.gap_before:
            return False
    return False


def _is_set(lines: Sequence[Line], place: int, skip: frozenset[int], above: str, last: int) -> bool:
    """Whether a line begins a note whose number is set as those of paragraphs and items are, or that has a sign.

    It is called above, and a sentence goes on after it; a note on its own line may follow another.
    """
    match = _SET.match(lines[place].text)
    if match is None:
        return False
    if match["sign"]:
        return _has_sign(above, match["sign"]) and (match["sign"][0] != "*" or _tears(lines, place, skip, above))
    number = int(match["number"])
    if shapes.begins_small(lines[place].text[match.end() :]) or lines[place].text.endswith((";", ":")):
        return False  # an item of a list
    if last and number == last + 1:
        return True
    is_called = _calls(above, number) or re.search(_ENCLOSED.format(number), above) is not None
    told = lines[place].text[: match.end("number") + 1]
    is_alike = told[0] == "[" and told in re.sub(r"(?:\n|\s)\[", " (", above)  # no paragraph is numbered so
    return bool(lines[place].gap_before) and is_called and (is_alike or _tears(lines, place, skip, above))


def _has_sign(above: str, sign: str) -> bool:
    """Whether the text above has a sign after a word that does not close what another opened: "*so*"."""
    return any(
        found["sign"] == sign and above.count(sign[0], above.rfind("\n", 0, found.start()) + 1, found.start()) == 0
        for found in _SIGNED.finditer(above)
    )


def _tears(lines: Sequence[Line], place: int, skip: frozenset[int], above: str) -> bool:
    """Whether the sentence above goes on after the lines at ``place`` and those that follow without a gap."""
    last = above[-_LINE:].rpartition("\n")[2]
    if not last or shapes.ends_clause(last) or (len(last.split()) < _SHORTEST and not shapes.ends_open(last)):
        return False
    is_gap = False
    for at in range(place + 1, min(len(lines), place + _REACH)):
        line = lines[at]
        is_gap = is_gap or bool(line.gap_before) or line.page != lines[place].page
        if at in skip:
            continue
        if _SET.match(line.text) or _NOTE.match(line.text):
            is_gap = False  # what follows without another gap goes on with that
            continue
        if is_gap:
            return shapes.begins_small(line.text) or shapes.ends_open(last)
    return False


def _number(line: Line, after: Line | None, *, is_ruled: bool) -> int:
    """The number that a note would have which begins with a line; it may have that line to itself, and a stop after
    it under a rule."""
    match = _NOTE.match(line.text) or (_STOPPED.match(line.text) if is_ruled else None)
    if match is None and after is not None and not after.gap_before and after.page == line.page:
        match = _ALONE.fullmatch(line.text)
    return int(match["number"].translate(_RAISED)) if match else 0


def number_of(note: str) -> str:
    """The number that a footnote begins with."""
    found = _NOTE.search(note) or _ALONE.search(note)
    if found is None:
        return ""
    return str(int(found["number"].translate(_RAISED)))


def _is_counted(text: str, at: int) -> bool:
    """Whether a number at ``at`` belongs to the word before it: "p.91", "No.12"."""
    word = _ABBREVIATION.search(text, max(0, at - 20), at)
    return word is not None and (len(word[1]) == 1 or is_abbreviated(word[1]))


def _calls(text: str, number: int) -> bool:
    """Whether the text before calls a note of that number."""
    return any(number in numbers for numbers in (_numbers(found) for found in _CALL.finditer(text)))


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    told = next(found[name] for name in _NAMES if found[name])
    return tuple(int(part) for part in re.findall(r"\d+", told.translate(_RAISED)))


def calls(text: str) -> Iterator[Span]:
    """The calls of footnotes in a whole text: "petitions3", "killed.12 The", "in part. 68 The", "¹²"."""
    if not _MAY_CALL.search(text):  # a twentieth of the time of looking for a call
        return
    found = list(_CALL.finditer(text))
    names: dict[str, int] = {}  # "covid19" comes again
    for match in found:
        if match["glued"]:
            names[match[0].casefold()] = names.get(match[0].casefold(), 0) + 1
    for match in found:
        name = next(name for name in _NAMES if match[name])
        if name == "glued" and (names[match[0].casefold()] > 1 or not match["word"][1:].islower()):
            continue
        if name == "stop" and _is_counted(text, match.start("stop")):
            continue
        if name == "blank" and match["next"] and not shapes.begins_sentence_after_call(match["next"]):
            continue
        yield Span(*match.span(name))
