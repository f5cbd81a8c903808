"""What a server has set, put into words."""

from collections.abc import Callable, Mapping

from bot.saying.listing import listed
from bot.saying.reply import Heading, Line, Part, Reply
from bot.saying.templates import Templates
from corpus.community.values import REST, Audience


def settings_reply(
    templates: Templates,
    audiences: Mapping[int, Audience],
    name: Callable[[int], str | None],
    *,
    channel: int | None,
    is_news: bool,
    room: int | None,
) -> Reply:
    """Who sees answers: in ``channel`` where one was named, else in the server and its channels that differ.

    ``is_news``: it was set just now. ``name`` gives that of a channel, ``None`` for one that is no more.
    """
    rest = audiences.get(REST, Audience.PUBLIC)
    if channel is not None:
        own, shown = audiences.get(channel), name(channel) or templates("settings.deleted")
        said = f"settings.channel_{own}" if own is not None else f"settings.channel_as_{rest}"
        lines: tuple[Part, ...] = (Line(templates(said, channel=shown)),)
        return Reply((*lines, *_advice(templates, own or rest, is_news=is_news)))
    differing = [(one, own) for one, own in audiences.items() if one != REST and own is not rest]
    named = sorted((name(one) or templates("settings.deleted"), own) for one, own in differing)
    entries = (Line(templates(f"settings.entry_{own}", channel=one), item=True) for one, own in named)
    parts = listed(entries, len(named), room, lambda n: templates("settings.more", n=n))
    head = () if is_news else (Heading(templates("settings.heading")),)
    lines = (*head, Line(templates(f"settings.server_{rest}")), *parts)
    return Reply((*lines, *_advice(templates, rest, is_news=is_news)))


def _advice(templates: Templates, audience: Audience, *, is_news: bool) -> tuple[Part, ...]:
    """What follows where answers have just been made private."""
    return (Line(templates("settings.private")),) if is_news and audience is Audience.PRIVATE else ()
