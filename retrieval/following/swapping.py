"""A question and another thing → the same question of that: "where were the bodies found" and "the vehicle" make "where
were the vehicle found". A name takes the place of a name, what stands after a preposition that of what stood after it.

What is made so is looked for and never shown: it need not be a sentence.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from retrieval.kind import Kind
from retrieval.language import halves as halves_of
from retrieval.language import language
from retrieval.question.halves import Opening, opening
from retrieval.question.shapes import question_shapes
from retrieval.words.terms import Word, analyzer_of

IsName = Callable[[str], bool]


def never(_word: str) -> bool:
    """No word is a name that is not written as one."""
    return False


class Text(NamedTuple):
    """A text with its words, and those by which it asks."""

    text: str
    words: Sequence[Word]
    opening: Opening | None
    is_name: IsName = never

    @classmethod
    def of(cls, text: str, tag: str, is_name: IsName = never) -> "Text":
        """The text as one in the language of that tag. ``is_name`` says which words are names, however written."""
        return cls(text, analyzer_of(tag).words(text), opening(text, tag), is_name)

    def cut(self, begin: int, end: int) -> str:
        """The words from ``begin`` to ``end`` as they were typed."""
        return self.text[self.words[begin].start : self.words[end - 1].end] if begin < end else ""


class Swapped(NamedTuple):
    """What is ``asked`` now, and what it has of the question before: ``asks``, the words by which that asks, and
    ``kept``, its others. ``is_name``: a name stands in place of another."""

    asked: str
    asks: str
    kept: str
    is_name: bool = False


class Swaps:
    """Puts one thing in place of another in questions of one language. ``before`` are its prepositions, ``pronouns``
    its words that stand for what was named."""

    def __init__(self, tag: str, before: AbstractSet[str], pronouns: AbstractSet[str]) -> None:
        tables = language(tag).questions
        self._tag, self._own, self._before = tag, analyzer_of(tag), before
        self._shapes = question_shapes(tag)
        self._verbs = frozenset(tables["verifies"].split())
        self._articles = frozenset(tables["articles"].split())
        self._of = frozenset(tables.get("linking", tables["of"]).split())
        self._pronouns, self._counted = pronouns, halves_of(tag)["counted"]

    def swapped(self, question: str, thing: Text, *, is_same: bool) -> Swapped:
        """The question of another thing; ``is_same``: it was said that it is the same question, so that its subject
        stays where it has anything else that may be meant."""
        text = question.rstrip(" ?.!")
        before = Text.of(text, self._tag, thing.is_name)
        is_name = self._is_name(thing)
        place = self._place(before, thing, is_name=is_name, is_same=is_same)
        asks = before.opening
        front = before.cut(asks.begin, asks.end) if asks and asks.word else ""
        begin, end = place or (len(before.words), len(before.words))
        rest = [n for n in range(len(before.words)) if not begin <= n < end]
        if asks is not None:
            rest = [n for n in rest if not asks.begin <= n < asks.end]
        kept = " ".join(before.cut(n, n + 1) for n in rest)
        if place is None:
            return Swapped(f"{text} {thing.text}".strip(), front, kept)
        start, stop = before.words[begin].start, before.words[end - 1].end
        is_renamed = is_name and self._is_typed_name(before, end - 1)
        return Swapped(f"{text[:start]}{thing.text}{text[stop:]}".strip(), front, kept, is_renamed)

    def _place(self, before: Text, thing: Text, *, is_name: bool, is_same: bool) -> tuple[int, int] | None:
        """The words of the question in whose place the thing is put; ``None``: it is put behind them all."""
        phrases = list(self._phrases(before))
        if thing.words[0].text in self._before:  # "in Lumen" in place of "in Kessa"
            alike = (
                (begin, end)
                for begin, end in phrases
                if before.words[begin].text == thing.words[0].text
                and self._is_typed_name(before, end - 1) == self._is_typed_name(thing, len(thing.words) - 1)
                and _is_number(before, end - 1) == _is_number(thing, len(thing.words) - 1)
            )
            return next(alike, None)
        names = list(self._names(before))
        if is_name and names:
            after = [name for name in names if name[0] and before.words[name[0] - 1].text in self._before]
            return [*names, *after][-1]
        if is_same and phrases:
            begin, end = phrases[-1]
            return begin + 1, end
        return self._subject(before)

    def _phrases(self, before: Text) -> Iterator[tuple[int, int]]:
        """The words after each preposition, and it: up to the next, to a verb in front, or to the end."""
        words, asked = before.words, before.opening.end if before.opening else 0
        for begin in range(asked, len(words)):
            if words[begin].text not in self._before:
                continue
            stops = (n for n in range(begin + 1, len(words)) if words[n].text in self._before | self._verbs)
            end = next(stops, len(words))
            if end > begin + 1:
                yield begin, end

    def _names(self, before: Text) -> Iterator[tuple[int, int]]:
        """The stretches of words that are written as names are; the first word of a question is written so anyway."""
        begin = None
        first = before.opening.end if before.opening else 0
        for n in range(first, len(before.words) + 1):
            is_one = n < len(before.words) and self._is_typed_name(before, n)
            if begin is not None and (
                not is_one or before.text[before.words[n - 1].end : before.words[n].start] != " "
            ):
                yield begin, n
                begin = None
            if is_one and begin is None:
                begin = n

    def _is_name(self, thing: Text) -> bool:
        """Whether all words of a thing that say something are written as a name is."""
        telling = [n for n, word in enumerate(thing.words) if self._own.key(word.text)]
        return bool(telling) and all(self._is_typed_name(thing, n) for n in telling)

    def _is_typed_name(self, text: Text, number: int) -> bool:
        """Whether a word is written as a name is, in a text that is not in capitals throughout, or is known as one."""
        word = text.words[number]
        is_capital = text.text[word.start].isupper() and not (text.text.isupper() and len(text.words) > 1)
        return is_capital or text.is_name(text.cut(number, number + 1))

    def _subject(self, before: Text) -> tuple[int, int] | None:
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
            if self._is_followed(before, begin):
                return self._phrase(words, begin + 2, end)  # "what happened to the vehicle"
            if words[begin].text in self._articles or self._counts(before):
                return begin, max(verb, begin + 1)  # "how many women were", "où les corps ont"
            return self._phrase(words, terms[0] + 1, end)  # "who stopped the car"
        begin += asks.word is not None
        if words[begin].text in self._pronouns:
            return begin, begin + 1
        if begin == terms[0] and self._shapes.asked([word.text for word in words]).kind in (Kind.PERSON, Kind.GROUP):
            return self._phrase(words, begin + 1, end)  # "who was killed", "who was killing the civilians"
        objects = (n for n in range(begin + 2, end) if words[n].text in self._articles and n - 1 in terms)
        last = next((n - 1 for n in objects), terms[-1])  # "did the army deny the killings"
        if len(terms) == 1:  # "what did the experts say"
            last = next((n for n in range(terms[0] + 1, end) if self._own.key(words[n].text) is None), end)
        return self._phrase(words, begin, last)

    def _is_followed(self, before: Text, begin: int) -> bool:
        """Whether word ``begin`` after "what" is its verb, with a preposition and no other verb behind."""
        words, asks = before.words, before.opening
        behind = [word.text for word in words[begin + 1 :]]
        is_alone = asks is not None and asks.end - asks.begin == 1 and self._verbs.isdisjoint(behind)
        return is_alone and len(behind) > 1 and behind[0] in self._before and behind[0] not in self._of

    def _counts(self, before: Text) -> bool:
        asks = before.opening
        return asks is not None and (asks.word in self._counted or asks.end - asks.begin > 1)

    def _phrase(self, words: Sequence[Word], begin: int, end: int) -> tuple[int, int] | None:
        """The words from ``begin`` to ``end``, without what stands before their article."""
        while begin < end and self._own.key(words[begin].text) is None and words[begin].text not in self._articles:
            begin += 1
        return (begin, end) if begin < end else None


def _is_number(text: Text, number: int) -> bool:
    return text.text[text.words[number].start].isdigit()
