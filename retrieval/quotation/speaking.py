"""Who speaks: the clauses of a text that give words to somebody."""

from collections.abc import Iterator, Sequence

from corpus.passage import Span
from retrieval.quotation.tokens import STOPS, Token
from retrieval.quotation.wording import Found, Wording

_BOUNDS = frozenset(",;:()")
_MARKS = frozenset('“”„"«»')
_TOLD_TO = 8  # words at most between a verb and what is said, that say to whom, where and when
_LONGEST = 14  # words of a clause that names a speaker after what is said


def clauses(text: str, run: Sequence[Token], inside: Sequence[bool], words: Wording) -> Iterator[Span]:
    """The clauses of ``run``, tokens of ``text``, that say who speaks: "Witnesses reported", "the experts emphasized".

    ``inside`` says of each token whether it is quoted: what is quoted ends a clause.
    """
    bounds = _Bounds(text, run, inside)
    taken = -1
    for place, token in enumerate(run):
        if place <= taken:
            continue
        source = words.sources.at(run, place)
        if source is not None and bounds.is_bound(place, is_start=True):
            taken = bounds.end(source.end) if run[source.end - 1].text in words.prepositions else source.end
            yield Span(token.start, run[taken - 1].end)
        elif (verb := _verb(run, place, words)) is not None:
            taken = verb.end - 1
            span = _introduces(text, run, verb, bounds=bounds, words=words)
            if span is None and token.text not in words.holding:
                span = _trails(text, run, verb, bounds=bounds, words=words)
            if span is not None:
                yield span


class _Bounds:
    """Where clauses of a run of tokens begin and end."""

    def __init__(self, text: str, run: Sequence[Token], inside: Sequence[bool]) -> None:
        self._text, self._run, self._inside = text, run, inside

    def mark_before(self, place: int) -> bool:
        """Whether a quotation mark stands before the token, after the one before it."""
        start = self._run[place - 1].end if place else max(0, self._run[0].start - 2)
        end = self._run[place].start if place < len(self._run) else start + 2
        return any(mark in self._text[start:end] for mark in _MARKS)

    def is_bound(self, place: int, *, is_start: bool = False) -> bool:
        """Whether a clause begins at ``place``: after a sign or a mark, or where what is quoted begins or ends."""
        if place <= 0 or place >= len(self._run) or self.mark_before(place):
            return True
        before, here = self._run[place - 1], self._run[place]
        if self._inside[place - 1] != self._inside[place]:
            return True
        sign = before if is_start or before.text in _BOUNDS else here
        return sign.text in _BOUNDS or (sign.text in STOPS and self._ends_sentence(place))

    def _ends_sentence(self, place: int) -> bool:
        before = self._run[place - 1]
        if before.text in STOPS:  # "Ms." and "No. 4" end none
            if place == 2 and self._run[0].text.isdigit():
                return True  # "6. Officer 2 says": the paragraph's number
            last = self._run[place - 2] if place > 1 else None
            is_whole = last is not None and (len(last.text) > 3 or self._text[last.start : last.end].islower())
            return is_whole and self._text[self._run[place].start].isupper()
        return place + 1 >= len(self._run)

    def begin(self, place: int) -> int:
        """The first token of the clause that ``place`` stands in."""
        while not self.is_bound(place, is_start=True):
            place -= 1
        return place

    def end(self, place: int) -> int:
        """The end of the clause that ``place`` stands in."""
        while place < len(self._run) and not self.is_bound(place):
            place += 1
        while place > 1 and not self._run[place - 1].is_word:
            place -= 1
        return place


def _verb(run: Sequence[Token], place: int, words: Wording) -> Found | None:
    """The verb of speech that begins at ``place``: its tokens."""
    if turn := words.turns.at(run, place):
        return turn
    is_verb = run[place].text in words.speech or run[place].text in words.holding
    return Found(place, place + 1) if is_verb and not words.is_noun(run, place) else None


