"""The grammar of the ids of buttons and menus: what they do stands in their ids, and nothing about them is kept.

So they live through a restart. discord.py's ``DynamicItem`` would find its way back from an id as well, but stays
silent where the id is unknown or the message no longer holds the button; here every press ends in an answer or in its
one sentence. No Discord here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.discord.limits import OPTION_TEXT
from bot.errors.serving import UnknownActionError
from corpus.citation import Citation
from corpus.edition import LABEL_DIGITS
from corpus.errors import UnknownCitationError
from corpus.passage import Span

WHICH = "which"  # the menu by which a report is chosen
SHARE = "share"  # all it shares stands in the message that it stands under
WHY, CONTEXT, CITE, MORE, ABOUT = "why:", "context:", "cite:", "more:", "about:"
ASK, SUMMARISE, ADD = "ask:", "summary:", "equivalent:"
PRUNE = "prune:"
HELPFUL, UNHELPFUL = "helpful:", "unhelpful:"
FORGET, FORGET_NOW = "forget", "forget:now"  # whoever presses is whom it is about
_NUMBER = "0|[1-9][0-9]{0,5}"
_ID = re.compile(r"passage:(?P<key>[^+]{1,92})(?:\+(?P<offset>[1-9][0-9]{0,5}))?")
_CONTEXT = re.compile(rf"{CONTEXT}(?P<key>[^+]{{1,92}})(?:\+(?P<start>{_NUMBER})-(?P<end>{_NUMBER}))?")
_ABOUT = re.compile(rf"{ABOUT}(?P<key>[^+]{{1,92}})\+(?P<start>{_NUMBER})-(?P<end>{_NUMBER})")
_CITE = re.compile(rf"{CITE}(?P<key>.{{1,95}})")
_MORE = re.compile(rf"{MORE}(?P<edition>[0-9a-f]{{{LABEL_DIGITS}}}):(?P<skipped>{_NUMBER})(?::(?P<report>.{{1,78}}))?")
_ASK = re.compile(rf"{ASK}(?P<report>[^:]{{1,92}})?:(?P<question>.{{1,95}})")
_SUMMARISE = re.compile(rf"{SUMMARISE}(?P<report>[^:]{{1,92}})")
_ADD = re.compile(rf"{ADD}(?P<word>[^>]{{1,40}})>(?P<means>[^>]{{1,40}})")
_PRUNE = re.compile(rf"{PRUNE}(?P<days>[1-9][0-9]{{0,4}})")
_JUDGE = re.compile(rf"(?P<word>{HELPFUL}|{UNHELPFUL})(?P<key>.{{1,90}})")
_WHY = re.compile(rf"{WHY}(?P<edition>[0-9a-f]{{{LABEL_DIGITS}}})(?::(?P<report>.{{1,83}}))?")


@dataclass(frozen=True, slots=True)
class Button:
    """A button by its ``label`` and its ``id``, which is in the grammar of this module."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Press:
    """What a button asks for: a passage, from a code point of its text on."""

    citation: str
    offset: int = 0

    @classmethod
    def parse(cls, custom_id: str) -> "Press":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_ID, custom_id)
        return cls(_key(found["key"]), int(found["offset"] or 0))

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
        found = _found(_WHY, custom_id)
        return cls(found["edition"], found["report"])

    def __str__(self) -> str:
        return f"{WHY}{self.edition}" + (f":{self.report}" if self.report is not None else "")


@dataclass(frozen=True, slots=True)
class Around:
    """What *Context* asks for: a passage between its neighbours; ``span`` are the words of it that were quoted."""

    citation: str
    span: Span | None = None

    @classmethod
    def parse(cls, custom_id: str) -> "Around":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_CONTEXT, custom_id)
        span = None if found["start"] is None else Span(int(found["start"]), int(found["end"]))
        return cls(_key(found["key"]), span)

    def __str__(self) -> str:
        return f"{CONTEXT}{self.citation}" + (f"+{self.span.start}-{self.span.end}" if self.span else "")


