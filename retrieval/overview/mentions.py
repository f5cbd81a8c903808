"""Which names a sentence mentions, each as a slice of its words: with their roles, or as places.

Told from the order of words and by the tables of ``questions.toml``, without grammar: a name is a run of capitalised
words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from corpus.passage import Span
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.overview.counts import counts, joined
from retrieval.overview.naming import naming
from retrieval.words.background import common_terms
from retrieval.words.terms import Word, analyzer_of

_NUMBER = re.compile(r"(?:\d{1,4}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?)\s+")  # printed before a paragraph: "5. ", "4.2 "
_CLOSING, _LARGER = ",.;:)", 4  # after a larger place; words of it at most
_OPENING = '“"«„:•–'
_POSSESSIVE = ("'s", "’s")
_INITIAL = re.compile(r"[A-Z]\.?\Z")
_DATELINE = re.compile(r"[^.:;–—\n]{1,60}\s[–—-]{1,2}\s(?=[“\"«]?[^\W_a-z])")  # "GENEVA, 6 March (Agency) – The"
_AGED = r"\s\(\d{{2}}{years}\)|,\s\d{{2}}{years}(?=,\s(?!(?:{joining})\b)[a-zß-öø-ÿ])"  # ", 51, who"
_ROLE = r",\s(?:{articles})\s(?!\d{{1,2}}(?:er)?\s)[^,.;:()“”\"«»\n]{{2,60}}(?=[,.;)](?!\d))"
_TAG = re.compile(r"(?:\d{1,4}|[A-HJ-Z])\Z")  # "In Grey Point I saw"
_BRACKETED = re.compile(r"\s\(\Z")  # between a place and the larger one: "Beni (North Kivu)"
_ACRONYM, _SHORTEST = 4, 2  # letters from which on capitals name a body, not a country: "UNSTAZ", "l'ONU"
_APOSTROPHES = ("'", "’")
_RANKED = re.compile(r"\d{1,3}(?:st|nd|rd|th|e|er|re|ere)\Z")


class Name(NamedTuple):
    """A run of capitalised words: ``span`` with its role or with the noun that says what place it is, ``bare`` alone.

    ``is_placed``: it stands as a place does; ``has_role``: a title or a role stands with it; ``opens``: it is one word
    that opens a sentence, and may have its capital for that.
    """

    span: Span
    bare: Span
    is_placed: bool
    has_role: bool
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """Tells which names sentences of one language mention."""

    tag: str
    _tables: dict[str, frozenset[str]] = field(default_factory=dict)

    def names(self, text: str, words: Sequence[Word]) -> Iterator[Name]:
        """The names in a sentence with these ``words``."""
        at, (heads, begins) = 0, self._dateline(text, words)
        place = -1  # where the place before ends
        while at < len(words):
            last = self._run(text, words, at)
            if last is None or (last == at and words[at].text in self._languages):
                at += 1
                continue
            name = self._name(text, words, at, last)
            is_larger = place >= 0 and _BRACKETED.match(text[place : name.bare.start]) is not None
            if (
                is_larger
                and text[name.bare.end : name.bare.end + 1] == ")"
                and not self._is_body(text, words, at, last)
            ):
                name = Name(name.bare, name.bare, True, False)
            place = name.span.end if name.is_placed else -1
            if at < heads:
                yield Name(name.bare, name.bare, True, False)
            else:
                yield name._replace(opens=at == last and (at == begins or self._opens(text, words, at)))
            at = last + 1

    def land(self, name: str) -> str:
        """The land that a name says somebody governs, folded, "Government of Mali"; "" where it says so of none."""
        words = analyzer_of(self.tag).words(name)
        small = self._words("within_names") | self._words("articles")
        after = next((word for word in words[1:] if word.text not in small), None)
        is_of = after is not None and len(words) > 2 and words[0].text in self._words("states")
        return fold(name[after.start :]) if after is not None and is_of else ""

    def _dateline(self, text: str, words: Sequence[Word]) -> tuple[int, int]:
        """How many words at the head of a passage say where it was written, before a date, and the word with which its
        sentence begins: "GENEVA, 6 March – Experts …"."""
        found = _DATELINE.match(text, words[0].start) if words and not text[: words[0].start].strip() else None
        line = [word for word in words if found and word.end <= found.end()]
        if not any(word.text in self._words("months") for word in line):
            return 0, 0
        heads = (at for at, word in enumerate(line) if text[word.start].isdigit() or word.text in self._words("months"))
        return next(heads, 0), len(line)

    def _run(self, text: str, words: Sequence[Word], at: int) -> int | None:
        """The last word of a name that begins with word ``at``; ``None`` where none does."""
        if not self._is_name(text, words, at):
            return None
        last = at
        while (following := self._follows(text, words, last)) is not None and self._is_name(text, words, following):
            last = following
        return last + self._is_numbered(text, words, last)

    def _follows(self, text: str, words: Sequence[Word], last: int) -> int | None:
        """The word by which a name may go on after word ``last``: "Ministry of the Interior", "Commission on Rights",
        "Workers' Union"; ``None`` where a sign stands before it."""
        at = last + 1
        while at < len(words) and self._is_within(words, at, last):
            at += 1
        parted = at == last + 1 < len(words) and text[words[last].end : words[at].start] in ("' ", "’ ")
        is_whole = parted and words[last].text.endswith("s")
        return at if at < len(words) and (is_whole or all(joined(text, words, k) for k in range(last, at))) else None

    def _is_within(self, words: Sequence[Word], at: int, last: int) -> bool:
        """Whether the small word ``at`` may stand within a name of which ``last`` is the word before."""
        word = words[at].text
        if word in self._words("articles") and at == last + 1 and word not in self._words("counting"):
            return False  # "of the", not "the" alone; French "de" is both
        if word in self._words("about"):
            return words[last].text in self._words("bodies")
        return word in self._words("within_names")

    def _is_numbered(self, text: str, words: Sequence[Word], last: int) -> bool:
        """Whether a number or a letter after word ``last`` belongs to it: "Officer 1", "Block D"."""
        if not joined(text, words, last) or words[last].text not in self._words("labels"):
            return False
        return _TAG.match(text[words[last + 1].start : words[last + 1].end]) is not None

    def _is_name(self, text: str, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        surface = text[word.start : word.end]
        plain = analyzer_of(self.tag).singular(word.text.removesuffix("'s"))
        if not surface[0].isupper():
            return False
        if not self._times.isdisjoint((word.text, plain)):  # no name, but in "Morning Beacon"
            dates = self._words("months") | self._words("weekdays")
            heads = at > 0 and dates.isdisjoint((word.text, plain)) and joined(text, words, at)
            return heads and self._is_name(text, words, at + 1)
        if at and _INITIAL.match(surface):
            return text[word.end : word.end + 1] == "." and text[words[at - 1].start].isupper()
        key = analyzer_of(self.tag).key(surface, is_name=len(surface) > 1 and surface.isupper())
        if key is None or any(letter.isdigit() for letter in surface) or counts(self.tag).is_number(text, word):
            return False
        if self._opens(text, words, at) and key in common_terms(
            self.tag, key[0]
        ):  # "United Nations", but not "Families"
            return joined(text, words, at) and text[words[at + 1].start].isupper()
        return True

    def _opens(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether a word opens its sentence, or what is quoted in it; the number of a paragraph may stand before it."""
        return (
            at == 0
            or text[words[at].start - 1] in _OPENING
            or _NUMBER.fullmatch(text[words[0].start : words[at].start]) is not None
        )

    def _name(self, text: str, words: Sequence[Word], first: int, last: int) -> Name:
        end = words[last].end - 2 * text.endswith(_POSSESSIVE, 0, words[last].end)
        is_tagged = last > first and self._is_numbered(text, words, last - 1) and not text[end + 2 : end + 3].islower()
        end += (
            last > first
            and not is_tagged
            and bool(_INITIAL.match(text[words[last].start : end]))
            and text[end : end + 1] == "."
        )
        if first and _RANKED.match(words[first - 1].text) and joined(text, words, first - 1):
            first -= 1  # "4th Battalion"
        if first == last:
            end = naming(self.tag).full(text, words[first].start, end)
        bare = Span(words[first].start, end)
        titles = self._words("titles")
        if first and words[first - 1].text in titles and joined(text, words, first - 1):
            return Name(Span(words[first - 1].start, end), bare, False, True)
        placed, span = self._place(text, words, first, last=last, bare_end=end)
        if placed:
            return Name(span, bare, True, False)
        is_full = last > first or "." in text[bare.start : bare.end + 1]
        trade = naming(self.tag).with_trade(text, end)
        if (told := max(trade, self._told(text, end, is_full))) > end:
            return Name(Span(bare.start, told), bare, False, True)
        return Name(bare, bare, False, words[first].text in titles and last > first)

    def _told(self, text: str, end: int, is_full: bool) -> int:
        """Where what is told of a name ends, which itself ends at ``end``: its age and its role, if it ``is_full``.
        What stands after one word may tell of something else: "in Varloupe, a gag over their mouths"."""
        if not is_full:
            return end
        if aged := self._aged().match(text, end):
            end = aged.end()
        articles = "|".join(map(re.escape, sorted(self._words("articles") | self._words("apposing"))))
        role = re.compile(_ROLE.format(articles=articles)).match(text, end) if articles else None
        ending = role.group().split()[-1] if role else ""
        if role is None or analyzer_of(self.tag).key(ending) is None:  # ", a trade which, he said,"
            return end
        if self._words("done") and ending.endswith(tuple(self._words("done"))):  # ", the speaker recalled,"
            return end
        return role.end()

    def _aged(self) -> re.Pattern[str]:
        years = "".join(rf"\s{word}" for word in sorted(self._words("aged")))
        joining = "|".join(map(re.escape, sorted(self._words("joining")))) or "\0"
        return re.compile(_AGED.format(years=years, joining=joining))

    def _place(self, text: str, words: Sequence[Word], first: int, last: int, bare_end: int) -> tuple[bool, Span]:
        """Whether a name stands as a place does, and the whole of it: "Mopti region", "the village of Ete"."""
        nouns, articles = self._nouns("place"), self._words("articles")
        of = self._words("linking") or self._words("of")
        start, end = words[first].start, bare_end
        bare = Span(start, end)
        if self._is_body(text, words, first, last):
            return False, bare
        after = words[last + 1].text if joined(text, words, last) else ""
        for at in (last + 1, last + 2):  # "Mopti region", "Mbera refugee camp"
            is_noun = after and at < len(words) and joined(text, words, at - 1) and words[at].text in nouns
            if is_noun and (at == last + 1 or self._describes(after)):
                return True, Span(start, words[at].end)
        if first > 1 and words[first - 1].text in self._words("of") and words[first - 2].text in nouns:
            return True, Span(words[first - 2].start, end)
        if first > 1 and words[first - 1].text in of and words[first - 2].text in self._words("sides"):
            return True, bare  # "south of Mardeh"
        if self._lies_in(text, words, last) or self._is_of_way(text, words, first, last):
            return True, bare
        before = first - 2 if first > 1 and words[first - 1].text in articles else first - 1
        is_placed = before >= 0 and words[before].text in self._words("placing") and joined(text, words, first - 1)
        counts = bool(after) and analyzer_of(self.tag).key(after) is not None  # "in Malian prisons"
        return is_placed and not counts, bare

    def _is_body(self, text: str, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether a name is that of no place although it may stand as one: "in the Security Council", "to UNSTAZ"."""
        own = {word.text for word in words[first : last + 1]}
        name = text[words[first].start : words[last].end]
        is_elided = text[words[first].start - 1 : words[first].start] in _APOSTROPHES
        if first == last and first and name.isupper() and len(name) >= (_SHORTEST if is_elided else _ACRONYM):
            return True
        bodies = self._words("bodies") | self._nouns("group") | self._offers("group")
        is_placed = words[last].text in self._nouns("place")
        return not own.isdisjoint(self._words("unplaced")) or (not own.isdisjoint(bodies) and not is_placed)

    def _describes(self, word: str) -> bool:
        """Whether a word may stand between a name and what place it is: "Mbera refugee camp"."""
        is_done = bool(self._words("done")) and word.endswith(tuple(self._words("done")))
        return analyzer_of(self.tag).key(word) is not None and not is_done

    def _is_of_way(self, text: str, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether a name is where a way begins or ends: "from Niono to Sokolo"."""
        leaving, reaching = self._words("leaving"), self._words("reaching")
        before, after = words[first - 1].text if first else "", words[last + 2 : last + 3]
        if before in leaving and after and words[last + 1].text in reaching:
            return text[after[0].start].isupper() and joined(text, words, last) and joined(text, words, last + 1)
        starts = [word.text for word in words[max(0, first - 1 - _LARGER) : first - 1]]
        return (
            before in reaching
            and first > 1
            and text[words[first - 2].start].isupper()
            and not leaving.isdisjoint(starts)
        )

    def _lies_in(self, text: str, words: Sequence[Word], last: int) -> bool:
        """Whether between commas after a name stands in what larger place it is: "Niono, Ségou region,"."""
        if last + 2 >= len(words) or text[words[last].end : words[last + 1].start] != ", ":
            return False
        nouns, at = self._nouns("place"), last + 1
        if words[at].text in nouns and words[at + 1].text in self._words("of"):  # "Niono, région de Ségou,"
            return joined(text, words, at)
        while text[words[at].start].isupper() and joined(text, words, at) and at < last + _LARGER:
            at += 1
        ends = words[at].end >= len(text) or text[words[at].end] in _CLOSING
        return at > last + 1 and words[at].text in nouns and ends

    def _words(self, name: str) -> frozenset[str]:
        if name not in self._tables:
            self._tables[name] = frozenset(language(self.tag).questions.get(name, "").split())
        return self._tables[name]

    @property
    def _languages(self) -> frozenset[str]:
        """What languages are called: "in French" is no place."""
        return frozenset(language(self.tag).questions.get("needs", {}).get("language", {}).get("units", "").split())

    @property
    def _times(self) -> frozenset[str]:
        """Words for days and months, which have capitals and name nothing."""
        return self._words("months") | self._offers("time")

    def _offers(self, kind: str) -> frozenset[str]:
        return frozenset(language(self.tag).questions.get("kinds", {}).get(kind, {}).get("offers", "").split())

    def _nouns(self, kind: str) -> frozenset[str]:
        return frozenset(language(self.tag).questions.get("kinds", {}).get(kind, {}).get("nouns", "").split())


@cache
def mentions(tag: str) -> Mentions:
    """What sentences of the language of a BCP 47 tag mention."""
    return Mentions(tag)
