"""What was asked and answered before, and a new text → how the text is read: as it stands, or as leaning on the turn
before it ("and the vehicle?", "when?", "who said that?").

A text leans on the words of the one before it and on no older ones: those that one was read with are taken over only
where it had none of its own. Pure: it keeps nothing and searches nothing. What makes a text lean is data
(``language/*/followup.toml``); where any doubt is left the text stands alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from corpus.text.language import A_QUESTION, spoken
from retrieval.following.swapping import IsName, Swaps, Text, never
from retrieval.following.turn import Aspect, Reading, Turn
from retrieval.language import facets as facets_of
from retrieval.language import followup as table_of
from retrieval.language import language, languages
from retrieval.question.facet import Asked, Facet
from retrieval.question.query import Query
from retrieval.question.shapes import question_shapes
from retrieval.words.terms import Word, analyzer_of

MOST_TAKEN = 6  # words of the question before
_ASPECTS = {Aspect.SPEAKER: "speakers", Aspect.NEXT: "nexts", Aspect.DOUBT: "doubts"}
_PHRASES = ("leads", "turning", "same", "asides", "itself", "speakers", "nexts", "doubts")
_BARE = 8  # words of a follow-up that has no telling one at most
_TABLES = frozenset({*_PHRASES, "closing", "pronouns", "acts", "pointing", "before"})


def read(turn: Turn, text: str, is_name: IsName = never) -> Reading | None:
    """How ``text`` is read after ``turn``; ``None`` where it stands alone. ``is_name`` says which words are names,
    however they are written."""
    first = spoken(text, A_QUESTION) or spoken(turn.question, A_QUESTION) or language(turn.tag).tag
    tags = sorted(_known(), key=lambda tag: (tag != first, tag != language(turn.tag).tag, tag))
    return next((found for tag in tags if (found := _reader(tag).read(turn, text, is_name))), None)


def leans(text: str) -> bool:
    """Whether ``text`` cannot be read without the question before it: "when?", "and the vehicle?", but not "what about
    the army?"."""
    reading = read(Turn(""), text)
    return reading is not None and not (reading.is_pointing or reading.named)


def is_aside(text: str) -> bool:
    """Whether ``text`` says nothing that could be looked for, nor leaned on: "ok, thanks"."""
    return any(_reader(tag).is_aside(text) for tag in _known())


def is_doubt(text: str) -> bool:
    """Whether ``text`` asks whether what was answered is so, and nothing besides: "really?"."""
    return any(_reader(tag).is_doubt(text) for tag in _known())


def joined(text: str, words: Sequence[str]) -> Reading:
    """How ``text`` was read, as far as the ``words`` that were shown with it tell: for whoever has them alone."""
    first = spoken(text, A_QUESTION) or spoken(" ".join(words), A_QUESTION)
    return _reader(first if first in _known() else _known()[0]).joined(text, words)


