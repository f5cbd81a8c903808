"""Two questions typed as one → the halves, each as it was typed and as it is asked.

A half asks by itself: "who killed them and when was it", never "men and women" or "when and only when". What joins and
opens one is data (``language/*/halves.toml``); where any doubt is left the question stays whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.language import halves as halves_of
from retrieval.language import language, languages
from retrieval.question.query import Query
from retrieval.question.shapes import question_word
from retrieval.words.phrases import phrases
from retrieval.words.terms import Word, analyzer_of

MOST = 3  # questions that are told apart; more are read as one, since one reply has no room for so many
_ASKED = "?"
_SIGNS = frozenset("&+")  # typed for "and"
_COMMA = ","


class Half(NamedTuple):
    """One of the questions: ``text`` is verbatim what was typed, ``asked`` what is looked for, with words of another
    half where ``text`` leans on that one ("where *and when did it happen*")."""

    text: str
    asked: str


class _Part(NamedTuple):
    """The words ``[begin, end)`` of the question; ``is_marked``: a question mark stands before them; ``is_listed``: a
    comma and nothing else."""

    begin: int
    end: int
    is_marked: bool = False
    is_listed: bool = False


class Opening(NamedTuple):
    """The words ``[begin, end)`` by which a part asks; ``word`` is the question word, ``None`` for a verb in front."""

    begin: int
    end: int
    word: str | None


def opening(text: str, tag: str) -> Opening | None:
    """By which of the words of ``text``, as those of its language are told apart, it asks; ``None`` where none do, or
    where nothing is known of how the language asks."""
    if not halves_of(tag):
        return None
    return _splitter(tag).opening(text)


def halves(text: str) -> tuple[Half, ...]:
    """The questions that ``text`` consists of, in their order; none where it is one alone."""
    typed = frozenset(text.casefold().split())
    is_signed = not _SIGNS.union(_ASKED, _COMMA).isdisjoint(text.rstrip(" ?!."))
    tags = (tag for tag, joins in _joins().items() if is_signed or not typed.isdisjoint(joins))
    return next((found for tag in tags if (found := _splitter(tag).halves(text))), ())


class _Splitter:
    """Tells questions of one language apart."""

    def __init__(self, tag: str) -> None:
        tables, fold = language(tag).questions, analyzer_of(tag).fold
        data = {name: frozenset(map(fold, words)) for name, words in halves_of(tag).items()}
        self._tag = tag
        self._joins, self._leads, self._subjects = data["joins"], data["leads"], data["subjects"]
        self._pointing, self._inverted, self._counted = data["pointing"], data["inverted"], data["counted"]
        self._in_front, self._spoken = data["in_front"], data["spoken"]
        self._fillers = frozenset(map(analyzer_of(tag).key, tables["fillers"].split()))
        self._verbs = frozenset(tables["verifies"].split())
        asks = (ask for kind in tables["kinds"].values() for ask in phrases(kind["asks"]))
        self._asks = sorted(asks, key=len, reverse=True)

    def halves(self, text: str) -> tuple[Half, ...]:
        """See ``halves``."""
        words = [_named(text, word) for word in analyzer_of(self._tag).words(text)]
        parts = self._parts(text, words)
        if not 1 < len(parts) <= MOST:
            return ()
        return tuple(Half(_cut(text, words, part), self._asked(text, words, part, parts)) for part in parts)

    def opening(self, text: str) -> Opening | None:
        """See ``opening``."""
        words = [_named(text, word) for word in analyzer_of(self._tag).words(text)]
        return self._opening(words, _Part(0, len(words)))

    def _parts(self, text: str, words: Sequence[Word]) -> list[_Part]:
        """The parts that ask, each by itself; what does not belongs to the part before it."""
        parts: list[_Part] = []
        for part in self._pieces(text, words):
            if parts and not (self._opening(words, parts[-1]) and self._asks_alone(words, parts[-1], part)):
                parts[-1] = parts[-1]._replace(end=part.end)
            else:
                parts.append(part)
        return parts

    def _pieces(self, text: str, words: Sequence[Word]) -> Iterator[_Part]:
        """What stands between the words and signs that may join questions."""
        part = _Part(0, len(words))
        for n in range(1, len(words)):
            gap = text[words[n - 1].end : words[n].start].strip()
            is_join = words[n].text in self._joins
            if n > part.begin and n + is_join < len(words) and (is_join or _ASKED in gap or gap in _SIGNS | {_COMMA}):
                yield part._replace(end=n)
                part = _Part(n + is_join, len(words), _ASKED in gap, not is_join and gap == _COMMA)
        yield part

    def _asks_alone(self, words: Sequence[Word], before: _Part, part: _Part) -> bool:
        """Whether a part is a question of its own, and no second clause of the one before it."""
        opening = self._opening(words, part)
        if opening is None:
            return False
        if not self._leads_only(words, part.begin, opening.begin):  # "… et elles ont été reçues comment"
            return opening.end == part.end and words[part.begin].text in self._spoken
        if part.is_listed and not (self._is_bare(words, before) or self._is_bare(words, part)):
            return False  # "the man, who founded it", as against "how, when and where did it happen"
        if part.is_marked:
            return True
        first = self._opening(words, before)
        following = words[opening.end].text if opening.end < part.end else None
        if opening.word is None:
            return following in self._subjects or (first is not None and first.word is None)
        is_adverb = opening.word in self._inverted and opening.end - opening.begin == 1  # "how", but not "how many"
        if is_adverb and following is not None and following not in self._verbs:
            return False  # "what did he do after the war and when he came back"
        if first is None:
            return True
        asked_for = [word.text for word in words[first.end : before.end]]
        if self._is_cut_short(first, asked_for, opening) and part.end - opening.end > 1:
            return False  # "what year and what month did it happen"
        # "the man who founded it and who led it": both clauses belong to the man.
        later = words[first.end : before.end] if first.word else words[before.begin : before.end]
        return opening.word not in {question_word(word.text, self._tag) or word.text for word in later}

    def _is_cut_short(self, first: Opening, asked_for: Sequence[str], opening: Opening) -> bool:
        """Whether two nouns are asked for, the first without its clause; "what happened" has one."""
        if not self._counted.issuperset((first.word, opening.word)) or len(asked_for) != 1:
            return False
        return analyzer_of(self._tag).key(asked_for[0]) not in self._fillers

    def _opening(self, words: Sequence[Word], part: _Part) -> Opening | None:
        """The words by which a part asks: its first question word with what belongs to it, or the verb in front."""
        is_front = True
        for n in range(part.begin, part.end):
            typed = words[n].text
            word = question_word(typed, self._tag) or (typed if is_front and typed in self._in_front else None)
            phrase = self._phrase(words, n, part.end, word)
            if word or any(question_word(one.text, self._tag) for one in words[n : n + phrase]):
                return Opening(n, n + max(1, phrase), word or typed)
            is_front = is_front and typed in self._leads
        is_lead = (words[n].text in self._leads - self._verbs for n in range(part.begin, part.end))
        front = next((n for n, skipped in enumerate(is_lead, start=part.begin) if not skipped), part.end)
        if front < part.end and words[front].text in self._verbs:
            return Opening(front, front + 1, None)
        return None

    def _phrase(self, words: Sequence[Word], begin: int, end: int, word: str | None) -> int:
        """How many words from ``begin`` on are one phrase that asks: 2 for "how many"."""
        found = [word or words[begin].text, *(one.text for one in words[begin + 1 : end])]
        return next((len(ask) for ask in self._asks if tuple(found[: len(ask)]) == ask), 0)

    def _asked(self, text: str, words: Sequence[Word], part: _Part, parts: Sequence[_Part]) -> str:
        """What a part asks, with the words of another that it needs."""
        typed_, is_bare = _cut(text, words, part), self._is_bare(words, part)
        points = any(word.text in self._pointing for word in words[part.begin : part.end])
        if not is_bare and (not points or self._tells(typed_)):
            return typed_
        others = [rest for other in parts if other is not part and (rest := self._rest(words, other)).begin < rest.end]
        if is_bare:
            others = others[:1]
        else:
            others = [rest for rest in others if rest.begin < part.begin and self._tells(_cut(text, words, rest))][:1]
        return " ".join([typed_.rstrip(" ?"), *(_cut(text, words, rest) for rest in others)])

    def _is_bare(self, words: Sequence[Word], part: _Part) -> bool:
        """Whether a part has nothing but words by which it asks: "and when", "and in what condition"."""
        opening, rest = self._opening(words, part), self._rest(words, part)
        if opening is not None and opening.end == part.end and not self._spoken:
            return True  # "discovery of the bodies, when"
        if opening is not None and part.begin < opening.begin < rest.begin and opening.word in self._counted:
            return rest.end - rest.begin <= 1
        return rest.begin == rest.end

    def _rest(self, words: Sequence[Word], part: _Part) -> _Part:
        """The words of a part without those by which it asks."""
        opening = self._opening(words, part)
        if opening is None or (opening.end == part.end and not self._leads_only(words, part.begin, opening.begin)):
            return part if opening is None else _Part(part.begin, opening.begin)  # "ils ont tiré quand"
        begin = opening.end
        while begin < part.end and words[begin].text in self._leads:
            begin += 1
        return _Part(begin, part.end)

    def _leads_only(self, words: Sequence[Word], begin: int, end: int) -> bool:
        return self._leads.issuperset(word.text for word in words[begin:end])

    def _tells(self, text: str) -> bool:
        """Whether any word of ``text`` says what is meant."""
        return any(want.key and want.is_telling for want in Query.of(text, self._tag).wants)


def _named(text: str, word: Word) -> Word:
    """A word as it is compared; one in capitals (WHO) is a name and asks nothing."""
    typed = text[word.start : word.end]
    is_name = len(typed) > 1 and typed.isupper() and not text.isupper()
    return word._replace(text=typed) if is_name else word


def _cut(text: str, words: Sequence[Word], part: _Part) -> str:
    """The words of a part as they were typed, with what ends them."""
    until = words[part.end].start if part.end < len(words) else len(text)
    end = words[part.end - 1].end
    tail = text[end:until]
    return text[words[part.begin].start : end] + ("?" if tail.lstrip().startswith(_ASKED) else "")


@cache
def _joins() -> Mapping[str, frozenset[str]]:
    """The words that join questions, by the tag of their language."""
    return {tag: data["joins"] for tag in languages() if (data := halves_of(tag))}


@cache
def _splitter(tag: str) -> _Splitter:
    return _Splitter(tag)
