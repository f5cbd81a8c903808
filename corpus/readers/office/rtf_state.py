"""What holds within a group of an RTF file: where its words belong, and whether they are shown."""

from dataclasses import dataclass, replace
from enum import Enum, auto


class Where(Enum):
    """What the words of a group belong to."""

    BODY = auto()
    NOTE = auto()
    LABEL = auto()
    BOX = auto()
    RUNNING = auto()
    FONTS = auto()
    STYLES = auto()
    TITLE = auto()
    NOWHERE = auto()


_RUNNING = ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")
_NOWHERE = (
    *("colortbl", "pict", "nonshppict", "object", "fldinst", "listtable", "listoverridetable", "revtbl", "annotation"),
    *("sp", "shprslt", "author", "operator", "company", "doccomm", "keywords", "subject", "tc", "xe", "txe", "rxe"),
    *("atnid", "atnauthor", "ftnsep", "ftnsepc", "ftncn"),
)
_PLACES = {
    "footnote": Where.NOTE,
    "listtext": Where.LABEL,
    "pntext": Where.LABEL,
    "shptxt": Where.BOX,
    "fonttbl": Where.FONTS,
    "stylesheet": Where.STYLES,
    "title": Where.TITLE,
    **dict.fromkeys(_RUNNING, Where.RUNNING),
    **dict.fromkeys(_NOWHERE, Where.NOWHERE),
}
_SHOWN = frozenset(["shpinst", "shppict", "listtext", "pntext"])  # groups that old programs may pass over
_MOST_SKIPPED = 10


@dataclass(frozen=True, slots=True)
class State:
    """What holds within a group until it ends.

    ``skip`` counts the characters after a letter by its number that are for programs which do not know it.
    """

    where: Where = Where.BODY
    is_hidden: bool = False
    is_deleted: bool = False
    is_raised: bool = False
    skip: int = 1
    font: int | None = None
    style: int = 0
    outline: int = 0
    in_table: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether words are printed."""
        return not (self.is_hidden or self.is_deleted)


def placed(state: State, above: State, word: str) -> State | None:
    """The state where a control word says what the words of its group belong to; ``above`` is that of the group around.

    None where it says nothing of the kind.
    """
    if word == "*":
        return replace(state, where=Where.NOWHERE)
    if state.where is Where.NOWHERE:
        return replace(state, where=_PLACES.get(word, above.where)) if word in _SHOWN else state
    return replace(state, where=_PLACES[word]) if word in _PLACES else None


def changed(state: State, word: str, number: int | None) -> State:
    """The state after a control word; the same where that changes none."""
    is_on = number != 0
    match word:
        case "v":
            return replace(state, is_hidden=is_on)
        case "deleted":
            return replace(state, is_deleted=is_on)
        case "super" | "nosupersub" | "up" | "sub":
            return replace(state, is_raised=word == "super" and is_on)
        case "plain":
            return replace(state, is_hidden=False, is_deleted=False, is_raised=False)
        case _:
            return _of_paragraph(state, word, number)


def _of_paragraph(state: State, word: str, number: int | None) -> State:
    match word:
        case "pard":
            return replace(state, style=0, outline=0, in_table=False)
        case "s":
            return replace(state, style=number or 0)
        case "outlinelevel":
            return replace(state, outline=(number or 0) + 1)
        case "intbl":
            return replace(state, in_table=True)
        case "uc":
            return replace(state, skip=min(max(number or 0, 0), _MOST_SKIPPED))
        case "f":
            return replace(state, font=number)
        case _:
            return state
