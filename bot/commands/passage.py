"""``passage``: the whole paragraph that each citation names, also in a wording that is no longer live."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.commands.command import Command, Context, Option, OptionKind, Values
from bot.errors import WhichPassageError
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.citation import Citation, CitedPassage, SeveralCited, apart
from corpus.errors import RapporteurError, UnknownCitationError

if TYPE_CHECKING:
    from bot.service.snapshot import Snapshot

Cited = CitedPassage | SeveralCited
CITATION_LIMIT = 2_000  # ours: a pasted citation line, as long as any message


def _begin(context: Context, values: Values) -> Callable[[], Cited]:
    snapshot, citation = context.snapshot, values.text("citation") or ""
    texts = apart(citation)
    if len(texts) > 1:
        return lambda: _several(snapshot, texts)
    snapshot.require_citation(citation)
    return lambda: snapshot.passage(citation)


def _several(snapshot: "Snapshot", citations: Sequence[str]) -> SeveralCited:
    """What each names. Raises as for the first where none names anything."""
    found: list[CitedPassage | RapporteurError] = []
    for citation in citations:
        try:
            found.append(snapshot.passage(citation))
        except (UnknownCitationError, WhichPassageError) as error:
            found.append(error)
    several = SeveralCited(tuple(found))
    if not several.passages:
        snapshot.passage(citations[0])
    return several


def _reply(context: Context, cited: Cited) -> Reply:
    from bot.saying.passages import passage_reply, passages_reply  # 23 ms: --help loads every command

    if isinstance(cited, SeveralCited):
        return passages_reply(context.templates, cited)
    return passage_reply(context.templates, cited)


def _record(context: Context, cited: Cited, _milliseconds: float) -> Json:
    from bot.saying.records import passage_record, passages_record  # 23 ms: --help loads every command

    if isinstance(cited, SeveralCited):
        return passages_record(context.templates, cited)
    return passage_record(context.templates, cited)


def _facts(cited: Cited) -> Mapping[str, object]:
    shown = cited.passages if isinstance(cited, SeveralCited) else (cited,)
    return {
        "edition": shown[0].edition,
        "passages": [str(Citation.of(one.passage)) for one in shown],
        "live": all(one.live for one in shown),
    }


COMMAND = Command(
    name="passage",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=(Option(name="citation", kind=OptionKind.CITATION, required=True, most=CITATION_LIMIT, in_words=True),),
    is_private=True,
    examples=("passage un-experts-mali-2025:3", "passage un-experts-mali-2025:3 un-experts-mali-2025:4"),
)
