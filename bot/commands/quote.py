"""``quote``: is this in the reports, word for word?"""

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from bot.commands.command import TERMINAL, Command, Context, Option, Values
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.saying.templates import Templates
from corpus.citation import Citation
from retrieval.errors import QuotationError

if TYPE_CHECKING:
    from bot.saying.verdicts import CheckedLine
    from bot.service.snapshot import Snapshot
    from retrieval.quotation.values import Checked

QUOTATION_LIMIT = 4_000  # characters; as in retrieval.quotation.given, whose import is costly
FILE = "file"


def _begin(context: Context, values: Values) -> "Callable[[], Checked]":
    return context.snapshot.quote(values.text("text") or "")


def _reply(context: Context, checked: "Checked") -> Reply:
    from bot.saying.verdicts import quotation_reply  # 27 ms: for quotations only

    return quotation_reply(context.templates, checked)


def _record(context: Context, checked: "Checked", milliseconds: float) -> Json:
    from bot.saying.verdicts import quotation_record  # 28 ms: for quotations only

    return quotation_record(context.templates, checked, milliseconds)


def _facts(checked: "Checked") -> Mapping[str, object]:
    passages = [str(Citation.of(excerpt.passage)) for excerpt in checked.excerpts]
    return {"outcome": str(checked.verdict), "edition": checked.edition, "passages": passages}


def page(snapshot: "Snapshot", templates: Templates, prose: str) -> "Iterator[tuple[CheckedLine, float]]":
    """Every quotation of ``prose``, in order, with what became of it and the milliseconds that it took."""
    from bot.saying.verdicts import CheckedLine  # 53 ms: for a page of quotations only
    from retrieval.quotation.prose import quotations

    for found in quotations(prose):
        started = perf_counter()
        try:
            one = CheckedLine(found.line, found.text, snapshot.quote(found.text, found.said)())
        except QuotationError as error:
            one = CheckedLine(found.line, found.text, None, templates.error(error))
        yield one, (perf_counter() - started) * 1000


COMMAND = Command(
    name="quote",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    ranks=True,
    options=(
        Option(name="text", required=True, most=QUOTATION_LIMIT, in_words=True, as_typed=True),
        Option(name=FILE, faces=TERMINAL),
    ),
    examples=(
        "quote “Two days later, their bodies and burned vehicle were discovered near Fatissouma village”",
        "quote --json '“Those responsible … must face prosecution,” said the army'",
        "quote --file article.md",
    ),
)
