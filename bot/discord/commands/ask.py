"""Questions: ``/ask``, the entry in a message's menu, messages that mention the bot, and direct messages."""

import discord
from discord import app_commands

from bot.discord.desk import Desk, Interaction
from bot.discord.registration import Registered
from retrieval.question import QUESTION_LIMIT

NAME_LIMIT = 200  # ours: characters of a report's name that can be sent
_PLAIN = (discord.MessageType.default, discord.MessageType.reply)


def commands(desk: Desk) -> tuple[Registered, ...]:
    """The commands of this module."""

    @app_commands.command(description="Ask the reports a question. The answer is their own words, cited.")
    @app_commands.describe(
        question="What you want to know, in plain words",
        report="Which report to ask; all of them if you leave this out",
        private="Whether only you see the answer",
    )
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_LIMIT],
        report: app_commands.Range[str, 1, NAME_LIMIT] | None = None,
        private: bool = False,
    ) -> None:
        await desk.serve(interaction, desk.tasks.ask(question, report, private=private))

    @ask.autocomplete("report")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return desk.offered(interaction, typed)

    @app_commands.context_menu(name="Ask the report about this")
    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        await desk.serve(interaction, desk.tasks.ask_about(message.content), via="menu")

    return ask, ask_about


async def hear(desk: Desk, message: discord.Message, bot: int) -> None:
    """Answer a message that is meant for the bot: a direct one, or one that mentions it in so many words.

    A reply to one of the bot's messages mentions it too, without saying so: "thanks" is no question.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _PLAIN:
        return
    if message.guild is not None and not any(mention in message.content for mention in (f"<@{bot}>", f"<@!{bot}>")):
        return
    if desk.is_first(message.id):
        await desk.answer(message, desk.tasks.hear(message.content))
