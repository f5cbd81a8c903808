"""What of a text can be seen: characters that show nothing are no words, and must not stand for any.

For what people type (questions, topics, names, citations) and for titles. Never for a report's text, which is quoted as
it stands.
"""

import re
import unicodedata

# Default_Ignorable_Code_Point, in full: Unicode Character Database 16.0, DerivedCoreProperties.txt. Python's
# unicodedata does not know the property.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# What takes room and shows nothing, yet is no White_Space (PropList.txt): the fillers among the Hangul letters, and the
# Braille pattern without a dot. People leave room with them, so they part words.
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_UNSEEN = re.compile(f"[{_IGNORABLE}]+")
_SHAPING = re.compile("[\ufe00-\ufe0f\u180b-\u180d\u180f\U000e0100-\U000e01ef]")  # variation selectors
JOINERS = "\u200c\u200d"  # zero width non-joiner and joiner
_JOINER = re.compile(f"[{JOINERS}]")


def legible(text: str) -> str:
    """``text`` without the characters that show nothing, blanks among them made plain ones, and none at the ends.

    Kept is what changes how its neighbours look: one variation selector after a character, and one joiner between two
    letters, marks or symbols, as Persian, the scripts of India and emoji need them. In scripts with capitals a joiner
    changes nothing that is read, and only keeps a word from being found: it goes.
    """
    text = _BLANKS.sub(" ", text)
    if not _UNSEEN.search(text):
        return text.strip()
    return _UNSEEN.sub(lambda run: _kept(run, text), text).strip()


def _kept(run: re.Match[str], text: str) -> str:
    """What stays of a run of characters that show nothing."""
    before, after = text[: run.start()][-1:], text[run.end() :][:1]
    shaping = _SHAPING.match(run[0]) if before and not before.isspace() else None
    joiner = _JOINER.search(run[0]) if _joins(before) and _joins(after) else None
    return (shaping[0] if shaping else "") + (joiner[0] if joiner else "")


def _joins(character: str) -> bool:
    """Whether a joiner beside ``character`` may mean something."""
    is_cased = character.lower() != character.upper()
    return bool(character) and unicodedata.category(character)[0] in "LMS" and not is_cased
