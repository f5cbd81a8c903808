"""The passages that one question is asked of: a whole edition, or one of its reports, each with an index of its own."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.packed.selection import picked
from corpus.passage import Passage
from corpus.report import Report
from retrieval import sentence
from retrieval.evidence.headings import Headings
from retrieval.evidence.likeness import Likeness
from retrieval.evidence.vocabulary import Vocabulary, spelt_rightly
from retrieval.evidence.weights import Weights
from retrieval.index.engine import Engine
from retrieval.language import language
from retrieval.question import across
from retrieval.question.query import Query
from retrieval.search.indexing import index_of
from retrieval.search.titles import Titles
from retrieval.words.aliases import names
from retrieval.words.background import Background
from retrieval.words.lexicon import BUNDLED, Lexicon, Lexicons
from retrieval.words.near_words import Near
from retrieval.words.spelling import frequent
from retrieval.words.terms import Term, analyzer_of

if TYPE_CHECKING:
    from retrieval.evidence.standing import Standings
    from retrieval.search.prepared import Prepared

KEPT = 1_000  # passages whose sentences are kept once they were read
NAMED_FROM = 2_000  # passages at most from which other names are learned
TERMS_KEPT = 500  # passages whose terms are kept: those that are quoted again and again


class Scope:
    """Reports, their body passages, the index over them, and the ``lexicons`` that their questions are read with.

    ``background`` is the edition that they are part of; they are one by themselves where it is left out. ``index`` is
    what ``index_of`` gives for these reports, or gives the same, ``prepared`` all that is to be known of them, where
    somebody has made it already.

    No part of a scope refers back to it: one that nobody asks any more is gone at once, without waiting for Python's
    collector to come upon it.
    """

    def __init__(
        self,
        reports: Sequence[Report],
        lexicons: Lexicons = BUNDLED,
        background: Background | None = None,
        index: Engine | None = None,
        prepared: "Prepared | None" = None,
    ) -> None:
        self.lexicons = lexicons
        self._prepared = prepared
        self._reports = {report.id: report for report in reports}
        self.passages, self._starts = picked(reports, lambda kind: kind.is_ranked)
        self.titles = Titles(reports, self._starts)
        self.languages = tuple(dict.fromkeys(report.language for report in reports))
        self.index: Engine = index if index is not None else prepared.index if prepared else index_of(reports)
        sizes = dict(zip(self._reports, (end - start for start, end in pairwise(self._starts)), strict=True))
        self.background = background or Background(sizes, self.index.holding, prepared.spread if prepared else None)
        self._other_names: dict[str, Lexicon] = {}
        # What was asked last: a question is read to see which report it is about, and again to be answered.
        self._last: tuple[tuple[str, str, tuple[bool, bool]] | None, Query | None] = None, None
        self._read: OrderedDict[int, tuple[sentence.Sentence, ...]] = OrderedDict()

    def without(self, numbers: frozenset[int]) -> "Scope":
        """The same reports without these passages, as if they had never held them: for measuring and fitting."""
        out = {self.passages[n] for n in numbers}
        reports = [
            replace(report, passages=tuple(passage for passage in report.passages if passage not in out))
            for report in self._reports.values()
        ]
        return Scope(reports, self.lexicons, self.background)

    def report(self, passage: Passage) -> Report:
        """The report that a passage of this scope belongs to."""
        return self._reports[passage.report]

    @property
    def alone(self) -> str:
        """The id of the only report; empty where there are several."""
        return next(iter(self._reports)) if len(self._reports) == 1 else ""

    def language_of(self, report: str) -> str:
        """The language of the report with that id."""
        return self._reports[report].language

    def passage(self, number: int) -> Passage:
        """The passage of that number: of the body, or after them all a title."""
        return self.passages[number] if number < len(self.passages) else self.titles.passage(number)

    def number(self, passage: str) -> int | None:
        """The number of the body passage with that id; ``None`` where there is none."""
        spans = dict(zip(self._reports, pairwise(self._starts), strict=True))
        numbers = range(*spans.get(passage.partition(":")[0], (0, 0)))
        return next((number for number in numbers if self.passages[number].id == passage), None)

    def holding(self, key: str) -> list[int]:
        """The numbers of the passages that hold a term; those of titles where no other does."""
        titles = (self.titles.number(report) for report in self.headings.entitled(key))
        return [int(n) for n in self.index.holding(key)] or [n for n in titles if n is not None]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of these passages, and those that stand only above them."""
        frequency: Mapping[str, int] = self.index.document_frequency
        if self._prepared is not None:
            sentences, frequency = self._prepared.sentences, self._prepared.frequencies
        else:
            sentences = sum(len(passage.sentences) for passage in self.passages)
            above = {key: n for key, n in self.headings.above.terms() if key not in frequency}
            frequency = {**frequency, **above} if above else frequency
        return Vocabulary(
            frequency=frequency,
            passages=self.index.corpus_size,
            average_passage=self.index.avgdl,
            average_sentence=self.index.terms_held / sentences if sentences else 0.0,
            known=partial(spelt_rightly, self.lexicons, self.languages),
            stop_words=frozenset().union(*(language(tag).stop_words for tag in self.languages)),
        )

    @cached_property
    def headings(self) -> Headings:
        """What stands above these passages."""
        return Headings(list(self._reports.values()), self._prepared.above if self._prepared else None)

    @cached_property
    def near(self) -> Mapping[str, Near]:
        """For each language the words of these passages as they stand near others."""
        return {tag: Near(self.index.document_frequency, tag) for tag in self.languages}

    @cached_property
    def likeness(self) -> Mapping[str, Likeness]:
        """For each language what compares questions with the sentences of these passages."""
        return {tag: Likeness(tag) for tag in self.languages}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """What these reports speak of, for a question that they do not answer."""
        from retrieval.words.keyphrases import topics  # 1 ms: most questions are answered, and should not wait for it

        return topics(tuple(self._reports.values()))

    def early(self, number: int) -> float:
        """How early in its report a passage stands: 1 for the first, falling to nearly 0."""
        end = bisect_right(self._starts, number)
        start = self._starts[end - 1]
        return 1.0 - (number - start) / (self._starts[end] - start)

    @cached_property
    def standings(self) -> "Standings | None":
        """How sentences stand in the report, for questions about it as a whole; ``None`` where there are several."""
        from retrieval.evidence.standing import Standings  # 10 ms: few questions want it

        return Standings(next(iter(self._reports.values()))) if len(self._reports) == 1 else None

    def query(self, question: str, tag: str, weights: Weights) -> Query:
        """What a question looks for in the reports that are in the language of that tag."""
        known = question, tag, (weights.uses_lexicon, weights.uses_typing)
        last, query = self._last
        if last != known or query is None:
            asked = across.asked_in(question)
            if asked in (None, language(tag).tag):
                meant = partial(self._meant, tag) if weights.uses_typing else lambda *_: None
                query = Query.of(question, tag, meant, lexicons=self.lexicons, own_names=self._names(tag))
            else:
                query = across.query(question, asked, tag, self.lexicons)
            if not weights.uses_lexicon:
                query = replace(query, equivalents=tuple({} for _ in query.wants))
            self._last = known, query  # one reference: whoever reads it has both
        return query

    def _meant(self, tag: str, key: str, word: str, is_name: bool) -> str | None:
        # A name that nobody knows is no misspelt word of the language: it may stand in another report.
        analyzer = analyzer_of(tag)
        apart = [after for rest in analyzer.unelided(word) if (after := analyzer.key(rest))]
        if not is_name:
            return self.vocabulary.meant(key, word, frequent(tag), apart)
        found = self.vocabulary.meant(key, word, None, apart)
        return found if found and self.vocabulary.holds(found) else None  # "Macron" is not meant for "matron"

    def _names(self, tag: str) -> Lexicon:
        """The other names that the reports in that language give. Two threads may look at once: both find the same."""
        found = self._other_names.get(tag)
        if found is None:
            # In a library every name means something else somewhere, and nobody should wait until all of it is read.
            own = self.passages if len(self.passages) <= NAMED_FROM else ()
            texts = (passage.searched for passage in own if self.report(passage).language == tag)
            found = self._other_names[tag] = names(texts, tag)
        return found

    def read(self, number: int) -> tuple[sentence.Sentence, ...]:
        """The sentences of a passage. Two threads may read one passage at the same time: both find the same.

        Kept by hand: a cache of ``functools`` would refer back to the scope, and cachetools takes 2 ms to import.
        """
        found = self._read.get(number)
        if found is None:
            passage = self.passage(number)
            tag = self.report(passage).language
            found = self._read[number] = sentence.read(passage, analyzer_of(tag), tag)
            if len(self._read) > KEPT:
                self._read.popitem(last=False)
        return found

    def terms(self, passage: Passage) -> Sequence[Term]:
        """The terms of a passage of this scope."""
        return _terms(passage.searched, self.report(passage).language)


@lru_cache(TERMS_KEPT)
def _terms(text: str, tag: str) -> Sequence[Term]:
    return analyzer_of(tag).terms(text)
