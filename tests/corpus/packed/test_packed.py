"""Reports that were packed and opened again are the reports, whatever is asked of them; and forged columns are none."""

import datetime as dt
import gc
import pickle
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import ArraysError, UnknownCitationError
from corpus.files import arrays
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.packed import reading
from corpus.packed.reading import NOBODY, Packed
from corpus.packed.selection import picked, ranked, sections_of, whole, with_kind
from corpus.packed.writing import packed as packing
from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report
from tests.builders import passage, report

GOLDEN = Path(__file__).parents[2] / "golden"


def record() -> Report:
    """A report with all that passages can have."""
    speaker = passage("Ms. Diallo:", kind=Kind.SPEAKER, report="record", label="speaker-1", tail="\n")
    listed = passage("She named:", 1, report="record", section="Naïve “heads”", tail="\n", page=3)
    torn = Passage(
        report="record",
        locator=Locator("12-bis", "12 bis", None, 4, "II. Wells"),
        kind=Kind.BODY,
        text="the wells1 of Niono 🜄\x85and",
        tail="\u2028 ",
        sentences=(Span(0, 26),),
        lead="1",
        torn=(True, True),
        marks=(Span(9, 10),),
    )
    note = passage("See A/1.", kind=Kind.NOTE, report="record", label="note-1", tail="\n")
    ornament = passage("* * *", kind=Kind.FURNITURE, report="record", label="furniture-1", tail="\n")
    empty = passage("Last.", 4, part=2, report="record", section="", tail="")
    passages = (speaker, Passage(**{**vars(listed), "lead": "speaker-1"}), torn, note, ornament, empty)
    facts: dict[str, Any] = {"publisher": "P", "date": dt.date(2024, 5, 1), "url": "https://example.org/", "note": "n"}
    return Report("record", "A record", passages, "fr", symbol="A/1", source="a/\udcff.txt", **facts)


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    edition = ingest((BUNDLED, GOLDEN / "everyday" / "french", GOLDEN / "quotes" / "reports")).edition
    bare = Report(id="bare", title="", passages=())
    return (record(), *edition.reports, bare, report("One.", "Two.", id="last"))


def opened(folder: Path, reports: Sequence[Report], keys: Sequence[str] | None = None) -> Packed:
    arrays.write(folder / "a", "test", {}, packing(reports, keys or [""] * len(reports)))
    return Packed(arrays.opened(folder / "a", "test"))


