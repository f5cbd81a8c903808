"""Questions to begin with that the live reports answer: a fixed rule picks them, and each has been asked.

Of the newest report that has enough of them; questions as anybody asks them come first, then what the report speaks of.
No question supposes what the report does not say: one that it does not answer is no example.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.service.snapshot import Snapshot
from corpus.report import Report
from retrieval.errors import QuestionError
from retrieval.outcome import Outcome

EXAMPLES = 3
MOST_TRIED = 3  # ours: reports that are asked before the one with the most examples is taken


@dataclass(frozen=True, slots=True)
class Examples:
    """``questions`` that ``report`` answers; ``is_only``: there is no other, so it need not be named to be asked."""

    report: Report
    questions: tuple[str, ...]
    is_only: bool


def examples(snapshot: Snapshot, usual: Sequence[str], about: Callable[[str], str]) -> Examples | None:
    """Up to ``EXAMPLES`` questions; ``None`` where no report that is tried answers any.

    ``usual`` are asked in their order; ``about`` makes the question for a topic. No two are answered by one sentence.
    """
    best: Examples | None = None
    newest = sorted(snapshot.reports, key=lambda report: (report.date is not None, report.date), reverse=True)
    for report in newest[:MOST_TRIED]:
        found = Examples(report, tuple(_answered(snapshot, report, usual, about)), len(newest) == 1)
        if best is None or len(found.questions) > len(best.questions):
            best = found
        if len(best.questions) == EXAMPLES:
            break
    return best if best and best.questions else None


def _answered(snapshot: Snapshot, report: Report, usual: Sequence[str], about: Callable[[str], str]) -> Iterator[str]:
    """The first questions that the report answers, each by a sentence of its own."""
    told = set()
    for question in _candidates(snapshot, report, usual, about):
        try:
            considered = snapshot.ask(question, report.id).consider()
        except QuestionError:
            continue  # a topic may be as long as a heading
        first = next(iter(considered.answer.excerpts), None)
        if considered.answer.outcome is not Outcome.ANSWERED or first is None or first.identity in told:
            continue
        if not first.set_off and not any(one.features.facet_offered > 0 for one in considered.chosen[:1]):
            continue  # an answer by its place alone is none to show to a newcomer
        told.add(first.identity)
        yield question
        if len(told) == EXAMPLES:
            return


def _candidates(snapshot: Snapshot, report: Report, usual: Sequence[str], about: Callable[[str], str]) -> Iterator[str]:
    yield from usual
    yield from map(about, snapshot.answerer.scope(report.id).topics)
