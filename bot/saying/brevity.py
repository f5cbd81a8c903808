"""How much of its source each quote of a reply has to tell, so that nothing is told twice.

Both faces ask here, and each draws what it is told in its own way.
"""

from collections.abc import Iterator, Sequence
from enum import Enum

from bot.saying.reply import Heading, Part, Quote, Source, Subheading
from bot.saying.text import clipped, columns

LEAST_TITLE = 24  # columns: a title of which less is left tells nothing, and the publisher gives way first


class Naming(Enum):
    """What the citation line under a quote tells."""

    WHOLE = "whole"  # title, place and all else
    UNTITLED = "untitled"  # all but the title, which the heading of the reply has
    PLACE = "place"  # the place alone: the quote before it, under the same heading, is of the same report


def named(parts: Sequence[Part]) -> Iterator[tuple[Part, Naming]]:
    """Each part with what is to be told under it, where it is a quote."""
    title, before = "", None
    for part in parts:
        naming = Naming.WHOLE
        match part:
            case Heading():
                title, before = part.title, None
            case Subheading():
                before = None
            case Quote(source=source):
                report = source.title, part.url
                naming = Naming.PLACE if report == before else Naming.UNTITLED if title == source.title else naming
                before = report
        yield part, naming


def told(source: Source, naming: Naming, width: int | None = None) -> str:
    """The citation line that ``naming`` asks for; in ``width`` columns, as far as that can be.

    A title that is too long for it is shortened; where little would be left, the publisher is left out.
    """
    if naming is Naming.PLACE:
        return source.place
    if naming is Naming.UNTITLED:
        return source.separator.join(source.after_title())
    whole = str(source)
    if width is None or columns(whole) <= width:
        return whole
    after = ""
    for publisher in (True, False):
        after = "".join(source.separator + fact for fact in source.after_title(publisher=publisher))
        if width - columns(after) >= min(LEAST_TITLE, columns(source.title)):
            break
    return clipped(source.title, max(LEAST_TITLE, width - columns(after))) + after
