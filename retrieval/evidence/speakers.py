"""Who says it, where a report is the record of what several people said: one's words are no evidence for another's."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpus.passage import Kind, Passage
from corpus.report import Report
from retrieval.words.terms import analyzer_of

_KEPT = 64  # reports


def searched(report: Report) -> Iterator[str]:
    """What of each body passage is searched: its words, and those that say whose they are."""
    for passage in report.body:
        speaker = report.voices.get(passage.locator.label)
        yield f"{speaker.text}\n{passage.searched}" if speaker else passage.searched


def is_silenced(report: Report, passage: Passage, question: str) -> bool:
    """Whether a question names speakers of the report, and the passage is what another one says."""
    speaker = report.voices.get(passage.locator.label)
    if speaker is None:
        return False
    names = _names(report)
    asked = frozenset(term.key for term in analyzer_of(report.language).terms(question))
    return not asked & names[speaker.locator.label] and any(asked & keys for keys in names.values())


@lru_cache(_KEPT)
def _named(report: str, language: str, labels: tuple[tuple[str, str], ...]) -> Mapping[str | None, frozenset[str]]:
    del report  # which one it is, for the cache alone
    analyzer = analyzer_of(language)
    keys = {label: frozenset(term.key for term in analyzer.terms(text)) for label, text in labels}
    # "Mr. Tall" and "Mr. Tall (Norland)" are one.
    different = {one for one in keys.values() if not any(one < other for other in keys.values())}
    counts = Counter(key for own_keys in different for key in own_keys)
    # "Representative" stands after several names, and tells nobody from the others.
    return {label: frozenset(key for key in own_keys if counts[key] == 1) for label, own_keys in keys.items()}


def _names(report: Report) -> Mapping[str | None, frozenset[str]]:
    """The words that name each speaker and no other, by the labels of the passages that name them."""
    labels = tuple((p.locator.label, p.text) for p in report.passages if p.kind is Kind.SPEAKER)
    return _named(report.id, report.language, labels) if labels else {}
