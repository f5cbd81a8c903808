"""What was typed, made fit to be asked."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from retrieval.errors import EmptyQuestionError, LongQuestionError, WordlessQuestionError

QUESTION_LIMIT = 300  # characters; longer texts are pasted passages, not questions

# Users, roles, channels, commands, emoji, timestamps: https://discord.com/developers/docs/reference#message-formatting
_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{1,32}:|t:)-?\d{1,20}(?::[tTdDfFR])?>|@(?:everyone|here)\b")
_MARKDOWN = re.compile(r"^[ \t]*(?:>{1,3}|#{1,3}|-#)[ \t]+|\*+|__+|~~+|\|\|+|`+|(?<!\w)_|_(?!\w)", re.MULTILINE)
_URL_LABEL = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of 1 to ``QUESTION_LIMIT`` code points with at least one letter or digit in it."""

    text: str

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Take off control characters, mentions and Markdown, and fold white space.

        Raises ``EmptyQuestionError``, ``LongQuestionError`` or ``WordlessQuestionError``.
        """
        raw = raw.strip()
        if len(raw) > 20 * QUESTION_LIMIT:  # not worth cleaning
            raise LongQuestionError(length=len(raw), limit=QUESTION_LIMIT)
        text = _MENTION.sub(" ", raw)
        text = _MARKDOWN.sub("", _URL_LABEL.sub(r"\1", text))
        text = "".join(" " if _is_control(c) else c for c in text)
        text = " ".join(text.split())
        if not raw or (not text and not _MENTION.sub("", raw).strip()):
            raise EmptyQuestionError
        if len(text) > QUESTION_LIMIT:
            raise LongQuestionError(length=len(text), limit=QUESTION_LIMIT)
        if not any(c.isalnum() for c in text):
            raise WordlessQuestionError
        return cls(text)


def _is_control(character: str) -> bool:
    """Control, format (zero width, direction), surrogate and unassigned characters; private use goes with them."""
    return unicodedata.category(character)[0] == "C"
