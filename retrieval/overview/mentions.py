"""What a sentence mentions, each as a slice of its words: numbers with what they count, names with their roles, places.

Told from the order of words and by the tables of ``questions.toml``, without grammar: what stands after a number is
taken up to the next stop word or sign, and a name is a run of capitalised words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from corpus.passage import Span
from retrieval.evidence.sentence import Sentence
from retrieval.language import language
from retrieval.overview.dating import dating
from retrieval.words.background import common_terms
from retrieval.words.phrases import phrases
from retrieval.words.terms import Word, analyzer_of

_COUNTED = 2  # words that a number counts, at most; as many again after "of"
_BLANK = re.compile(r"[ \u00a0\u202f]\Z")
_SHARE = re.compile(r"[ \u00a0\u202f]?[%‰]")
_NUMBER = re.compile(r"(?:\d{1,4}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?)\s+")  # printed before a paragraph: "5. ", "4.2 "
_CLOSING, _LARGER = ",.;:)", 4  # after a larger place; words of it at most
_OPENING = '“"«„:•–'
_POSSESSIVE = ("'s", "’s")
_MONEY = "$£€¥"
_INITIAL = re.compile(r"[A-Z]\.?\Z")
_DATELINE = re.compile(r"[^.:;–—\n]{1,60}\s[–—-]{1,2}\s(?=[“\"«]?[^\W_a-z])")  # "GENEVA, 6 March (Agency) – The"
_AGED = r"\s\(\d{{2}}{years}\)|,\s\d{{2}}{years}(?=,\s(?!(?:{joining})\b)[a-zß-öø-ÿ])"  # ", 51, who"
_ROLE = r",\s(?:{articles})\s[^,.;:()“”\"«»\n]{{2,60}}(?=[,.;)])"


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
    """Tells what sentences of one language mention."""

    tag: str
    _tables: dict[str, frozenset[str]] = field(default_factory=dict)

    def numbers(self, text: str, words: Sequence[Word], sentence: Sentence) -> Iterator[Span]:
        """Where a sentence with these ``words`` says how many of what there are; ``text`` is that of its passage."""
        dated = [one.span for one in dating(self.tag).written(text, words, sentence)]
        taken = -1
        for at, word in enumerate(words):
            span = Span(word.start, word.end)
            if at <= taken or not self._is_number(text, word) or any(one.overlaps(span) for one in dated):
                continue
            last = self._last(text, words, at)
            share = _SHARE.match(text, word.end)
            money = word.start > 0 and text[word.start - 1] in _MONEY
            if last == at and not share and not money and "-" not in word.text:
                continue
            start = words[self._first(text, words, at)].start - money
            taken = last
            yield Span(start, max(words[last].end, share.end() if share else 0))

    def names(self, text: str, words: Sequence[Word]) -> Iterator[Name]:
        """The names in a sentence with these ``words``."""
        at, (heads, begins) = 0, self._dateline(text, words)
        while at < len(words):
            last = self._run(text, words, at)
            if last is None:
                at += 1
                continue
            name = self._name(text, words, at, last)
            if at < heads:
                yield Name(name.bare, name.bare, True, False)
            else:
                yield name._replace(opens=at == last and (at == begins or self._opens(text, words, at)))
            at = last + 1

    def _dateline(self, text: str, words: Sequence[Word]) -> tuple[int, int]:
        """How many words at the head of a passage say where it was written, before a date, and the word with which its
        sentence begins: "GENEVA, 6 March – Experts …"."""
        found = _DATELINE.match(text, words[0].start) if words and not text[: words[0].start].strip() else None
        line = [word for word in words if found and word.end <= found.end()]
        if not any(word.text in self._words("months") for word in line):
            return 0, 0
        heads = (at for at, word in enumerate(line) if text[word.start].isdigit() or word.text in self._words("months"))
        return next(heads, 0), len(line)

    def _is_number(self, text: str, word: Word) -> bool:
        own = analyzer_of(self.tag)
        if word.text in self._words("ordinals"):
            return False
        key = own.key(word.text.partition("-")[0]) or ""
        is_figure = text[word.start].isdigit()
        return key[:1].isdigit() and (is_figure or key != "1") and not key.endswith(("st", "nd", "rd", "th"))

    def _first(self, text: str, words: Sequence[Word], at: int) -> int:
        """The first word of "at least one hundred and ten", for the number ``at``."""
        multiples = self._words("multiples")
        while at and self._joined(text, words, at - 1):
            back = (
                2 if at > 1 and words[at - 1].text in self._words("joining") and words[at - 2].text in multiples else 1
            )
            if back == 1 and not (words[at].text in multiples and words[at - 1].text in self._words("ones")):
                break
            at -= back
        for phrase in phrases(language(self.tag).questions.get("qualifying", "")):
            first = at - len(phrase)
            if phrase and first >= 0 and tuple(word.text for word in words[first:at]) == phrase:
                return first if all(self._joined(text, words, k) for k in range(first, at)) else at
        return at

    def _last(self, text: str, words: Sequence[Word], at: int) -> int:
        """The last word of what the number ``at`` counts; itself where that is nothing."""
        own, last, room = analyzer_of(self.tag), at, _COUNTED
        place = at + 1
        while room and place < len(words) and self._joined(text, words, place - 1):
            word = words[place]
            if word.text in self._words("hours") | self._words("from_there") or text[word.start].isupper():
                break
            if own.key(word.text) is None:
                after = place + 1
                while after < len(words) and words[after].text in self._words("articles") | self._words("owning"):
                    after += 1
                fits = after < len(words) and all(self._joined(text, words, k) for k in range(place, after))
                if word.text not in self._words("counting") or not fits or own.key(words[after].text) is None:
                    break
                if text[words[after].start].isupper():
                    break
                place, room = after, _COUNTED
                continue
            last = place
            room -= not self._is_number(text, word)
            room = 0 if room == 1 and word.text.endswith(self._plural()) else room
            place += 1
        if place == last + 1 and room == 0 and self._heads(text, words, place):
            return place
        while (
            last > at + 1 and words[last].text.endswith(self._endings()) and own.key(words[last - 1].text) is not None
        ):
            last -= 1
        return last

    def _heads(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether word ``at`` is what is counted, after others that only describe it: "six heavily armed men"."""
        before = words[at - 1].text if at < len(words) else ""
        is_plain = bool(before) and self._joined(text, words, at - 1) and text[words[at].start].islower()
        return is_plain and words[at].text.endswith(self._plural()) and not before.endswith(self._plural())

    def _run(self, text: str, words: Sequence[Word], at: int) -> int | None:
        """The last word of a name that begins with word ``at``; ``None`` where none does."""
        if not self._is_name(text, words, at):
            return None
        last = at
        while last + 1 < len(words):
            following = last + 1
            while following < len(words) and words[following].text in self._words("within_names"):
                following += 1
            gaps = (
                all(self._joined(text, words, k) for k in range(last, following)) if following < len(words) else False
            )
            if not gaps or not self._is_name(text, words, following):
                break
            last = following
        return last

    def _is_name(self, text: str, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        surface = text[word.start : word.end]
        if not surface[0].isupper() or word.text in self._words("months") | self._offers("time"):
            return False
        if at and _INITIAL.match(surface):
            return text[word.end : word.end + 1] == "." and text[words[at - 1].start].isupper()
        key = analyzer_of(self.tag).key(surface, is_name=len(surface) > 1 and surface.isupper())
        if key is None or any(letter.isdigit() for letter in surface) or self._is_number(text, word):
            return False
        if self._opens(text, words, at) and key in common_terms(
            self.tag, key[0]
        ):  # "United Nations", but not "Families"
            return self._joined(text, words, at) and text[words[at + 1].start].isupper()
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
        end += last > first and bool(_INITIAL.match(text[words[last].start : end])) and text[end : end + 1] == "."
        bare = Span(words[first].start, end)
        titles = self._words("titles")
        if first and words[first - 1].text in titles and self._joined(text, words, first - 1):
            return Name(Span(words[first - 1].start, end), bare, False, True)
        placed, span = self._place(text, words, first, last=last, bare_end=end)
        if placed:
            return Name(span, bare, True, False)
        if (told := self._told(text, end, last > first)) > end:
            return Name(Span(bare.start, told), bare, False, True)
        return Name(bare, bare, False, words[first].text in titles and last > first)

    def _told(self, text: str, end: int, is_full: bool) -> int:
        """Where what is told of a name ends, which itself ends at ``end``: its age, if it ``is_full``, and its role."""
        if is_full and (aged := self._aged().match(text, end)):
            end = aged.end()
        articles = "|".join(map(re.escape, sorted(self._words("articles") | self._words("apposing"))))
        role = re.compile(_ROLE.format(articles=articles)).match(text, end) if articles else None
        if role is None or analyzer_of(self.tag).key(role.group().split()[-1]) is None:  # ", a trade which, he said,"
            return end
        return role.end()

    def _aged(self) -> re.Pattern[str]:
        years = "".join(rf"\s{word}" for word in sorted(self._words("aged")))
        joining = "|".join(map(re.escape, sorted(self._words("joining")))) or "\0"
        return re.compile(_AGED.format(years=years, joining=joining))

    def _place(self, text: str, words: Sequence[Word], first: int, last: int, bare_end: int) -> tuple[bool, Span]:
        """Whether a name stands as a place does, and the whole of it: "Mopti region", "the village of Ete"."""
        nouns, articles = self._nouns("place"), self._words("articles")
        start, end = words[first].start, bare_end
        after = words[last + 1].text if self._joined(text, words, last) else ""
        for at in (last + 1, last + 2):  # "Mopti region", "Mbera refugee camp"
            if at < len(words) and self._joined(text, words, at - 1) and words[at].text in nouns and after:
                return True, Span(start, words[at].end)
        if first > 1 and words[first - 1].text in self._words("of") and words[first - 2].text in nouns:
            return True, Span(words[first - 2].start, end)
        if self._lies_in(text, words, last):
            return True, Span(start, end)
        before = first - 2 if first > 1 and words[first - 1].text in articles else first - 1
        is_placed = (
            before >= 0 and words[before].text in self._words("placing") and self._joined(text, words, first - 1)
        )
        counts = bool(after) and analyzer_of(self.tag).key(after) is not None  # "in Malian prisons"
        return is_placed and not counts, Span(start, end)

    def _lies_in(self, text: str, words: Sequence[Word], last: int) -> bool:
        """Whether between commas after a name stands in what larger place it is: "Niono, Ségou region,"."""
        if last + 2 >= len(words) or text[words[last].end : words[last + 1].start] != ", ":
            return False
        nouns, at = self._nouns("place"), last + 1
        if words[at].text in nouns and words[at + 1].text in self._words("of"):  # "Niono, région de Ségou,"
            return self._joined(text, words, at)
        while text[words[at].start].isupper() and self._joined(text, words, at) and at < last + _LARGER:
            at += 1
        ends = words[at].end >= len(text) or text[words[at].end] in _CLOSING
        return at > last + 1 and words[at].text in nouns and ends

    def _joined(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether one blank stands between this word and the next."""
        return at + 1 < len(words) and bool(_BLANK.match(text[words[at].end : words[at + 1].start]))

    def _words(self, name: str) -> frozenset[str]:
        if name not in self._tables:
            self._tables[name] = frozenset(language(self.tag).questions.get(name, "").split())
        return self._tables[name]

    def _offers(self, kind: str) -> frozenset[str]:
        return frozenset(language(self.tag).questions.get("kinds", {}).get(kind, {}).get("offers", "").split())

    def _nouns(self, kind: str) -> frozenset[str]:
        return frozenset(language(self.tag).questions.get("kinds", {}).get(kind, {}).get("nouns", "").split())

    def _plural(self) -> tuple[str, ...]:
        """Endings of words after which nothing more is counted: "inhabitants lie"."""
        return tuple(language(self.tag).questions.get("counted_ends", "").split()) or ("\0",)

    def _endings(self) -> tuple[str, ...]:
        return tuple(language(self.tag).questions.get("done", "").split()) or ("\0",)


@cache
def mentions(tag: str) -> Mentions:
    """What sentences of the language of a BCP 47 tag mention."""
    return Mentions(tag)
