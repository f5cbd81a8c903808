"""Long lists: as much as there is room for, the rest counted, and nothing composed that is not shown."""

import itertools

from bot.saying.listing import listed
from bot.saying.reply import Line


def more(n: int) -> str:
    return f"and {n} more"


def test_without_a_bound_all_is_shown() -> None:
    lines = [Line(f"entry {n}") for n in range(2000)]
    assert list(listed(iter(lines), 2000, None, more)) == lines


def test_what_there_is_no_room_for_is_counted_and_never_composed() -> None:
    composed = itertools.count()
    lines = (Line(f"entry {next(composed):04}", "https://e.org") for _ in range(2000))
    shown = list(listed(lines, 2000, 5 * 23, more))
    assert [line.text for line in shown] == [*(f"entry {n:04}" for n in range(5)), "and 1995 more"]
    assert next(composed) == 6  # the one that had no room, and no other


def test_what_is_longer_than_all_room_is_shown_all_the_same() -> None:
    lines = [Line("x" * 100), Line("y")]
    assert [line.text for line in listed(iter(lines), 2, 10, more)] == ["x" * 100, "and 1 more"]


def test_entries_that_were_cut_off_before_are_counted_too() -> None:
    assert [line.text for line in listed(iter([Line("a")]), 7, None, more)] == ["a", "and 6 more"]


def test_of_nothing_nothing_is_left_out() -> None:
    assert list(listed(iter(()), 0, 10, more)) == []
