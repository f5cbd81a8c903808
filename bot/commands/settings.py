"""``settings``: who sees answers in a server and its channels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.commands.command import DISCORD, Command, Context, Option, OptionKind, Server, Values, Who
from bot.errors.serving import NoChannelError, NoServerError
from bot.saying.reply import Reply
from corpus.community.values import Audience

AS_SERVER = "as_server"  # what says that a channel has nothing set of its own


@dataclass(frozen=True, slots=True)
class Found:
    """What is set in a ``server``, and what of it was set just now: ``answers``, for a channel or for the rest."""

    server: Server
    answers: str | None
    channel: int | None


def _begin(context: Context, values: Values) -> Callable[[], Found]:
    server, answers = context.server, values.text("answers")
    if server is None:
        raise NoServerError
    channel = values.number("channel", 0) or None
    if answers == AS_SERVER and channel is None:
        raise NoChannelError

    def work() -> Found:
        if answers is not None:
            server.set_audience(channel, None if answers == AS_SERVER else Audience(answers))
        return Found(server, answers, channel)

    return work


def _reply(context: Context, found: Found) -> Reply:
    from bot.saying.settings import settings_reply  # 2 ms: --help loads every command

    server = found.server
    return settings_reply(
        context.templates,
        server.audiences,
        server.channel,
        channel=found.channel,
        is_news=found.answers is not None,
        room=context.room,
    )


def _facts(found: Found) -> Mapping[str, object]:
    return {"outcome": "shown" if found.answers is None else "set"}


COMMAND = Command(
    name="settings",
    begin=_begin,
    reply=_reply,
    facts=_facts,
    options=(
        Option(name="answers", choices=(*Audience, AS_SERVER), faces=DISCORD),
        Option(name="channel", kind=OptionKind.CHANNEL, faces=DISCORD),
    ),
    who=Who.MANAGERS,
    is_private=True,
    faces=DISCORD,
)
