"""Questions that found nothing wait in memory until they are written down, and only where that was switched on."""

import datetime as dt
from pathlib import Path

import pytest

from bot.service.service import Service
from bot.service.unanswered import MOST_WAITING, Unanswered
from corpus.errors import StoreError
from corpus.ingest.pipeline import BUNDLED
from corpus.store.store import Store
from retrieval.answer import Answer
from retrieval.outcome import Outcome
from retrieval.question.asked import Question

DAY = dt.date(2025, 3, 15)


def answer(question: str, outcome: Outcome = Outcome.SILENT) -> Answer:
    return Answer(
        question=question,
        outcome=outcome,
        confidence=0.0,
        edition="0f1e2d3c4b5a",
        excerpts=(),
        shown=0,
        reports=(),
    )


class Calendar:
    def __init__(self) -> None:
        self.day = DAY

    def __call__(self) -> dt.date:
        return self.day


def kept(store: Store) -> list[tuple[str, dt.date]]:
    return [(one.question, one.day) for one in store.feedback.gaps().questions]


def test_what_is_asked_is_kept_for_so_many_days_and_no_longer(tmp_path: Path) -> None:
    calendar = Calendar()
    unanswered = Unanswered(2, calendar)
    with Store.at(tmp_path) as store:
        unanswered.note(answer("Who won?"))
        unanswered.note(answer("Who dug it?", Outcome.ANSWERED))
        unanswered.note(answer("Who paid?", Outcome.CLOSEST))
        unanswered.write(store.feedback)
        assert kept(store) == [("Who won?", DAY)]
        calendar.day = DAY + dt.timedelta(days=2)
        unanswered.write(store.feedback)
        assert kept(store) == [("Who won?", DAY)]
        calendar.day = DAY + dt.timedelta(days=3)
        unanswered.write(store.feedback)
        assert kept(store) == []


def test_without_days_nothing_is_noted_and_what_was_kept_is_deleted_once(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        before = Unanswered(5, Calendar())
        before.note(answer("Who won?"))
        before.write(store.feedback)
        now = Unanswered(0, Calendar())
        now.note(answer("Who lost?"))
        now.write(store.feedback)
        assert kept(store) == []
        before.note(answer("Who won?"))
        before.write(store.feedback)
        now.write(store.feedback)  # another bot may be set otherwise: only a start deletes
        assert kept(store) == [("Who won?", DAY)]


def test_what_could_not_be_written_waits_for_the_next_time(tmp_path: Path) -> None:
    unanswered = Unanswered(5, Calendar())
    unanswered.note(answer("Who won?"))
    with Store.at(tmp_path / "ours") as store:
        with Store.at(tmp_path / "ours", readonly=True) as readonly, pytest.raises(StoreError):
            unanswered.write(readonly.feedback)
        unanswered.write(store.feedback)
        assert kept(store) == [("Who won?", DAY)]


def test_no_more_wait_than_there_is_room_for(tmp_path: Path) -> None:
    unanswered = Unanswered(5, Calendar())
    for number in range(MOST_WAITING + 3):
        unanswered.note(answer(f"Question {number}?"))
    with Store.at(tmp_path) as store:
        unanswered.write(store.feedback)
        assert len(kept(store)) == MOST_WAITING
        assert ("Question 2?", DAY) not in kept(store)


@pytest.mark.parametrize(
    ("question", "asks_for"),
    [
        ("Where was the car?", "kind:place"),
        ("What happened?", "facet:gist"),
        ("Who did it?", "facet:doer"),
        ("How many people were in the pickup?", "kind:number"),
        ("Où était la voiture ?", "kind:place"),
    ],
)
def test_what_a_question_asks_for_is_told_without_answering_it(question: str, asks_for: str) -> None:
    assert Service.of_folder(BUNDLED).snapshot().asks_for(Question(question)) == asks_for


def test_a_service_forgets_who_made_the_edition_live() -> None:
    service = Service.of_folder(BUNDLED)
    service.forget("discord:1")
    assert service.snapshot().live.actor is None