@pytest.fixture(scope="module")
def held(reports: tuple[Report, ...], tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return opened(tmp_path_factory.mktemp("packed"), reports, [f"key {report.id}" for report in reports])


def test_the_reports_are_the_same(reports: tuple[Report, ...], held: Packed) -> None:
    assert held.reports == reports
    assert [tuple(one.passages) for one in held.reports] == [one.passages for one in reports]
    assert [one.source for one in held.reports] == [one.source for one in reports]
    assert held.read_with == [f"key {report.id}" for report in reports]


def test_what_is_found_but_once_is_what_would_be_found(reports: tuple[Report, ...], held: Packed) -> None:
    for one, other in zip(reports, held.reports, strict=True):
        anew = pickle.loads(pickle.dumps(other))  # noqa: S301  # our own
        assert type(anew.passages) is tuple, "another process has the passages, not the file"
        vars(anew).pop("digest")
        assert anew.digest == other.digest == one.digest
        found = [(one.text, one.paragraphs, one.unranked, dict(one.voices), list(one.body)) for one in (one, other)]
        assert found[0] == found[1]
        assert len(one.voices) == len(other.voices)


def test_what_is_asked_for_is_found_without_looking_at_each(reports: tuple[Report, ...], held: Packed) -> None:
    for one, other in zip(reports, held.reports, strict=True):
        labels = [each.locator.label for each in one.passages]
        assert [other.labelled(label) for label in labels] == list(one.passages)
        assert other.labelled("none") is None
        assert [list(other.of_kind(kind)) for kind in Kind] == [list(one.of_kind(kind)) for kind in Kind]
        for heading in {each.locator.section for each in one.passages}:
            found = [list(each.under(str(heading).__eq__)) for each in (one, other)]
            assert found[0] == found[1]
        for number in ("1", "12 bis", "4", ""):
            assert list(other.numbered(number.__eq__)) == list(one.numbered(number.__eq__))
        assert [other.voices.get(label) for label in labels] == [one.voices.get(label) for label in labels]
        mine, theirs = sections_of(one), sections_of(other)
        assert (list(mine[0]), mine[1].tolist()) == (list(theirs[0]), theirs[1].tolist())


def test_passages_are_a_sequence(held: Packed, reports: tuple[Report, ...]) -> None:
    mine, theirs = reports[0].passages, held.reports[0].passages
    assert (theirs[-1], theirs[1:4], len(theirs)) == (mine[-1], mine[1:4], len(mine))
    assert theirs == mine
    assert hash(theirs) == hash(mine)
    assert theirs != mine[1:]
    with pytest.raises(IndexError):
        theirs[len(mine)]


@pytest.mark.parametrize("kinds", [(Kind.BODY, Kind.NOTE), tuple(Kind)[:-1], ()])
def test_those_of_a_kind_are_picked_alike(reports: tuple[Report, ...], held: Packed, kinds: tuple[Kind, ...]) -> None:
    is_meant = kinds.__contains__
    mine, theirs = picked(reports, is_meant), picked(held.reports, is_meant)
    assert (list(theirs[0]), theirs[1]) == (list(mine[0]), mine[1])
    assert ranked(theirs[0]) == ranked(mine[0])
    assert tuple(theirs[0][2:5]) == tuple(mine[0][2:5])
    assert [with_kind(held.reports, kind) for kind in Kind] == [with_kind(reports, kind) for kind in Kind]
    assert (whole(held.reports), whole(held.reports[1:]), whole(reports)) == (held, None, None)
    assert [whole(some) for some in ((*held.reports[:-1], reports[-1]), held.reports[::-1])] == [None, None]


def test_a_citation_finds_its_passage(held: Packed, reports: tuple[Report, ...]) -> None:
    edition = Edition(held.reports)
    for cited in Edition(reports).passages():
        assert edition.find(Citation.of(cited)) == cited
    with pytest.raises(UnknownCitationError):
        edition.find(Citation.parse("record:1@00000000"))


def test_more_passages_than_are_kept_are_the_same_each_time(
    reports: tuple[Report, ...], held: Packed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "KEPT", 3)
    monkeypatch.setattr(reading, "_LABELS_KEPT", 1)
    for _ in range(2):
        assert [tuple(one.passages) for one in held.reports] == [one.passages for one in reports]
        assert [one.labelled("1") for one in held.reports] == [one.labelled("1") for one in reports]


def test_what_is_packed_already_is_packed_as_if_it_were_not(
    reports: tuple[Report, ...], held: Packed, tmp_path: Path
) -> None:
    """Reports before, between and behind others, and in another order."""
    new = report("Three.", id="new")
    orders: list[Sequence[int]] = [range(len(reports)), (1, 2, 0, 4), (3,), ()]
    for order in orders:
        plain = [*(reports[n] for n in order), new, reports[1]]
        mixed = [*(held.reports[n] for n in order), new, held.reports[1]]
        keys = [""] * len(plain)
        arrays.write(tmp_path / "a", "test", {}, packing(plain, keys))
        arrays.write(tmp_path / "b", "test", {}, packing(mixed, keys))
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


FORGED: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "passages.record_sizes": lambda a: a + 1,
    "passages.text_sizes": lambda a: a[:-1],
    "passages.kinds": lambda a: a + 200,
    "passages.sums": lambda a: a[:0],
    "reports.starts": lambda a: a[::-1].copy(),
    "reports.told": lambda a: a[:-1],
    "passages.texts": lambda a: a[:-1],
}


Change = Callable[[NDArray[Any]], NDArray[Any]]


def forged(folder: Path, reports: Sequence[Report], name: str, change: Change) -> Packed:
    whole: dict[str, Any] = packing(reports, [""] * len(reports))
    array: NDArray[Any] = whole[name] if isinstance(whole[name], np.ndarray) else np.concatenate(whole[name])
    arrays.write(folder / "a", "test", {}, whole | {name: change(array)})
    return Packed(arrays.opened(folder / "a", "test"))


@pytest.mark.parametrize("name", FORGED)
def test_forged_columns_are_refused_before_anything_is_looked_at(
    reports: tuple[Report, ...], tmp_path: Path, name: str
) -> None:
    with pytest.raises(ArraysError):
        forged(tmp_path, reports, name, FORGED[name])


def test_columns_that_are_missing_are_refused(reports: tuple[Report, ...], tmp_path: Path) -> None:
    for name in packing(reports, [""] * len(reports)):
        whole = packing(reports, [""] * len(reports))
        del whole[name]
        arrays.write(tmp_path / "a", "test", {}, whole)
        with pytest.raises(ArraysError):
            Packed(arrays.opened(tmp_path / "a", "test"))


@pytest.mark.parametrize("name", ["passages.texts", "passages.records"])
def test_a_passage_of_other_words_than_were_packed_is_never_given(
    reports: tuple[Report, ...], tmp_path: Path, name: str
) -> None:
    held = forged(tmp_path, reports, name, lambda a: np.where(a == ord("a"), ord("e"), a).astype(np.uint8))
    with pytest.raises(ArraysError):
        list(held.reports[1].passages)


def test_a_file_is_closed_as_soon_as_nobody_has_its_reports(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    """Python's collector need not come upon it: it may have been told to leave it alone."""
    one = opened(tmp_path, reports)
    edition, file = Edition(one.reports), weakref.ref(one.arrays)
    assert (edition.reports[0].passages[0], dict(edition.reports[0].voices), whole(edition.reports)) is not None
    gc.disable()
    try:
        del one
        assert file() is not None
        del edition
        assert file() is None
    finally:
        gc.enable()


def test_nobody_speaks_where_nobody_is_named(held: Packed) -> None:
    voices = held.reports[-1].voices
    assert (dict(voices), len(voices), voices.get("1")) == ({}, 0, None)
    assert held.columns["voices"][-1] == NOBODY
