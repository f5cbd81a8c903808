"""Who sees the answers in a channel. Values only: nothing here is kept."""

from enum import StrEnum

REST = 0  # the channel that stands for all those of a server that have nothing set


class Audience(StrEnum):
    """Who sees an answer: everybody who reads the channel, or whoever asked."""

    PUBLIC = "public"
    PRIVATE = "private"
