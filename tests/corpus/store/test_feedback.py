"""Votes and unanswered questions in real databases, of each kind: counted once, taken back, never with an account."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.citation import Citation
from corpus.community.values import Forgotten, Gap, Gaps, Unfound, Vote
from corpus.errors import StoreError
from corpus.store.store import FILE_NAME, Store
from tests.builders import edition
from tests.databases import Place
from tests.said import refusal

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
DAY = NOON.date()
ONE = edition(["First.", "Second."], ["Third."])
FIRST = str(Citation.of(ONE.reports[0].passages[1]))
SECOND = str(Citation.of(ONE.reports[0].passages[2]))
ANN, BOB = "discord:123456789012345678", "discord:223456789012345678"
VOTE = Vote(ANN, "900", FIRST, "kind:place", is_helpful=False, day=DAY)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as opened:
        opened.publish(ONE, actor=ANN, at=NOON)
        yield opened


def asked(question: str, days_later: int = 0) -> Unfound:
    return Unfound(question, DAY + dt.timedelta(days=days_later), ONE.label)


def test_a_new_store_has_no_gaps(store: Store) -> None:
    assert store.feedback.gaps() == Gaps([], [], [])


def test_a_vote_counts_once_a_person_and_answer_and_may_be_changed(store: Store, place: Place) -> None:
    for is_helpful in (False, True, False):
        store.feedback.vote(replace(VOTE, is_helpful=is_helpful))
        assert place.count("votes") == 1
    assert store.feedback.gaps().passages == [Gap(FIRST, 0, 1, "A report")]
    store.feedback.vote(replace(VOTE, person=BOB, is_helpful=True))
    store.feedback.vote(replace(VOTE, answer="901"))
    assert store.feedback.gaps().passages == [Gap(FIRST, 1, 2, "A report")]
    assert store.feedback.gaps().asked == [Gap("kind:place", 1, 2)]


def test_what_was_most_often_not_helpful_comes_first_and_what_never_was_stays_out(store: Store) -> None:
    for number in range(2):
        store.feedback.vote(replace(VOTE, answer=str(number), passage=SECOND, asked=""))
    store.feedback.vote(VOTE)
    store.feedback.vote(replace(VOTE, answer="7", passage="gone:1@12345678", asked="facet:time", is_helpful=True))
    store.feedback.vote(replace(VOTE, answer="8", passage="gone:2@12345678", asked=""))
    gaps = store.feedback.gaps()
    assert [(gap.name, gap.unhelpful, gap.title) for gap in gaps.passages] == [
        (SECOND, 2, "A report"),
        *sorted([(FIRST, 1, "A report"), ("gone:2@12345678", 1, "")]),
    ]
    assert gaps.asked == [Gap("kind:place", 0, 1)]


def test_no_account_stands_in_the_table_and_no_moment(store: Store, place: Place) -> None:
    store.feedback.vote(VOTE)
    store.feedback.vote(replace(VOTE, person=BOB))
    rows = place.execute("SELECT * FROM votes")
    assert len({row[0] for row in rows}) == 2
    for row in rows:
        assert "123456789012345678" not in str(row).replace(BOB[-18:], "123456789012345678")
        assert len(row[0]) == 16
        assert str(row[-1]) == "2025-03-15"


def test_the_voter_is_another_one_in_another_database(store: Store, place: Place, tmp_path: Path) -> None:
    with Store.at(tmp_path / "other") as other:
        for each in (store, other):
            each.feedback.vote(VOTE)
    theirs = Place(f"sqlite:///{tmp_path / 'other' / FILE_NAME}").execute("SELECT voter FROM votes")
    assert theirs != place.execute("SELECT voter FROM votes")


def test_several_stores_see_the_votes_of_each_other(store: Store, place: Place) -> None:
    with place.open() as other:
        store.feedback.vote(VOTE)
        other.feedback.vote(replace(VOTE, is_helpful=True))
        other.feedback.vote(replace(VOTE, person=BOB))
        assert store.feedback.gaps() == other.feedback.gaps()
        assert store.feedback.gaps().passages == [Gap(FIRST, 1, 1, "A report")]


def test_a_person_is_forgotten_and_nobody_else(store: Store, place: Place) -> None:
    store.audit(actor=BOB, at=NOON, action="failed", detail="")
    for number in range(3):
        store.feedback.vote(replace(VOTE, answer=str(number)))
    store.feedback.vote(replace(VOTE, person=BOB))
    assert store.feedback.forget(ANN) == Forgotten(votes=3, places=2)
    assert place.count("votes") == 1
    assert [entry.actor for entry in store.history()] == [BOB, "removed"]
    live = store.live()
    assert live is not None
    assert live.actor == "removed"
    assert store.verify().flaws == ()
    assert store.feedback.forget(ANN) == Forgotten(0, 0)


def test_a_person_of_whom_nothing_is_kept_is_no_trouble(place: Place) -> None:
    with place.open() as empty:
        assert empty.feedback.forget(ANN) == Forgotten(0, 0)


def test_questions_are_kept_once_a_day_newest_first(store: Store) -> None:
    since = DAY - dt.timedelta(days=30)
    store.feedback.keep_unfound([asked("Why?"), asked("Why?"), asked("Who won?")], since, 100)
    store.feedback.keep_unfound([asked("Why?"), asked("Why?", 1), asked("Where is it?", 1)], since, 100)
    assert store.feedback.gaps().questions == [
        Unfound("Why?", DAY + dt.timedelta(days=1), ONE.label, 2),
        Unfound("Where is it?", DAY + dt.timedelta(days=1), ONE.label),
        Unfound("Who won?", DAY, ONE.label),
    ]


def test_what_is_too_old_goes_with_each_write_and_by_itself(store: Store) -> None:
    store.feedback.keep_unfound([asked("Old?"), asked("New?", 5)], DAY, 100)
    store.feedback.keep_unfound([asked("Newest?", 6)], DAY + dt.timedelta(days=1), 100)
    assert [one.question for one in store.feedback.gaps().questions] == ["Newest?", "New?"]
    assert store.feedback.forget_unfound(DAY + dt.timedelta(days=5)) == 0
    assert store.feedback.forget_unfound(DAY + dt.timedelta(days=6)) == 1
    assert store.feedback.forget_unfound() == 1
    assert store.feedback.forget_unfound() == 0
    assert store.feedback.gaps().questions == []


def test_of_too_many_the_oldest_make_room(store: Store) -> None:
    store.feedback.keep_unfound([asked(f"Question {n}?", n) for n in range(8)], DAY, 5)
    assert [one.question for one in store.feedback.gaps().questions] == [f"Question {n}?" for n in (7, 6, 5, 4, 3)]


# What a database of the version before looked like: the tables of today without what came with the third.
TWO = edition(["First.", "Second, changed."], ["Third."])  # what is live in that database


def older(folder: Path) -> Path:
    """One of the second version, in which Ann made the second of two editions live."""
    file = folder / FILE_NAME
    place = Place(f"sqlite:///{file}")
    place.make_older(2)
    place.execute(f"UPDATE live SET actor = '{ANN}'")
    place.execute(f"UPDATE audit SET actor = '{ANN}' WHERE number = 2")
    return file


def test_a_database_of_the_version_before_is_lifted(tmp_path: Path) -> None:
    older(tmp_path)
    with Store.at(tmp_path) as store:
        store.feedback.vote(VOTE)
        assert store.feedback.gaps().passages == [Gap(FIRST, 0, 1, "A report")]
        assert store.edition(TWO.digest) == TWO
        assert store.feedback.forget(ANN) == Forgotten(1, 2)


def test_one_of_the_version_before_is_only_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    file = older(tmp_path)
    before = file.read_bytes()
    with Store.at(tmp_path, readonly=True) as store:
        assert store.feedback.gaps() == Gaps()
        assert store.feedback.forget_unfound() == 0
        assert store.live_digest() == TWO.digest
        for write in (lambda: store.feedback.vote(VOTE), lambda: store.feedback.forget(ANN)):
            with refusal(StoreError, "."):
                write()
    assert file.read_bytes() == before


def test_what_was_deleted_is_not_left_in_the_file(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        store.feedback.keep_unfound([asked("Who is the zebra of Zanzibar?")], DAY, 5)
    assert b"zebra of Zanzibar" in (tmp_path / FILE_NAME).read_bytes()
    with Store.at(tmp_path) as store:
        store.feedback.forget_unfound()
    assert [b"zebra of Zanzibar" in file.read_bytes() for file in tmp_path.iterdir()] == [False]
