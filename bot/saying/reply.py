"""What is said, before it is known where: the terminal and Discord each draw the same ``Reply`` in their own way.

The sentences come from the templates and carry no markup; escaping is the business of whoever draws.
"""

from dataclasses import dataclass

from corpus.passage import Span


@dataclass(frozen=True, slots=True)
class Heading:
    """What the reply is about: a question, or a title.

    ``title`` is that of the one report that the whole reply is about, where ``text`` names it: no quote has to again.
    """

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """What the parts after it are about, up to the next one: one of several questions that were asked at once."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One or more sentences of the bot's own; ``url`` is what the line as a whole may link to.

    ``item`` says that it is an entry of a list and follows the line before it closely; its text brings its own bullet.
    """

    text: str
    url: str | None = None
    item: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quote stands, in words: its report's ``title``, the ``place`` in that, and what else there is of facts.

    As text it is the whole citation line.
    """

    title: str
    place: str
    symbol: str = ""
    publisher: str = ""
    date: str = ""
    separator: str = ", "

    def __str__(self) -> str:
        return self.separator.join((self.title, *self.after_title()))

    def after_title(self, *, publisher: bool = True) -> tuple[str, ...]:
        """What there is beside the title, with or without the publisher."""
        facts = (self.place, self.symbol, self.publisher if publisher else "", self.date)
        return tuple(fact for fact in facts if fact)


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a report with their source.

    ``matches`` are spans of ``text`` that may be drawn bold. ``cut_before`` and ``cut_after`` say that the passage, or
    its sentence, goes on there: drawn as […]. ``lead`` is what stands before it, such as the speaker. ``key``
    is the citation to look the passage up by, ``url`` its link. ``sensitive`` says that the report has a content
    note. ``further``: it stands beside what people came for, and may be drawn smaller. ``number`` is what it is
    called by where one can ask on about it.
    """

    text: str
    source: Source
    key: str
    url: str | None = None
    matches: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False
    sensitive: bool = False
    lead: str = ""
    further: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A content note or another small remark, drawn quietly."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste:
    """Text to be copied as it is, with its own line breaks: drawn as it is, wrapped nowhere and never shortened.

    ``label`` says what it is, above it."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A way from words that are quoted, those at ``span``, to what stands around them: a button in Discord.

    ``citation`` names their passage.
    """

    label: str
    citation: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu; ``value`` is what choosing it gives back, ``detail`` what tells it from others."""

    label: str
    detail: str
    value: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Reports to choose from, of which one is then asked: a menu in Discord; a terminal says ``otherwise``."""

    label: str
    options: tuple[Option, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that can be asked next, of the one report with the id ``report`` or of all: a button in Discord.

    A terminal says ``otherwise``.
    """

    question: str
    report: str | None
    otherwise: str


@dataclass(frozen=True, slots=True)
class Addition:
    """An equivalent that can be added: a button in Discord; a terminal says ``otherwise``."""

    word: str
    means: str
    label: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Editions that can be dropped, since they were not live for so many ``days``: a button in Discord; a terminal says
    ``otherwise``."""

    days: int
    label: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A text file that goes with a reply: for Discord, where little fits into a message."""

    name: str
    text: str


Part = Heading | Subheading | Line | Quote | Note | Paste


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole reply. ``private`` asks that only the person who asked sees it; ``enclosure`` is a file beside it."""

    parts: tuple[Part, ...]
    footer: str | None = None
    lookups: tuple[Lookup, ...] = ()
    menu: Menu | None = None
    private: bool = False
    enclosure: Enclosure | None = None
    suggestions: tuple[Suggestion, ...] = ()
    addition: Addition | None = None
    removal: Removal | None = None
