"""Buttons and menus that live through a restart: what they do stands in their ids, and nothing about them is kept.

discord.py's ``DynamicItem`` would find its way back from an id as well, but stays silent where the id is unknown or
the message no longer holds the button; here every press ends in an answer or in its one sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.discord.page import Page, headed, page
from bot.errors.serving import UnknownActionError
from bot.saying.answers import WHICH
from bot.saying.compose import passage_reply
from bot.saying.reply import Action, Part, Quote
from bot.saying.templates import Templates
from bot.service.findings import CitedPassage
from corpus.citation import Citation
from corpus.edition import LABEL_DIGITS
from corpus.errors import UnknownCitationError
from retrieval.question import QUESTION_LIMIT, Question

_ID = re.compile(r"passage:(?P<key>[^+]{1,92})(?:\+(?P<offset>[1-9][0-9]{0,5}))?")
WHY = "why:"
OPTION_VALUE = 100  # Component Reference, Select Option Structure
_WHY = re.compile(rf"{WHY}(?P<edition>[0-9a-f]{{{LABEL_DIGITS}}})(?::(?P<report>.{{1,83}}))?")


@dataclass(frozen=True, slots=True)
class Press:
    """What a button asks for: a passage, from a code point of its text on."""

    citation: str
    offset: int = 0

    @classmethod
    def parse(cls, custom_id: str) -> "Press":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _ID.fullmatch(custom_id)
        try:
            if found is None or str(Citation.parse(found["key"])) != found["key"]:
                raise UnknownActionError
        except UnknownCitationError:
            raise UnknownActionError from None
        return cls(found["key"], int(found["offset"] or 0))

    def __str__(self) -> str:
        return f"passage:{self.citation}" + (f"+{self.offset}" if self.offset else "")


@dataclass(frozen=True, slots=True)
class Why:
    """What *Why this?* asks for: the question stands in the message's heading, the rest here.

    ``edition`` is the label of the edition that answered; ``report`` the id of the one report that was asked.
    """

    edition: str
    report: str | None = None

    @classmethod
    def parse(cls, custom_id: str) -> "Why":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _WHY.fullmatch(custom_id)
        if found is None:
            raise UnknownActionError
        return cls(found["edition"], found["report"])

    def __str__(self) -> str:
        return f"{WHY}{self.edition}" + (f":{self.report}" if self.report is not None else "")


def chosen(custom_id: str, values: Sequence[str]) -> str:
    """The id of the report that was chosen in the menu. Raises ``UnknownActionError`` where none could be."""
    if custom_id != WHICH or len(values) != 1 or not 0 < len(values[0]) <= OPTION_VALUE:
        raise UnknownActionError
    return values[0]


def asked(first_text: str) -> Question:
    """The question that a message answers, as it was answered: its heading, found in the message's first text.

    It is not parsed again, since taking off Markdown twice may take off too much. Raises ``UnknownActionError`` where
    there is no question.
    """
    text = headed(first_text)
    if not text or len(text) > QUESTION_LIMIT or not any(character.isalnum() for character in text):
        raise UnknownActionError
    return Question(text)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a passage with the buttons to what stands around it."""

    page: Page
    actions: tuple[Action, ...]


def leaf(words: Templates, cited: CitedPassage, offset: int = 0) -> Leaf:
    """The page of a passage that begins at ``offset``.

    A passage that is too long for one message goes on where the page before it was cut. Raises ``UnknownActionError``
    where none of its pages begins at ``offset``.
    """
    start = 0
    while True:
        shown = _page(words, cited, start)
        onward = None if shown.cut_at is None else _skip_blanks(cited.passage.text, start + shown.cut_at)
        if start == offset:
            return Leaf(shown, tuple(_actions(words, cited, onward)))
        if onward is None or onward > offset:
            raise UnknownActionError
        start = onward


def _page(words: Templates, cited: CitedPassage, start: int) -> Page:
    reply = passage_reply(words, cited)
    return page(replace(reply, parts=tuple(_from(part, start) for part in reply.parts)), words, "discord.continued")


def _from(part: Part, start: int) -> Part:
    if not isinstance(part, Quote) or not start:
        return part
    return replace(part, text=part.text[start:], cut_before=True, matches=())


def _skip_blanks(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip())


def _actions(words: Templates, cited: CitedPassage, onward: int | None) -> Iterator[Action]:
    before, after = _neighbours(cited)
    key = str(Citation.of(cited.passage))
    if before is not None:
        yield Action(words("discord.before"), str(Press(before)))
    if onward is not None:
        yield Action(words("discord.onward"), str(Press(key, onward)))
    if after is not None:
        yield Action(words("discord.after"), str(Press(after)))


def _neighbours(cited: CitedPassage) -> tuple[str | None, str | None]:
    """The citations of the body passages around a live one; an old wording has no neighbours that could be named."""
    body = list(cited.report.body) if cited.live else []
    for number, passage in enumerate(body):
        if passage.id == cited.passage.id:
            before = str(Citation.of(body[number - 1])) if number else None
            return before, str(Citation.of(body[number + 1])) if number + 1 < len(body) else None
    return None, None
