"""``ask``: a question to the reports, answered with their own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.commands.command import DISCORD, TERMINAL, Command, Context, Option, OptionKind, Values
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.citation import Citation
from retrieval.question.asked import QUESTION_LIMIT

if TYPE_CHECKING:
    from retrieval.considered import Considered

NAME_LIMIT = 200  # ours: characters of a report's name that can be sent
EXPLAIN, JSONL, AFTER = "explain", "jsonl", "after"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer, and whether it is to be explained; ``forgot`` is the key of the sentence that says what is missing of
    what was asked before, where the question needs it."""

    considered: "Considered"
    explain: bool = False
    forgot: str = ""


def _begin(context: Context, values: Values) -> Callable[[], Found]:
    snapshot, report, after = context.snapshot, values.text("report"), values.text(AFTER)
    asked = snapshot.ask(values.text("question") or "", report, context.before)
    if after is None:
        is_lost = context.remembers and (context.before is None or context.before.is_nothing)
        return lambda: Found(asked.consider(), values.flag(EXPLAIN), asked.forgot if is_lost else "")
    first = snapshot.ask(after, report)

    def work() -> Found:
        then = replace(asked, before=first.consider().turn)
        return Found(then.consider(), values.flag(EXPLAIN), then.forgot)

    return work


def _reply(context: Context, found: Found) -> Reply:
    if found.explain:
        from bot.saying.why import explanation_reply  # 160 ms: for who asks why

        return explanation_reply(context.templates, found.considered.explained)
    from bot.saying.answers import answer_reply  # 16 ms: --help loads every command

    return answer_reply(context.templates, found.considered.answer, found.forgot)


def _record(context: Context, found: Found, milliseconds: float) -> Json:
    if found.explain:
        from bot.saying.why_records import explained_record  # 166 ms: for who asks why

        return explained_record(context.templates, found.considered.explained, milliseconds)
    from bot.saying.records import answer_record  # 24 ms: for --json

    return answer_record(context.templates, found.considered.answer, milliseconds)


def _facts(found: Found) -> Mapping[str, object]:
    answer = found.considered.answer
    shown = [str(Citation.of(excerpt.passage)) for excerpt in answer.excerpts[: answer.shown]]
    return {"outcome": str(answer.outcome), "edition": answer.edition, "passages": shown}


REPORT = Option(name="report", kind=OptionKind.REPORT, most=NAME_LIMIT)
COMMAND = Command(
    name="ask",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    ranks=True,
    options=(
        Option(name="question", required=True, most=QUESTION_LIMIT, in_words=True),
        REPORT,
        Option(name="private", kind=OptionKind.FLAG, faces=DISCORD),
        Option(name=AFTER, most=QUESTION_LIMIT, faces=TERMINAL),
        Option(name=EXPLAIN, kind=OptionKind.FLAG, faces=TERMINAL),
        Option(name=JSONL, kind=OptionKind.FLAG, faces=TERMINAL),
    ),
    examples=(
        "ask Where were the bodies found?",
        'ask --json "Who was killed?"',
        "ask --explain Where was the car?",
        'ask --after "Where were the bodies found?" and the vehicle?',
        'ask --reports ~/reports --reports annual.txt "How many wells were drilled?"',
    ),
)
