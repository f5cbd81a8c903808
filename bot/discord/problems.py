"""An exception as the message that its person is shown; the log has the whole. Never logs what people write."""

import logging

from bot.discord.message import Message
from bot.discord.page import page
from bot.discord.pending import Log
from bot.errors import RefreshFailedError
from bot.logs import event, unforeseen
from bot.saying.compose import discreet_reply, unforeseen_reply
from bot.saying.templates import of_log
from corpus.errors import RapporteurError


def sorry(error: Exception, log: Log) -> Message:
    """The sentence for an error; one that nobody foresaw is logged under an id that the person is shown."""
    templates = log.templates
    if isinstance(error, RapporteurError):
        reason = error.reason if isinstance(error, RefreshFailedError) else error
        log.facts["outcome"] = reason.key
        if (whole := of_log().error(reason)) != of_log().discreet(reason):
            event("problem", logging.WARNING, task=log.task, problem=whole)
        return Message(page(discreet_reply(templates, error), templates))
    error_id = unforeseen(error, task=log.task)
    log.facts |= {"outcome": "unforeseen", "id": error_id}
    return Message(page(unforeseen_reply(templates, error_id), templates))
