"""``summary``: the sentences that carry a report, or its words on a topic."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.commands.ask import NAME_LIMIT
from bot.commands.command import Command, Context, Option, OptionKind, Values
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.service.snapshot import DEFAULT_SUMMARY, LONGEST_SUMMARY, SHORTEST_SUMMARY
from corpus.citation import Citation
from retrieval.question.asked import QUESTION_LIMIT

if TYPE_CHECKING:
    from retrieval.answer import Summary


def _begin(context: Context, values: Values) -> "Callable[[], Summary]":
    length = values.number("length", DEFAULT_SUMMARY)
    return context.snapshot.ask_summary(values.text("report"), values.text("about"), length).summarise


def _reply(context: Context, summary: "Summary") -> Reply:
    from bot.saying.compose import summary_reply  # 9 ms: --help loads every command

    return summary_reply(context.templates, summary)


def _record(context: Context, summary: "Summary", _milliseconds: float) -> Json:
    from bot.saying.records import summary_record  # 8 ms: --help loads every command

    return summary_record(context.templates, summary)


def _facts(summary: "Summary") -> Mapping[str, object]:
    passages = [str(Citation.of(excerpt.passage)) for excerpt in summary.excerpts]
    return {"outcome": "summary", "edition": summary.edition, "passages": passages}


COMMAND = Command(
    name="summary",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=(
        Option(name="report", kind=OptionKind.REPORT, most=NAME_LIMIT, in_words=True),
        Option(name="about", most=QUESTION_LIMIT),
        Option(
            name="length",
            kind=OptionKind.NUMBER,
            least=SHORTEST_SUMMARY,
            most=LONGEST_SUMMARY,
            default=DEFAULT_SUMMARY,
        ),
    ),
    examples=("summary", "summary un-experts-mali-2025 --about investigations --length 3"),
)
