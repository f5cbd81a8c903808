"""What the numbers of a sentence count, each as a slice of its words: "at least ten civilians", "20 to 30 men".

Told from the order of words and by the tables of ``questions.toml``, without grammar: what stands after a number is
taken up to the next stop word, sign or verb. A number alone counts what was told before where something says how it is
meant, "more than 2,300"; one that names a thing, "Article 3", counts nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.passage import Span
from retrieval.language import language
from retrieval.overview.dating import dating
from retrieval.sentence import Sentence
from retrieval.words.phrases import phrases
from retrieval.words.terms import Word, analyzer_of

_COUNTED = 2  # words that a number counts, at most; as many again after "of"
_BLANK = re.compile(r"[ \u00a0\u202f]?\Z")  # none after an elided word: "d'euros"
_SHARE = re.compile(r"[ \u00a0\u202f]?[%‰]")
_POSSESSIVE = ("'s", "’s")
_MONEY = "$£€¥"
_TO = re.compile(r"\s?[–—-]\s?\Z")
_ORDINAL = ("st", "nd", "rd", "th", "e", "er", "ère", "ème")
_FIGURE = re.compile(r"\d{1,4}[a-z]?\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_COMPOUND = re.compile(r"-[^\W\d]")  # "two-year-old", but not the file 12-417
_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Counts:
    """Tells what the numbers of sentences of one language count."""

    tag: str
    _tables: dict[str, frozenset[str]] = field(default_factory=dict)

    def numbers(self, text: str, words: Sequence[Word], sentence: Sentence) -> Iterator[Span]:
        """Where a sentence with these ``words`` says how many of what there are; ``text`` is that of its passage."""
        dated = [one.span for one in dating(self.tag).written(text, words, sentence)]
        taken = -1
        for at, word in enumerate(words):
            span = Span(word.start, word.end)
            if at <= taken or not self.is_number(text, word) or any(one.overlaps(span) for one in dated):
                continue
            if self._is_label(text, words, at):
                continue
            if self._is_age(words, at):
                continue
            if (gathered := self._gathered(text, words, at)) is not None:
                taken = at
                yield gathered
                continue
            last = self._tallied(text, words, at, self._last(text, words, at))
            share = _SHARE.match(text, word.end)
            money = word.start > 0 and text[word.start - 1] in _MONEY
            first = self._first(text, words, at)
            if taken >= 0 and last == at and self._is_of_way(text, words, at):
                last = at + 2
            elif not share and not money and not self._tells(text, words, first, at=at, last=last):
                continue
            taken = last
            yield Span(words[first].start - money, max(words[last].end, share.end() if share else 0))

    def _is_age(self, words: Sequence[Word], at: int) -> bool:
        """Whether the number ``at`` tells how old somebody is: "two years old"."""
        return self._phrase(words, at + 1, "ages") is not None

    def _gathered(self, text: str, words: Sequence[Word], at: int) -> Span | None:
        """Where it is said of how many somebody is, by the number ``at`` alone: "a family of five"."""
        if at < 2 or words[at - 2].text not in self._words("gathered") or words[at - 1].text not in self._words("of"):
            return None
        return Span(words[at - 2].start, words[at].end) if self._last(text, words, at) == at else None

    def _is_of_way(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether the number ``at`` is one of those before it that it came to in some way: "five by drowning"."""
        if not (joined(text, words, at) and joined(text, words, at + 1)):
            return False
        is_telling = analyzer_of(self.tag).key(words[at + 2].text) is not None
        is_plain = text[words[at + 2].start].islower() and not self.is_number(text, words[at + 2])
        return words[at + 1].text in self._words("ways") and is_telling and is_plain

    def _tells(self, text: str, words: Sequence[Word], first: int, at: int, last: int) -> bool:
        """Whether the words from ``first`` to ``last``, with the number ``at``, say how many there are of something."""
        if last == at:
            return _COMPOUND.search(words[at].text) is not None or self._is_qualified(text, words, first, at)
        if _YEAR.match(text[words[at].start : words[at].end]) and first == at:  # "the 2023 report"
            owned = at > 0 and words[at - 1].text in self._words("articles") | self._words("owning")
            return not owned and self._is_plural(words[last])
        return any(not text[word.start].isdigit() for word in words[at : last + 1])  # "0800 31 31" says nothing

    def _is_qualified(self, text: str, words: Sequence[Word], first: int, at: int) -> bool:
        """Whether a number alone is one of what was told before: "some 300", not "at least 140 took part"."""
        following = words[at + 1 : at + 4] if joined(text, words, at) else []
        times = self._words("hours") | frozenset(
            language(self.tag).questions.get("kinds", {}).get("time", {}).get("offers", "").split()
        )
        is_told = first < at and words[first].text not in self._words("ones") and text[words[at].start].isdigit()
        is_range = is_told and self.is_number(text, words[first])
        goes_on = bool(following) and (
            self._is_verb(text, words, at + 1) or following[0].text in self._words("ranging") | self._words("joining")
        )
        return is_told and not is_range and not goes_on and times.isdisjoint(word.text for word in following)

    def _tallied(self, text: str, words: Sequence[Word], at: int, last: int) -> int:
        """The last word of a vote, "six votes to one", "by 31 to 12", of which the number ``at`` counts up to word
        ``last``; that one where it is none."""
        other = last + 2
        if other >= len(words) or not (joined(text, words, last) and joined(text, words, last + 1)):
            return last
        if words[last + 1].text not in self._words("against") or not (
            self.is_number(text, words[other]) or words[other].text in self._words("ones")
        ):
            return last
        is_vote = words[last].text in self._words("votes")
        is_bare = last == at > 0 and words[at - 1].text in self._words("agents")
        return other if is_vote or (is_bare and self._last(text, words, other) == other) else last

    def is_number(self, text: str, word: Word) -> bool:
        """Whether a word is a number that may count; one alone may be an article."""
        own = analyzer_of(self.tag)
        if word.text in self._words("ordinals"):
            return False
        if word.text in self._words("many"):
            return True
        key = own.key(word.text.partition("-")[0]) or ""
        is_figure = text[word.start].isdigit()
        return key[:1].isdigit() and (is_figure or key != "1") and not key.endswith(_ORDINAL)

    def _first(self, text: str, words: Sequence[Word], at: int) -> int:
        """The first word of "at least one hundred and ten", for the number ``at``."""
        multiples = self._words("multiples")
        at = self._from(text, words, at)
        while at and joined(text, words, at - 1):
            back = (
                2 if at > 1 and words[at - 1].text in self._words("joining") and words[at - 2].text in multiples else 1
            )
            if back == 1 and not (words[at].text in multiples and words[at - 1].text in self._words("ones")):
                break
            at -= back
        for phrase in phrases(language(self.tag).questions.get("qualifying", "")):
            first = at - len(phrase)
            if first >= 0 and tuple(word.text for word in words[first:at]) == phrase:
                return first if all(joined(text, words, k) for k in range(first, at)) else at
        return at

    def _from(self, text: str, words: Sequence[Word], at: int) -> int:
        """The first word of a range that ends with the number ``at``: "20 to 30", "20–30", "between 300 and 500"."""
        if at and _TO.match(text[words[at - 1].end : words[at].start]) and self.is_number(text, words[at - 1]):
            return at - 1
        if at < 2 or not (joined(text, words, at - 2) and joined(text, words, at - 1)):
            return at
        if not (self.is_number(text, words[at - 2]) or words[at - 2].text in self._words("ones")):
            return at
        if at > 2 and words[at - 3].text in self._words("between") and words[at - 1].text in self._words("joining"):
            return at - 3
        return at - 2 if words[at - 1].text in self._words("ranging") else at

    def _is_label(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether the number ``at`` names one of a kind: "Officer 1", "Articles 3 and 5", "aged 9 and 13"."""
        if not _FIGURE.match(text[words[at].start : words[at].end]) or not joined(text, words, at - 1):
            return False
        before, own = words[at - 1], analyzer_of(self.tag)
        if before.text in self._words("joining") and at > 1 and text[words[at - 2].start].isdigit():
            return self._is_label(text, words, at - 2)
        if not self._words("labels").isdisjoint((before.text, own.singular(before.text))):
            counts_on = joined(text, words, at) and self._is_plural(words[at + 1])
            return text[before.start].isupper() or not counts_on or self._is_verb(text, words, at + 1)
        is_named = text[before.start].isupper() and own.key(before.text) is not None and at > 1
        return is_named and self._last(text, words, at) == at

    def _is_verb(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether word ``at``, after a number, tells what was done rather than what there are so many of."""
        word, known, own = words[at].text, language(self.tag), analyzer_of(self.tag)
        goes_on = joined(text, words, at) and own.key(words[at + 1].text) is not None
        if word in self._words("harm") or (goes_on and self._is_plural(words[at + 1])):
            return False
        if word in self._words("verbs") or (word.endswith(self._ends("verbs_end")) and not goes_on):
            return True
        is_form = known.questions.get("irregular_verbs", False) and word in known.irregular
        return is_form and not self.is_number(text, words[at]) and word not in known.topics.get("things", "").split()

    def _is_plural(self, word: Word) -> bool:
        return word.text.endswith(self._ends("counted_ends")) and analyzer_of(self.tag).key(word.text) is not None

    def _last(self, text: str, words: Sequence[Word], at: int) -> int:
        """The last word of what the number ``at`` counts; itself where that is nothing."""
        own, last, room = analyzer_of(self.tag), at, _COUNTED
        place = at + 1
        if joined(text, words, at) and (others := self._phrase(words, place, "of_them")) is not None:
            return others
        while room and place < len(words) and joined(text, words, place - 1):
            word = words[place]
            if self._is_past(text, words, at, place=place, last=last):
                break
            if own.key(word.text) is None:
                counted = self._counted_of(text, words, place)
                if counted is None:
                    break
                place, room = counted, _COUNTED
                continue
            if place == at + 1 and self._is_verb(text, words, place):
                return at
            last = place
            room -= not self.is_number(text, word)
            is_plural = word.text.endswith(self._ends("counted_ends")) and not word.text.endswith(_POSSESSIVE)
            room = 0 if room == 1 and is_plural else room
            place += 1
        if place == last + 1 and room == 0 and self._heads(text, words, place):
            return place
        while (
            last > at + 1
            and words[last].text.endswith(self._ends("done"))
            and own.key(words[last - 1].text) is not None
        ):
            last -= 1
        return last

    def _is_past(self, text: str, words: Sequence[Word], at: int, place: int, last: int) -> bool:
        """Whether word ``place`` stands after all that the number ``at`` counts, which goes on to word ``last``: a
        name, an hour or a day, a verb."""
        word = words[place]
        is_hour = word.text in self._words("hours") and not self._lasts(text, words, at)
        is_verb = place == last + 1 and word.text.endswith(self._ends("finite")) and not self.is_number(text, word)
        return is_hour or is_verb or word.text in self._words("when") or text[word.start].isupper()

    def _counted_of(self, text: str, words: Sequence[Word], at: int) -> int | None:
        """What is counted after the small word ``at``, "of its", by the number of its word; ``None`` where that is
        none."""
        after = at + 1
        while after < len(words) and words[after].text in self._words("articles") | self._words("owning"):
            after += 1
        if words[at].text not in self._words("counting") or after >= len(words) or text[words[after].start].isupper():
            return None
        fits = all(joined(text, words, k) for k in range(at, after))
        return after if fits and analyzer_of(self.tag).key(words[after].text) is not None else None

    def _lasts(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether the number ``at`` before a word for hours is one of a time that passes, "pendant dix-neuf heures",
        where a language has one word for both."""
        if not self._words("lasting"):
            return False
        hours = analyzer_of(self.tag).key(words[at].text) or ""
        is_more = hours.isdigit() and int(hours) > _DAY_HOURS
        is_passed = at + 2 < len(words) and words[at + 2].text in self._words("from_there")
        before = words[at - 1].text if at else ""
        return is_more or is_passed or before in self._words("lasting") or self._first(text, words, at) < at

    def _phrase(self, words: Sequence[Word], at: int, name: str) -> int | None:
        """The last word of one of the phrases of a table, where one begins with word ``at``."""
        for phrase in phrases(language(self.tag).questions.get(name, "")):
            if tuple(word.text for word in words[at : at + len(phrase)]) == phrase:
                return at + len(phrase) - 1
        return None

    def _heads(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether word ``at`` is what is counted, after others that only describe it: "six heavily armed men"."""
        before = words[at - 1].text if at < len(words) else ""
        is_plain = bool(before) and joined(text, words, at - 1) and text[words[at].start].islower()
        return is_plain and self._is_plural(words[at]) and not before.endswith(self._ends("counted_ends"))

    def _ends(self, name: str) -> tuple[str, ...]:
        """Endings of words: after which nothing more is counted, "inhabitants lie"; of what was done."""
        return tuple(language(self.tag).questions.get(name, "").split()) or ("\0",)

    def _words(self, name: str) -> frozenset[str]:
        if name not in self._tables:
            self._tables[name] = frozenset(language(self.tag).questions.get(name, "").split())
        return self._tables[name]


def joined(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether one blank stands between this word and the next."""
    return at + 1 < len(words) and bool(_BLANK.match(text[words[at].end : words[at + 1].start]))


@cache
def counts(tag: str) -> Counts:
    """How the language of a BCP 47 tag counts."""
    return Counts(tag)
