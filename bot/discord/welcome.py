"""One line under the first answer that a server is given, for those there who have never met the bot.

Which servers have been told is kept in memory and nowhere else: after a restart each is told once more.
"""

from dataclasses import dataclass, field, replace

from cachetools import FIFOCache

from bot.discord import markup
from bot.discord.limits import MESSAGE_TEXT
from bot.discord.message import Message
from bot.discord.page import Text, small
from bot.discord.throttle import MOST_KEYS
from bot.saying.templates import Templates
from retrieval.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Welcome:
    """Remembers which servers have been told, the last ``MOST_KEYS`` of them."""

    _told: FIFOCache[int, None] = field(default_factory=lambda: FIFOCache(MOST_KEYS))

    def under(self, answer: Message, server: int | None, templates: Templates) -> Message:
        """The same ``answer`` with the line, where its ``server`` has not been told.

        What is no answer to a question goes without, and so does an answer that leaves no room: the next one has it.
        """
        if server is None or server in self._told or answer.facts.get("outcome") not in set(Outcome):
            return answer
        line = Text(small(templates("welcome.line")))
        texts = (*answer.page.texts, line)
        if sum(markup.length(text.markdown) for text in texts) > MESSAGE_TEXT:
            return answer
        self._told[server] = None
        return replace(answer, page=replace(answer.page, texts=texts))
