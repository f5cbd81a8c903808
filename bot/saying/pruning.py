"""Pruning put into words and into JSON: what would go, what went, and how large the database is."""

from collections.abc import Mapping

from bot.saying.jsontype import Json
from bot.saying.reply import Heading, Line, Removal, Reply
from bot.saying.templates import Templates
from corpus.store.values import Prunable, Pruned, Sizes

_UNITS = (("gigabytes", 10**9), ("megabytes", 10**6), ("kilobytes", 10**3))


def prunable_reply(templates: Templates, gone: Prunable) -> Reply:
    """What would go, with a way to have it go."""
    date = templates.date(gone.before.date())
    heading = Heading(templates("prune.heading"))
    if not gone.editions:
        return Reply((heading, Line(templates("prune.nothing", date=date))))
    would = Line(templates("prune.would", n=gone.editions, date=date, **_held(templates, gone)))
    removal = Removal(gone.days, templates("prune.drop"), templates("prune.apply"))
    return Reply((heading, would, Line(templates("prune.not_yet"))), removal=removal)


def pruned_reply(templates: Templates, pruned: Pruned) -> Reply:
    """What went, and how much room it took."""
    gone = pruned.gone
    room = Line(
        templates("prune.room", before=size(templates, pruned.size_before), after=size(templates, pruned.size_after))
    )
    if not gone.editions:
        nothing = Line(templates("prune.nothing", date=templates.date(gone.before.date())))
        return Reply((Heading(templates("prune.heading")), nothing, room))
    done = Line(templates("prune.done", n=gone.editions, **_held(templates, gone)))
    return Reply((Heading(templates("prune.heading")), done, room))


def prunable_record(gone: Prunable) -> Json:
    """What would go, as JSON."""
    return {
        "before": gone.before.isoformat(),
        "editions": gone.editions,
        "reports": gone.reports,
        "wordings": gone.wordings,
        "bytes": gone.size,
        "applied": False,
    }


def pruned_record(pruned: Pruned) -> Json:
    """What went, as JSON."""
    sizes = {"bytes_before": pruned.size_before, "bytes_after": pruned.size_after}
    return {**prunable_record(pruned.gone), "applied": True, **sizes}


def sizes_line(templates: Templates, sizes: Sizes) -> Line:
    """How large the database is, and how much it keeps."""
    counts = {"editions": sizes.editions, "reports": sizes.reports, "wordings": sizes.wordings}
    return Line(templates("status.sizes", size=size(templates, sizes.size), **counts))


def prunable_line(templates: Templates, gone: Prunable) -> Line:
    """What pruning would drop, in one line."""
    date = templates.date(gone.before.date())
    return Line(templates("status.prunable", n=gone.editions, date=date, size=size(templates, gone.size)))


def sizes_record(sizes: Sizes | None, gone: Prunable | None) -> Json | None:
    """How large the database is, as JSON."""
    if sizes is None:
        return None
    counts = {"editions": sizes.editions, "reports": sizes.reports, "wordings": sizes.wordings}
    return {"bytes": sizes.size, **counts, "prunable": None if gone is None else prunable_record(gone)}


def size(templates: Templates, count: int) -> str:
    """A number of bytes, as people say it."""
    for name, unit in _UNITS:
        if count >= unit:
            return templates(f"size.{name}", number=templates.number(count / unit, 1))
    return templates("size.bytes", n=count)


def _held(templates: Templates, gone: Prunable) -> Mapping[str, str | int]:
    return {"reports": gone.reports, "wordings": gone.wordings, "size": size(templates, gone.size)}
