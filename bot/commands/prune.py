"""``corpus prune``: editions that nobody can have cited since a set time, shown first and then dropped."""

from collections.abc import Callable, Mapping

from bot.commands.command import TERMINAL, Command, Context, Option, OptionKind, Values, Who
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.store.values import Prunable, Pruned

APPLY = "apply"
MOST_DAYS = 36_500  # ours: a century

Found = Prunable | Pruned


def _begin(context: Context, values: Values) -> Callable[[], Found]:
    context.upkeep.require_ready()
    days = values.number("days", 0) or None
    if values.flag(APPLY):
        return lambda: context.upkeep.prune(days, context.actor)
    return lambda: context.upkeep.prunable(days)


def _reply(context: Context, found: Found) -> Reply:
    from bot.saying.pruning import prunable_reply, pruned_reply  # 16 ms: --help loads every command

    if isinstance(found, Pruned):
        return pruned_reply(context.templates, found)
    return prunable_reply(context.templates, found)


def _record(_context: Context, found: Found, _milliseconds: float) -> Json:
    from bot.saying.pruning import prunable_record, pruned_record  # 17 ms: --help loads every command

    return pruned_record(found) if isinstance(found, Pruned) else prunable_record(found)


def _facts(found: Found) -> Mapping[str, object]:
    gone = found.gone if isinstance(found, Pruned) else found
    return {"outcome": "pruned" if isinstance(found, Pruned) else "proposed", "editions": gone.editions}


COMMAND = Command(
    name="corpus prune",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=(
        Option(name="days", kind=OptionKind.NUMBER, most=MOST_DAYS),
        Option(name=APPLY, kind=OptionKind.FLAG, faces=TERMINAL),
    ),
    who=Who.MODERATORS,
    is_private=True,
)
