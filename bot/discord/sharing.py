"""*Share*: an answer that one person alone sees, posted for all who read its channel, as it stands and once.

What is posted is read back out of the very message, so it is what was seen, whatever a refresh has changed since; each
quote is compared again as it is drawn. Which messages have been shared is kept in memory, until others crowd them out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import discord
from cachetools import FIFOCache

from bot.discord import markup
from bot.discord.ids import SHARE, WHY, Button
from bot.discord.limits import MESSAGE_TEXT, MOST_BUTTONS
from bot.discord.message import Message
from bot.discord.page import GAP, Page, Text, small
from bot.discord.render import quotes_in
from bot.discord.tasks import Task
from bot.discord.throttle import MOST_KEYS
from bot.discord.voices import Voices
from bot.discord.works import Work
from bot.errors.serving import SharedError, ShareForbiddenError, UnknownActionError
from bot.saying.templates import Templates
from corpus.text.legible import legible

LONGEST_NAME = 80  # ours: Discord's own limit for a name in a server is 32
ROOM = 400  # ours, in code units: what the line that says who has shared it may take

_Interaction = discord.Interaction[discord.Client]


def is_within_private(interaction: _Interaction) -> bool:
    """Whether the button or the menu stands under a message that its reader alone sees."""
    pressed = interaction.message if interaction.type is discord.InteractionType.component else None
    return pressed is not None and pressed.flags.ephemeral


@dataclass(frozen=True, slots=True)
class Sharing:
    """Offers what can be shared, and shares it; remembers what has been."""

    _shared: FIFOCache[int, None] = field(default_factory=lambda: FIFOCache(MOST_KEYS))

    def offered(self, answer: Message, templates: Templates) -> Message:
        """The same private ``answer`` with the button, where it is an answer with excerpts and leaves room for it."""
        buttons, texts = answer.buttons, answer.page.texts
        is_answer = any(button.id.startswith(WHY) for button in buttons)
        if not is_answer or len(buttons) >= MOST_BUTTONS or _size(texts) + ROOM > MESSAGE_TEXT:
            return answer
        return replace(answer, buttons=(*buttons, Button(templates("discord.share"), SHARE)))

    def task(self, interaction: _Interaction, voices: Voices) -> Task:
        """Post the answer under which the button was pressed, in the name of whoever pressed it."""
        message = interaction.message

        def begin() -> Work:
            if message is None or interaction.guild_id is None or not is_within_private(interaction):
                raise UnknownActionError
            if not _may_write(interaction):
                raise ShareForbiddenError
            shown = _read(message)
            if message.id in self._shared:
                raise SharedError
            self._shared[message.id] = None
            name = legible(interaction.user.display_name)[:LONGEST_NAME]
            line = Text(small(voices.private("share.by", name=name)))  # in the language of the rest
            posted = replace(shown, page=Page((*shown.page.texts, line)))
            return lambda: replace(shown, posted=posted, facts={"outcome": "shared"})

        return Task("share", begin, voices, private=True)


def _may_write(interaction: _Interaction) -> bool:
    """Whether whoever pressed may write where they pressed; nobody speaks through the bot where they may not."""
    held = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return held.administrator or (held.send_messages_in_threads if in_thread else held.send_messages)


def _read(message: discord.Message) -> Message:
    """What a message of the bot's says, without the button to share it. Raises ``UnknownActionError``."""
    texts: list[Text] = []
    buttons: list[Button] = []
    try:
        for part in message.components:
            if isinstance(part, discord.components.Container):
                for child in part.children:
                    if isinstance(child, discord.components.TextDisplay):
                        texts += _texts(child.content, covered=bool(part.spoiler))
            elif isinstance(part, discord.components.ActionRow):
                buttons += _buttons(part)
    except (ValueError, IndexError):
        raise UnknownActionError from None
    if not texts or _size(texts) + ROOM > MESSAGE_TEXT:
        raise UnknownActionError
    return Message(Page(tuple(texts)), tuple(buttons))


def _texts(markdown: str, *, covered: bool) -> Iterator[Text]:
    """The texts that one text display is made of: one, unless several were put together to save components."""
    pieces = markdown.split(GAP) if len(quotes_in(markdown)) > 1 else [markdown]
    for piece in pieces:
        yield Text(piece, next(iter(quotes_in(piece)), None), covered)


def _buttons(row: discord.components.ActionRow) -> Iterator[Button]:
    for child in row.children:
        if isinstance(child, discord.components.Button) and child.custom_id and child.custom_id != SHARE:
            yield Button(child.label or "", child.custom_id)


def _size(texts: "list[Text] | tuple[Text, ...]") -> int:
    return sum(markup.length(text.markdown) for text in texts)
