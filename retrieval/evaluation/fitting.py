"""Labelled questions → weights. Development only; needs SciPy (extra ``fit``).

The ranking is fitted as a choice among the candidate sentences of a question: the softmax of their scores should fall
on those that cover a labelled answer. The confidence is a model of whether the best sentence answers, the aboutness
one of whether the reports are about the matter: how they are fitted stands in ``retrieval.evaluation.calibration``.

What is asked of what stands in ``retrieval.evaluation.cases``. Everything is seeded: the same data give the same
weights.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.edition import Edition
from retrieval.confidence.facts import FACTS, facts
from retrieval.errors import MissingLibraryError, NothingToFitError
from retrieval.evaluation import growing
from retrieval.evaluation.cases import Case, cases
from retrieval.evaluation.labelled import OFF_TOPIC as NOWHERE
from retrieval.evaluation.labelled import ON_TOPIC as UNANSWERED
from retrieval.evaluation.labelled import Gold, Labelled
from retrieval.evidence.features import NO_CUES, NO_FEATURES, Cues, Features
from retrieval.evidence.trees import written
from retrieval.evidence.weights import TREES, Model, Scoring, Weights
from retrieval.evidence.weights import tables as bundled
from retrieval.kind import Kind

FEATURES, CUES = len(Features._fields), len(Cues._fields)
NOTHING = Scoring(NO_FEATURES, dict.fromkeys(Kind, NO_CUES))
FEATURE_RIDGE = 1e-4
CUE_RIDGE = 3e-3  # on plain weights: a kind of question with few examples stays near zero
CUE_LIMIT = 1.5
# How often a case counts where the models learn. What people type into a chat is rarer in the data than what was
# written with the paragraph before the eyes, and what the report does not answer though it has the words is rarest.
OFF_TOPIC = {False: 8.0, True: 2.0}  # a question of another report, of a whole one and a short one
TYPED = 3.0  # one as people type it, of a whole report; and of any for telling what the reports are about
ON_TOPIC = 12.0  # and where that is about the matter and the report does not answer it
ABOUT_NOTHING = 5.0  # one about no report at all, for telling whether the reports are about its matter
ROUNDS = 200
SQUAD = "The bundled weights: SQuAD v1.1, training half (Rajpurkar et al., 2016, CC BY-SA 4.0); no text of it is kept."

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned.

    ``right_whole`` and ``right_short`` are the shares of the questions fitted on whose first sentence is right.
    """

    whole: Scoring
    plain: Scoring
    confidence: Model
    aboutness: Model
    right_whole: float
    right_short: float

    def text(self, source: str) -> str:
        """The text of a file of weights; ``source`` says how and on what they were fitted. The thresholds stay as they
        are."""
        tables: dict[str, dict[str, float]] = {}
        for name, scoring in (("whole", self.whole), ("plain", self.plain)):
            tables[f"{name}.features"] = scoring.features._asdict()
            tables |= {f"{name}.cues.{kind}": found._asdict() for kind, found in scoring.cues.items()}
        models = {"confidence": self.confidence, "aboutness": self.aboutness}
        for name, model in models.items():
            tables[name] = dict(zip(("constant", *FACTS), (model.constant, *model.slopes), strict=True))
        tables["thresholds"] = dict(bundled()["thresholds"])
        lines = [
            f"# {source}",
            f"# The first sentence is right for {self.right_whole:.1%} of them, asked of whole reports;",
            f"# put otherwise and asked of short reports, for {self.right_short:.1%}.",
            f"# {SQUAD}",
        ]
        for name, table in tables.items():
            lines += ["", f"[{name}]", *(f"{_key(key)} = {round(float(value), 4)}" for key, value in table.items())]
            if name in models:
                lines += [f"{TREES} = '''", written(models[name].trees), "'''"]
        return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.isidentifier() else f'"{name}"'


def fit(edition: Edition, questions: Sequence[Labelled], gold: Gold, seed: int, progress: Progress) -> Fitted:
    """Weights fitted on labelled questions. ``progress`` hears how many of how many rankings are done.

    Raises ``MissingLibraryError`` without what fits, and ``NothingToFitError`` where no sentence answers any question.
    """
    require_libraries()
    from retrieval.evaluation.calibration import fit_model  # 369 ms: SciPy, an extra

    found = cases(edition, questions, gold, seed)
    whole, plain = fit_ranking(found, gold, progress)
    weights = replace(_blank(), whole=whole, plain=plain)
    rows, right = judge(found, gold, weights, progress)
    names = [case.labelled.id for case in found]
    is_whole = np.array([not case.is_short for case in found])
    confidence = fit_model(rows, right, np.array(list(map(_counts, found))), names=names, scaled_by=is_whole)
    about = np.array([not case.is_off_topic for case in found])
    everywhere = np.ones(len(found), np.bool_)
    aboutness = fit_model(rows, about, np.array(list(map(_counts_about, found))), names=names, scaled_by=everywhere)
    right_whole, right_short = (
        float(right[[n for n, case in enumerate(found) if case.is_answerable and case.is_short is is_short]].mean())
        for is_short in (False, True)
    )
    return Fitted(
        whole=whole,
        plain=plain,
        confidence=confidence,
        aboutness=aboutness,
        right_whole=right_whole,
        right_short=right_short,
    )


def _blank() -> Weights:
    """Weights of nothing."""
    nothing = Model(0.0, (0.0,) * len(FACTS))
    return Weights(
        whole=NOTHING,
        plain=NOTHING,
        confidence=nothing,
        aboutness=nothing,
        answered_from=1.0,
        closest_from=1.0,
    )


def _counts(case: Case) -> float:
    """How often a case counts where the model learns whether a sentence answers."""
    own = case.labelled.weight
    if case.labelled.kind is None:
        return own * OFF_TOPIC[case.is_short] if case.is_off_topic else own
    if case.is_off_topic or case.is_short:
        return own
    return own * (ON_TOPIC if case.labelled.kind == UNANSWERED else TYPED)


def _counts_about(case: Case) -> float:
    """The same where it learns whether the reports are about the matter. What people type into a chat about one report
    ("how many dead") may as well be about another: only what is labelled as off any topic teaches there."""
    if not case.is_off_topic:
        return TYPED if case.labelled.kind else 1.0
    if case.labelled.kind == NOWHERE:
        return ABOUT_NOTHING
    return 0.0 if case.labelled.kind else 1.0


def fit_ranking(found: Sequence[Case], gold: Gold, progress: Progress) -> tuple[Scoring, Scoring]:
    """How sentences are scored where question and sentence are compared as wholes, and where they are not.

    The first is learned from the questions where they are, the second from all of them as if none was.
    """
    blank = _blank()
    kinds = list(Kind)
    alike = Features._fields.index("alike")
    rows: list[NDArray[np.float32]] = []
    hits: list[NDArray[np.bool_]] = []
    compared: list[bool] = []
    asked = [case for case in found if case.is_answerable]
    for n, case in enumerate(asked):
        progress(n + 1, len(asked))
        ranking = case.rank(blank)
        right = np.array([gold.covers(case.labelled, ranking.passage(e), e.sentence.span) for e in ranking.evidence])
        if not right.any():
            continue
        start = FEATURES + CUES * kinds.index(ranking.ranker(ranking.evidence[0]).query.kind)
        row = np.zeros((len(right), FEATURES + len(kinds) * CUES), np.float32)
        row[:, :FEATURES] = [e.features for e in ranking.evidence]
        row[:, start : start + CUES] = [e.cues for e in ranking.evidence]
        rows.append(row - row.mean(axis=0))  # only differences within a question count
        hits.append(right)
        compared.append(bool(row[:, alike].any()))
    if not rows:
        raise NothingToFitError
    whole = [n for n, is_compared in enumerate(compared) if is_compared]
    learned = _scoring([rows[n] for n in whole], [hits[n] for n in whole]) if whole else NOTHING
    for row in rows:
        row[:, alike] = 0.0
    return learned, _scoring(rows, hits)


def _scoring(rows: Sequence[NDArray[np.float32]], hits: Sequence[NDArray[np.bool_]]) -> Scoring:
    weights = _softmax_regression(np.concatenate(rows), np.concatenate(hits), np.array([len(row) for row in rows]))
    cues = weights[FEATURES:].reshape(len(Kind), CUES).tolist()
    return Scoring(Features._make(weights[:FEATURES].tolist()), dict(zip(Kind, map(Cues._make, cues), strict=True)))


def _softmax_regression(rows: NDArray[np.float32], right: NDArray[np.bool_], sizes: NDArray[np.int64]) -> Floats:
    """Weights, shape ``(columns,)``, that put the most softmax on the right rows of each group of ``sizes`` rows.

    Features are evidence and can only speak for a sentence, whatever the data say: so the weights carry over to
    questions that are put differently, and a reader can be told why a sentence was chosen.
    """
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    target = right.astype(np.float32)
    cues = rows.shape[1] - FEATURES
    ridge = np.array([FEATURE_RIDGE] * FEATURES + [CUE_RIDGE] * cues)
    bounds = [(0.0, None)] * FEATURES + [(-CUE_LIMIT, CUE_LIMIT)] * cues

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights.astype(np.float32)
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = powers / np.add.reduceat(powers, starts)[group]
        on_right = np.maximum(np.add.reduceat(share * target, starts), 1e-12)
        slope = share - share * target / on_right[group]
        value = -np.log(on_right).mean() + float(ridge @ (weights * weights))
        return float(value), (rows.T @ slope).astype(np.float64) / len(sizes) + 2 * ridge * weights

    return _minimise(loss, rows.shape[1], bounds)


def judge(found: Sequence[Case], gold: Gold, weights: Weights, progress: Progress) -> tuple[Floats, NDArray[np.bool_]]:
    """The facts that the confidence weighs, shape ``(cases, len(FACTS))``, and whether the best sentence was right.

    A case without any evidence has zeros and is wrong: the bot is silent there whatever the weights.
    """
    rows, right = [], []
    for n, case in enumerate(found):
        progress(n + 1, len(found))
        ranking = case.rank(weights)
        best = ranking.evidence[0] if ranking.evidence else None
        rows.append(facts(ranking) if best else (0.0,) * len(FACTS))
        right.append(
            best is not None
            and case.is_answerable
            and gold.covers(case.labelled, ranking.passage(best), best.sentence.span)
        )
    return np.array(rows), np.array(right)


def require_libraries() -> None:
    """Raise ``MissingLibraryError`` where SciPy or LightGBM cannot be used."""
    growing.library()
    try:
        import scipy.optimize  # noqa: F401  # 362 ms: SciPy, an extra: whether it is there
    except ModuleNotFoundError:
        raise MissingLibraryError(library="SciPy", extra="fit") from None


def _minimise(
    loss: Callable[[Floats], tuple[float, Floats]], size: int, bounds: Sequence[tuple[float | None, float | None]]
) -> Floats:
    from scipy.optimize import minimize  # 362 ms: SciPy, an extra

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS})
    return np.asarray(found.x, np.float64)
