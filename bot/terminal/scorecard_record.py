"""An evaluation as a record for programs; ``bot.terminal.scorecard`` has it for people. Measures nothing itself."""

from collections import Counter
from collections.abc import Mapping

from bot.saying.jsontype import Json
from bot.terminal.evaluate import Against, Evaluation, Miss
from retrieval.evaluation.measures import KEPT, RANKED, Estimate, Gate, Measures
from retrieval.outcome import Outcome


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
        "answerable": answerable(measures),
        "unanswerable": len(measures.judged) - answerable(measures),
        "unfindable": measures.unfindable(),
        "measures": {
            "rapporteur": {name: _estimate(measures.ranked(name)) for name in RANKED},
            "plain": {name: _estimate(measures.plain(name)) for name in RANKED},
            "lead": {name: _estimate(measures.lead(name)) for name in RANKED},
        },
        "groups": {group: _group(measures, group) for group in groups(measures)},
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


def answerable(measures: Measures) -> int:
    """How many of the questions have an answer in the reports."""
    return sum(one.mark.answerable for one in measures.judged)


def _numbers(measures: Measures) -> dict[str, int]:
    return {
        "off_topic": sum(one.off_topic is not None for one in measures.judged),
        "removed": sum(one.removed is not None for one in measures.judged),
        "unanswerable": len(measures.judged) - answerable(measures),
    }


def groups(measures: Measures) -> list[str]:
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
