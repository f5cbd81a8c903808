"""What stands before the text of a court's judgment: its number, its date, its parties, the court and the judges.

Nothing of it is a title by its shape, so that all of it is looked at together: a case is called by its parties.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.document import Role
from corpus.layout import mastheads, shapes
from corpus.layout.dates import date_in
from corpus.layout.paragraphs import Piece
from corpus.text.patterns import lazily

_MOST = 90  # pieces among which the front of a judgment ends
_LONGEST = 30  # words of what tells of a judgment; more are text, as the head-note is
_LONGEST_PARTY = 20
_NEAR = 30  # lines among which a case is named, where nothing says that its parties follow
_FAR = 1000  # characters of a paragraph that is none of it

_NEUTRAL = lazily(r"(?P<told>\[(?:19|20)\d\d\]\s+(?:[A-Z][A-Za-z]{1,7}\s+){1,2}\d{1,5}(?:\s*\([A-Za-z]{2,8}\))?)")
_LABELLED = lazily(
    r"(?:\w{1,5}\s)?(?:neutral citation|ncn)\b|(?:\w{1,5}\s)?(?:case|appeal|claim|file|docket|application)s?\s*"
    r"(?:nos?\b|numbers?|refs?\b|n°|:)[.:\s]*(?=\S*\d)|no\.?\s*:\s*(?=[A-Z]{2,5}-\d)"
    r"|\((?:applications?|requêtes?) n(?:os?|°)",
    re.IGNORECASE,
)
_NUMBER = lazily(r"[A-Z]{0,5}[-/]?\d[\w./-]*\d\w{0,3}(?:-[A-Z]{1,2}\b)?|[A-Z]{2,5}-\d[\w./-]*")
_NAMED = lazily(r"(?:the\s)?(?:case of|affaire)\s+(?P<told>.*\S\s+(?:v\.?|c\.|and|contre)\s+\S.*)", re.IGNORECASE)
_AGAINST = lazily(r"\W*(?:v|vs|versus|contre|c|and|et)\W*", re.IGNORECASE)
_PARTED = lazily(r"[^\W\d_]{2}.*\s[-–—]?\s?(?:v|vs|versus)\.?\s?[-–—]?\s+\S.*", re.IGNORECASE)
_FOLLOWED = lazily(r"[-–—\s]*(?:v|vs|versus)\.?[-–—\s]+(?P<told>\S.*)", re.IGNORECASE)  # "- v - TALL"
_STOPS = lazily(r"\W*(?:judge?ment|on appeal|in the|transcribed|computer)\b|\(", re.IGNORECASE)  # after a party
_JUDGES = lazily(r"\s+(?:before|\((?:scotland|northern ireland)\)).*", re.IGNORECASE)  # after a case's name
_BETWEEN = lazily(r"\W*(?:between|entre)\W*", re.IGNORECASE)
_BEFORE = lazily(r"\W*(?:before|devant|tribunal|the court)\s*:?\W*", re.IGNORECASE)
_WHAT = lazily(
    r"\W*(?:(?:approved |draft |final |public )?(?:judge?ments?|decision(?: and reasons)?|arrêt|ruling|opinion)"
    r"(?:\s*\W*\s*(?:approved|pursuant|under|on)\b.*)?|j\s?u\s?d\s?g\s?m\s?e\s?n\s?t)\W*",
    re.IGNORECASE,
)
_COURT = lazily(
    r"\b(?:courts?|tribunal|chamber|division|list|strasbourg|registry|house of lords|session|sitting|section|"
    r"kammer|cour|supreme|royal courts|circuit)\b",
    re.IGNORECASE,
)
_ROLE = lazily(
    r"\s*[|,–-]?\s*\(?\b(?:(?:first|second|third|fourth|fifth|\d(?:st|nd|rd|th))\s+(?:to\s+\w+\s+)?)?"
    r"(?:appellant|respondent|claimant|defendant|applicant|petitioner|plaintiff|appelante?|intimée?|requérante?"
    r"|interested part(?:y|ies)|intervener)s?\b\)?(?:/\s*(?:appellant|respondent|claimant|defendant)s?)?\W*\Z",
    re.IGNORECASE,
)
_COUNTED = lazily(r"\s*\(\d{1,2}\)\s*")  # parties of one side
_JUDGE = lazily(
    r"\b(?:(?:lord|lady)\s(?:chief\s)?justice|(?:mr|mrs|ms)\.?\s+justice|judges?|president|registrar|presiding)\b"
    r"|\b(?:qc|kc|j|lj)\b\s*\Z|\A(?:lord|lady|sir|dame)\s",
    re.IGNORECASE,
)
_HEARING = lazily(r"\b(?:hearings?|heard|trial dates?|sitting)\b", re.IGNORECASE)
_COUNSEL = lazily(
    r"\b(?:instructed by|counsel|for the (?:appellant|respondent|claimant|defendant|applicant|crown|prosecut)\w*"
    r"|on behalf of the|appeared|solicitors?|representation|appearances)\b",
    re.IGNORECASE,
)
_GIVEN = lazily(
    r"(?:(?:date(?: of)?(?: judge?ment| decision| release| hand(?:ing|ed)[ -]down)?"
    r"|(?:judge?ment|decision)(?: (?:of|given|delivered|handed down|dated|date))?(?: on)?"
    r"|(?:handed down|delivered|dated|promulgated)(?: on)?)\s*:?\s*)",
    re.IGNORECASE,
)
_DATE_AFTER = lazily(r"\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,9}\s+\d{4}\Z", re.IGNORECASE)
_COLUMNS = lazily(r"\s{3,}")
_RULE = lazily(r"[\W_]*")


class Front(NamedTuple):
    """What stands before a judgment's text: how many pieces it takes, and what it tells."""

    pieces: int
    title: str
    symbol: str | None
    date: dt.date | None