@dataclass(frozen=True, slots=True)
class About:
    """What *Ask about this* asks about, and the form that it opens: the passage that answered, and the sentence there.

    The words of the question stand in the message.
    """

    citation: str
    span: Span

    @classmethod
    def parse(cls, custom_id: str) -> "About":
        """What an id says. Raises ``UnknownActionError`` for one that was not made here."""
        found = _found(_ABOUT, custom_id)
        if int(found["start"]) >= int(found["end"]):
            raise UnknownActionError
        return cls(_key(found["key"]), Span(int(found["start"]), int(found["end"])))

    def __str__(self) -> str:
        return f"{ABOUT}{self.citation}+{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Cite:
    """What *Cite* asks for: the reference to a passage."""

    citation: str

    @classmethod
    def parse(cls, custom_id: str) -> "Cite":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_CITE, custom_id)
        return cls(_key(found["key"]))

    def __str__(self) -> str:
        return f"{CITE}{self.citation}"


@dataclass(frozen=True, slots=True)
class Judge:
    """What *Helpful* and *Not helpful* say of an answer, which is named by its first excerpt."""

    citation: str
    is_helpful: bool

    @classmethod
    def parse(cls, custom_id: str) -> "Judge":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_JUDGE, custom_id)
        return cls(_key(found["key"]), found["word"] == HELPFUL)

    def __str__(self) -> str:
        return f"{HELPFUL if self.is_helpful else UNHELPFUL}{self.citation}"


@dataclass(frozen=True, slots=True)
class More:
    """What *More* asks for: the excerpts of an answer behind the first ``skipped``, as ``Why`` for the rest."""

    edition: str
    skipped: int
    report: str | None = None

    @classmethod
    def parse(cls, custom_id: str) -> "More":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_MORE, custom_id)
        return cls(found["edition"], int(found["skipped"]), found["report"])

    def __str__(self) -> str:
        return f"{MORE}{self.edition}:{self.skipped}" + (f":{self.report}" if self.report is not None else "")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question on a button asks for: its answer, of the one report with the id ``report`` or of all."""

    question: str
    report: str | None = None

    @classmethod
    def parse(cls, custom_id: str) -> "Ask":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_ASK, custom_id)
        return cls(found["question"], found["report"])

    def __str__(self) -> str:
        return f"{ASK}{self.report or ''}:{self.question}"


@dataclass(frozen=True, slots=True)
class Summarise:
    """What *Summary* asks for: that of the report with the id ``report``."""

    report: str

    @classmethod
    def parse(cls, custom_id: str) -> "Summarise":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_SUMMARISE, custom_id)
        return cls(found["report"])

    def __str__(self) -> str:
        return f"{SUMMARISE}{self.report}"


@dataclass(frozen=True, slots=True)
class Add:
    """What *Add* asks for: that ``word`` in a question finds ``means`` in a report."""

    word: str
    means: str

    @classmethod
    def parse(cls, custom_id: str) -> "Add":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        found = _found(_ADD, custom_id)
        return cls(found["word"], found["means"])

    def __str__(self) -> str:
        return f"{ADD}{self.word}>{self.means}"


@dataclass(frozen=True, slots=True)
class Prune:
    """What *Drop* asks for: that editions go which were not live for so many ``days``."""

    days: int

    @classmethod
    def parse(cls, custom_id: str) -> "Prune":
        """What a button's id says. Raises ``UnknownActionError`` for an id that was not made here."""
        return cls(int(_found(_PRUNE, custom_id)["days"]))

    def __str__(self) -> str:
        return f"{PRUNE}{self.days}"


def chosen(custom_id: str, values: Sequence[str]) -> str:
    """The id of the report that was chosen in the menu. Raises ``UnknownActionError`` where none could be."""
    if custom_id != WHICH or len(values) != 1 or not 0 < len(values[0]) <= OPTION_TEXT:
        raise UnknownActionError
    return values[0]


def _found(grammar: re.Pattern[str], custom_id: str) -> re.Match[str]:
    """The parts of an id. Raises ``UnknownActionError`` for one that was not made here."""
    found = grammar.fullmatch(custom_id)
    if found is None:
        raise UnknownActionError
    return found


def _key(text: str) -> str:
    """A citation as it was written here. Raises ``UnknownActionError`` for anything else."""
    try:
        if str(Citation.parse(text)) == text:
            return text
    except UnknownCitationError:
        pass
    raise UnknownActionError
