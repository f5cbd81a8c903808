"""Where the reports leave people without an answer: what was called not helpful, and what found nothing."""

from collections.abc import Iterator
from itertools import islice

from bot.saying.jsontype import Json
from bot.saying.listing import listed
from bot.saying.reply import Heading, Line, Part, Reply, Subheading
from bot.saying.templates import Templates
from bot.saying.templates.keys import PLACEHOLDERS
from corpus.community.values import Gap, Gaps, Unfound

LONGEST = 20  # entries of one of the lists, the rest is counted


def voted_reply(templates: Templates, *, is_helpful: bool) -> Reply:
    """That a vote was counted; private."""
    return Reply((Line(templates("vote.helpful" if is_helpful else "vote.unhelpful")),), private=True)


def gaps_reply(templates: Templates, gaps: Gaps, keeps: int, room: int | None = None) -> Reply:
    """The three lists, or that there is nothing for them; ``keeps`` is for how many days questions are kept.

    Where there is only ``room``, in characters, as many are listed as that holds.
    """
    part = None if room is None else room // 3
    parts: list[Part] = [Heading(templates("gaps.heading"))]
    if not gaps.passages:
        parts.append(Line(templates("gaps.none")))
    if gaps.passages:
        parts.append(Subheading(templates("gaps.passages")))
        parts += _list(templates, (_passage(templates, gap) for gap in gaps.passages), len(gaps.passages), part)
    if gaps.asked:
        parts.append(Subheading(templates("gaps.asked")))
        parts += _list(templates, (_asked(templates, gap) for gap in gaps.asked), len(gaps.asked), part)
    parts.append(Subheading(templates("gaps.questions")))
    if gaps.questions:
        asked = (_question(templates, one) for one in gaps.questions)
        parts += _list(templates, asked, len(gaps.questions), part)
    elif keeps:
        parts.append(Line(templates("gaps.no_questions", n=keeps)))
    if not keeps:
        parts.append(Line(templates("gaps.off")))
    return Reply(tuple(parts), private=True)


def gaps_record(gaps: Gaps, keeps: int) -> Json:
    """The same whole, for programs."""
    return {
        "passages": [{"citation": gap.name, "title": gap.title or None, **_told(gap)} for gap in gaps.passages],
        "asked": [
            {"facet": _after(gap.name, "facet:"), "kind": _after(gap.name, "kind:"), **_told(gap)} for gap in gaps.asked
        ],
        "questions": [
            {"question": one.question, "days": one.days, "last": one.day.isoformat(), "edition": one.edition}
            for one in gaps.questions
        ],
        "kept_days": keeps or None,
    }


def _after(name: str, sign: str) -> str | None:
    return name.removeprefix(sign) if name.startswith(sign) else None


def _list(templates: Templates, lines: Iterator[Line], count: int, room: int | None) -> Iterator[Line]:
    return listed(islice(lines, LONGEST), count, room, lambda n: templates("gaps.more", n=n))


def _passage(templates: Templates, gap: Gap) -> Line:
    key = "gaps.passage" if gap.title else "gaps.lost"
    fields = {"title": gap.title} if gap.title else {}
    return Line(templates(key, key=gap.name, **fields, **_told(gap)), item=True)


def _asked(templates: Templates, gap: Gap) -> Line:
    """By the words that *Why this?* has for a facet or a kind; by its name where another version kept it."""
    key = f"why.{gap.name.replace(':', '_')}"
    told = templates(key) if key in PLACEHOLDERS else gap.name
    return Line(templates("gaps.facet", asked=told, **_told(gap)), item=True)


def _told(gap: Gap) -> dict[str, int]:
    return {"helpful": gap.helpful, "unhelpful": gap.unhelpful}


def _question(templates: Templates, one: Unfound) -> Line:
    date = templates.date(one.day)
    return Line(templates("gaps.question", question=one.question, date=date, n=one.days), item=True)