class Reader:
    """Reads the texts of one language. Raises ``ValueError`` where the data is not whole."""

    def __init__(self, tag: str) -> None:
        data, own = table_of(tag), analyzer_of(tag)
        if data.keys() != _TABLES:
            raise ValueError(f"followup.toml of {tag}: {', '.join(sorted(_TABLES.symmetric_difference(data)))}")
        lists = {name: _phrases(tag, data[name]) for name in _PHRASES}
        self._same, self._asides, self._itself = lists["same"], lists["asides"], lists["itself"]
        self._turning = lists["turning"]
        self._leads = lists["leads"] | self._turning | self._same
        self._aspects = {aspect: lists[name] for aspect, name in _ASPECTS.items()}
        self._closing, self._pronouns = frozenset(data["closing"].split()), frozenset(data["pronouns"].split())
        self._pointing, self._before = frozenset(data["pointing"].split()), frozenset(data["before"].split())
        self._things = self._pronouns - frozenset(data["acts"].split())
        tables, self._shapes = language(tag).questions, question_shapes(tag)
        self._tag, self._own, self._swaps = tag, own, Swaps(tag, self._before, self._pronouns)
        self._talk = frozenset(facets_of(tag).get("talk", "").split())
        self._verbs = frozenset(tables["verifies"].split())

    def read(self, turn: Turn, text: str, is_name: IsName = never) -> Reading | None:
        """See ``read``."""
        typed = Text.of(text, self._tag)
        begin, is_led = self._front(typed.words)
        end = self._end(typed.words, begin)
        folded = [word.text for word in typed.words[begin:end]]
        if aspect := self._aspect(typed.words, folded):
            return Reading(turn.question or text, aspect=aspect)
        if not folded or folded[-1] in self._talk:  # "who made you"
            return None
        rest = Text.of(typed.cut(begin, end), self._tag, is_name)
        if is_led and rest.opening is None and not self._stands_for(rest):
            front = [word.text for word in typed.words[:begin]]
            swapped = self._swapped(turn, rest, is_same=_has(front, self._same))
            return replace(swapped, named=rest.text) if _has(front, self._turning) else swapped
        if not self.telling(rest.text):
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

    def is_doubt(self, text: str) -> bool:
        """See ``is_doubt``."""
        return tuple(word.text for word in self._own.words(text)) in self._aspects[Aspect.DOUBT]

    def joined(self, text: str, words: Sequence[str]) -> Reading:
        """See ``joined``."""
        typed = Text.of(text, self._tag)
        begin, _ = self._front(typed.words)
        own, taken = typed.cut(begin, self._end(typed.words, begin)) or text.rstrip(" ?.!"), " ".join(words)
        is_swapped = Text.of(own, self._tag).opening is None and Text.of(taken, self._tag).opening is not None
        asked = f"{taken} {own}" if is_swapped else _strung([own, *words])
        return Reading(asked, shown=tuple(words), topic="" if is_swapped or not self.telling(own) else own)

    def _aspect(self, words: Sequence[Word], folded: Sequence[str]) -> Aspect | None:
        """What is asked of the answer as it stands, by all ``words`` or by those that are no mere lead."""
        texts = {tuple(folded), tuple(word.text for word in words)}
        return next((aspect for aspect, phrases in self._aspects.items() if texts & phrases), None)

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

    def telling(self, text: str) -> list[str]:
        """The words of ``text`` that say what is meant, as they were typed, but for those that ask: "what time"."""
        nothing = self._shapes.filler_keys | self._shapes.untelling_keys
        noun = self._shapes.asked([word.text for word in self._own.words(text)]).type_noun
        terms = [term for term in self._own.terms(text) if term.key not in nothing and term.position != noun]
        return [text[term.start : term.end] for term in terms]

    def saying(self, text: str) -> list[str]:
        """All words of ``text`` that are looked for, as they were typed."""
        return [text[term.start : term.end] for term in self._own.terms(text)]

    def _keys(self, text: str) -> frozenset[str]:
        return frozenset(term.key for term in self._own.terms(text))

    def _bare(self, turn: Turn, rest: Text) -> Reading | None:
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
        named = turn.named if not self._things.isdisjoint(behind) else ""
        told = named or self._rest(turn)
        if not self._teller(turn).saying(told):  # "who did it?", "when?": of what the answer tells of
            return Reading(asks, self._keys(asks), is_spliced=True, facet=Query.of(asks, self._tag).facet)
        return Reading(
            asked=f"{asks} {told}".strip(),
            own=self._keys(asks),
            shown=tuple(dict.fromkeys(self._teller(turn).saying(told)))[:MOST_TAKEN],
            is_spliced=True,
            is_clause=bool(behind),
            is_of_event=self._is_of_event(turn),
            named=named,
            facet=self._facet(asks),
        )

    def _is_of_event(self, turn: Turn) -> bool:
        """Whether the question before asks what happened, and so names no act that anybody could have done."""
        facet = Query.of(turn.question, self._tag).facet
        return facet is not None and facet.facet is Facet.GIST

    def _teller(self, turn: Turn) -> "Reader":
        """The reader of the language in which the question before was asked: which of its words tell, that knows."""
        tag = spoken(turn.question, A_QUESTION)
        return self if tag in (None, self._tag) or tag not in _known() else _reader(tag)

    def _stands_for(self, rest: Text) -> bool:
        """Whether all of its words stand for what was named before: "and that?"."""
        return all(self._is_back(word.text) for word in rest.words)

    def _is_back(self, word: str) -> bool:
        return word in self._verbs or word in self._pronouns or word in self._pointing

    def _rest(self, turn: Turn) -> str:
        """The question before without the words by which it asks."""
        text = turn.question.rstrip(" ?.!")
        before = Text.of(text, self._tag)
        if before.opening is None:
            return text
        is_verb = before.opening.word is None
        begin = before.opening.begin if is_verb else before.opening.end
        if not is_verb and before.opening.end == len(before.words):  # "ils ont tiré quand"
            return before.cut(0, before.opening.begin)
        return before.cut(begin, len(before.words))

    def _swapped(self, turn: Turn, rest: Text, *, is_same: bool) -> Reading:
        """The question before, of another thing: "and the vehicle?"."""
        swapped = self._swaps.swapped(turn.question, rest, is_same=is_same)
        if not turn.lost.isdisjoint(self._keys(swapped.asked)):
            return self._with(turn, rest.text)
        shown = filter(None, (swapped.asks, *self.saying(swapped.kept)))
        return Reading(
            asked=swapped.asked,
            own=self._keys(rest.text),
            shown=tuple(dict.fromkeys(shown))[:MOST_TAKEN],
            is_renamed=swapped.is_name,
        )

    def _points(self, rest: Text) -> bool:
        """Whether a word stands for what was named before."""
        folded = [word.text for word in rest.words]
        if _has(folded, self._itself):
            return False
        for n, word in enumerate(folded):
            is_last = n + 1 == len(folded)
            if word in self._pointing and (is_last or (n and folded[n - 1] in self._verbs)):
                return True
            if word in self._pronouns and (is_last or not self.telling(rest.cut(0, n))):
                return True
        return False

    def _facet(self, asks: str) -> Asked | None:
        """The facet that a text without telling words asks for, as one of what was asked before."""
        facet = Query.of(asks, self._tag).facet
        return facet._replace(is_whole=False, is_named=False) if facet else None

    def _with(self, turn: Turn, text: str) -> Reading:
        """The text with the telling words of the question before, or of what that named where a pronoun stands for
        it: "what about the army?", "what did they say?"."""
        own, folded = self._keys(text), {word.text for word in self._own.words(text)}
        named = turn.named if not self._pronouns.isdisjoint(folded) else ""
        telling = self._teller(turn).telling(named or turn.question)
        taken = [word for word in telling if self._keys(word).isdisjoint(own | turn.lost)]
        taken = list(dict.fromkeys(taken))[:MOST_TAKEN]
        topic = text if self.telling(text) else ""
        return Reading(_strung([text, *taken]), own, tuple(taken), shown=tuple(taken), topic=topic, named=named)


