"""Which sentences tell of the document and not of its matter: when it was issued, who prepared it, what in it was
corrected, whom to ask. "Issued on 19 June.", "Correction: an earlier version …", "Contact: press@…".

Told by the phrases that such sentences open with, from ``questions.toml`` of the language, and by what else only they
hold: an address of the Internet, a date and no more.
"""

import re
from functools import cache

from corpus.passage import Passage
from retrieval.language import language
from retrieval.sentence import Sentence
from retrieval.words.phrases import find, phrases
from retrieval.words.terms import Word, analyzer_of

_WITHIN = 16  # words of a sentence among which a phrase may stand that tells of the document
_LABEL = 40  # characters within which a colon stands after one word that opens: "Correction of 3 June: …"
_ADDRESS = re.compile(r"\S@\S+\.\w|https?://|\bwww\.")
_STARRED = re.compile(r"[*†‡][^\W\d_]")  # what a star refers to: "*The experts: …", but no item "* Wells"


class Imprint:
    """How one language speaks of a document itself."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._own = analyzer_of(tag)
        self._opens = phrases(tables.get("imprint_opens", ""))
        self._within = phrases(tables.get("imprint_within", ""))
        times = tables.get("kinds", {}).get("time", {}).get("offers", "")
        self._times = frozenset(f"{times} {tables.get('hours', '')} {tables.get('months', '')}".split())

    def holds(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether a sentence of ``passage`` tells of the document."""
        text = passage.cut(sentence.span)
        if _STARRED.match(text) or _ADDRESS.search(text):
            return True
        return self.tells_issue(passage, sentence) or self._is_date_alone(text, sentence)

    def tells_issue(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether a sentence of ``passage`` says in words that it tells of the document: "Issued by the Registrar"."""
        first = next((n for n, word in enumerate(sentence.words) if not word[0].isdigit()), 0)  # after "12. "
        words = sentence.words[first : first + _WITHIN]
        is_label = ":" in passage.cut(sentence.span)[:_LABEL]
        if any(words[: len(phrase)] == phrase and (is_label or len(phrase) > 1) for phrase in self._opens):
            return True
        return any(find(words, phrase) is not None for phrase in self._within)

    def _is_date_alone(self, text: str, sentence: Sentence) -> bool:
        """Whether it says when, and at most where or who: "Sarlonne, le 27 juin 2025.", "Health Watch, 4 May."."""
        return bool(sentence.dates) and not any(self._says(text, word) for word in self._own.words(text))

    def _says(self, text: str, word: Word) -> bool:
        is_small = text[word.start].islower() and word.text not in self._times
        return is_small and self._own.key(word.text) is not None


@cache
def imprint(tag: str) -> Imprint:
    """How the language of a BCP 47 tag speaks of a document itself."""
    return Imprint(tag)
