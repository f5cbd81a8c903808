"""Which buttons stand under what: under a passage, those to what stands around it; and what a message was asked."""

from collections.abc import Iterator
from dataclasses import replace

from bot.discord.ids import Button, Press
from bot.discord.message import Message
from bot.discord.page import Page, headed, page
from bot.errors.serving import UnknownActionError
from bot.saying.compose import passage_reply
from bot.saying.reply import Part, Quote
from bot.saying.templates import Templates
from corpus.citation import Citation
from corpus.cited import CitedPassage
from retrieval.question import QUESTION_LIMIT, Question


def asked(first_text: str) -> Question:
    """The question that a message answers, as it was answered: its heading, found in the message's first text.

    It is not parsed again, since taking off Markdown twice may take off too much. Raises ``UnknownActionError`` where
    there is no question.
    """
    text = headed(first_text)
    if not text or len(text) > QUESTION_LIMIT or not any(character.isalnum() for character in text):
        raise UnknownActionError
    return Question(text)


def leaf(words: Templates, cited: CitedPassage, offset: int = 0) -> Message:
    """The page of a passage that begins at ``offset``.

    A passage that is too long for one message goes on where the page before it was cut. Raises ``UnknownActionError``
    where none of its pages begins at ``offset``.
    """
    start = 0
    while True:
        shown = _page(words, cited, start)
        onward = None if shown.cut_at is None else _skip_blanks(cited.passage.text, start + shown.cut_at)
        if start == offset:
            return Message(shown, tuple(_actions(words, cited, onward)))
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


def _actions(words: Templates, cited: CitedPassage, onward: int | None) -> Iterator[Button]:
    before, after = _neighbours(cited)
    key = str(Citation.of(cited.passage))
    if before is not None:
        yield Button(words("discord.before"), str(Press(before)))
    if onward is not None:
        yield Button(words("discord.onward"), str(Press(key, onward)))
    if after is not None:
        yield Button(words("discord.after"), str(Press(after)))


def _neighbours(cited: CitedPassage) -> tuple[str | None, str | None]:
    """The citations of the body passages around a live one; an old wording has no neighbours that could be named."""
    body = list(cited.report.body) if cited.live else []
    for number, passage in enumerate(body):
        if passage.id == cited.passage.id:
            before = str(Citation.of(body[number - 1])) if number else None
            return before, str(Citation.of(body[number + 1])) if number + 1 < len(body) else None
    return None, None