def front(pieces: Sequence[Piece]) -> Front | None:
    """The front of a judgment that a document begins with; ``None`` where it is no judgment, or none can be named."""
    lines = [(place, line) for place, piece in enumerate(pieces[: _end(pieces)]) for line in _lines(piece)]
    if not _is_judgment([line for _, line in lines]):
        return None
    title = _title([line for _, line in lines])
    if not title:
        return None
    last = max((place for place, line in lines if _tells(line)), default=0)
    texts = [line for _, line in lines]
    return Front(last + 1, title, _symbol(texts), _date(texts))


def set_apart(pieces: Sequence[Piece], found: Front) -> None:
    """Give the pieces of a front their role; what is long enough to be text stays it."""
    for piece in pieces[: found.pieces]:
        text = " ".join(piece.text.split()).strip("#*_ ")
        if len(text.split()) > _LONGEST and not _COUNSEL.search(text):
            continue
        is_name = text == found.title
        piece.role, piece.number, piece.level = (Role.TITLE if is_name else Role.MASTHEAD), "", None
        piece.heading = found.title if is_name else ""


def _end(pieces: Sequence[Piece]) -> int:
    """Where the front must end: at the first numbered paragraph, or the first one that is long."""
    for place, piece in enumerate(pieces[:_MOST]):
        is_first = piece.number in ("1", "A") and len(piece.text.split()) > _LONGEST_PARTY // 2
        if is_first and piece.role is Role.TEXT:
            return place
    return min(len(pieces), _MOST)


def _lines(piece: Piece) -> list[str]:
    """The lines of a piece, without marks; those of a name that goes on, as one."""
    if len(piece.text) > _FAR:
        return []
    told = [line.text for line in piece.lines] if len(piece.lines) > 1 else piece.text.split("\n")
    cells = (cell for text in told for cell in (_COLUMNS.split(text) if "   " in text else (text,)))
    clean = [cell.strip("#*_ ") for cell in cells]
    whole = " ".join(clean)
    is_wrapped = (
        len(clean) > 1 and (_NAMED.match(whole) or _PARTED.fullmatch(whole)) and not any(map(_is_against, clean))
    )
    return [whole] if is_wrapped else clean


def _is_judgment(lines: Sequence[str]) -> bool:
    """Whether there are signs enough: a number of a case, its parties, what the document is, judges or a court."""
    is_numbered = any(_NEUTRAL.match(line) or _LABELLED.match(line) or _is_citation(line) for line in lines)
    is_called = any(
        _NAMED.match(line) or _BETWEEN.fullmatch(line) or _is_amid(line) or _is_against(line) for line in lines
    )
    is_what = any(_WHAT.fullmatch(line) for line in lines)
    is_court = any(len(line.split()) < _LONGEST_PARTY and _COURT.search(line) for line in lines)
    return is_numbered and is_called and (is_what or is_court)


def _is_citation(line: str) -> bool:
    found = _NEUTRAL.search(line)
    return found is not None and len(line.split()) <= _LONGEST_PARTY


def _is_against(line: str) -> bool:
    """Whether a line stands between two parties, "- and -", or holds both: "Tall (Appellant) v Brandt (Respondent)"."""
    if len(line) < 12 and _AGAINST.fullmatch(line):
        return False
    return len(line.split()) <= _LONGEST and not shapes.ends_sentence(line) and _PARTED.fullmatch(line) is not None


def _tells(line: str) -> bool:
    """Whether a line is one of those that stand before a judgment."""
    if len(line.split()) > _LONGEST and not _COUNSEL.search(line):
        return False
    forms = (_WHAT, _AGAINST, _BETWEEN, _BEFORE)
    return (
        any(form.fullmatch(line) is not None for form in forms)
        or _NEUTRAL.match(line) is not None
        or _LABELLED.match(line) is not None
        or _NAMED.match(line) is not None
        or _given(line) is not None
        or (_COUNSEL.search(line) is not None and shapes.number_of(line) == "")
        or (_HEARING.match(line) is not None and any(map(str.isdigit, line)))
        or (_ROLE.search(line) is not None and _ROLE.sub("", line).strip(" |") != line and len(line.split()) <= 4)
        or mastheads.is_masthead(line)
    )


