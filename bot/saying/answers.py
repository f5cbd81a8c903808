"""What is said to a question: the excerpts that answer it, or how far it got and how to go on.

As for all replies, nothing here knows where this will be drawn, and the sentences come from the templates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.saying.citations import entry, facts
from bot.saying.listing import listed
from bot.saying.quoting import cited, quote_of
from bot.saying.reply import Heading, Line, Menu, Note, Option, Part, Reply, Subheading
from bot.saying.templates import Templates
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Answer, Outcome

MOST_TITLES = 3  # reports that a silent reply names
MOST_CHOICES = 10  # reports that a reply lists to choose from


def answer_reply(words: Templates, answer: Answer) -> Reply:
    """The reply to a question.

    Where nothing was found, no excerpt is shown: next to a question anything quoted looks like its answer. The reply
    names the words that were not found, the reports and what they speak of instead, and says how to go on. It asks
    which report is meant where that is not clear, and quotes nothing where a report's own record answers. A question
    that is several in one has each answered under a heading of its own.
    """
    return finished(words, (*heading(words, answer), *_body(words, answer)), answer)


def heading(words: Templates, answer: Answer) -> tuple[Part, ...]:
    """The question, and how it was read."""
    return (Heading(answer.question), *_foreign(words, answer), *_corrections(words, answer))


def half(words: Templates, answer: Answer) -> tuple[Part, ...]:
    """What is said to one question, without what stands around it: how far it got, and its quotes."""
    if answer.which:
        return (Line(words("answer.depends")),)
    if answer.itself:
        return tuple(_of_reports(words, answer))
    if answer.outcome is Outcome.SILENT:
        little = words("answer.little") if answer.only_little_words else words("answer.silent", n=len(answer.reports))
        return tuple(map(Line, (little, *_unfound(words, answer))))
    outcome: tuple[Line, ...] = ()
    if answer.outcome is Outcome.CLOSEST:
        outcome = (*map(Line, _unfound(words, answer)), Line(words("answer.closest")))
    elif answer.is_yes_or_no:
        outcome = (Line(words("answer.decide")),)
    quotes = (quote_of(words, excerpt) for excerpt in answer.excerpts[: answer.shown])
    return (*_tied(words, answer), *outcome, *quotes)


def further(words: Templates, answer: Answer) -> tuple[Part, ...]:
    """How to go on, behind all halves of a question or behind the only one: nothing where there is no need to."""
    if answer.which:
        return tuple(_of_reports(words, answer))
    if answer.outcome is not Outcome.SILENT or answer.itself:
        return ()
    advice = words("answer.name_it" if answer.only_little_words else "answer.rephrase")
    return tuple(map(Line, (*_told_of(words, answer), advice)))


def finished(words: Templates, parts: Sequence[Part], answer: Answer) -> Reply:
    """The reply of ``parts`` with what goes with it: content notes, edition, ways to the rest, reports to choose."""
    reply = cited(words, parts, answer.excerpts[: answer.shown], answer.edition)
    return replace(reply, menu=_menu(words, answer)) if answer.which else reply


def _body(words: Templates, answer: Answer) -> Iterator[Part]:
    if all(part.which for part in answer.parts):  # so it is where there is one question alone
        yield from () if answer.which else half(words, answer)
    else:
        yield from _halves(words, answer)
    yield from further(words, answer)


def _halves(words: Templates, answer: Answer) -> Iterator[Part]:
    """Each half under its own heading; what stands under an earlier one already is not quoted again."""
    quoted: set[tuple[str, Span]] = set()
    for part in answer.parts:
        yield Subheading(part.question)
        fresh = tuple(one for one in part.excerpts[: part.shown] if one.identity not in quoted)
        again = part.shown - len(fresh)
        if again and not fresh:
            yield from map(Line, _unfound(words, part))
            yield Line(words("answer.above_closest" if part.outcome is Outcome.CLOSEST else "answer.above_all"))
            continue
        yield from half(words, replace(part, excerpts=fresh, shown=len(fresh)))
        if again:
            yield Line(words("answer.above", n=again))
        quoted.update(one.identity for one in fresh)


def _menu(words: Templates, answer: Answer) -> Menu:
    """The reports of which one may be meant."""
    options = tuple(
        Option(report.title, facts(words, report), report.id) for report in answer.reports if report.id in answer.which
    )
    return Menu(words("actions.choose"), options, words("answer.again", report=answer.which[0]))


def _foreign(words: Templates, answer: Answer) -> tuple[Note, ...]:
    """That the question is in another language than the reports, which are searched by less because of it."""
    if answer.foreign is None:
        return ()
    return (Note(words("answer.foreign", n=len(answer.reports), language=words(f"tongue.{answer.foreign}"))),)


def _corrections(words: Templates, answer: Answer) -> tuple[Note, ...]:
    """Which words of the question were taken for others; a quiet line, since the quotes may rest on it."""
    read = dict.fromkeys(words("answer.correction", typed=c.typed, meant=c.meant) for c in answer.corrections)
    return (Note(" ".join(read)),) if read else ()


def _unfound(words: Templates, answer: Answer) -> Iterator[str]:
    """Which words of the question stand nowhere in what was asked."""
    if answer.unfound:
        named = (words("answer.word", word=word) for word in answer.unfound)
        yield words("answer.unfound", words=words("facts.separator").join(named))


def _tied(words: Templates, answer: Answer) -> tuple[Line, ...]:
    """That another report comes about as close as the first, so that nobody takes that one for the only answer."""
    if not answer.tied:
        return ()
    count = len(answer.tied)
    return (Line(words("answer.tied_two") if count == 2 else words("answer.tied_more", count=count)),)


def _of_reports(words: Templates, answer: Answer) -> Iterator[Line]:
    """The record of the report that a question is about, or those of the reports that it may be about."""
    named = answer.which or (answer.itself,)
    reports = [report for report in answer.reports if report.id in named]
    yield Line(words("answer.which" if answer.which else "answer.itself"))
    entries = (Line(entry(words, "reports.entry", report), report.url, item=True) for report in reports[:MOST_CHOICES])
    yield from listed(entries, len(reports), None, lambda n: words("reports.more", n=n))


def _told_of(words: Templates, answer: Answer) -> Iterator[str]:
    """Which reports were asked, and what they speak of."""
    yield _asked(words, answer.reports)
    if answer.topics:
        topics = words("facts.separator").join(words("answer.topic", topic=topic) for topic in answer.topics)
        yield words("answer.topics", n=len(answer.reports), topics=topics)


def _asked(words: Templates, asked: Sequence[Report]) -> str:
    """The reports that were asked, by their titles."""
    titles = words("facts.separator").join(words("answer.title", title=report.title) for report in asked[:MOST_TITLES])
    if len(asked) > MOST_TITLES:
        return words("answer.asked_many", n=len(asked), titles=titles)
    return words("answer.asked", n=len(asked), titles=titles)
