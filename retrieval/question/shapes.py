"""A question's words → the kind of thing asked for, by the shapes of questions in its language.

They are data: the tables of ``questions.toml``.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.kind import Kind
from retrieval.language import language
from retrieval.question.typed import Asking
from retrieval.words.phrases import find, phrases
from retrieval.words.terms import Analyzer, analyzer_of

_SWAPPED_FROM = 3  # letters of a question word from which it is known though letters changed places


class Asked(NamedTuple):
    """The kind that a question asks for, the number of the word from which its focus is to be looked for, and that of
    the noun which names the kind."""

    kind: Kind
    focus_from: int | None = None
    type_noun: int | None = None


class QuestionShapes:
    """How the questions of one language are put: its ``questions.toml``."""

    def __init__(self, tag: str, of: Analyzer) -> None:
        tables = language(tag).questions
        self.openers = frozenset(tables.get("openers", "").split())
        self.skipped = frozenset(tables.get("skipped", "").split())
        verifies = tables.get("verifies", "").split()
        self.verifies = frozenset(verifies) | {word.replace("'", "") for word in verifies}
        self.untelling = frozenset(tables.get("untelling", "").split())
        self.untelling_keys = frozenset(key for word in self.untelling if (key := of.key(word)))
        self.filler_keys = frozenset(key for word in tables.get("fillers", "").split() if (key := of.key(word)))
        kinds = tables.get("kinds", {})
        self.asks = [(phrase, Kind(name)) for name, table in kinds.items() for phrase in phrases(table["asks"])]
        self.asks.sort(key=lambda ask: -len(ask[0]))
        self.nouns = {noun: Kind(name) for name, table in kinds.items() for noun in table["nouns"].split()}
        asking = self.openers.union(*(phrase for phrase, _ in self.asks))
        stop_words = language(tag).stop_words
        words = {phrase[0] for phrase, _ in self.asks if len(phrase) == 1}.union(tables.get("whether", "").split())
        leading = {phrase[0] for phrase, _ in self.asks if len(phrase) > 1 and phrase[1] in words | self.openers}
        joining = frozenset(tables.get("joining_clauses", "").split())
        self.asking = Asking(stop_words & (words | self.openers), stop_words & leading, frozenset(verifies), joining)
        self._of = tables.get("of", "")
        self._opening = self.openers | self.skipped | stop_words
        self._asking = asking & stop_words
        self._swapped = {(word[0], *sorted(word)): word for word in sorted(self._asking) if len(word) >= _SWAPPED_FROM}

    def meant(self, word: str) -> str | None:
        """The question word in "who's", "whos" and "woh"; ``None`` for a plain one and for any other word."""
        if word in self._asking:
            return None
        for cut in (word.partition("'")[0], word.removesuffix("s")):
            if cut in self._asking:
                return cut
        return self._swapped.get((word[0], *sorted(word)))

    def asked(self, words: Sequence[str]) -> Asked:
        """What a question of these words asks for."""
        # An opener first: "what did the experts say" asks for no person, "which village" for no thing.
        opened = [ask for ask in self.asks if ask[0][0] in self.openers]
        found = self._by_phrase(words, opened) or self._by_noun(words) or self._by_phrase(words, self.asks)
        if found:
            return found
        opener = next((n for n, word in enumerate(words) if word in self.openers), None)
        if opener is not None:
            return Asked(Kind.THING, opener + 1)
        first = next((word for word in words if word), "")
        return Asked(Kind.VERIFICATION if first in self.verifies else Kind.THING)

    def _by_phrase(self, words: Sequence[str], asks: Iterable[tuple[tuple[str, ...], Kind]]) -> Asked | None:
        for phrase, kind in asks:
            at = find(words, phrase)
            if at is None:
                continue
            if phrase[-1] != self._of:
                return Asked(kind, at + len(phrase))
            if self._opening.issuperset(words[:at]):
                return Asked(kind, at + len(phrase), at)
        return None

    def _by_noun(self, words: Sequence[str]) -> Asked | None:
        for n, word in enumerate(words):
            if word in self.openers:
                after = next((k for k in range(n + 1, len(words)) if words[k] not in self.skipped), None)
                if after is not None and words[after] in self.nouns:
                    return Asked(self.nouns[words[after]], after, after)
        return None


@cache
def question_shapes(tag: str) -> QuestionShapes:
    """How the questions of a BCP 47 tag are put."""
    return QuestionShapes(tag, analyzer_of(tag))


def question_word(word: str, tag: str) -> str | None:
    """The question word that a folded word is or stands for, "who" for "whos"; ``None`` for any other word."""
    shapes = question_shapes(tag)
    meant = word if word in shapes.asking.words else shapes.meant(word)
    return meant if meant in shapes.asking.words else None
