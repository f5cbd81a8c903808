"""Opens the form of *Ask about this*; what is typed into it comes back as an interaction of its own."""

import logging

from bot.discord.courier import DeliveryError, Ticket
from bot.discord.desk import Desk, Interaction
from bot.discord.ids import About
from bot.discord.render import form
from bot.errors.serving import UnknownActionError
from bot.logs import event


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
        await desk.courier.open(ticket, form(str(about), desk.asked(interaction).voices.private))
    except DeliveryError:
        outcome = "undelivered"
    event("request", logging.INFO, error=None, same=None, task="form", via="button", outcome=outcome)
