"""What is said to a question: the excerpts that answer it, or how far it got and how to go on.

As for all replies, nothing here knows where this will be drawn, and the sentences come from the templates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.saying.citations import entry, facts, ranges
from bot.saying.listing import listed
from bot.saying.quoting import cited, corrected, quote_of, quoting
from bot.saying.reply import Heading, Line, Menu, Note, Option, Part, Reply, Subheading
from bot.saying.templates import Templates
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Answer
from retrieval.considered import Considered
from retrieval.following.turn import Aspect
from retrieval.outcome import Outcome

MOST_TITLES = 3  # reports that a silent reply names
MOST_CHOICES = 10  # reports that a reply lists to choose from
PAGE = 3  # further excerpts at a time


def answer_reply(templates: Templates, answer: Answer, forgot: str = "") -> Reply:
    """The reply to a question.

    Where nothing was found, no excerpt is shown: next to a question anything quoted looks like its answer. The reply
    names the words that were not found, the reports and what they speak of instead, and says how to go on. It asks
    which report is meant where that is not clear, and quotes nothing where a report's own record answers. A question
    that is several in one has each answered under a heading of its own. ``forgot`` is the key of what it says of what
    was asked before and is forgotten.
    """
    forgotten = (Note(templates(forgot)),) if forgot else ()
    return finished(templates, (*heading(templates, answer), *forgotten, *_body(templates, answer)), answer)


def heading(templates: Templates, answer: Answer) -> tuple[Part, ...]:
    """The question, and how it was read."""
    read = (*_reading(templates, answer), *_foreign(templates, answer), *corrected(templates, answer.corrections))
    return (Heading(answer.question), *read)


def half(templates: Templates, answer: Answer) -> tuple[Part, ...]:
    """What is said to one question, without what stands around it: how far it got, and its quotes."""
    if answer.which:
        return (Line(templates("answer.depends")),)
    if answer.itself:
        return tuple(_of_reports(templates, answer))
    if _is_behind_all(answer):
        return (Line(templates("answer.nothing_next")),)
    if answer.is_aside:
        topics = [templates("tour.topic", topic=topic) for topic in answer.topics[:1]]
        example = topics[0] if topics else templates("tour.gist")
        return (Line(templates("answer.aside", n=len(answer.reports), example=example)),)
    if answer.outcome is Outcome.SILENT:
        silent = (
            templates("answer.only_stop_words")
            if answer.only_stop_words
            else templates("answer.silent", n=len(answer.reports))
        )
        return tuple(map(Line, (silent, *_unfound(templates, answer))))
    outcome: tuple[Line, ...] = ()
    if _is_doubted(answer):
        outcome = (Line(templates("answer.own_words")),)
    elif answer.outcome is Outcome.CLOSEST:
        outcome = (*map(Line, _unfound(templates, answer)), Line(templates("answer.closest")))
    elif answer.is_yes_or_no:
        outcome = (Line(templates("answer.decide")),)
    quotes = (
        replace(quote_of(templates, excerpt), further=place > 0)
        for place, excerpt in enumerate(answer.excerpts[: answer.shown])
    )
    return (*_tied(templates, answer), *outcome, *quotes, *_to_judge(templates, answer))


def further(templates: Templates, answer: Answer) -> tuple[Part, ...]:
    """How to go on, after all halves of a question or after the only one: nothing where there is no need to."""
    if answer.which:
        return tuple(_of_reports(templates, answer))
    if answer.outcome is not Outcome.SILENT or answer.itself or answer.is_aside or _is_behind_all(answer):
        return ()
    advice = templates("answer.name_it" if answer.only_stop_words else "answer.rephrase")
    return tuple(map(Line, (*_told_of(templates, answer), advice)))


def finished(templates: Templates, parts: Sequence[Part], answer: Answer) -> Reply:
    """The reply of ``parts`` with what goes with it: content notes, edition, ways to the rest, reports to choose."""
    reply = cited(templates, parts, answer.excerpts[: answer.shown], answer.edition)
    return replace(reply, menu=_menu(templates, answer)) if answer.which else reply


def more_reply(templates: Templates, considered: Considered, skipped: int, before: str | None = None) -> Reply:
    """The excerpts that come next, behind the ``skipped`` first ones.

    ``before`` is the label of the edition of the answer that is read on in; where another one is live by now, the reply
    says so and begins anew.
    """
    answer, excerpts = considered.answer, considered.excerpts
    parts: list[Part] = [Heading(answer.question), *_reading(templates, answer)]
    if before not in (None, answer.edition):
        parts.append(Line(templates("why.changed", before=before, edition=answer.edition)))
    shown = excerpts[skipped : skipped + PAGE]
    if shown:
        numbers = ranges(templates, [(skipped + 1, skipped + len(shown))])
        parts.append(Line(templates("more.further", numbers=numbers, total=len(excerpts))))
    else:
        parts.append(Line(templates("more.none")))
    return quoting(templates, parts, shown, answer.edition)


def _body(templates: Templates, answer: Answer) -> Iterator[Part]:
    if all(part.which for part in answer.parts):  # so it is where there is one question alone
        yield from () if answer.which else half(templates, answer)
    else:
        yield from _halves(templates, answer)
    yield from further(templates, answer)


def _halves(templates: Templates, answer: Answer) -> Iterator[Part]:
    """Each half under its own heading; what stands under an earlier one already is not quoted again."""
    quoted: set[tuple[str, Span]] = set()
    for part in answer.parts:
        yield Subheading(part.question)
        fresh = tuple(one for one in part.excerpts[: part.shown] if one.identity not in quoted)
        again = part.shown - len(fresh)
        if again and not fresh:
            yield from map(Line, _unfound(templates, part))
            yield Line(templates("answer.above_closest" if part.outcome is Outcome.CLOSEST else "answer.above_all"))
            continue
        yield from half(templates, replace(part, excerpts=fresh, shown=len(fresh)))
        if again:
            yield Line(templates("answer.above", n=again))
        quoted.update(one.identity for one in fresh)


def _menu(templates: Templates, answer: Answer) -> Menu:
    """The reports of which one may be meant."""
    options = tuple(
        Option(report.title, facts(templates, report), report.id)
        for report in answer.reports
        if report.id in answer.which
    )
    return Menu(templates("actions.choose"), options, templates("answer.again", report=answer.which[0]))


def _is_behind_all(answer: Answer) -> bool:
    """Whether it was asked what stands next, and nothing does."""
    return answer.reading is not None and answer.reading.is_onward and not answer.shown


def _is_doubted(answer: Answer) -> bool:
    """Whether it was asked whether what was answered is so: the same words are quoted again."""
    return answer.reading is not None and answer.reading.aspect is Aspect.DOUBT and answer.shown > 0


def _to_judge(templates: Templates, answer: Answer) -> tuple[Line, ...]:
    """How whoever doubts an answer can judge it."""
    if not _is_doubted(answer):
        return ()
    return (Line(templates("answer.to_judge", key=str(answer.excerpts[0].citation))),)


def _reading(templates: Templates, answer: Answer) -> tuple[Note, ...]:
    """How a question was read that leans on the one before it: what it was read with, each word as it was typed. What
    is looked for in its place is for the search alone and need not be a sentence."""
    reading = answer.reading
    if reading is None:
        return ()
    if reading.aspect is not None:
        return (Note(templates(f"answer.read_{reading.aspect}")),)
    if reading.shown:
        words = templates("facts.separator").join(templates("answer.word", word=word) for word in reading.shown)
        return (Note(templates("answer.read_with", words=words)),)
    if reading.report is not None:
        title = next(report.title for report in answer.reports if report.id == reading.report)
        return (Note(templates("answer.read_report", title=title)),)
    return (Note(templates("answer.read_near")),)


def _foreign(templates: Templates, answer: Answer) -> tuple[Note, ...]:
    """That the question is in another language than the reports, which are searched by less because of it."""
    if answer.foreign is None:
        return ()
    return (Note(templates("answer.foreign", n=len(answer.reports), language=templates(f"tongue.{answer.foreign}"))),)


def _unfound(templates: Templates, answer: Answer) -> Iterator[str]:
    """Which words of the question stand nowhere in what was asked."""
    if answer.unfound:
        named = (templates("answer.word", word=word) for word in answer.unfound)
        yield templates("answer.unfound", words=templates("facts.separator").join(named))


def _tied(templates: Templates, answer: Answer) -> tuple[Line, ...]:
    """That another report comes about as close as the first, so that nobody takes that one for the only answer."""
    if not answer.tied:
        return ()
    count = len(answer.tied)
    return (Line(templates("answer.tied_two") if count == 2 else templates("answer.tied_more", count=count)),)


def _of_reports(templates: Templates, answer: Answer) -> Iterator[Line]:
    """The record of the report that a question is about, or those of the reports that it may be about."""
    named = answer.which or (answer.itself,)
    reports = [report for report in answer.reports if report.id in named]
    yield Line(templates("answer.which" if answer.which else "answer.itself"))
    entries = (
        Line(entry(templates, "reports.entry", report), report.url, item=True) for report in reports[:MOST_CHOICES]
    )
    yield from listed(entries, len(reports), None, lambda n: templates("reports.more", n=n))


def _told_of(templates: Templates, answer: Answer) -> Iterator[str]:
    """Which reports were asked, and what they speak of."""
    yield _asked(templates, answer.reports)
    if answer.topics:
        topics = templates("facts.separator").join(templates("answer.topic", topic=topic) for topic in answer.topics)
        yield templates("answer.topics", n=len(answer.reports), topics=topics)


def _asked(templates: Templates, asked: Sequence[Report]) -> str:
    """The reports that were asked, by their titles."""
    titles = templates("facts.separator").join(
        templates("answer.title", title=report.title) for report in asked[:MOST_TITLES]
    )
    if len(asked) > MOST_TITLES:
        return templates("answer.asked_many", n=len(asked), titles=titles)
    return templates("answer.asked", n=len(asked), titles=titles)
