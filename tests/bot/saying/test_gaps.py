"""Where answers did not help, as people and programs are told: three lists, each bounded."""

import datetime as dt

from bot.saying.gaps import LONGEST, gaps_record, gaps_reply
from bot.saying.layout import plain
from bot.saying.templates import load
from corpus.community.values import Gap, Gaps, Unfound

TEMPLATES = load("en", "terminal")
DAY = dt.date(2025, 3, 15)
FULL = Gaps(
    passages=[Gap("well:1@1f3c9a2b", 1, 3, "Notes on a well"), Gap("gone:2@1f3c9a2b", 0, 1)],
    asked=[Gap("facet:doer", 0, 2), Gap("kind:place", 1, 1), Gap("facet:later", 0, 1)],
    questions=[Unfound("Who won?", DAY, "0f1e2d3c4b5a", 3), Unfound("Who lost?", DAY, "0f1e2d3c4b5a")],
)


def test_all_three_lists_are_said() -> None:
    assert plain(gaps_reply(TEMPLATES, FULL, 30)) == (
        "Where answers did not help\n\n"
        "What was quoted first in answers that did not help\n\n"
        "• Notes on a well [well:1@1f3c9a2b]: not helpful 3, helpful 1\n"
        "• [gone:2@1f3c9a2b]: not helpful 1, helpful 0\n\n"
        "What was asked for then\n\n"
        "• who did it: not helpful 2, helpful 0\n"
        "• a place: not helpful 1, helpful 1\n"
        "• facet:later: not helpful 1, helpful 0\n\n"
        "Questions that found nothing\n\n"
        "• “Who won?”: on 3 days, last on 15 March 2025\n"
        "• “Who lost?”: on 15 March 2025\n"
    )


def test_nothing_yet_and_questions_that_are_not_kept_are_said() -> None:
    said = plain(gaps_reply(TEMPLATES, Gaps(), 0))
    assert "No answer has been called not helpful yet." in said
    assert "Their texts are not kept." in said
    assert "kept for one day" in plain(gaps_reply(TEMPLATES, Gaps(), 1))


def test_long_lists_are_counted_and_fit_where_there_is_little_room() -> None:
    many = Gaps(passages=[Gap(f"well:{n}@1f3c9a2b", 0, 1, "Notes") for n in range(500)])
    assert f"and {500 - LONGEST} more" in plain(gaps_reply(TEMPLATES, many, 0))
    assert len(plain(gaps_reply(TEMPLATES, many, 0, room=900))) < 1_000


def test_programs_are_given_everything() -> None:
    assert gaps_record(FULL, 30) == {
        "passages": [
            {"citation": "well:1@1f3c9a2b", "title": "Notes on a well", "helpful": 1, "unhelpful": 3},
            {"citation": "gone:2@1f3c9a2b", "title": None, "helpful": 0, "unhelpful": 1},
        ],
        "asked": [
            {"facet": "doer", "kind": None, "helpful": 0, "unhelpful": 2},
            {"facet": None, "kind": "place", "helpful": 1, "unhelpful": 1},
            {"facet": "later", "kind": None, "helpful": 0, "unhelpful": 1},
        ],
        "questions": [
            {"question": "Who won?", "days": 3, "last": "2025-03-15", "edition": "0f1e2d3c4b5a"},
            {"question": "Who lost?", "days": 1, "last": "2025-03-15", "edition": "0f1e2d3c4b5a"},
        ],
        "kept_days": 30,
    }
    assert gaps_record(Gaps(), 0)["kept_days"] is None
