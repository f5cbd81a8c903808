"""What was typed, made fit to be asked."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from corpus.text.legible import JOINERS, legible
from retrieval.errors import EmptyQuestionError, EmptyTopicError, LongQuestionError, WordlessQuestionError

QUESTION_LIMIT = 300  # characters; longer texts are pasted passages, not questions

# Users, roles, channels, commands, emoji, timestamps: https://discord.com/developers/docs/reference#message-formatting
_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{1,32}:|t:)-?\d{1,20}(?::[tTdDfFR])?>|@(?:everyone|here)\b")
# Stars and underscores between letters or digits stay: 2*3, snake_case. A run is looked at once, from its start on:
# thousands of underscores between two letters would otherwise cost a fifth of a second.
_MARKDOWN = re.compile(
    r"^[ \t]*(?:>{1,3}|#{1,3}|-#)[ \t]+|(?<![\w*])\*+|(?<!\*)\*++(?!\w)|(?<!\w)_+|(?<!_)_++(?!\w)|~~+|\|\|+|`+",
    re.MULTILINE,
)
_URL_LABEL = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of 1 to ``QUESTION_LIMIT`` code points with at least one letter or digit in it."""

    text: str

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Take off what shows nothing, control characters, mentions and Markdown, and fold white space.

        Raises ``EmptyQuestionError``, ``LongQuestionError`` or ``WordlessQuestionError``.
        """
        raw = raw.strip()
        if len(raw) > 20 * QUESTION_LIMIT:  # not worth cleaning
            raise LongQuestionError(length=len(raw), limit=QUESTION_LIMIT)
        text = _MENTION.sub(" ", "".join(map(_printable, legible(raw))))
        text = _MARKDOWN.sub("", _URL_LABEL.sub(r"\1", text))
        text = " ".join(_MENTION.sub(" ", text).split())  # once more: @every~~one~~
        if not raw or (not text and not _MENTION.sub("", raw).strip()):
            raise EmptyQuestionError
        if len(text) > QUESTION_LIMIT:
            raise LongQuestionError(length=len(text), limit=QUESTION_LIMIT)
        if not any(c.isalnum() for c in text):
            raise WordlessQuestionError
        return cls(text)

    @classmethod
    def topic(cls, raw: str) -> Self:
        """The same of a topic to keep to. Raises ``EmptyTopicError`` where there is none."""
        try:
            return cls.parse(raw)
        except EmptyQuestionError:
            raise EmptyTopicError from None


def _printable(character: str) -> str:
    """A character, or what stands for it.

    Nothing for a format character, which may stand within a word, but for the joiners that ``legible`` leaves; a blank
    for a control, surrogate, private or unassigned one, but for the end of a line, which Markdown needs.
    """
    category = unicodedata.category(character)
    if category == "Cf":
        return character if character in JOINERS else ""
    return " " if category[0] == "C" and character != "\n" else character
