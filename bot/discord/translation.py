"""What Discord tells of the languages of people and servers, and the commands in these: their names, what they are for.

discord.py asks for each text in each locale of Discord; where there are no sentences for one, Discord shows the text as
it was registered.
"""

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.discord.voices import FACE, Readers, Voices, language_of
from bot.saying.templates import Templates, load

_NAME, _USE, _SENTENCE = "name", "use", "sentence"  # what a text is


def named(word: str, kind: str = "command") -> locale_str:
    """The name of a command or an option."""
    return locale_str(word, what=_NAME, keys=(kind, word))


def described(templates: Templates, command: str, option: str = "summary") -> locale_str:
    """What a command, or an option of it, is for. Raises ``KeyError`` where nothing says it."""
    return locale_str(templates.option(command, option), what=_USE, keys=(command, option))


def said(templates: Templates, key: str) -> locale_str:
    """A sentence that is the name of an entry in a menu."""
    return locale_str(templates(key), what=_SENTENCE, keys=(key,))


def voices_of(interaction: discord.Interaction[discord.Client], own: str | None) -> Voices:
    """In which language to answer an interaction; ``own`` is the one that was set."""
    server, pressed = interaction.guild_locale, interaction.message
    found = Voices.of(own, interaction.locale.value, server.value if server else None)
    # A direct message is read by its person alone; so is what comes in the place of a message that nobody else sees.
    is_alone = interaction.guild_id is None or (pressed is not None and pressed.flags.ephemeral)
    return found.alone() if is_alone else found


def voices_for(message: discord.Message, own: str | None, readers: Readers) -> Voices:
    """In which language to answer a message: Discord does not tell that of its writer, who may be known."""
    if message.guild is not None:
        return Voices.of(own, None, message.guild.preferred_locale.value)
    return Voices.of(own, readers.locale(message.author.id)).alone()


class CommandNames(app_commands.Translator):
    """Gives discord.py what is said in the languages besides the one that ``own`` is registered in."""

    def __init__(self, own: Templates) -> None:
        self._own = own

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in a locale; ``None`` where it is the registered one."""
        language = language_of(locale.value)
        if language is None or not string.extras:
            return None
        told = _told(load(language, FACE), string.extras["what"], string.extras["keys"])
        return None if told == string.message else told


def _told(templates: Templates, what: str, keys: tuple[str, ...]) -> str | None:
    if what == _NAME:
        return templates.called(*keys)
    if what == _USE:
        command, option = keys
        return templates.uses.get(command, {}).get(option)
    return templates(*keys)
