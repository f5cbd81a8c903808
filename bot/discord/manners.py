"""An answer follows its question: edited soon after, it is edited; deleted, it goes. By raw events, without a cache.

Which message answers which is told by the gateway: a reply comes back with the nonce it was sent with, the id of its
question. So it is known also where a request was cut off after Discord had taken it.
"""

from collections.abc import Iterable
from contextlib import suppress

import discord

from bot.discord.courier import DeliveryError
from bot.discord.desk import Desk
from bot.discord.message import Message
from bot.discord.page import page
from bot.discord.pairs import Answer
from bot.discord.places import heard
from bot.discord.render import components, draw
from bot.discord.throttle import Asker
from bot.errors.serving import UnwritableError
from bot.logs import event
from bot.saying.compose import discreet_reply

# Opcodes and Status Codes: missing access, missing permissions, an archived thread, a locked one
UNWRITABLE = frozenset({50001, 50013, 50083, 160005})
FOLLOWED_SECONDS = 60.0  # ours: later edits of a question change nothing


async def note_own(desk: Desk, message: discord.Message) -> None:
    """Remember what a message of the bot's answers, and catch up with what happened to its question meanwhile."""
    nonce = str(message.nonce or "")
    if not nonce.isdecimal():
        return
    answer = Answer(message.channel.id, message.id)
    if not desk.pairs.answered(int(nonce), answer):
        await _take_back(desk, answer)
    elif (edited := desk.pairs.waiting(int(nonce))) is not None:
        await follow_edit(desk, edited, message.author.id)


async def answer_or_tell(desk: Desk, message: discord.Message, bot: int) -> None:
    """Answer a message; where the bot may not write, tell whoever wrote it in private, as seldom as other notices."""
    task = heard(desk, message, bot)
    refusal = await desk.answer(message, task)
    if refusal not in UNWRITABLE or message.guild is None:
        return
    error = UnwritableError(channel=f"#{getattr(message.channel, 'name', message.channel.id)}")
    if not desk.throttle.may_tell(error.key, Asker(message.author.id, message.channel.id, message.guild.id)):
        return
    templates = task.voices.public
    try:
        direct = await message.author.create_dm()
        drawn = draw(Message(page(discreet_reply(templates, error), templates)))
        await desk.courier.tell(direct.id, message.id, components(drawn))
    except (discord.HTTPException, DeliveryError):  # above all closed direct messages: there is no other way
        event("told", outcome="closed", task=error.key)
    else:
        event("told", outcome="sent", task=error.key)


async def follow_edit(desk: Desk, message: discord.Message, bot: int) -> None:
    """Let the answer to a message be that to its new words; where these no longer address the bot, it goes.

    Only an edit of the text has a moment; a preview that Discord adds has none, or that of the edit before.
    """
    if message.author.bot or message.edited_at is None:
        return
    if (message.edited_at - message.created_at).total_seconds() > FOLLOWED_SECONDS:
        return
    answer = desk.pairs.of(message.id)
    if answer is None:
        desk.pairs.wait(message.id, message)
        return
    if answer.edit is not None and message.edited_at <= answer.edit:
        return
    answer.edit = message.edited_at
    if not is_addressed(message, bot):
        await follow_deletion(desk, [message.id])
        return
    async with answer.turn:
        if answer.edit == message.edited_at and desk.pairs.of(message.id) is answer:  # else a later edit has its turn
            await desk.answer(message, heard(desk, message, bot), answer)


async def follow_deletion(desk: Desk, questions: Iterable[int]) -> None:
    """Delete the answers to messages that were deleted."""
    for question in questions:
        answer = desk.pairs.delete(question)
        if answer is not None:
            await _take_back(desk, answer)


def is_addressed(message: discord.Message, bot: int) -> bool:
    """Whether a message is a direct one, or mentions the bot in so many words.

    A reply to one of the bot's messages mentions it too, without saying so: "thanks" is no question.
    """
    return message.guild is None or any(mention in message.content for mention in (f"<@{bot}>", f"<@!{bot}>"))


async def _take_back(desk: Desk, answer: Answer) -> None:
    with suppress(DeliveryError):  # somebody was faster
        await desk.courier.take_back(answer.channel, answer.id)
