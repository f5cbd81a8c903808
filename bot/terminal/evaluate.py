"""`rapporteur evaluate`: reads labelled questions, asks them, and puts the figures together.

What is measured, and how, stands in ``retrieval.evaluation.judging`` and ``retrieval.evaluation.measures``; how it is
printed, in ``bot.terminal.scorecard`` and ``bot.terminal.scorecard_record``.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.terminal.session import Session
from bot.terminal.waiting import Tell
from corpus.clause import Clause
from corpus.edition import Edition
from corpus.errors import FileError, FileLineError, ReadError
from corpus.files.jsonlines import objects
from corpus.files.opening import shown_size
from corpus.gathering.manifest import NAME as MANIFEST
from corpus.ingest.collection import read_collection
from corpus.ingest.pipeline import ingest
from corpus.readers import SUFFIXES
from retrieval.evaluation.cases import unfit
from retrieval.evaluation.fitting import fit, require_libraries
from retrieval.evaluation.judging import Judge, Judged, Mark
from retrieval.evaluation.labelled import Gold, Labelled
from retrieval.evaluation.measures import Duel, Measures, against
from retrieval.words.lexicon import BUNDLED, Lexicons

LARGEST_RESULT = 256 * 1024 * 1024  # bytes; 9,000 questions take 5 MiB


@dataclass(frozen=True, slots=True)
class Corpus:
    """The reports to ask: an edition, where their paragraphs begin (see ``Gold``), and the files passed over."""

    edition: Edition
    leads: Mapping[tuple[str, int], int]
    refused: tuple[ReadError, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went wrong, and the labelled answers that were expected, verbatim."""

    judged: Judged
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A comparison with an earlier result: of how many questions, how many only one of the two asked, and how each
    measure came out."""

    paired: int
    unpaired: int
    duels: Mapping[str, Duel]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that an evaluation has to say. ``answered_from`` is the shipped threshold."""

    edition: Edition
    seed: int
    measures: Measures
    answered_from: float
    misses: tuple[Miss, ...]
    against: Against | None


class Earlier(BaseModel):
    """What an earlier ``--json`` result is compared by."""

    model_config = ConfigDict(frozen=True)

    each: tuple[Mark, ...]


def evaluated(session: Session) -> Evaluation:
    """Do what was asked for on the command line; says on standard error what goes on. Raises ``CorpusError``."""
    parsed, templates = session.parsed, session.templates
    lexicons = session.lexicons or BUNDLED
    corpus = read_corpus(session.places, skip_unreadable=session.skip_unreadable)
    for refused in corpus.refused:
        session.tell(templates("status.refused", **refused.fields))
    questions = drawn(read_questions(parsed.questions, corpus.edition), parsed.limit, parsed.seed)
    earlier = read_earlier(parsed.against) if parsed.against else None
    with session.progress("evaluation.progress", log=False) as tell:
        evaluation = evaluate(
            corpus,
            questions,
            seed=parsed.seed,
            misses=parsed.misses,
            earlier=earlier,
            tell=tell,
            without=parsed.without,
            lexicons=lexicons,
        )
    if nowhere := evaluation.measures.unfindable():
        session.tell(templates("evaluation.unfindable", n=len(nowhere), example=nowhere[0]))
    return evaluation


def fitted(session: Session) -> str:
    """Fit the weights on what was named on the command line; the text of a file of weights.

    Raises ``CorpusError`` and ``FittingError``.
    """
    require_libraries()
    parsed, templates = session.parsed, session.templates
    corpus = read_corpus(session.places, skip_unreadable=False)
    questions = drawn(read_questions(parsed.questions, corpus.edition), parsed.limit, parsed.seed)
    reports = len(corpus.edition.reports)
    limit = f" --limit {parsed.limit}" if parsed.limit else ""
    named = f"{parsed.questions.name} {' '.join(f'--reports {place.name}' for place in session.places)}"
    command = f"rapporteur fit {named}{limit} --seed {parsed.seed}"
    source = f"`{command}` on {datetime.now(UTC):%Y-%m-%d}: {len(questions)} questions on {reports} reports."
    gold = Gold(corpus.edition, corpus.leads)
    if useless := unfit(corpus.edition, questions, gold):
        session.tell(templates("evaluation.unfit", n=len(useless), example=useless[0]))
    with session.progress("evaluation.progress", log=False) as tell:
        return fit(corpus.edition, questions, gold, seed=parsed.seed, progress=tell).text(source)


