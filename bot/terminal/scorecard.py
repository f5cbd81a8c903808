"""An evaluation as text for people; ``bot.terminal.scorecard_record`` has it for programs. Measures nothing itself."""

from collections.abc import Iterator, Sequence

from bot.saying.layout import Weight
from bot.saying.templates import Templates
from bot.terminal.draw import Style, written
from bot.terminal.evaluate import Against, Evaluation, Miss
from bot.terminal.scorecard_record import answerable, groups
from bot.terminal.tables import table
from retrieval.evaluation.measures import RANKED, Estimate, Measures
from retrieval.outcome import Outcome

_SIGNS = {"s1": "S@1", "s3": "S@3", "p1": "P@1", "mrr": "MRR"}  # as they are called everywhere
_KINDS = ("off_topic", "removed", "unanswerable")
_NONE = "–"


class Scorecard:
    """Says what an evaluation came to, without the single questions but for the misses."""

    def __init__(self, templates: Templates, style: Style) -> None:
        self._templates, self._style = templates, style

    def text(self, evaluation: Evaluation) -> str:
        """All of it."""
        measures = evaluation.measures
        median, late = measures.milliseconds()
        time = self._templates("scorecard.time", median=self._number(median, 2), late=self._number(late, 2))
        parts = [
            self._head(evaluation),
            *self._tables(measures, evaluation.answered_from),
            self._said(time, Weight.DIM),
        ]
        if evaluation.against:
            parts.append(self._compared(evaluation.against))
        parts += [self._missed(miss) for miss in evaluation.misses]
        more = len(measures.misses(len(measures.judged))) - len(evaluation.misses)
        if evaluation.misses and more:
            parts.append(self._said(self._templates("scorecard.more_misses", count=more)))
        return "\n\n".join(parts) + "\n"

    def _head(self, evaluation: Evaluation) -> str:
        measures, edition = evaluation.measures, evaluation.edition
        with_answer = answerable(measures)
        asked = self._templates(
            "scorecard.asked",
            answerable=with_answer,
            others=len(measures.judged) - with_answer,
            reports=len(edition.reports),
            edition=edition.label,
        )
        sample = self._templates(f"scorecard.over_{measures.sample.unit}", seed=evaluation.seed)
        return self._said(f"{asked}\n{sample}")

    def _tables(self, measures: Measures, answered_from: float) -> Iterator[str]:
        """The figures in tables, each with what has to be said of it."""
        yield self._table(["", *map(self._measure, RANKED)], list(self._ranked(measures)))
        outcomes = self._table(
            [self._word("expected"), *(outcome.value for outcome in Outcome)],
            [
                *((label.value, *map(str, came.values())) for label, came in measures.outcomes().items()),
                *((kind, *map(str, came.values())) for kind, came in measures.kinds().items()),
            ],
        )
        right = self._templates(
            "scorecard.right_of",
            precision=self._shown(measures.precision()),
            answerable=self._shown(measures.precision_of_answerable()),
            shown=self._shown(measures.shown()),
            silent=self._shown(measures.silent()),
        )
        yield f"{outcomes}\n{self._said(right)}"
        heads = [self._word("confidence_from"), self._word("kept"), *map(self._word, _KINDS)]
        gates = self._table(heads, list(dict.fromkeys(self._gates(measures, answered_from))))
        yield f"{gates}\n{self._said(self._templates('scorecard.legend'), Weight.DIM)}"
        yield self._table(
            [self._word(name) for name in ("confidence", "questions", "mean", "right")],
            [
                (
                    f"{self._number(b.start, 1)}-{self._number(b.end, 1)}",
                    str(b.n),
                    self._share(b.confidence),
                    self._share(b.right),
                )
                for b in measures.reliability()
                if b.n
            ],
        )

    def _ranked(self, measures: Measures) -> Iterator[Sequence[str]]:
        yield "Rapporteur", *(self._shown(measures.ranked(name)) for name in RANKED)
        yield self._word("plain"), *(self._shown(measures.plain(name)) for name in RANKED)
        yield self._word("lead"), *(self._shown(measures.lead(name)) for name in RANKED)
        for group in groups(measures):
            yield group or self._word("no_group"), *(self._shown(measures.ranked(name, group)) for name in RANKED)

    def _gates(self, measures: Measures, answered_from: float) -> Iterator[tuple[str, ...]]:
        named = [
            (Outcome.ANSWERED.value, measures.gate(answered_from)),
            *(("", gate) for gate in measures.curve()),
        ]
        for name, gate in named:
            shares = (self._shown(gate.false[kind]) for kind in _KINDS)
            yield f"{self._number(gate.threshold, 4)} {name}".rstrip(), self._share(gate.kept), *shares
        yield self._word("quoted"), _NONE, *(self._shown(found) for found in measures.quoted().values())

    def _compared(self, found: Against) -> str:
        said = self._said(self._templates("scorecard.against", paired=found.paired, unpaired=found.unpaired))
        rows = [
            (self._measure(name), str(duel.won), str(duel.lost), str(duel.tied), self._shown(duel.difference))
            for name, duel in found.duels.items()
            if duel.difference
        ]
        heads = ["", *(self._word(name) for name in ("won", "lost", "tied", "difference"))]
        return f"{said}\n{self._table(heads, rows)}" if rows else said

    def _missed(self, miss: Miss) -> str:
        mark, found = miss.judged.mark, miss.judged.found
        outcome = {"outcome": mark.outcome.value, "confidence": self._number(mark.confidence, 2)}
        if mark.rank:
            lines = [self._templates("scorecard.outcome_at", **outcome, place=mark.rank)]
        else:
            lines = [self._templates("scorecard.outcome", **outcome)]
        nothing = self._word("nothing")
        lines += [
            f"{self._word('wanted')} {text}" for text in miss.expected or (nothing,)
        ]  # which may have several lines
        text = f"{found.sentence_text} [{found.citation}]" if found else nothing
        lines.append(f"{self._word('found')} {text}")
        question = written(f"{mark.id}: {mark.question}", self._style, weight=Weight.BOLD)
        return (question + "".join(written(line, self._style, prefix="  ") for line in lines)).removesuffix("\n")

    def _measure(self, name: str) -> str:
        return _SIGNS.get(name) or self._word(name)

    def _word(self, name: str) -> str:
        """A word of a table."""
        return self._templates(f"scorecard.{name}")

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return table(heads, rows, self._style)

    def _said(self, text: str, weight: Weight = Weight.PLAIN) -> str:
        return written(text, self._style, weight=weight).removesuffix("\n")

    def _number(self, number: float, decimals: int) -> str:
        return self._templates.number(number, decimals)

    def _shown(self, estimate: Estimate | None) -> str:
        if estimate is None:
            return _NONE
        share, low, high = (self._number(100 * one, 1) for one in (estimate.value, estimate.low, estimate.high))
        return self._templates("scorecard.interval", share=share, low=low, high=high)

    def _share(self, share: float | None) -> str:
        return _NONE if share is None else self._templates("scorecard.share", share=self._number(100 * share, 1))
