"""Passages, citations, reports and editions as values, and the difference between two editions."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import Citation, apart
from corpus.edition import Edition, EditionDiff, ReportChange
from corpus.errors import RapporteurError, UnknownCitationError, UnknownReportError
from corpus.passage import Kind, Span
from tests.builders import edition, passage, report

WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five six", "seven eight nine"]), max_size=8)


def between(old: Edition, new: Edition) -> EditionDiff:
    return EditionDiff.between(old.reports, new.reports)


def test_a_span_covers_and_overlaps() -> None:
    assert Span(0, 5).covers(Span(2, 5))
    assert not Span(0, 5).covers(Span(2, 6))
    assert Span(0, 5).overlaps(Span(4, 6))
    assert not Span(0, 5).overlaps(Span(5, 6))


def test_a_cut_is_a_slice_and_never_leaves_the_passage() -> None:
    found = passage("Two days later. They left.")
    assert found.cut(Span(4, 8)) == "days"
    assert found.cut(found.sentence(0)) == "Two days later."
    assert found.cut(found.sentence(1)) == "They left."
    for span in (Span(-1, 3), Span(0, 27), Span(5, 4)):
        with pytest.raises(IndexError, match="leaves passage report:1 of 26 code points"):
            found.cut(span)


def test_a_fingerprint_is_of_the_words_alone() -> None:
    first = passage("They left.", 3)
    assert first.fingerprint == "0a316883"
    assert passage("They left.", 9, report="other", tail="\n").fingerprint == first.fingerprint
    assert passage("They left!", 3).fingerprint != first.fingerprint


def test_the_citation_of_a_passage_can_be_written_and_read_again() -> None:
    cited = Citation.of(passage("They left.", 4, part=2, report="un-experts-mali-2025"))
    assert str(cited) == "un-experts-mali-2025:4.2@0a316883"
    assert Citation.parse(str(cited)) == cited


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("r:4", Citation("r", "4")),
        ("r:title", Citation("r", "title")),
        ("r:heading-12", Citation("r", "heading-12")),
        ("[r:4@1f3c9a2b]", Citation("r", "4", "1f3c9a2b")),
        (
            "Mali 2025, paragraph 3, Devdiscourse, 15 March 2025 [mali-2025:3@1f3c9a2b]",
            Citation("mali-2025", "3", "1f3c9a2b"),
        ),
        ("see https://example.org:8080/a and a:1, b:2.1@00000000", Citation("b", "2.1", "00000000")),
        ("`Ségou_v1.2:7`", Citation("Ségou_v1.2", "7")),
        ("  r:4\n", Citation("r", "4")),
        ("x" * 5000 + " r:4", Citation("r", "4")),
    ],
)
def test_a_citation_is_found_in_what_people_paste(text: str, citation: Citation) -> None:
    assert Citation.parse(text) == citation


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "mali",
        ":4",
        "r:",
        "r:@1f3c9a2b",
        "r:4@",
        "r:4@xyz",
        "r:4@1f3c9a2",
        "r:4@1f3c9a2b0",
        "r:-1",
        "\0",
        "@everyone",
        "r:99999999",
        "r:A",
        "💥:💥",
        "../../etc/passwd",
        "r;DROP TABLE audit",
    ],
)
def test_what_is_no_citation_is_told_with_an_example(text: str) -> None:
    with pytest.raises(UnknownCitationError) as caught:
        Citation.parse(text)
    assert caught.value.fields == {"citation": text.strip(), "example": "un-experts-mali-2025:3@1f3c9a2b"}


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("r:4 r:5@00000000", ["r:4", "r:5@00000000"]),
        ("r:4, nonsense; r:5", ["r:4", "nonsense", "r:5"]),
        ("3 4.1", ["3", "4.1"]),
        ("r:4, 5; s:6 7.1", ["r:4", "r:5", "s:6", "s:7.1"]),
        ("A [r:1@1f3c9a2b] B [r:2@1f3c9a2b] more", ["A [r:1@1f3c9a2b]", "B [r:2@1f3c9a2b]"]),
        ("see https://example.org:8080/a and b:2.1", ["see https://example.org:8080/a and b:2.1"]),
        ("Session:4 of r [r:2@1f3c9a2b]", ["Session:4 of r [r:2@1f3c9a2b]"]),
        ("paragraph 3", ["paragraph 3"]),
        ("", [""]),
    ],
)
def test_several_citations_are_told_apart(text: str, each: list[str]) -> None:
    assert apart(text) == each


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(":@.-0123456789abcdef\n"), max_size=4000))
def test_any_text_is_a_citation_or_one_error(text: str) -> None:
    try:
        found = Citation.parse(text)
    except UnknownCitationError:
        return
    assert Citation.parse(str(found)) == found


def test_a_report_gives_its_source_and_its_body_back() -> None:
    mali = report("First.", "Second.", title="Mali")
    assert mali.text == "Mali\n\nFirst.\nSecond."
    assert [found.text for found in mali.body] == ["First.", "Second."]


BASE = report("First.", "Second.", date=dt.date(2025, 3, 15), publisher="P", url="https://a.b", symbol="S", note="N")


@pytest.mark.parametrize(
    "changed",
    [
        dataclasses.replace(BASE, id="other"),
        dataclasses.replace(BASE, title="Other"),
        dataclasses.replace(BASE, language="fr"),
        dataclasses.replace(BASE, publisher=None),
        dataclasses.replace(BASE, date=None),
        dataclasses.replace(BASE, url=None),
        dataclasses.replace(BASE, symbol=None),
        dataclasses.replace(BASE, note=None),
        dataclasses.replace(BASE, passages=BASE.passages[:-1]),
        dataclasses.replace(BASE, passages=BASE.passages[::-1]),
        dataclasses.replace(BASE, passages=(*BASE.passages[:-1], passage("Second!", 2))),
        dataclasses.replace(BASE, passages=(*BASE.passages[:-1], passage("Second.", 2, tail="\n"))),
        dataclasses.replace(BASE, passages=(*BASE.passages[:-1], passage("Second.", 2, section="S"))),
        dataclasses.replace(BASE, passages=(*BASE.passages[:-1], passage("Second.", 2, page=1))),
        dataclasses.replace(BASE, passages=(*BASE.passages[:-1], passage("Second.", kind=Kind.LINKS, label="2"))),
    ],
)
def test_a_digest_tells_any_difference(changed: object) -> None:
    assert isinstance(changed, type(BASE))
    assert changed.digest != BASE.digest
    assert edition(changed).digest != edition(BASE).digest


def test_equal_reports_have_equal_digests_and_their_order_counts() -> None:
    again = report(
        "First.", "Second.", date=dt.date(2025, 3, 15), publisher="P", url="https://a.b", symbol="S", note="N"
    )
    assert again.digest == BASE.digest
    other = report("First.", id="other")
    assert edition(BASE, other).digest != edition(other, BASE).digest
    assert edition(BASE).label == edition(again).digest[:12]


def test_an_edition_knows_its_reports_and_passages() -> None:
    both = edition(["First.", "Second."], ["Third."])
    assert both.report("report-2").id == "report-2"
    assert [found.id for found in both.passages()] == ["report-1:1", "report-1:2", "report-2:1"]
    with pytest.raises(UnknownReportError) as caught:
        both.report("x" * 200)
    assert caught.value.fields == {"report": "x" * 100, "known": "report-1, report-2"}


def test_a_citation_is_looked_up_in_its_wording() -> None:
    one = edition(["First.", "Second."])
    second = one.reports[0].passages[2]
    assert one.find(Citation("report-1", "2")) == second
    assert one.find(Citation.of(second)) == second
    for wrong in (Citation("report-1", "2", "00000000"), Citation("report-1", "3"), Citation("report-2", "2")):
        with pytest.raises(UnknownCitationError) as caught:
            one.find(wrong)
        assert caught.value.fields == {"citation": str(wrong), "example": "un-experts-mali-2025:3@1f3c9a2b"}


def change(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The words added, removed and changed between two wordings of one report."""
    diff = between(edition(report(*before)), edition(report(*after)))
    (found,) = diff.changed
    return (
        [p.text for p in found.added],
        [p.text for p in found.removed],
        [(old.text, new.text) for old, new in found.changed],
    )


