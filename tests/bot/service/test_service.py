"""The service on real files: what can be asked of what is live."""

from pathlib import Path

import pytest

from bot.errors import BadLengthError, NotReadyError, WhichPassageError, WhichReportError
from bot.service import snapshot as module
from bot.service.live import Live
from bot.service.service import Service
from corpus.citation import Citation
from corpus.errors import UnknownCitationError, UnknownReportError
from corpus.ingest.pipeline import ingest
from retrieval.errors import EmptyQuestionError, WordlessQuestionError
from retrieval.overview import summary
from retrieval.search.indexing import index_of

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS, CAMPS)
    return folder


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def test_a_folder_is_ready_at_once_and_keeps_nothing(folder: Path) -> None:
    before = sorted(folder.parent.rglob("*"))
    service = Service.of_folder(folder)
    service.snapshot()
    answer = service.snapshot().ask("Where were the wells found?").consider().answer
    assert answer.excerpts[0].text.startswith("The mission found three wells near Niono.")
    assert answer.edition == service.snapshot().live.edition.label
    assert service.snapshot().live.since is None
    assert sorted(folder.parent.rglob("*")) == before


def test_before_anything_is_live_it_answers_nothing() -> None:
    service = Service()
    assert service.live is None
    for ask in (service.snapshot,):
        with pytest.raises(NotReadyError):
            ask()


def test_an_index_that_is_there_already_answers_like_one_made_at_the_first_question(folder: Path) -> None:
    edition = ingest(folder).edition
    later, ready = Service(), Service()
    later.go_live(Live(edition))
    ready.go_live(Live(edition, index=index_of(edition.reports)))
    for question in ("Where were the wells found?", "How many families are in the camp?", "wels"):
        assert ready.snapshot().ask(question).consider().answer == later.snapshot().ask(question).consider().answer


def test_a_passage_by_its_key_or_its_whole_citation_line(folder: Path) -> None:
    service = Service.of_folder(folder)
    lasting = Citation.of(service.snapshot().reports[0].passages[1])
    asked = ("1", "paragraph 1", "§ 1", "mission, para 1", "the first paragraph")
    for citation in ("mission:1", str(lasting), f"Report of the mission, paragraph 1 [{lasting}]", *asked):
        cited = service.snapshot().passage(citation)
        assert (cited.passage.text, cited.live) == (WELLS, True)