def _phrases(tag: str, listed: str) -> frozenset[tuple[str, ...]]:
    words = analyzer_of(tag).words
    return frozenset(tuple(word.text for word in words(phrase)) for phrase in listed.split(",") if phrase.strip())


def _strung(parts: Sequence[str]) -> str:
    """The parts one after another; two names are kept apart, for together they would be the name of somebody else."""
    strung = parts[0]
    for before, part in pairwise(parts):
        strung += f", {part}" if before[-1:].isalnum() and _is_capital(before) and _is_capital(part) else f" {part}"
    return strung


def _is_capital(words: str) -> bool:
    return words.split()[-1][:1].isupper() if words.split() else False


def _longest(phrases: frozenset[tuple[str, ...]], folded: tuple[str, ...]) -> int:
    return next((size for size in range(len(folded), 0, -1) if folded[:size] in phrases), 0)


def _stands(phrase: Sequence[str], folded: Sequence[str]) -> bool:
    return any(tuple(folded[n : n + len(phrase)]) == phrase for n in range(len(folded)))


def _has(folded: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    return any(_stands(phrase, folded) for phrase in phrases)


@cache
def _known() -> tuple[str, ...]:
    """The languages of which it is known what leans: looked up once, since it takes as long as half an answer."""
    return tuple(tag for tag in languages() if table_of(tag))


@cache
def _reader(tag: str) -> Reader:
    return Reader(tag)
