"""The form of *Ask about this*: opens it, and reads what was typed into it, which comes back as an interaction."""

import logging
from typing import Any

import discord

from bot.discord.courier import DeliveryError, Ticket
from bot.discord.desk import Desk, Interaction
from bot.discord.ids import About
from bot.discord.limits import FIELD_EXAMPLE, FIELD_LABEL, FORM_TITLE
from bot.errors.serving import UnknownActionError
from bot.logs import event
from bot.saying.templates import Templates
from retrieval.question.asked import QUESTION_LIMIT

FIELD = "question"


async def open_form(desk: Desk, interaction: Interaction, custom_id: str) -> None:
    """Answer a press with the form; what is typed there counts against the limits, not this."""
    ticket = Ticket(interaction.id, interaction.application_id, interaction.token, desk.courier.clock())
    try:
        about = About.parse(custom_id)
    except UnknownActionError as error:
        await desk.refuse(interaction, error)
        return
    outcome = "opened"
    try:
        await desk.courier.open(ticket, _form(str(about), desk.asked(interaction).voices.private))
    except DeliveryError:
        outcome = "undelivered"
    event("request", logging.INFO, error=None, same=None, task="form", via="button", outcome=outcome)


def typed(interaction: Interaction) -> str:
    """What was typed into the form; empty where it is not as Discord sends it."""
    open_: list[object] = [interaction.data]
    while open_:
        part = open_.pop()
        if isinstance(part, dict):
            if part.get("custom_id") == FIELD and isinstance(part.get("value"), str):
                return str(part["value"])
            open_ += [part.get("components"), part.get("component")]
        elif isinstance(part, list):
            open_ += part
    return ""


def _form(custom_id: str, templates: Templates) -> dict[str, Any]:
    """A form with one field, as discord.py sends it."""
    modal = discord.ui.Modal(title=templates("discord.form")[:FORM_TITLE], custom_id=custom_id)
    text = discord.ui.TextInput["discord.ui.Modal"](
        custom_id=FIELD,
        style=discord.TextStyle.short,
        placeholder=templates("discord.form_example")[:FIELD_EXAMPLE],
        max_length=QUESTION_LIMIT,
    )
    modal.add_item(discord.ui.Label(text=templates("discord.form_field")[:FIELD_LABEL], component=text))
    return modal.to_dict()
