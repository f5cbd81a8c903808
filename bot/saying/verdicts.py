"""What is said of a quotation that was checked: the verdict, the true words, what differs, and what was cut off.

Replies for people, and records for programs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.saying.jsontype import Json
from bot.saying.listing import listed
from bot.saying.quoting import cited, quote_of
from bot.saying.records import excerpt_record
from bot.saying.reply import Heading, Line, Part, Reply, Subheading
from bot.saying.templates import Templates
from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.quotation.values import Checked, Difference
from retrieval.quotation.values import Part as Of
from retrieval.quotation.verdict import Verdict

OPENING = 80  # characters of a quotation by which it is named
LONGEST = 240  # characters of what differs, or is cut off, in one line
ROOM = 1_500  # characters of the lines that say what differs
_SHOWN = {Verdict.EXACT: 1, Verdict.TYPOGRAPHIC: 1, Verdict.ALTERED: 1, Verdict.JOINED: 4, Verdict.NOT_FOUND: 2}

_MOST_SHOWN = 4  # of one quotation


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A quotation of a page of prose: its line, from 1, its text, and what became of it, or why it was not checked."""

    line: int
    text: str
    checked: Checked | None
    problem: str = ""

    @property
    def is_true(self) -> bool:
        """Whether it stands in the reports word for word, and nothing is cut out of it that changes what it says."""
        return self.checked is not None and self.checked.is_true


def quotation_reply(templates: Templates, checked: Checked) -> Reply:
    """The reply to one quotation: the verdict first, then the report's words and what differs from them."""
    key = f"quotation.{_key(checked)}"
    heading = f"{key}_heading" if checked.is_telling else "quotation.too_little_heading"
    verdict = (Heading(templates(heading)), Line(templates(key, opening=opening(checked.text))))
    return cited(
        templates,
        (*verdict, *_too_little(templates, checked), *_details(templates, checked)),
        _excerpts(checked),
        checked.edition,
    )


def page_reply(templates: Templates, lines: Sequence[CheckedLine], edition: str) -> Reply:
    """The reply to all quotations of a page: each with its line and verdict, and of those that are not so all that is
    said of one alone."""
    parts: list[Part] = []
    quoted: list[Excerpt] = []
    for one in lines:
        verdict = (
            templates("quotation.unchecked")
            if one.checked is None
            else templates(f"quotation.{_short_key(one.checked)}_short")
        )
        parts.append(Subheading(templates("quotation.line", line=one.line, verdict=verdict, opening=opening(one.text))))
        if one.checked is None:
            parts.append(Line(one.problem))
            continue
        parts += _too_little(templates, one.checked)
        if one.is_true:
            parts += [*_differences(templates, one.checked), *_cut_off(templates, one.checked)]
        else:
            parts += _details(templates, one.checked)
            quoted += _excerpts(one.checked)
    wrong = sum(not one.is_true for one in lines)
    parts.append(Line(templates("quotation.total", n=len(lines), wrong=wrong)))
    return cited(templates, parts, quoted, edition)


def quotation_record(templates: Templates, checked: Checked, milliseconds: float) -> Json:
    """What became of one quotation, with every excerpt found, best first; ``cut_within`` where there is any."""
    within = {"cut_within": list(checked.cut_within)} if checked.cut_within else {}
    return {
        "verdict": checked.verdict.value,
        "cut_off": list(checked.cut_off),
        "differences": [_difference_record(one) for one in checked.differences],
        "excerpts": [excerpt_record(templates, excerpt) for excerpt in checked.excerpts],
        "quotation": checked.text,
        "edition": checked.edition,
        "ms": round(milliseconds, 3),
    } | within


def line_record(templates: Templates, one: CheckedLine, milliseconds: float) -> Json:
    """The same of a quotation of a page, with its line; ``error`` says why one could not be checked."""
    found = {"error": one.problem} if one.checked is None else quotation_record(templates, one.checked, milliseconds)
    return {"line": one.line} | dict(found) | {"quotation": one.text}


