"""What is said to whoever wants to be forgotten: before that is done, and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.saying.reply import Heading, Line, Reply
from bot.saying.templates import Templates


@dataclass(frozen=True, slots=True)
class Forgot:
    """What was forgotten of a person: votes, places of the history that named them, last questions, their language."""

    votes: int
    places: int
    questions: int
    language: bool


def confirm_reply(templates: Templates) -> Reply:
    """What would be deleted, and what would not."""
    heading = Heading(templates("forget.heading"))
    return Reply((heading, Line(templates("forget.what")), Line(templates("forget.left"))), private=True)


def forgotten_reply(templates: Templates, forgot: Forgot) -> Reply:
    """What was deleted, in numbers, and what was not."""
    done = tuple(_done(templates, forgot))
    head = Line(templates("forget.done" if done else "forget.nothing"))
    return Reply((head, *done, Line(templates("forget.left"))), private=True)


def _done(templates: Templates, forgot: Forgot) -> Iterator[Line]:
    counts = {"votes": forgot.votes, "places": forgot.places, "questions": forgot.questions}
    for name, count in counts.items():
        if count:
            yield Line(templates(f"forget.{name}", n=count), item=True)
    if forgot.language:
        yield Line(templates("forget.language"), item=True)
