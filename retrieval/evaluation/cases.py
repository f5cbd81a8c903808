"""Labelled questions → the cases that the weights are fitted on. Development only.

Labelled questions were written by people who had the paragraph before their eyes, so they share more words with it
than what people type into a chat. Every question is therefore seen twice: as it is, of its whole report; and with a
share of its words made unknown, of a short stretch of the report. For the confidence each is also asked where no
answer stands: of another report, and with its labelled paragraphs taken out. One that the reports do not answer is
asked as it is labelled, and where it is about no report at all, of some others too.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.edition import Edition
from corpus.report import Report
from retrieval.errors import QuestionError
from retrieval.evaluation.labelled import OFF_TOPIC, Gold, Labelled
from retrieval.evidence.weights import Weights
from retrieval.question.asked import Question
from retrieval.question.query import Query
from retrieval.search.ranking import Ranking
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from retrieval.words.lexicon import WEIGHTS
from retrieval.words.terms import analyzer_of

STRETCH = 8  # paragraphs of a short report
DISGUISED = (0.0, 0.25, 0.5, 0.7)  # the share of a question's words put otherwise: one of these by chance
ELSEWHERE = 4  # more reports that a question about none of them is asked of
UNKNOWN = "xqvzk"  # begins words that no report holds


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a scope, from which the passages ``skip`` are taken out.

    ``is_answerable`` says whether its own answer is there, ``is_off_topic`` whether the scope is about something else.

    ``disguise`` says which of its terms are put otherwise: each is found as an equivalent of that strength, or not at
    all where that is 0.
    """

    labelled: Labelled
    disguise: Mapping[str, float]
    scope: Scope
    skip: frozenset[int]
    is_answerable: bool
    is_short: bool
    is_off_topic: bool = False

    def rank(self, weights: Weights) -> Ranking:
        """Every sentence with its evidence, best first."""
        scope = self.scope.without(self.skip) if self.skip else self.scope
        return rank(scope, self.labelled.question, weights, change=self._disguised)

    def _disguised(self, query: Query) -> Query:
        """``query`` with other words in place of those that ``disguise`` names."""
        wants, equivalents, words = list(query.wants), list(query.equivalents), list(query.words)
        for n, want in enumerate(query.wants):
            strength = self.disguise.get(want.key or "")
            if strength is None or want.key is None:
                continue
            unknown = f"{UNKNOWN}{n}"
            wants[n] = replace(want, key=unknown, surface=unknown)
            words[want.position] = unknown
            equivalents[n] = {**equivalents[n], (want.key,): strength} if strength else {}
        return replace(query, wants=tuple(wants), equivalents=tuple(equivalents), words=tuple(words))


def unfit(edition: Edition, questions: Sequence[Labelled], gold: Gold) -> list[str]:
    """The ids of the questions that teach nothing: they cannot be asked, or their answer stands nowhere."""
    return [
        one.id for one in questions if not _is_askable(one) or (one.is_answerable and not homes(edition, one, gold))
    ]


def homes(edition: Edition, labelled: Labelled, gold: Gold) -> list[str]:
    """The reports, by id, that hold a labelled answer: the one that is asked, or any where none is named."""
    asked = edition.reports if labelled.report is None else (edition.report(labelled.report),)
    return [report.id for report in asked if any(gold.holds(labelled, passage) for passage in report.body)]


def cases(edition: Edition, questions: Sequence[Labelled], gold: Gold, seed: int) -> list[Case]:
    """Every question in its cases: whole or short, each as it is, of another report, and without its paragraphs.

    The last is left out where a labelled answer stands in another paragraph too. Every other report stands alone, the
    rest have each other as background. What teaches nothing (``unfit``) has no case.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    background = Scope(edition.reports).background
    beside = {report.id: None if n % 2 else background for n, report in enumerate(edition.reports)}
    whole = {report.id: [Scope([report], background=beside[report.id])] for report in edition.reports}
    short = {
        report.id: [Scope([part], background=beside[report.id]) for part in _stretches(report)]
        for report in edition.reports
    }
    useless = frozenset(unfit(edition, questions, gold))
    found: list[Case] = []
    for labelled in questions:
        if labelled.id in useless:
            continue
        known = homes(edition, labelled, gold)
        home = known[0] if known else labelled.report or rng.choice(edition.reports).id
        tag = edition.report(home).language
        for scopes in (whole, short):
            is_short = scopes is short
            disguise = _disguise(labelled.question, tag, rng) if is_short else {}
            if known:
                others = [name for name in scopes if name not in known]
                found += _answered(
                    labelled, disguise, scopes, home=home, others=others, gold=gold, rng=rng, is_short=is_short
                )
            else:
                is_nowhere = labelled.kind == OFF_TOPIC
                alike = [name for name in scopes if name != home and edition.report(name).language == tag]
                others = rng.sample(alike, min(ELSEWHERE, len(alike))) if is_nowhere else []
                found += [
                    Case(
                        labelled,
                        disguise,
                        rng.choice(scopes[name]),
                        frozenset(),
                        is_answerable=False,
                        is_short=is_short,
                        is_off_topic=is_nowhere,
                    )
                    for name in [home, *others]
                ]
    return found


def _is_askable(labelled: Labelled) -> bool:
    try:
        Question.parse(labelled.question)
    except QuestionError:
        return False
    return True


def _stretches(report: Report) -> Iterator[Report]:
    body = tuple(report.body)
    for start in range(0, len(body), STRETCH):
        yield replace(report, passages=body[start : start + STRETCH])


def _answered(
    labelled: Labelled,
    disguise: Mapping[str, float],
    scopes: Mapping[str, Sequence[Scope]],
    home: str,
    others: Sequence[str],
    gold: Gold,
    rng: random.Random,
    *,
    is_short: bool,
) -> Iterator[Case]:
    """A question where its answer stands, in one of ``others``, and where the answer was taken out."""
    scope = next(s for s in scopes[home] if any(gold.holds(labelled, passage) for passage in s.passages))
    yield Case(labelled, disguise, scope, frozenset(), is_answerable=True, is_short=is_short)
    if others:
        elsewhere = rng.choice(scopes[rng.choice(others)])
        yield Case(
            labelled, disguise, elsewhere, frozenset(), is_answerable=False, is_short=is_short, is_off_topic=True
        )
    skip = frozenset(n for n, passage in enumerate(scope.passages) if gold.holds(labelled, passage))
    answers = {scope.passages[n].cut(span) for n in skip for span in gold.spans(labelled, scope.passages[n])}
    rest = [passage.text for n, passage in enumerate(scope.passages) if n not in skip]
    if not any(answer in text for answer in answers for text in rest):
        yield Case(labelled, disguise, scope, skip, is_answerable=False, is_short=is_short)


def _disguise(question: str, tag: str, rng: random.Random) -> dict[str, float]:
    """Which terms are put otherwise. Names and numbers never are: whoever asks about them types them."""
    share = rng.choice(DISGUISED)
    strengths = [*WEIGHTS.values(), *(0.0 for _ in WEIGHTS)]  # half of them are found by no equivalent
    terms = [term.key for term in analyzer_of(tag).terms(question) if question[term.start].islower()]
    return {key: rng.choice(strengths) for key in terms if rng.random() < share}
