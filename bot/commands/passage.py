"""``passage``: the whole paragraph that a citation names, also in a wording that is no longer live."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.commands.command import Command, Context, Option, OptionKind, Values
from bot.saying.reply import Reply
from corpus.citation import Citation
from corpus.cited import CitedPassage

if TYPE_CHECKING:
    from bot.saying.records import Json

CITATION_LIMIT = 2_000  # ours: a pasted citation line, as long as any message


def _begin(context: Context, values: Values) -> Callable[[], CitedPassage]:
    snapshot, citation = context.snapshot, values.text("citation") or ""
    snapshot.require_citation(citation)
    return lambda: snapshot.passage(citation)


def _reply(context: Context, cited: CitedPassage) -> Reply:
    from bot.saying.passages import passage_reply  # 23 ms: --help loads every command

    return passage_reply(context.templates, cited)


def _record(context: Context, cited: CitedPassage, _milliseconds: float) -> "Json":
    from bot.saying.records import passage_record  # 23 ms: --help loads every command

    return passage_record(context.templates, cited)


def _facts(cited: CitedPassage) -> Mapping[str, object]:
    return {"edition": cited.edition, "passages": [str(Citation.of(cited.passage))], "live": cited.live}


COMMAND = Command(
    name="passage",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=(Option(name="citation", kind=OptionKind.CITATION, required=True, most=CITATION_LIMIT, in_words=True),),
    is_private=True,
    examples=("passage un-experts-mali-2025:3",),
)
