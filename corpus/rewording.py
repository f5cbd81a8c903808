"""Which passage of a report stands in place of one that was: its words at another place, else its new wording."""

from corpus.passage import Passage
from corpus.report import Report

# Of all words of the two, how many they share; ours. One word changed of ten leaves nine of eleven; two paragraphs
# about one matter share a fifth or so, most of that little words.
ALIKE = 0.4


def reworded(old: Passage, report: Report) -> Passage | None:
    """The passage of ``report`` with the words of ``old``, else the one that shares most of them; ``None`` where none
    shares enough to be the same paragraph. Of several as good the one with the same label comes first."""
    words = frozenset(old.text.split())
    best, best_rank = None, (ALIKE, False)
    for passage in report.passages:
        if passage.kind is not old.kind:
            continue
        theirs = frozenset(passage.text.split())
        shared = 1.5 if passage.text == old.text else len(words & theirs) / (len(words | theirs) or 1)
        rank = shared, passage.locator.label == old.locator.label
        if rank > best_rank:
            best, best_rank = passage, rank
    return best
