"""Names of reports while typing: Discord's limits, and which come first."""

from pathlib import Path

from bot.discord.completion import report_choices
from bot.service.service import Service


def names(service: Service, typed: str) -> list[tuple[str, str]]:
    return [(choice.name, choice.value) for choice in report_choices(service, typed)]


def test_at_most_25_choices_of_at_most_100_characters(tmp_path: Path) -> None:
    title = "A title that goes on and on " * 6
    for number in range(30):
        (tmp_path / f"report-{number:02}.txt").write_text(f"{number} {title}\n\nIt says something.\n", encoding="utf-8")
    found = names(Service.of_folder(tmp_path), "")
    assert len(found) == 25
    assert found[0] == (f"0 {title}"[:99] + "…", "report-00")
    assert {len(name) for name, _ in found} == {100}


def test_what_begins_with_the_words_typed_comes_first_and_the_rest_in_order(tmp_path: Path) -> None:
    for name, title in (("a", "The dry well"), ("b", "A road"), ("c", "Well and pump"), ("well-d", "Something else")):
        (tmp_path / f"{name}.txt").write_text(f"{title}\n\nIt says something.\n", encoding="utf-8")
    service = Service.of_folder(tmp_path)
    assert [value for _, value in names(service, " WELL ")] == ["c", "well-d", "a"]
    assert names(service, "moon") == []


def test_nothing_is_offered_before_the_reports_are_read() -> None:
    assert names(Service(), "") == []
