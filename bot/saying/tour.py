"""What the bot is and what it keeps, with questions to begin with."""

from collections.abc import Iterator

from bot.saying.reply import Heading, Line, Part, Reply, Suggestion
from bot.saying.templates import Templates
from bot.service.examples import Examples

# Questions as anybody asks them, in the order in which they are tried. Each asks for a facet of the story.
USUAL = ("tour.place", "tour.sufferer", "tour.demand", "tour.count", "tour.time", "tour.gist")
ABOUT = "tour.topic"  # the question for what a report speaks of


def about_reply(templates: Templates, examples: Examples | None, keeps: int = 0) -> Reply:
    """What the bot is and is not, what it keeps about people, how to ask it, and questions that can be asked now.

    ``keeps`` is for how many days questions that found nothing are kept; 0: not at all.
    """
    written = templates("about.kept", n=keeps) if keeps else templates("about.privacy")
    before, after = ("about.what", "about.not"), ("about.people", "about.memory", "about.how")
    said = (*map(templates, before), written, *map(templates, after))
    parts: list[Part] = [Heading(templates("about.heading")), *map(Line, said)]
    if examples is None:
        return Reply(tuple(parts))
    parts.append(Line(templates("tour.examples", title=examples.report.title)))
    return Reply(tuple(parts), suggestions=tuple(_suggestions(templates, examples)))


def _suggestions(templates: Templates, examples: Examples) -> Iterator[Suggestion]:
    for question in examples.questions:
        if examples.is_only:
            yield Suggestion(question, None, templates("tour.example", question=question))
        else:
            report = examples.report.id
            yield Suggestion(question, report, templates("tour.example_of", question=question, report=report))
