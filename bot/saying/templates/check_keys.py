"""The same for what moderators read: how documents were understood, what they set and add; see
``bot.saying.templates.keys``."""

from corpus.origin import Origin
from corpus.passage import Kind

_AUDIENCES = ("public", "private")  # as corpus.audience has them, which no question needs

CHECK = {
    "check.id": "id",
    "check.fact": "name value origin",
    **{f"check.fact_{name}": "" for name in ("title", "subtitle", "symbol", "date", "publisher", "language")},
    **{f"check.from_{origin}": "" for origin in Origin},
    "check.absent": "names",
    "check.passages": "total ranked",
    "check.parts": "headings notes tables",
    "check.kept_out": "list",
    "check.all_in": "",
    "check.kind": "kind count",
    "check.pictures": "n pages",
    "check.torn": "count list",
    "check.whole": "",
    "check.counted": "",
    "check.numbers": "count first last",
    "check.gaps": "list",
    "check.stray": "list",
    "check.uncited": "count list",
    "check.longest": "",
    "check.shortest": "",
    "check.brief": "label length opening",
    "check.passage": "label facts",
    **{f"check.kind_{kind}": "" for kind in Kind},
    "check.out": "",
    "check.section": "section",
    "check.lead": "label",
    "check.torn_before": "",
    "check.torn_after": "",
    "check.refused": "problem",
    "check.entry": "title file id ranked out torn",
    "check.total": "read refused",
    "check.heading": "",
    "check.live": "",
    "check.attached": "",
    "check.shortened": "",
}

SETTINGS = {
    **{f"choice.{audience}": "" for audience in _AUDIENCES},
    "choice.as_server": "",
    "settings.heading": "",
    **{f"settings.server_{audience}": "" for audience in _AUDIENCES},
    **{f"settings.entry_{audience}": "channel" for audience in _AUDIENCES},
    **{f"settings.channel_{audience}": "channel" for audience in _AUDIENCES},
    **{f"settings.channel_as_{audience}": "channel" for audience in _AUDIENCES},
    "settings.more": "n",
    "settings.deleted": "",
    "settings.private": "",
}

EQUIVALENT = {
    "equivalent.heading": "word means",
    "equivalent.stands": "n means",
    "equivalent.nowhere": "means",
    "equivalent.itself": "n word",
    "equivalent.meant": "word meant",
    "equivalent.known": "word list",
    "equivalent.unknown": "word",
    "equivalent.language": "language",
    "equivalent.was_added": "word means",
    "equivalent.is_known": "word means",
    "equivalent.not_yet": "",
    "equivalent.add": "",
    "equivalent.apply": "",
    "equivalent.added": "word means",
    "equivalent.bots_alone": "",
    "equivalent.removed": "word means",
    "equivalent.none": "",
    "equivalent.list": "",
    "equivalent.entry": "word means language moment actor",
    "equivalent.more": "n",
    "history.equivalent_added": "word means",
    "history.equivalent_removed": "word means",
}
