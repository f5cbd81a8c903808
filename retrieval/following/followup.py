"""What was asked and answered before, and a new text → how the text is read: as it stands, or as leaning on the turn
before it ("and the vehicle?", "when?", "who said that?").

Pure: it keeps nothing and searches nothing. What makes a text lean is data (``language/*/followup.toml``); where any
doubt is left the text stands alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from corpus.tongue import A_QUESTION, spoken
from retrieval.following.turn import Aspect, Reading, Turn
from retrieval.language import facets as facets_of
from retrieval.language import followup as table_of
from retrieval.language import halves as halves_of
from retrieval.language import language, languages
from retrieval.question.facet import Asked
from retrieval.question.halves import Opening, opening
from retrieval.question.kind import Kind, question_shapes
from retrieval.question.query import Query
from retrieval.words.terms import Word, analyzer_of

MOST_TAKEN = 6  # words of the question before
_BARE = 8  # words of a follow-up that has no telling one at most
_TABLES = frozenset({"leads", "asides", "closing", "pronouns", "pointing", "itself", "speakers", "nexts", "before"})


class _Text(NamedTuple):
    """A text with its words, and those by which it asks."""

    text: str
    words: Sequence[Word]
    opening: Opening | None

    def cut(self, begin: int, end: int) -> str:
        """The words from ``begin`` to ``end`` as they were typed."""
        return self.text[self.words[begin].start : self.words[end - 1].end] if begin < end else ""


def read(turn: Turn, text: str) -> Reading | None:
    """How ``text`` is read after ``turn``; ``None`` where it stands alone."""
    first = spoken(text, A_QUESTION) or spoken(turn.question, A_QUESTION) or language(turn.tag).tag
    tags = sorted(_known(), key=lambda tag: (tag != first, tag != language(turn.tag).tag, tag))
    return next((found for tag in tags if (found := _reader(tag).read(turn, text))), None)


def leans(text: str) -> bool:
    """Whether ``text`` cannot be read without the question before it: "when?", "and the vehicle?"."""
    reading = read(Turn(""), text)
    return reading is not None and not reading.is_pointing


def is_aside(text: str) -> bool:
    """Whether ``text`` says nothing that could be looked for, nor leaned on: "ok, thanks"."""
    return any(_reader(tag).is_aside(text) for tag in _known())


class Reader:
    """Reads the texts of one language. Raises ``ValueError`` where the data is not whole."""

    def __init__(self, tag: str) -> None:
        data, own = table_of(tag), analyzer_of(tag)
        if data.keys() != _TABLES:
            raise ValueError(f"followup.toml of {tag}: {', '.join(sorted(_TABLES.symmetric_difference(data)))}")
        lists = {name: _phrases(tag, data[name]) for name in ("leads", "asides", "itself", "speakers", "nexts")}
        self._leads, self._asides, self._itself, self._speakers, self._nexts = lists.values()
        self._closing, self._pronouns = frozenset(data["closing"].split()), frozenset(data["pronouns"].split())
        self._pointing, self._before = frozenset(data["pointing"].split()), frozenset(data["before"].split())
        tables, self._shapes = language(tag).questions, question_shapes(tag)
        self._tag, self._own = tag, own
        self._talk = frozenset(facets_of(tag).get("talk", "").split())
        self._verbs = frozenset(tables["verifies"].split())
        self._articles = frozenset(tables["articles"].split())
        self._counted = halves_of(tag)["counted"]

    def read(self, turn: Turn, text: str) -> Reading | None:
        """See ``read``."""
        typed = self._text(text)
        begin, is_led = self._front(typed.words)
        end = self._end(typed.words, begin)
        folded = [word.text for word in typed.words[begin:end]]
        if aspect := self._aspect(typed.words, folded):
            return Reading(turn.question or text, aspect=aspect)
        if not folded or folded[-1] in self._talk:  # "who made you"
            return None
        rest = self._text(typed.cut(begin, end))
        if is_led and rest.opening is None and not self._stands_for(rest):
            return self._swapped(turn, rest)
        if not self._telling(rest.text):
            return self._bare(turn, rest) if len(rest.words) <= _BARE else None
        if is_led or (end < len(typed.words) and rest.opening is None):
            return self._with(turn, rest.text)
        if self._points(rest):
            return replace(self._with(turn, rest.text), is_pointing=True)
        return None

    def is_aside(self, text: str) -> bool:
        """See ``is_aside``."""
        words = self._own.words(text)
        return self._front(words)[0] == len(words)

    def _aspect(self, words: Sequence[Word], folded: Sequence[str]) -> Aspect | None:
        """What is asked of the answer as it stands, by all ``words`` or by those that are no mere lead."""
        texts = {tuple(folded), tuple(word.text for word in words)}
        if texts & self._speakers:
            return Aspect.SPEAKER
        return Aspect.NEXT if texts & self._nexts else None

    def _text(self, text: str) -> _Text:
        return _Text(text, self._own.words(text), opening(text, self._tag))

    def _front(self, words: Sequence[Word]) -> tuple[int, bool]:
        """The first word behind those that lead, and whether any of them joins the text to what was before."""
        at, is_led = 0, False
        while True:
            folded = tuple(word.text for word in words[at : at + 6])
            lead = _longest(self._leads, folded)
            aside = _longest(self._asides, folded)
            if not (lead or aside):
                return at, is_led
            is_led = is_led or lead >= aside
            at += max(lead, aside)

    def _end(self, words: Sequence[Word], begin: int) -> int:
        end = len(words)
        while end > begin + 1 and words[end - 1].text in self._closing:
            end -= 1
        return end

    def _telling(self, text: str) -> list[str]:
        """The words of ``text`` that say what is meant, as they were typed, but for those that ask: "what time"."""
        nothing = self._shapes.filler_keys | self._shapes.untelling_keys
        noun = self._shapes.asked([word.text for word in self._own.words(text)]).type_noun
        terms = [term for term in self._own.terms(text) if term.key not in nothing and term.position != noun]
        return [text[term.start : term.end] for term in terms]

    def _keys(self, text: str) -> frozenset[str]:
        return frozenset(term.key for term in self._own.terms(text))

    def _bare(self, turn: Turn, rest: _Text) -> Reading | None:
        """The reading of a text without a telling word: by what it asks for, of what was asked before."""
        if rest.opening is None:
            return None
        end = next((n for n in range(rest.opening.end, len(rest.words)) if self._is_back(rest.words[n].text)), None)
        behind = [word.text for word in rest.words[end:]] if end is not None else []
        noun = self._shapes.asked([word.text for word in rest.words]).type_noun
        has_terms = any(term.position != noun for term in self._own.terms(rest.text))  # "what happened next"
        ends_back = not behind or self._is_back(behind[-1]) or behind[-1] in self._before
        if has_terms or len(behind) > 2 or not ends_back:
            found, facet = self._with(turn, rest.text), self._facet(rest.text)  # "what did they do"
            return replace(found, facet=facet if found.taken else Query.of(rest.text, self._tag).facet)
        asks = rest.cut(0, len(rest.words) if end is None else end)
        asked = f"{asks} {self._rest(turn)}".strip()
        return Reading(asked, self._keys(asks), is_spliced=True, is_clause=bool(behind), facet=self._facet(asks))

    def _stands_for(self, rest: _Text) -> bool:
        """Whether all of its words stand for what was named before: "and that?"."""
        return all(self._is_back(word.text) for word in rest.words)

    def _is_back(self, word: str) -> bool:
        return word in self._verbs or word in self._pronouns or word in self._pointing

    def _rest(self, turn: Turn) -> str:
        """The question before without the words by which it asks."""
        text = turn.question.rstrip(" ?.!")
        before = self._text(text)
        if before.opening is None:
            return text
        is_verb = before.opening.word is None
        begin = before.opening.begin if is_verb else before.opening.end
        if not is_verb and before.opening.end == len(before.words):  # "ils ont tiré quand"
            return before.cut(0, before.opening.begin)
        return before.cut(begin, len(before.words))

    def _swapped(self, turn: Turn, rest: _Text) -> Reading:
        """The question before, of another thing: "and the vehicle?"."""
        text = turn.question.rstrip(" ?.!")
        before = self._text(text)
        place = None if rest.words[0].text in self._before else self._subject(before)
        if place is None:
            asked = f"{text} {rest.text}"
        else:
            begin, end = before.words[place[0]].start, before.words[place[1] - 1].end
            asked = f"{text[:begin]}{rest.text}{text[end:]}"
        if not turn.lost.isdisjoint(self._keys(asked)):
            return self._with(turn, rest.text)
        return Reading(asked.strip(), self._keys(rest.text))

    def _subject(self, before: _Text) -> tuple[int, int] | None:
        """The words of a question that say of what it is asked: after the verb in front or after what is counted."""
        words, asks = before.words, before.opening
        if asks is None:
            return (0, len(words)) if words else None
        begin, end = asks.end, len(words)
        terms = [n for n in range(begin, end) if self._own.key(words[n].text)]
        if begin == end or not terms:
            return None
        verb = next((n for n in range(begin, end) if words[n].text in self._verbs), terms[0] + 1)
        if words[begin].text not in self._verbs and asks.word is not None:
            if words[begin].text in self._articles or self._counts(before):
                return begin, max(verb, begin + 1)  # "how many women were", "où les corps ont"
            return self._phrase(words, terms[0] + 1, end)  # "who stopped the car"
        begin += asks.word is not None
        if words[begin].text in self._pronouns:
            return begin, begin + 1
        if begin == terms[0] and self._shapes.asked([word.text for word in words]).kind in (Kind.PERSON, Kind.GROUP):
            return self._phrase(words, begin + 1, end)  # "who was killed", "who was killing the civilians"
        return self._phrase(words, begin, terms[-1] if len(terms) > 1 else end)

    def _counts(self, before: _Text) -> bool:
        asks = before.opening
        return asks is not None and (asks.word in self._counted or asks.end - asks.begin > 1)

    def _phrase(self, words: Sequence[Word], begin: int, end: int) -> tuple[int, int] | None:
        """The words from ``begin`` to ``end``, without what stands before their article."""
        while begin < end and self._own.key(words[begin].text) is None and words[begin].text not in self._articles:
            begin += 1
        return (begin, end) if begin < end else None

    def _points(self, rest: _Text) -> bool:
        """Whether a word stands for what was named before."""
        folded = [word.text for word in rest.words]
        if any(_stands(phrase, folded) for phrase in self._itself):
            return False
        for n, word in enumerate(folded):
            is_last = n + 1 == len(folded)
            if word in self._pointing and (is_last or (n and folded[n - 1] in self._verbs)):
                return True
            if word in self._pronouns and (is_last or not self._telling(rest.cut(0, n))):
                return True
        return False

    def _facet(self, asks: str) -> Asked | None:
        """The facet that a text without telling words asks for, as one of what was asked before."""
        facet = Query.of(asks, self._tag).facet
        return facet._replace(is_whole=False, is_named=False) if facet else None

    def _with(self, turn: Turn, text: str) -> Reading:
        """The text with the telling words of the question before."""
        own = self._keys(text)
        taken = [word for word in self._telling(turn.question) if self._keys(word).isdisjoint(own | turn.lost)]
        taken = list(dict.fromkeys(taken))[:MOST_TAKEN]
        return Reading(" ".join([text, *taken]), own, tuple(taken))


def _phrases(tag: str, listed: str) -> frozenset[tuple[str, ...]]:
    words = analyzer_of(tag).words
    return frozenset(tuple(word.text for word in words(phrase)) for phrase in listed.split(",") if phrase.strip())


def _longest(phrases: frozenset[tuple[str, ...]], folded: tuple[str, ...]) -> int:
    return next((size for size in range(len(folded), 0, -1) if folded[:size] in phrases), 0)


def _stands(phrase: Sequence[str], folded: Sequence[str]) -> bool:
    return any(tuple(folded[n : n + len(phrase)]) == phrase for n in range(len(folded)))


def _known() -> Iterator[str]:
    return (tag for tag in languages() if table_of(tag))


@cache
def _reader(tag: str) -> Reader:
    return Reader(tag)
