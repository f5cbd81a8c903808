"""``corpus equivalent``: which words of a question may find which of a report, proposed, added and taken out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.command import TERMINAL, Command, Context, Option, OptionKind, Values, Who
from bot.errors.serving import UnknownEquivalentError
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.clause import Clause
from corpus.community.values import Equivalent, KeptEquivalent
from retrieval.errors import EquivalentError

if TYPE_CHECKING:
    from retrieval.why.proposal import Proposal

LONGEST = 40  # characters of a word or phrase, as in retrieval.why.proposal, whose import is costly
APPLY = "apply"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an equivalent would do; whether it ``was_added`` before, and whether it ``is_added`` now."""

    proposal: "Proposal"
    was_added: bool
    is_added: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out."""

    equivalents: Sequence[Equivalent]


@dataclass(frozen=True, slots=True)
class Listed:
    """All that was added."""

    kept: Sequence[KeptEquivalent]


Found = Proposed | Removed | Listed


def _begin(context: Context, values: Values) -> Callable[[], Found]:
    context.upkeep.require_ready()
    word, means = values.text("word"), values.text("means")
    if word is None:
        if means is not None or values.flag("remove") or values.flag(APPLY):
            raise EquivalentError(problem=Clause("lexicon.no_word"))
        return lambda: Listed(context.upkeep.equivalents.all())
    if values.flag("remove"):
        return lambda: _remove(context, word, means)
    if means is None:
        raise EquivalentError(problem=Clause("lexicon.no_means", item=word))
    snapshot = context.snapshot

    def work() -> Proposed:
        proposal = snapshot.propose(word, means)
        one = Equivalent(proposal.word, proposal.means, proposal.tag)
        kept = (held.equivalent for held in context.upkeep.equivalents.all())
        was_added = any(_same(held.word, one.word) and _same(held.means, one.means) for held in kept)
        adds = values.flag(APPLY) and not (was_added or proposal.is_known)
        return Proposed(proposal, was_added, adds and context.upkeep.equivalents.add(one, context.actor))

    return work


def _remove(context: Context, word: str, means: str | None) -> Removed:
    kept = [one.equivalent for one in context.upkeep.equivalents.all()]
    meant = [one for one in kept if _same(one.word, word) and (means is None or _same(one.means, means))]
    gone = [one for one in meant if context.upkeep.equivalents.remove(one, context.actor)]
    if not gone:
        raise UnknownEquivalentError(word=word)
    return Removed(gone)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _reply(context: Context, found: Found) -> Reply:
    from bot.saying.equivalents import listed_reply, proposed_reply, removed_reply  # 160 ms: --help loads every command

    if isinstance(found, Listed):
        return listed_reply(context.templates, found.kept, context.room)
    if isinstance(found, Removed):
        return removed_reply(context.templates, found.equivalents)
    return proposed_reply(context.templates, found.proposal, was_added=found.was_added, is_added=found.is_added)


def _record(_context: Context, found: Found, _milliseconds: float) -> Json:
    from bot.saying.equivalents import (  # 160 ms: --help loads every command
        listed_record,
        proposed_record,
        removed_record,
    )

    if isinstance(found, Listed):
        return listed_record(found.kept)
    if isinstance(found, Removed):
        return removed_record(found.equivalents)
    return proposed_record(found.proposal, was_added=found.was_added, is_added=found.is_added)


def _facts(found: Found) -> Mapping[str, object]:
    if isinstance(found, Proposed):
        return {"outcome": "added" if found.is_added else "proposed", "passages": found.proposal.passages}
    return {"outcome": "removed" if isinstance(found, Removed) else "listed"}


COMMAND = Command(
    name="corpus equivalent",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=(
        Option(name="word", most=LONGEST),
        Option(name="means", most=LONGEST),
        Option(name="remove", kind=OptionKind.FLAG),
        Option(name=APPLY, kind=OptionKind.FLAG, faces=TERMINAL),
    ),
    who=Who.MODERATORS,
    is_private=True,
)