@pytest.mark.parametrize(
    ("citation", "named"),
    [
        ("mission:99", "mission:99"),
        ("mission:1@00000000", "mission:1@00000000"),
        ("paragraph 99", "paragraph 99"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_an_unknown_citation_is_refused_with_one_that_there_is(folder: Path, citation: str, named: str) -> None:
    service = Service.of_folder(folder)
    with pytest.raises(UnknownCitationError) as refused:
        service.snapshot().passage(citation)
    assert refused.value.fields["citation"] == named
    assert service.snapshot().passage(str(refused.value.fields["example"])).passage.text == WELLS


@pytest.mark.parametrize("name", ["mission", " MISSION ", "Report of the mission", "report OF the mission"])
def test_a_report_is_named_by_id_or_title(folder: Path, name: str) -> None:
    service = Service.of_folder(folder)
    assert service.snapshot().ask_summary(name).summarise().report.id == "mission"
    assert service.snapshot().ask("Where were the wells found?", name).consider().answer.excerpts


def test_an_unknown_report(folder: Path) -> None:
    service = Service.of_folder(folder)
    for ask in (
        lambda: service.snapshot().ask("Where?", "missing").consider().answer,
        lambda: service.snapshot().ask_summary("missing").summarise(),
    ):
        with pytest.raises(UnknownReportError) as refused:
            ask()
        assert refused.value.fields == {"report": "missing", "known": "mission"}


def test_of_several_reports_one_has_to_be_named_for_a_summary(folder: Path) -> None:
    write(folder, "second", "A second report", "It is short.")
    service = Service.of_folder(folder)
    with pytest.raises(WhichReportError) as refused:
        service.snapshot().ask_summary().summarise()
    assert refused.value.fields == {"known": "mission, second"}
    assert service.snapshot().ask_summary("second", length=1).summarise().excerpts[0].text == "It is short."


@pytest.mark.parametrize("typed", ["2", "paragraph 2", "para. 2", "le paragraphe 2", "§ 2"])
def test_of_several_reports_with_that_paragraph_one_has_to_be_named(folder: Path, typed: str) -> None:
    write(folder, "second", "A second report", "It is short.", "It ends.")
    write(folder, "third", "A third report", "It is shorter.")
    snapshot = Service.of_folder(folder).snapshot()
    for ask in (snapshot.require_citation, snapshot.passage):
        with pytest.raises(WhichPassageError) as refused:
            ask(typed)
        assert refused.value.fields == {"known": "mission:2, second:2"}
    with pytest.raises(UnknownCitationError):
        snapshot.passage(typed.replace("2", "77"))
    assert snapshot.passage("second report, paragraph 2").passage.text == "It ends."


@pytest.mark.parametrize(
    "typed",
    ["second 2", "second:2", "second: 2", "second #2", "second/2", "SECOND, no. 2", "second n° 2", "report second 2"],
)
def test_a_number_after_the_name_of_a_report_is_one_of_its_paragraphs(folder: Path, typed: str) -> None:
    write(folder, "second-report", "A second account", "It is short.", "It ends.")
    write(folder, "third", "A third account", "It is shorter.", "It goes on.")
    snapshot = Service.of_folder(folder).snapshot()
    snapshot.require_citation(typed)
    assert snapshot.passage(typed).passage.text == "It ends."


def test_the_report_of_that_very_id_is_meant_before_those_whose_names_hold_it(folder: Path) -> None:
    write(folder, "second", "An account", "It is short.")
    write(folder, "second-report", "An account", "It is long.")
    assert Service.of_folder(folder).snapshot().passage("second 1").passage.text == "It is short."


@pytest.mark.parametrize("typed", ["third 99", "third", "third:99"])
def test_where_a_report_is_named_without_such_a_paragraph_a_citation_of_it_is_shown(folder: Path, typed: str) -> None:
    write(folder, "third", "A third account", "It is shorter.")
    with pytest.raises(UnknownCitationError) as refused:
        Service.of_folder(folder).snapshot().passage(typed)
    assert str(refused.value.fields["example"]).startswith("third:1@")


def test_no_more_paragraphs_are_listed_than_an_error_lists(folder: Path) -> None:
    for number in range(12):
        write(folder, f"report-{number:02}", f"Report {number}", "It is short.")
    with pytest.raises(WhichPassageError) as refused:
        Service.of_folder(folder).snapshot().passage("1")
    assert refused.value.key == "which_passage_of_many"
    assert refused.value.fields["n"] == 3
    assert str(refused.value.fields["known"]).startswith("mission:1, report-00:1, ")


def test_a_summary_keeps_to_its_length_and_topic(folder: Path) -> None:
    service = Service.of_folder(folder)
    assert len(service.snapshot().ask_summary(length=1).summarise().excerpts) == 1
    assert {e.passage.text for e in service.snapshot().ask_summary(about="camp").summarise().excerpts} == {CAMPS}
    for length in (0, 16, -1):
        with pytest.raises(BadLengthError) as refused:
            service.snapshot().ask_summary(length=length).summarise()
        assert refused.value.fields == {"length": length, "low": 1, "high": 15}
    with pytest.raises(WordlessQuestionError):
        service.snapshot().ask_summary(about="?!").summarise()
    with pytest.raises(EmptyQuestionError):
        service.snapshot().ask_summary(about="").summarise()


def test_the_numbers_of_a_summary_are_those_of_retrieval() -> None:
    assert (module.DEFAULT_SUMMARY, module.LONGEST_SUMMARY) == (summary.DEFAULT_LENGTH, summary.MAX_LENGTH)
