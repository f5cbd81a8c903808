"""What was typed in a chat → the same in the words that a report would use: "ppl" → "people", "were did" → "where
did"; and which of its words only tell why somebody asks.

The tables are data (``language/*/typed.toml``, whose head explains the form).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.words.spelling import frequent, nearest, slip
from retrieval.words.terms import Word, analyzer_of

_SENTENCE_END = re.compile(r"[.?!;\n…]+(?=\s|$)")
_ASKED = "?"
_SPELT_FROM = 3  # letters of a word that may be a misspelt one
_SEVERAL = 4  # words from which what stands before the words that ask may be a story


class Typed:
    """How one language is typed."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).typed
        self._tag = tag
        self._words = analyzer_of(tag).words
        forms = dict(_lines(tables.get("forms", "")))
        self._forms: Mapping[str, str] = {form: forms[form] for form in forms if " " not in form}
        self._beside = {tuple(form.split()): text for form, text in _lines(tables.get("beside", ""))}
        self._passive = dict(_lines(tables.get("passive", "")))
        self._participles = frozenset(map(fold, tables.get("participles", "").split()))
        self._regular = tuple(map(fold, tables.get("regular", "").split()))
        self._goes_on = {word: after.split() for word, after in _lines(tables.get("goes_on", ""))}
        self._first = frozenset(form[0] for form in self._beside)
        self.asker = frozenset(map(fold, tables.get("asker", "").split()))
        self.story = self.asker.union(map(fold, tables.get("courtesy", "").split()))

    def written_out(self, text: str) -> str:
        """``text`` with the forms of a chat written out. Words in capitals stay, since they are names; where all are
        capitals, none is."""
        words = self._words(text)
        folded = [word.text for word in words]
        tables = (self._forms.keys(), self._first, self._passive.keys(), self._goes_on.keys())
        if all(known.isdisjoint(folded) for known in tables):
            return text
        shouted = text.isupper()
        parts: list[str] = []
        done = at = 0
        while at < len(words):
            pair = tuple(folded[at : at + 2])
            end = at + 2 if pair in self._beside else at + 1
            typed = text[words[at].start : words[at].end]
            instead = self._beside.get(pair) or self._passive_of(pair) or self._forms.get(folded[at])
            if instead is None and at and (shouted or typed.islower()):
                instead = self._meant_behind(folded[at - 1], folded[at])
            if instead and (shouted or len(typed) == 1 or not typed.isupper()):
                parts += [text[done : words[at].start], instead.upper() if shouted else instead]
                done = words[end - 1].end
            at = end
        return "".join([*parts, text[done:]])

    def _passive_of(self, pair: tuple[str, ...]) -> str | None:
        """What a word such as "got" stands for before a participle: "were" in "how many got killed"."""
        instead = self._passive.get(pair[0])
        if instead is None or len(pair) < 2:
            return None
        after = self._forms.get(pair[1], pair[1])
        is_one = after in self._participles or bool(self._regular and after.endswith(self._regular))
        return instead if is_one else None

    def _meant_behind(self, before: str, word: str) -> str | None:
        """What a misspelt word was meant for behind one that often goes on with few others: "many" in "how meny"."""
        others = self._goes_on.get(before, ())
        key = analyzer_of(self._tag).key(word)
        if (
            not others
            or len(word) < _SPELT_FROM
            or word in others
            or key is None
            or frequent(self._tag).knows(word, key)
        ):
            return None
        near = dict(nearest(word, others, 1))
        return min(near, key=lambda other: (slip(word, other), others.index(other)), default=None)


class Asking(NamedTuple):
    """The words by which a clause is seen to ask: question words anywhere, with a ``leading`` one before them ("since
    when"); the others after a comma ("…, was it us?"), with a joining one between at most ("…, so is there a plan?").
    """

    words: AbstractSet[str]
    leading: AbstractSet[str]
    after_comma: AbstractSet[str]
    joining: AbstractSet[str]


def only_telling(text: str, words: Sequence[Word], asking: Asking, typed: Typed) -> frozenset[int]:
    """The numbers of those ``words`` of ``text`` that only tell why somebody asks; none where nothing asks.

    Of several sentences one that neither asks nor has a question mark only tells; and so do the first words of one,
    up to those that ask, where they speak of the asker ("I am a student and want to know …").
    """
    found: set[int] = set()
    is_asked = False
    for begin, end, is_marked in _sentences(text, words):
        at = _asks_from(text, words[begin:end], asking, typed)
        is_asked = is_asked or is_marked or at is not None
        if at is None and not is_marked:
            found.update(range(begin, end))
        elif at:
            found.update(range(begin, begin + at))
    return frozenset(found) if is_asked and len(found) < len(words) else frozenset()


def _asks_from(text: str, words: Sequence[Word], asking: Asking, typed: Typed) -> int | None:
    """Where a sentence begins to ask: after its story, at 0 where it has none; ``None`` where it does not ask."""
    places = [n for n in range(len(words)) if _opens(text, words, n, asking)]
    if not places:
        return 0 if words[0].text in asking.after_comma else None
    begin = 0
    for at in places:
        # What asks already goes on to tell only where it speaks of the asker: "what I keep wondering is whether …".
        story = typed.asker if begin in places else typed.story
        if at - begin >= _SEVERAL and not story.isdisjoint(word.text for word in words[begin:at]):
            begin = at
    return begin - 1 if begin and words[begin - 1].text in asking.leading else begin


def _opens(text: str, words: Sequence[Word], n: int, asking: Asking) -> bool:
    if words[n].text in asking.words:
        return True
    if n and words[n].text in asking.after_comma:
        before = n - 1 if words[n - 1].text in asking.joining else n
        return before > 0 and "," in text[words[before - 1].end : words[before].start]
    return False


def _sentences(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """The first word and the end of each sentence, and whether a question mark ends it."""
    begin = at = 0
    for end in [*_SENTENCE_END.finditer(text), None]:
        while at < len(words) and (end is None or words[at].start < end.start()):
            at += 1
        if at > begin:
            yield begin, at, end is not None and _ASKED in end.group()
        begin = at


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        left, _, right = line.partition(">")
        for form in left.split(","):
            if form.strip():
                yield fold(" ".join(form.split())), " ".join(right.split())


@cache
def typed(tag: str) -> Typed:
    """How the language of a BCP 47 tag is typed; a language without data is read as it stands."""
    return Typed(tag)
