"""A service kept on the live edition of a real SQLite database: what is live, what a refresh does to it, what stays."""

import sqlite3
from pathlib import Path

import pytest

from bot.errors import NotReadyError, RefreshFailedError
from bot.service.findings import Reading, Refreshed
from corpus.citation import Citation
from corpus.errors import ReadError, StoreError
from retrieval.words.lexicon_file import read
from tests.bot.publishing.edition_files import CAMPS, WELLS
from tests.bot.publishing.keeping import NOW, Keep, head, write


def test_its_lexicons_serve_every_edition(keep: Keep, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = 'layette > camp'\n", encoding="utf-8")
    keeper = keep.keeper(lexicons=read(file))
    keeper.start()
    assert keeper.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS
    write(keep.folder, "mission", "Report of the mission", CAMPS, WELLS)
    keeper.refresh("terminal")
    assert keeper.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS
    assert [
        excerpt.text for excerpt in keeper.service.snapshot().ask_summary(about="layette").summarise().excerpts
    ] == [CAMPS]
    later = keep.keeper(lexicons=read(file))
    later.start()
    assert later.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS


def test_the_first_start_makes_the_first_edition(keep: Keep) -> None:
    keeper = keep.started()
    digest, since, actor = head(keeper)
    stored = keep.store.live()
    assert stored is not None
    assert (stored.edition.digest, stored.since, stored.actor) == (digest, since, actor)
    assert actor == "first start"
    assert keep.is_apart or since == NOW
    assert keep.actions() == [("first start", "refresh")]
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest


def test_a_later_start_takes_the_live_edition_as_it_was_kept(keep: Keep) -> None:
    """Files that changed meanwhile wait for a refresh."""
    first = keep.started()
    write(keep.folder, "mission", "Another title", "Another text.")
    second = keep.started()
    second.start()
    assert head(second) == head(first)
    assert keep.actions() == [("first start", "refresh")]


def test_a_first_start_on_a_broken_report_says_so_and_is_not_ready(keep: Keep) -> None:
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    keeper = keep.keeper()
    with pytest.raises(ReadError) as refused:
        keeper.start()
    assert refused.value.fields["file"] == "broken.txt"
    with pytest.raises(NotReadyError):
        keeper.service.snapshot()
    assert keep.actions() == [("first start", "failed")]


def test_a_refresh_that_changed_nothing(keep: Keep) -> None:
    keeper = keep.started()
    before = head(keeper)
    refreshed = keeper.refresh("someone")
    assert refreshed.reading.files
    assert refreshed == Refreshed(
        changed=False,
        diff=None,
        edition=before[0][:12],
        milliseconds=refreshed.milliseconds,
        reading=Reading(files=refreshed.reading.files),
    )
    assert head(keeper) == before
    assert keep.actions() == [("someone", "unchanged"), ("first start", "refresh")]


def test_a_refresh_makes_the_new_edition_live(keep: Keep) -> None:
    keeper = keep.started()
    old = keeper.service.snapshot().live.edition
    write(keep.folder, "mission", "Report of the mission", WELLS, CAMPS.replace("nine", "eight"))
    refreshed = keeper.refresh("someone")
    assert refreshed.diff is not None
    ((before, after),) = refreshed.diff.changed[0].changed
    assert (before.text, after.text) == (CAMPS, CAMPS.replace("nine", "eight"))
    assert refreshed.edition == keeper.service.snapshot().live.edition.label != old.label
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest
    assert keep.store.history()[0].previous == old.digest


def test_a_broken_report_leaves_the_old_edition_live_and_is_named(keep: Keep) -> None:
    keeper = keep.started()
    before = head(keeper)
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefreshFailedError) as refused:
        keeper.refresh("someone")
    assert isinstance(refused.value.reason, ReadError)
    assert refused.value.reason.fields["file"] == "broken.txt"
    assert head(keeper) == before
    assert keeper.service.snapshot().ask("Where were the wells found?").consider().answer.edition == before[0][:12]
    assert keep.store.live_digest() == before[0]
    entry = keep.store.history()[0]
    assert (entry.actor, entry.action) == ("someone", "failed")
    assert "broken.txt" in entry.detail


def test_where_the_operator_allows_it_a_broken_report_is_passed_over_by_name(keep: Keep) -> None:
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    keeper = keep.keeper(skip_unreadable=True)
    keeper.start()
    assert [report.id for report in keeper.service.snapshot().reports] == ["mission"]
    assert [error.fields["file"] for error in keeper.service.snapshot().live.reading.refused] == ["broken.txt"]
    assert [error.fields["file"] for error in keeper.refresh("someone").reading.refused] == ["broken.txt"]


def test_a_database_that_fails_leaves_the_old_edition_live(keep: Keep, tmp_path: Path) -> None:
    """Not even the audit can be kept then; the error still says what came first."""
    keeper = keep.started()
    before = head(keeper)
    with sqlite3.connect(tmp_path / "data" / "rapporteur.db") as connection:
        connection.execute("DROP TABLE audit")
    connection.close()
    write(keep.folder, "mission", "Report of the mission", WELLS)
    with pytest.raises(RefreshFailedError) as refused:
        keeper.refresh("someone")
    assert isinstance(refused.value.reason, StoreError)
    assert head(keeper) == before
    with pytest.raises(RefreshFailedError):
        keeper.refresh("someone")


def test_an_old_wording_is_found_in_the_store(keep: Keep) -> None:
    keeper = keep.started()
    old = keeper.service.snapshot().passage("mission:2")
    write(keep.folder, "mission", "Report of the mission", WELLS, "Nobody was there.")
    keeper.refresh("someone")
    again = keeper.service.snapshot().passage(str(Citation.of(old.passage)))
    assert (again.passage.text, again.edition, again.live) == (CAMPS, old.edition, False)
    assert keeper.service.snapshot().passage("mission:2").passage.text == "Nobody was there."


@pytest.mark.parametrize("keep", ["apart"], indirect=True)
def test_a_report_that_stays_the_same_is_the_same_object(keep: Keep) -> None:
    """Nothing is held twice, and nothing has to be thrown away, for a report that nobody changed."""
    write(keep.folder, "second", "A second report", "It is short.")
    keeper = keep.started()
    mission, second = keeper.service.snapshot().reports
    write(keep.folder, "second", "A second report", "It is longer now.")
    keeper.refresh("someone")
    assert keeper.service.snapshot().reports[0] is mission
    assert keeper.service.snapshot().reports[1].text != second.text


def test_a_refresh_whose_details_cannot_be_told_is_a_refresh_all_the_same(keep: Keep, tmp_path: Path) -> None:
    """The database loses the old wording while it is compared: what was published stays published, and is said."""
    keeper = keep.started()
    write(keep.folder, "mission", "Report of the mission", WELLS)
    with sqlite3.connect(tmp_path / "data" / "rapporteur.db") as connection:
        connection.execute("UPDATE reports SET date = 'no date'")
    connection.close()
    refreshed = keeper.refresh("someone")
    assert (refreshed.changed, refreshed.diff) == (True, None)
    assert refreshed.untold
    assert refreshed.edition == keeper.service.snapshot().live.edition.label
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest
