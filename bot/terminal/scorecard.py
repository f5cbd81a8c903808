"""An evaluation as text for people and as a record for programs. Measures nothing itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.saying.layout import Weight
from bot.saying.records import Json
from bot.terminal.draw import Style, written
from bot.terminal.evaluate import Against, Evaluation, Miss
from bot.terminal.tables import table
from retrieval.answer import Outcome
from retrieval.measures import KEPT, RANKED, Estimate, Gate, Measures

_NAMES = {"s1": "S@1", "s3": "S@3", "p1": "P@1", "mrr": "MRR", "quiet": "not answered"}
_KINDS = {"off_topic": "off-topic", "removed": "removed", "unanswerable": "unanswerable"}
_NONE = "–"
_LEGEND = (
    "kept: right answers kept. The other columns: answered though the reports do not answer. off-topic: asked of "
    "another report; removed: with the labelled passages taken out; unanswerable: labelled so in the file."
)


def record(evaluation: Evaluation) -> Json:
    """What ``--json`` prints. Shares and estimates are in ``[0, 1]``, ``null`` where nothing could be counted."""
    measures = evaluation.measures
    kept = measures.threshold(KEPT)
    median, late = measures.milliseconds()
    return {
        "edition": evaluation.edition.label,
        "reports": len(evaluation.edition.reports),
        "seed": evaluation.seed,
        "resampled": measures.sample.unit,
        "answerable": _answerable(measures),
        "unanswerable": len(measures.judged) - _answerable(measures),
        "unfindable": measures.unfindable(),
        "measures": {
            "rapporteur": {name: _estimate(measures.ranked(name)) for name in RANKED},
            "plain": {name: _estimate(measures.plain(name)) for name in RANKED},
            "lead": {name: _estimate(measures.lead(name)) for name in RANKED},
        },
        "groups": {group: _group(measures, group) for group in _groups(measures)},
        "outcomes": {
            expected.value: {came.value: n for came, n in row.items()} for expected, row in measures.outcomes().items()
        },
        "kinds": {kind: {came.value: n for came, n in row.items()} for kind, row in measures.kinds().items()},
        "precision": _estimate(measures.precision()),
        "precision_of_answerable": _estimate(measures.precision_of_answerable()),
        "shown": _estimate(measures.shown()),
        "silent": _estimate(measures.silent()),
        "silence": {
            "n": _numbers(measures),
            "answered_from": _gate(measures.gate(evaluation.answered_from)),
            "quoted": {kind: _estimate(found) for kind, found in measures.quoted().items()},
            "kept_95": None if kept is None else _gate(measures.gate(kept)),
            "curve": [_gate(gate) for gate in measures.curve()],
        },
        "reliability": [one._asdict() for one in measures.reliability()],
        "cpu_ms": {"median": round(median, 3), "p95": round(late, 3)},
        "misses": [_miss(miss) for miss in evaluation.misses],
        "against": _against(evaluation.against) if evaluation.against else None,
        "each": [one.mark.model_dump(mode="json") for one in measures.judged],
    }


def text(evaluation: Evaluation, style: Style) -> str:
    """The same for people, without the single questions but for the misses."""
    parts = [_head(evaluation, style), *_tables(evaluation.measures, evaluation.answered_from, style)]
    median, late = evaluation.measures.milliseconds()
    parts.append(
        _said(f"Processor time a question: median {median:.2f} ms, 95th percentile {late:.2f} ms.", style, Weight.DIM)
    )
    if evaluation.against:
        parts.append(_compared(evaluation.against, style))
    parts += [_missed(miss, style) for miss in evaluation.misses]
    more = len(evaluation.measures.misses(len(evaluation.measures.judged))) - len(evaluation.misses)
    if evaluation.misses and more:
        parts.append(_said(f"Misses that are not listed: {more}.", style))
    return "\n\n".join(parts) + "\n"


def _head(evaluation: Evaluation, style: Style) -> str:
    measures, edition = evaluation.measures, evaluation.edition
    answerable = _answerable(measures)
    return _said(
        f"Questions with an answer: {answerable}; without: {len(measures.judged) - answerable}; "
        f"reports: {len(edition.reports)}; edition {edition.label}.\n"
        f"In brackets: 95 % intervals, bootstrap over {measures.sample.unit}s, seed {evaluation.seed}.",
        style,
    )


def _tables(measures: Measures, answered_from: float, style: Style) -> Iterator[str]:
    """The figures in tables, each with what has to be said of it."""
    yield table(("", *(_NAMES[name] for name in RANKED)), list(_ranked(measures)), style)
    outcomes = table(
        ("expected", *(outcome.value for outcome in Outcome)),
        [
            *((label.value, *map(str, came.values())) for label, came in measures.outcomes().items()),
            *((kind, *map(str, came.values())) for kind, came in measures.kinds().items()),
        ],
        style,
    )
    right = (
        f"Of the questions answered, the best sentence is right in {_shown(measures.precision())}, "
        f"of those among them with an answer in {_shown(measures.precision_of_answerable())}. "
        "Of those with an answer, the right sentence is shown (as the answer, or among the closest three) for "
        f"{_shown(measures.shown())}; nothing is shown for {_shown(measures.silent())}."
    )
    yield f"{outcomes}\n{_said(right, style)}"
    gates = table(
        ("confidence from", "kept", *_KINDS.values()), list(dict.fromkeys(_gates(measures, answered_from))), style
    )
    yield f"{gates}\n{_said(_LEGEND, style, Weight.DIM)}"
    yield table(
        ("confidence", "questions", "mean", "right"),
        [
            (f"{b.start:.1f}-{b.end:.1f}", str(b.n), _share(b.confidence), _share(b.right))
            for b in measures.reliability()
            if b.n
        ],
        style,
    )


def _answerable(measures: Measures) -> int:
    return sum(one.mark.answerable for one in measures.judged)


def _numbers(measures: Measures) -> dict[str, int]:
    return {
        "off_topic": sum(one.off_topic is not None for one in measures.judged),
        "removed": sum(one.removed is not None for one in measures.judged),
        "unanswerable": len(measures.judged) - _answerable(measures),
    }


def _groups(measures: Measures) -> list[str]:
    """The groups, where there are several."""
    names = list(dict.fromkeys(one.labelled.group for one in measures.judged))
    return names if len(names) > 1 else []


def _group(measures: Measures, group: str) -> Json:
    marks = [one.mark for one in measures.judged if one.labelled.group == group]
    came = Counter((mark.answerable, mark.outcome) for mark in marks)
    return {
        "answerable": sum(mark.answerable for mark in marks),
        "unanswerable": sum(not mark.answerable for mark in marks),
        "unanswerable_answered": came[False, Outcome.ANSWERED],
        **{name: _estimate(measures.ranked(name, group)) for name in RANKED},
    }


def _gate(gate: Gate) -> Json:
    kept = None if gate.kept is None else round(gate.kept, 4)
    return {"threshold": gate.threshold, "kept": kept} | {kind: _estimate(of) for kind, of in gate.false.items()}


def _miss(miss: Miss) -> Json:
    mark, found = miss.judged.mark, miss.judged.found
    return {
        "id": mark.id,
        "question": mark.question,
        "outcome": mark.outcome.value,
        "confidence": mark.confidence,
        "rank": mark.rank,
        "expected": list(miss.expected),
        "found": found.sentence_text if found else None,
        "citation": str(found.citation) if found else None,
    }


def _against(found: Against) -> Json:
    duels = {
        name: {"won": duel.won, "lost": duel.lost, "tied": duel.tied, "difference": _estimate(duel.difference)}
        for name, duel in found.duels.items()
    }
    return {"paired": found.paired, "unpaired": found.unpaired, "measures": duels}


def _estimate(estimate: Estimate | None) -> Mapping[str, float] | None:
    return None if estimate is None else {name: round(value, 4) for name, value in estimate._asdict().items()}


def _ranked(measures: Measures) -> Iterator[Sequence[str]]:
    yield "Rapporteur", *(_shown(measures.ranked(name)) for name in RANKED)
    yield "plain BM25", *(_shown(measures.plain(name)) for name in RANKED)
    yield "ahead by", *(_shown(measures.lead(name)) for name in RANKED)
    for group in _groups(measures):
        yield group or "(no group)", *(_shown(measures.ranked(name, group)) for name in RANKED)


def _gates(measures: Measures, answered_from: float) -> Iterator[tuple[str, ...]]:
    named = [
        ("answered", measures.gate(answered_from)),
        *(("", gate) for gate in measures.curve()),
    ]
    for name, gate in named:
        shares = (_shown(gate.false[kind]) for kind in _KINDS)
        yield f"{gate.threshold:.4f} {name}".rstrip(), _share(gate.kept), *shares
    yield "quoted at all", _NONE, *(_shown(found) for found in measures.quoted().values())


def _compared(found: Against, style: Style) -> str:
    head = f"Against the earlier result: {found.paired} questions in both, {found.unpaired} in one of them only."
    rows = [
        (_NAMES[name], str(duel.won), str(duel.lost), str(duel.tied), _shown(duel.difference))
        for name, duel in found.duels.items()
        if duel.difference
    ]
    said = _said(head, style)
    return f"{said}\n{table(('', 'won', 'lost', 'tied', 'difference'), rows, style)}" if rows else said


def _missed(miss: Miss, style: Style) -> str:
    mark, found = miss.judged.mark, miss.judged.found
    outcome = f"{mark.outcome.value}, confidence {mark.confidence:.2f}"
    lines = [outcome + (f", right at place {mark.rank}" if mark.rank else "")]
    lines += [f"expected: {text}" for text in miss.expected] or ["expected: nothing"]
    lines.append(f"found: {found.sentence_text} [{found.citation}]" if found else "found: nothing")
    question = written(f"{mark.id}: {mark.question}", style, weight=Weight.BOLD)
    return (question + "".join(written(line, style, prefix="  ") for line in lines)).removesuffix("\n")


def _said(text: str, style: Style, weight: Weight = Weight.PLAIN) -> str:
    return written(text, style, weight=weight).removesuffix("\n")


def _shown(estimate: Estimate | None) -> str:
    if estimate is None:
        return _NONE
    return f"{100 * estimate.value:.1f} % [{100 * estimate.low:.1f}, {100 * estimate.high:.1f}]"


def _share(share: float | None) -> str:
    return _NONE if share is None else f"{100 * share:.1f} %"