def opening(text: str) -> str:
    """The beginning of a quotation, on one line."""
    folded = " ".join(text.split())
    if len(folded) <= OPENING:
        return folded
    return f"{folded[:OPENING].rpartition(' ')[0] or folded[:OPENING]} […]"


def _key(checked: Checked) -> str:
    """The template of the verdict."""
    is_said = all(one.kind is not Of.WORD for one in checked.differences)
    if checked.cut_within and is_said and checked.verdict in (Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.ALTERED):
        return "cut_within"
    if checked.verdict is Verdict.ALTERED and all(one.kind is Of.SPEAKER for one in checked.differences):
        return "altered_speaker" if any(one.true for one in checked.differences) else "altered_unsaid"
    if checked.verdict is Verdict.JOINED and any(_has_words(one.quoted) for one in checked.differences):
        return "joined_altered"
    return str(checked.verdict)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _short_key(checked: Checked) -> str:
    """The template of the verdict in a word, or of what an altered one differs in where no word does."""
    key = _key(checked)
    return str(checked.verdict) if key == "joined_altered" else key


def _too_little(templates: Templates, checked: Checked) -> Sequence[Line]:
    """That so few words are no one's own, whatever the verdict."""
    return () if checked.is_telling else (Line(templates("quotation.too_little")),)


def _details(templates: Templates, checked: Checked) -> Iterator[Part]:
    """The report's words, what differs from them, and what was cut off."""
    shown = _excerpts(checked)
    if shown and checked.verdict is Verdict.NOT_FOUND:
        yield Line(templates("quotation.nearest"))
    yield from (quote_of(templates, _marked(excerpt, checked)) for excerpt in shown)
    yield from _differences(templates, checked)
    yield from _cut_off(templates, checked)


def _differences(templates: Templates, checked: Checked) -> Iterator[Line]:
    """What differs, a line each."""
    lines = (Line(_difference(templates, one), item=True) for one in checked.differences)
    yield from listed(lines, len(checked.differences), ROOM, lambda n: templates("quotation.more", n=n))


def _marked(excerpt: Excerpt, checked: Checked) -> Excerpt:
    """The excerpt with what was altered as its matches, which may be drawn bold, in the place of all that was not."""
    if checked.verdict is not Verdict.ALTERED:
        return excerpt
    return replace(
        excerpt,
        matches=tuple(
            Span(one.start, one.end)
            for one in checked.differences
            if one.passage == excerpt.passage.id and one.start is not None and one.end is not None
        ),
    )


def _excerpts(checked: Checked) -> Sequence[Excerpt]:
    """The excerpts that a reply shows."""
    return checked.excerpts[: max(_SHOWN[checked.verdict], min(checked.count, _MOST_SHOWN))]


def _cut_off(templates: Templates, checked: Checked) -> Iterator[Line]:
    named = {one.true for one in checked.differences if one.kind is Of.NAME}
    beside = [text for text in checked.cut_off if text not in checked.cut_within and text not in named]
    for key, cut in (("quotation.cut_out", checked.cut_within), ("quotation.cut_off", beside)):
        if cut:
            yield Line(templates(key))
            lines = (Line(templates("quotation.beside", words=_short(text)), item=True) for text in cut)
            yield from listed(lines, len(cut), ROOM, lambda n: templates("quotation.more", n=n))


def _difference(templates: Templates, one: Difference) -> str:
    quoted, true = _short(one.quoted), _short(one.true)
    if one.kind is not Of.WORD:
        if not true:
            return templates(f"quotation.no_{one.kind}", quoted=quoted)
        return templates(f"quotation.{one.kind}", quoted=quoted, true=true)
    if not one.quoted:
        return templates("quotation.left_out", true=true)
    return (
        templates("quotation.replaced", quoted=quoted, true=true)
        if true
        else templates("quotation.added", quoted=quoted)
    )


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= LONGEST else f"{folded[:LONGEST]} […]"


def _difference_record(one: Difference) -> Json:
    found: dict[str, object] = {"kind": one.kind.value, "quoted": one.quoted, "true": one.true}
    if one.kind is Of.WORD:
        found |= {"passage": one.passage, "start": one.start, "end": one.end}
    return found
