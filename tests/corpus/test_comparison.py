"""What two rows have in common, held against a plain longest common subsequence."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.comparison import common
from corpus.edition import EditionDiff
from corpus.passage import Kind
from corpus.report import Report
from tests import builders

ROWS = st.lists(st.integers(0, 5), max_size=12)
DISTINCT = st.lists(st.integers(0, 20), max_size=12, unique=True)


def longest(old: list[int], new: list[int]) -> int:
    """The length of the longest common subsequence, by the book."""
    row = [0] * (len(new) + 1)
    for one in old:
        last = row
        row = [0]
        for place, other in enumerate(new):
            row.append(last[place] + 1 if one == other else max(row[-1], last[place + 1]))
    return row[-1]


@given(ROWS, ROWS)
def test_pairs_are_alike_and_rise(old: list[int], new: list[int]) -> None:
    pairs = common(old, new)
    assert all(old[i] == new[k] for i, k in pairs)
    assert all(i < j and k < n for (i, k), (j, n) in pairwise(pairs))
    assert bool(pairs) is bool(set(old) & set(new))


@given(DISTINCT, DISTINCT)
def test_nothing_more_could_be_kept_where_all_are_distinct(old: list[int], new: list[int]) -> None:
    assert len(common(old, new)) == longest(old, new)


@given(ROWS)
def test_all_of_what_is_the_same_is_kept(row: list[int]) -> None:
    assert common(row, row) == [(n, n) for n in range(len(row))]
    assert common(row, [*row, 9]) == common([*row, 9], row) == common(row, row)
    assert common(row, [9, *row]) == [(n, n + 1) for n in range(len(row))]


def test_rules_that_stand_between_changed_paragraphs_stay_as_they_are() -> None:
    """The cost of it once kept a refresh for minutes after its edition was live: 40,000 passages here."""

    def edition(word: str) -> Report:
        texts = [text for n in range(20_000) for text in (f"{word} {n}", "***")]
        kinds = {"***": Kind.FURNITURE}
        return Report(
            "r",
            "R",
            tuple(
                builders.passage(text, n, kind=kinds.get(text, Kind.BODY), label=str(n))
                for n, text in enumerate(texts, start=1)
            ),
        )

    (change,) = EditionDiff.between([edition("old")], [edition("new")]).changed
    assert (change.added, change.removed) == ((), ())
    assert [(old.text, new.text) for old, new in change.changed] == [(f"old {n}", f"new {n}") for n in range(20_000)]