def _title(lines: Sequence[str]) -> str:
    """What the case is called: by a line that says it, else by its parties."""
    between = next((n + 1 for n, line in enumerate(lines) if _BETWEEN.fullmatch(line)), 0)
    for line in lines[: between or _NEAR]:  # other cases are named after the parties
        if _NAMED.match(line) or _is_named(line):
            return _without_citation(line)
    for start in dict.fromkeys((between, 0)):
        places = range(start, len(lines))
        at = next((n for n in places if _is_amid(lines[n]) or (start and _AGAINST.fullmatch(lines[n]))), None)
        whole = next((line for line in lines[start:at] if _is_against(line)), "")
        told = _without_citation(whole) or ("" if at is None else _parties(lines[start:at], lines[at], lines[at + 1 :]))
        if told:
            return told
    return ""


def _is_named(line: str) -> bool:
    """Whether the name of a case stands before its citation: "Tall (pumps) [2022] UKUT 116 (IAC)"."""
    found = _NEUTRAL.search(line)
    is_short = found is not None and found.start() > 0 and len(line.split()) <= _LONGEST_PARTY
    return (
        found is not None
        and is_short
        and found.end() == len(line)
        and not _LABELLED.match(line)
        and line[found.start() - 2 : found.start() - 1] != ":"
    )


def _without_citation(line: str) -> str:
    found = _NEUTRAL.search(line)
    name = line[: found.start()] if found and found.start() else line
    return _JUDGES.sub("", name).strip(" ,-–")


def _is_amid(line: str) -> bool:
    """Whether a line stands between the parties, or between them and before the second."""
    is_short = len(line) < 12 and _AGAINST.fullmatch(line) is not None
    is_bare = line.strip().lower() in ("and", "et", "c", "c.")  # so it stands between the names of judges too
    return (is_short and not is_bare) or _FOLLOWED.fullmatch(line) is not None


def _parties(before: Sequence[str], amid: str, after: Sequence[str]) -> str:
    """The names of both sides; of one side several stand below each other."""
    told = _FOLLOWED.fullmatch(amid)
    first = _side(list(reversed(before)))[::-1]
    second = [told["told"]] if told else _side(after)
    return f"{_joined(first)} v {_joined(second)}" if first and second else ""


def _joined(names: Sequence[str]) -> str:
    """Names one after the other; one that goes on on the next line is one."""
    found = ""
    for name in names:
        goes_on = found and (shapes.ends_open(found) or found.endswith(","))
        found = f"{found} {name}" if goes_on else ", ".join(filter(None, (found, name)))
    return found


def _side(lines: Sequence[str]) -> list[str]:
    """The names of one side, from what stands between the sides on."""
    found: list[str] = []
    for line in lines:
        name = _COUNTED.sub(" ", _ROLE.sub("", line)).strip(" |,:")
        has_role = _ROLE.search(line) is not None
        if _RULE.fullmatch(name) is not None:
            if found:
                break
            continue
        if _ends_side(line, name) or (found and (_JUDGE.search(name) or _COURT.search(name))):
            break
        found.append(name)
        if has_role and len(found) > 1 and line is not lines[0]:
            break
    return found


def _ends_side(line: str, name: str) -> bool:
    """Whether a line tells of something else than a party."""
    forms = (_BETWEEN, _BEFORE, _WHAT)
    return (
        any(form.fullmatch(line) is not None for form in forms)
        or any(form.match(name) is not None for form in (_LABELLED, _STOPS, _NEUTRAL))
        or _COUNSEL.search(line) is not None
        or mastheads.is_masthead(line)
        or len(name.split()) > _LONGEST_PARTY
    )


def _symbol(lines: Sequence[str]) -> str | None:
    """The neutral citation of a judgment, else the number of its case or of the application."""
    for line in lines:
        if found := _NEUTRAL.search(line):
            is_own = found.start() == 0 or _LABELLED.match(line) or _is_against(line) or _is_named(line)
            if is_own and not re.match(r"on appeal", line, re.IGNORECASE):
                return " ".join(found["told"].split())
    for line in lines:
        if (label := _LABELLED.match(line)) and (number := _NUMBER.search(line, label.end())):
            return number[0]
    return None


def _given(line: str) -> dt.date | None:
    """The date of the judgment that a line gives."""
    found = _GIVEN.match(line)
    told = line[found.end() :] if found else line
    return date_in(told) or mastheads.dated(told)


def _date(lines: Sequence[str]) -> dt.date | None:
    """When the judgment was given; a date after the name of a judge, where no line says it."""
    heard = {n + 1 for n, line in enumerate(lines) if _HEARING.match(line) and not any(map(str.isdigit, line))}
    told = [line for n, line in enumerate(lines) if not _HEARING.match(line) and n not in heard]
    said = [_given(line) for line in told if _GIVEN.match(line)]
    alone = [_given(line) for line in told]
    after = [date_in(found[0]) for line in told if len(line) < 100 and (found := _DATE_AFTER.search(line))]
    return next(filter(None, [*said, *alone, *after]), None)
