"""In which language the bot speaks: to one person in theirs, to everybody in that of their server. No Discord here.

Discord names languages by its locales, such as ``fr`` and ``en-US`` (Reference, Locales). A server's is ``en-US`` until
somebody changes it; so the language that the operator has set is for everybody.
"""

from dataclasses import dataclass
from typing import Self

from cachetools import LRUCache

from bot.saying.templates import DEFAULT, Templates, languages, load

FACE = "discord"
MOST_READERS = 1_000  # ours: whose language is known


def language_of(locale: str | None) -> str | None:
    """The language that there are sentences in for a locale of Discord; ``None`` where there is none."""
    language = (locale or "").partition("-")[0].lower()
    return language if language in languages() else None


@dataclass(frozen=True, slots=True)
class Voices:
    """The sentences for all who read a channel, and for one person alone."""

    public: Templates
    private: Templates

    @classmethod
    def of(cls, own: str | None, person: str | None = None, server: str | None = None) -> Self:
        """Those for the locales of a person and of their server, where these are known; ``own`` is what was set.

        Raises ``UnknownLanguageError`` where there are no sentences in ``own``.
        """
        public = own or language_of(server) or DEFAULT
        other = (own or DEFAULT) if person else public  # nobody is taken to read the language of a server
        return cls(load(public, FACE), load(language_of(person) or other, FACE))

    def alone(self) -> Self:
        """The same where one person alone sees everything."""
        return type(self)(self.private, self.private)


class Readers:
    """The locales of the people who were here last, for their direct messages: Discord tells them with commands and
    buttons alone. In memory, and nowhere else."""

    def __init__(self) -> None:
        self._locales: LRUCache[int, str] = LRUCache(MOST_READERS)

    def meet(self, person: int, locale: str) -> None:
        """Take note of a person's locale."""
        self._locales[person] = locale

    def forget(self, person: int) -> bool:
        """Forget a person's locale; whether it was known."""
        return self._locales.pop(person, None) is not None

    def locale(self, person: int) -> str | None:
        """That of a person; ``None`` where it is not known."""
        return self._locales.get(person)
