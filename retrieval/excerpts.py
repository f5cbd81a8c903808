"""A ranking → what of it is quoted: which sentences, how many of them are shown, and how far each excerpt reaches."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.evidence.features import Evidence, strengths
from retrieval.highlights import answering, found_by
from retrieval.leads import lead_of
from retrieval.outcome import Outcome
from retrieval.quotation_marks import cuts
from retrieval.search.ranking import Ranking

if TYPE_CHECKING:
    from retrieval.search.scope import Scope

EXCERPTS = 5  # excerpts in an answer
SHOWN_AT_MOST = {Outcome.ANSWERED: 2, Outcome.CLOSEST: 3, Outcome.SILENT: 0}
WIDENED_BY = 2  # sentences at most that an excerpt takes in because its own leans on them
ADDS_FROM = 0.12  # share of the question that a second excerpt must hold beyond the first
NEAR = 1.5  # how far below the best score a second excerpt may be
# How far below the best score an excerpt of another report comes about equally close. Scores are logits of a softmax
# over sentences, so that 0.7 means odds of 2 to 1. Measured: of 313 questions to all 40 validation articles at once
# whose best two sentences from different articles are as near, the first was right for 78 and the second for 46; where
# they are between 1 and 1.5 apart, for 68 and 15 of 135.
TIED = 0.7
TIED_AT_MOST = 3  # excerpts that are looked at for it and shown because of it


def distinct(ranking: Ranking, most: int = EXCERPTS) -> list[Evidence]:
    """The best evidence, best first, at most so much; a sentence in the excerpt of a better one is left out."""
    chosen: list[Evidence] = []
    taken = set(ranking.read)
    for evidence in ranking.evidence:
        if (evidence.passage, evidence.sentence.number) in taken:
            continue
        chosen.append(evidence)
        first, last = _extent(ranking, evidence)
        taken.update((evidence.passage, number) for number in range(first, last + 1))
        if len(chosen) == most:
            break
    return chosen


def reaches(ranking: Ranking, chosen: Sequence[Evidence]) -> list[Span]:
    """How far the excerpt of each of the ``chosen`` reaches, in their order: no sentence is quoted twice."""
    found, taken = [], set(ranking.read)
    for evidence in chosen:
        number = evidence.sentence.number
        first, last = _extent(ranking, evidence)
        before = [n for n in range(first, number) if (evidence.passage, n) in taken]
        behind = [n for n in range(number + 1, last + 1) if (evidence.passage, n) in taken]
        first, last = max([first, *(n + 1 for n in before)]), min([last, *(n - 1 for n in behind)])
        taken.update((evidence.passage, n) for n in range(first, last + 1))
        sentences = ranking.scope.read(evidence.passage)
        found.append(Span(sentences[first].span.start, sentences[last].span.end))
    return found


def how_many(outcome: Outcome, ranking: Ranking, chosen: list[Evidence]) -> int:
    """How many excerpts belong into a reply: beside the best one a second only where it adds something, or where it
    is of another report and comes about equally close."""
    most = min(SHOWN_AT_MOST[outcome], len(chosen))
    if outcome is Outcome.ANSWERED and most > 1 and is_torn(ranking, chosen[1]):
        return 1
    if outcome is not Outcome.ANSWERED or most < 2:
        return most
    if close := tied(ranking, chosen):
        reports = [ranking.passage(evidence).report for evidence in chosen]
        return 1 + max(map(reports.index, close))
    first, second = chosen[:2]
    ranker = ranking.ranker(first)
    held, more = strengths(first.matches), strengths(second.matches)
    same_query = ranker is ranking.ranker(second)
    added = sum(w * max(0.0, b - a) for w, a, b in zip(ranker.idf, held, more, strict=True)) if same_query else 0.0
    return 2 if added / ranker.total >= ADDS_FROM and second.score >= first.score - NEAR else 1


def tied(ranking: Ranking, chosen: list[Evidence]) -> tuple[str, ...]:
    """The reports, by id, whose excerpts come about as close as the best one; none where that is one report alone."""
    near = [evidence for evidence in chosen[:TIED_AT_MOST] if evidence.score >= chosen[0].score - TIED]
    reports = tuple(dict.fromkeys(ranking.passage(evidence).report for evidence in near))
    return reports if len(reports) > 1 else ()


def is_torn(ranking: Ranking, evidence: Evidence) -> bool:
    """Whether what is shown for it is torn: what stands on the other side may turn its sense."""
    return any(ranking.passage(evidence).is_torn(widened(ranking, evidence)))


def excerpts_of(ranking: Ranking, chosen: Sequence[Evidence], answers: int = 0) -> tuple[Excerpt, ...]:
    """What is quoted for each of the ``chosen``; the first ``answers`` are shown as an answer, with what answers."""
    spans = reaches(ranking, chosen)
    pairs = enumerate(zip(chosen, spans, strict=True))
    return tuple(_excerpt(ranking, one, span, is_answer=n < answers) for n, (one, span) in pairs)


def _excerpt(ranking: Ranking, evidence: Evidence, span: Span, *, is_answer: bool) -> Excerpt:
    passage = ranking.passage(evidence)
    report = ranking.scope.report(passage)
    return Excerpt(
        report=report,
        passage=passage,
        span=span,
        sentence=evidence.sentence.span,
        score=round(evidence.score, 6),
        matches=found_by(ranking, evidence, span),
        answering=answering(ranking, evidence) if is_answer else (),
        lead=lead_of(report, passage),
    )


def widened(ranking: Ranking, evidence: Evidence) -> Span:
    """The sentence with those before it that it leans on or that name what was asked about, and with the rest of a
    quotation that it stands in, so that the speaker is not cut off."""
    first, last = _extent(ranking, evidence)
    sentences = ranking.scope.read(evidence.passage)
    return Span(sentences[first].span.start, sentences[last].span.end)


def _extent(ranking: Ranking, evidence: Evidence) -> tuple[int, int]:
    """The first and the last sentence of its excerpt.

    Where a name or a number of the question stands not in there but in a sentence right before, that comes along: "15
    civilians were killed" does not say that it was in Rodan, and who reports it.
    """
    number = evidence.sentence.number
    first, last = around(ranking.scope, evidence.passage, number)
    wanted = ranking.ranker(evidence).names
    if not wanted:
        return first, last
    held = {one.sentence.number: one.matches for one in ranking.evidence if one.passage == evidence.passage}
    missing = {n for n in wanted if not any(at in held and held[at][n] for at in range(first, last + 1))}
    before = range(first - 1, max(-1, number - WIDENED_BY - 1), -1)
    named = next((at for at in before if at in held and any(held[at][n] for n in missing)), first)
    return around(ranking.scope, evidence.passage, number, named)


def around(scope: "Scope", passage: int, number: int, since: int | None = None) -> tuple[int, int]:
    """The first and the last sentence of the excerpt for one, all by their numbers in the passage of that number; it
    begins with the sentence ``since`` at the latest."""
    sentences, text = scope.read(passage), scope.passage(passage)
    first, last = number if since is None else since, number

    def halves() -> tuple[bool, bool]:
        return cuts(text, Span(sentences[first].span.start, sentences[last].span.end))

    while first > 0 and number - first < WIDENED_BY and (sentences[first].leans or halves()[0]):
        first -= 1
    while last + 1 < len(sentences) and last - number < WIDENED_BY and halves()[1]:
        last += 1
    return first, last
