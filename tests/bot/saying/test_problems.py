"""What is said where something cannot be done, and where somebody asks for help."""

import pytest

from bot.errors import RefreshFailedError
from bot.errors.serving import ThrottledError, UnknownActionError
from bot.saying import compose as replies
from bot.saying.reply import Heading, Line, Reply
from corpus.errors import ReadError
from tests.bot.saying.mission import TEMPLATES


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (
            UnknownActionError(),
            ["This button is not one of mine, or no longer works. Ask again with /ask."],
        ),
        (ThrottledError(n=3), ["You have asked many questions in a short time. Try again in 3 seconds."]),
        (
            RefreshFailedError(ReadError(file="a.txt", problem="it is empty")),
            [
                (
                    "a.txt cannot be read: it is empty. Correct or remove it, or set RAPPORTEUR_SKIP_UNREADABLE=yes to "
                    "pass over such files."
                ),
                "The edition that was live stays live.",
            ],
        ),
    ],
)
def test_a_problem_is_said_in_private(error: ThrottledError, lines: list[str]) -> None:
    assert replies.error_reply(TEMPLATES, error) == Reply(tuple(map(Line, lines)), private=True)


def test_an_unforeseen_problem_has_a_number() -> None:
    assert replies.unforeseen_reply(TEMPLATES, "1f3c9a2b") == Reply(
        (Line("Something went wrong that nobody foresaw. Please tell whoever runs the bot this number: 1f3c9a2b."),),
        private=True,
    )


def test_help() -> None:
    (line,) = replies.help_reply(TEMPLATES).parts
    assert line.text.startswith("Ask about the reports in plain words")
    assert replies.chat_help_reply(TEMPLATES).parts[0] == Heading("How to ask")