def read_corpus(places: Sequence[Path], *, skip_unreadable: bool) -> Corpus:
    """The reports of folders and files, or of one file of one report a line. Raises ``CorpusError``."""
    if len(places) == 1 and places[0].is_file() and not places[0].name.lower().endswith((*SUFFIXES, MANIFEST)):
        collection = read_collection(places[0])
        return Corpus(collection.edition, collection.leads)
    found = ingest(places, skip_unreadable=skip_unreadable)
    return Corpus(found.edition, {}, found.refused)


def read_questions(path: Path, edition: Edition) -> list[Labelled]:
    """The labelled questions of a file, one a line. Raises ``FileError``; ``FileLineError`` names a bad line."""
    reports = {report.id for report in edition.reports}
    questions: dict[str, Labelled] = {}
    for line, found in objects(path):
        problem = None
        try:
            labelled = Labelled.model_validate(found)
        except ValidationError as error:
            raise FileLineError(file=str(path), line=line, problem=_problem(error)) from None
        if labelled.id in questions:
            problem = Clause("lines.same_question", question=labelled.id)
        elif labelled.report is not None and labelled.report not in reports:
            problem = Clause("lines.unknown_report", report=labelled.report)
        if problem is not None:
            raise FileLineError(file=str(path), line=line, problem=problem)
        questions[labelled.id] = labelled
    if not questions:
        raise FileError(file=str(path), problem=Clause("lines.no_question"))
    return list(questions.values())


def read_earlier(path: Path) -> Earlier:
    """An earlier result; may be a pipe. Raises ``FileError``."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_RESULT + 1)
        if len(data) > LARGEST_RESULT:
            raise FileError(file=str(path), problem=Clause("file.too_large", size=shown_size(LARGEST_RESULT)))
        return Earlier.model_validate_json(data)
    except OSError as error:
        raise FileError(file=str(path), problem=Clause("file.unopened", problem=error.strerror or "")) from None
    except ValidationError:
        raise FileError(file=str(path), problem=Clause("file.no_result")) from None


def drawn(questions: Sequence[Labelled], limit: int | None, seed: int) -> list[Labelled]:
    """All questions, or ``limit`` of them chosen by ``seed``, in their order."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = sorted(random.Random(seed).sample(range(len(questions)), limit))  # noqa: S311 - reproducible, no secret
    return [questions[n] for n in chosen]


def evaluate(
    corpus: Corpus,
    questions: Sequence[Labelled],
    *,
    seed: int,
    misses: int,
    earlier: Earlier | None,
    tell: Tell,
    without: str | None = None,
    lexicons: Lexicons = BUNDLED,
) -> Evaluation:
    """Ask every question; ``tell`` hears how many are done, of how many. There must be a question."""
    gold = Gold(corpus.edition, corpus.leads)
    judge = Judge(edition=corpus.edition, gold=gold, seed=seed, without=without, lexicons=lexicons)
    judged = []
    for done, labelled in enumerate(questions, start=1):
        judged.append(judge.judge(labelled))
        tell(done, len(questions))
    measures = Measures(judged, seed)
    return Evaluation(
        corpus.edition,
        seed,
        measures,
        answered_from=judge.weights.answered_from,
        misses=tuple(Miss(one, tuple(gold.texts(one.labelled))) for one in measures.misses(misses)),
        against=_against([one.mark for one in judged], earlier.each, seed) if earlier else None,
    )


def _problem(error: ValidationError) -> Clause:
    """What is wrong with a question."""
    flaw = error.errors()[0]
    field = str(flaw["loc"][0]) if flaw["loc"] else ""
    if field == "gold":
        return Clause("lines.bad_gold")
    if field == "kind":
        return Clause("lines.bad_kind")
    if field == "outcome":
        return Clause("lines.bad_outcome")
    return Clause("lines.no_text", field=field) if field else Clause("lines.no_content")


def _against(mine: Sequence[Mark], theirs: Sequence[Mark], seed: int) -> Against:
    """Only what both asked, in the same words and with the same kind of label, is compared."""
    others = {(mark.id, mark.question, mark.answerable): mark for mark in theirs}
    pairs = [(mark, others.get((mark.id, mark.question, mark.answerable))) for mark in mine]
    paired = [(mark, other) for mark, other in pairs if other]
    duels = against([mark for mark, _ in paired], [other for _, other in paired], seed)
    return Against(len(paired), len(mine) + len(theirs) - 2 * len(paired), duels)