def _introduces(text: str, run: Sequence[Token], verb: Found, bounds: _Bounds, words: Wording) -> Span | None:
    """The clause of a verb after which what is said follows, right away or after whom it is told to."""
    place = verb.begin
    if not (_opens(run, verb.end, bounds, words=words) or _opens_after_aside(run, verb.end, words)) and not (
        (run[place].text in words.telling and _opens_later(run, verb.end, bounds, words=words))
        or (run[place].text in words.plainly and _has_subject(text, run, verb, bounds=bounds, words=words))
    ):
        return None
    begin = bounds.begin(place)
    # "the court, which sat, declared"; "it reported an arrest, and stated"
    has_subject = bool(words.names(text[run[begin].start : run[place].start]))
    is_parted = _before(run, place, words) == "," or (run[begin].text in words.pairing and not has_subject)
    while (
        begin > 0
        and (is_parted or not words.names(text[run[begin].start : run[place].end]))
        and not (_is_end(run[begin - 1]) or bounds.mark_before(begin) or run[begin - 1].text == ";")
    ):
        begin = bounds.begin(begin - 1)
    return Span(run[begin].start, run[verb.end - 1].end)


def _has_subject(text: str, run: Sequence[Token], verb: Found, bounds: _Bounds, words: Wording) -> bool:
    """Whether who speaks is named before a verb that little words follow: "the mayor said the wells were dry"."""
    if verb.end >= len(run) or run[verb.end].text not in words.nameless | words.determiners:
        return False
    begin = bounds.begin(verb.begin)
    is_first = begin == 0 or _is_end(run[begin - 1])
    return is_first and bool(words.names(text[run[begin].start : run[verb.begin].start]))


def _before(run: Sequence[Token], place: int, words: Wording) -> str:
    """What stands before a verb and the words that tell its time: "has said"."""
    while place and run[place - 1].text in words.finite:
        place -= 1
    return run[place - 1].text if place else ""


def _opens(run: Sequence[Token], place: int, bounds: _Bounds, words: Wording) -> bool:
    """Whether what is said begins with the token at ``place``."""
    if place >= len(run) or run[place].text in STOPS:
        return False
    following = run[place].text
    if following in words.that or following == ":" or bounds.mark_before(place):
        return True
    if following == ",":
        return place + 1 < len(run) and bounds.mark_before(place + 1)
    return bounds.is_bound(place) and following not in _BOUNDS


def _opens_after_aside(run: Sequence[Token], place: int, words: Wording) -> bool:
    """Whether "that" follows after something between two commas: "it held, first, that"."""
    if place >= len(run) or run[place].text != ",":
        return False
    other = next((n for n in range(place + 1, min(len(run) - 1, place + _TOLD_TO)) if not run[n].is_word), None)
    return other is not None and run[other].text == "," and run[other + 1].text in words.that


def _opens_later(run: Sequence[Token], place: int, bounds: _Bounds, words: Wording) -> bool:
    """Whether it begins after a few words more: "told reporters on Monday that"."""
    for at in range(place + 1, min(len(run), place + _TOLD_TO + 1)):
        if not run[at - 1].is_word:
            return False
        before = run[at - 1].text
        if _opens(run, at, bounds, words=words):
            return run[at].text not in words.that or before in words.days or before not in words.prepositions
    return False


def _trails(text: str, run: Sequence[Token], verb: Found, bounds: _Bounds, words: Wording) -> Span | None:
    """The clause of a verb that stands after what is said."""
    place = verb.begin
    begin, end = bounds.begin(place), bounds.end(verb.end)
    if begin == 0 and not bounds.mark_before(0):
        return None
    after_mark = begin > 0 and bounds.mark_before(begin)
    after_comma = begin > 0 and run[begin - 1].text == ","
    if (
        not (after_mark or after_comma or begin == 0)
        or run[begin].text in words.joins | words.that
        or end - begin > _LONGEST
    ):
        return None
    if _before(run, place, words) == ",":  # "his mother, Ms. D, said"
        while begin > 1 and not any(map(bounds.mark_before, (begin, begin - 1))) and not _is_end(run[begin - 1]):
            begin = bounds.begin(begin - 1)
    told = text[run[begin].start : run[end - 1].end]
    is_aside = run[begin].text in words.pronouns and end == verb.end  # ", she added."
    if not (after_mark or words.names(told) or is_aside):
        return None
    return Span(run[begin].start, run[end - 1].end)


def _is_end(token: Token) -> bool:
    return token.text in STOPS
