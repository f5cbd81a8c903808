"""What plain BM25 would have found: the baseline that an evaluation measures beside the answers, in the same run.

Okapi BM25 over Snowball stems of the words that are no stop words, sentences and passages each as documents, as
rank-bm25 scores them (``PassageIndex`` gives its scores to the last bit). It must never learn from the rest of the
room: no irregular forms, no equivalents, no weights.
"""

import re
from collections.abc import Sequence

import numpy as np
import Stemmer

from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.index.bm25 import PassageIndex
from retrieval.language import language

_WORD = re.compile(r"\w+")


class Plain:
    """The baseline over the body passages of reports in the language of the first."""

    def __init__(self, reports: Sequence[Report]) -> None:
        spoken = language(reports[0].language)
        self._stop_words = spoken.stop_words
        self._stem = Stemmer.Stemmer(spoken.stemmer).stemWord if spoken.stemmer else str
        self._passages = [passage for report in reports for passage in report.body]
        self._sentences = [(p, p.sentence(n)) for p in self._passages for n in range(len(p.sentences))]
        self._of_passages = PassageIndex(self._stems(passage.text) for passage in self._passages)
        self._of_sentences = PassageIndex(self._stems(passage.cut(span)) for passage, span in self._sentences)

    def sentences(self, question: str, count: int) -> list[tuple[Passage, Span]]:
        """The ``count`` best sentences, best first, ties in report order."""
        scores = self._of_sentences.get_scores(self._stems(question))
        return [self._sentences[n] for n in np.argsort(-scores, kind="stable")[:count]]

    def passage(self, question: str) -> Passage:
        """The best passage, the first of those that tie."""
        return self._passages[int(np.argmax(self._of_passages.get_scores(self._stems(question))))]

    def _stems(self, text: str) -> list[str]:
        return [self._stem(word) for word in _WORD.findall(text.lower()) if word not in self._stop_words]