def test_the_first_edition_adds_all_its_reports() -> None:
    new = edition(["First."], ["Second."])
    assert EditionDiff.between((), new.reports) == EditionDiff(added=new.reports, removed=(), changed=())


def test_an_edition_does_not_differ_from_itself() -> None:
    assert between(edition(["First."]), edition(["First."])).is_empty


def test_reports_are_added_removed_and_changed() -> None:
    gone, kept, new = report("Gone.", id="gone"), report("Kept.", id="kept"), report("New.", id="new")
    other = report("Kept!", id="kept")
    diff = between(edition(gone, kept), edition(new, other))
    assert (diff.added, diff.removed) == ((new,), (gone,))
    assert diff.changed == (ReportChange("kept", "A report", False, (), (), ((kept.passages[1], other.passages[1]),)),)
    assert not diff.is_empty


def test_metadata_alone_can_change() -> None:
    diff = between(edition(report("First.")), edition(report("First.", note="A note.")))
    assert diff.changed == (ReportChange("report", "A report", True, (), (), ()),)


@pytest.mark.parametrize(
    ("before", "after", "added", "removed", "changed"),
    [
        (["A.", "B."], ["A.", "X.", "B."], ["X."], [], []),
        (["A.", "B.", "C."], ["A.", "C."], [], ["B."], []),
        (["A.", "B."], ["A.", "X."], [], [], [("B.", "X.")]),
        (["A.", "B.", "C."], ["X.", "B.", "Y."], [], [], [("A.", "X."), ("C.", "Y.")]),
        (["A b c."], ["New words.", "A b d."], ["New words."], [], [("A b c.", "A b d.")]),
        (["New words.", "A b d."], ["A b c."], [], ["New words."], [("A b d.", "A b c.")]),
        (
            ["a b c", "d e f"],
            ["x y", "a b z", "u v", "d e z"],
            ["x y", "u v"],
            [],
            [("a b c", "a b z"), ("d e f", "d e z")],
        ),
    ],
)
def test_paragraphs_are_compared_one_by_one(
    before: list[str], after: list[str], added: list[str], removed: list[str], changed: list[tuple[str, str]]
) -> None:
    assert change(before, after) == (added, removed, changed)


def test_a_paragraph_that_became_a_list_of_links_has_changed() -> None:
    old = report("Mali")
    new = dataclasses.replace(old, passages=(old.passages[0], passage("Mali", kind=Kind.LINKS)))
    (found,) = between(edition(old), edition(new)).changed
    assert found.changed == ((old.passages[1], new.passages[1]),)


@given(before=WORDS, after=WORDS)
def test_a_difference_accounts_for_every_paragraph(before: list[str], after: list[str]) -> None:
    if before == after:
        assert between(Edition((report(*before),)), Edition((report(*after),))).is_empty
        return
    added, removed, changed = change(before, after)
    lost = sorted(removed + [old for old, _ in changed])
    gained = sorted(added + [new for _, new in changed])
    kept = sorted(before)
    for text in lost:
        kept.remove(text)
    assert sorted(kept + gained) == sorted(after)


def test_every_error_is_one_tree_and_tells_its_facts() -> None:
    error = UnknownReportError(report="r", known="a, b")
    assert isinstance(error, RapporteurError)
    assert (error.key, str(error)) == ("unknown_report", "unknown_report report='r' known='a, b'")
