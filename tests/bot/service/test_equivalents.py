"""A service that learns an equivalent: gaps are filled, everything else stays byte for byte, the edition too."""

import json
from pathlib import Path

import pytest

from bot.saying.records import answer_record, dumps
from bot.saying.templates import load
from bot.service.service import Service
from corpus.community.values import Equivalent
from retrieval.errors import EquivalentError
from retrieval.outcome import Outcome
from retrieval.words.lexicon_entry import BadEntryError, one_way, tables
from tests.said import words

TEMPLATES = load()
REPORTS = {
    "mission.txt": (
        "Report of the mission",
        "The mission found three wells near Niono. The wells were dry.",
        "A repairer came two days later. He brought a new handle.",
    ),
    "chantier.txt": (
        "Rapport du chantier",
        "Les ouvriers ont creusé le puits avec une pelle. Ils ont ensuite nettoyé la pompe de la ville.",
        "La pompe a été réparée par les habitants de la ville avec une nouvelle poignée.",
    ),
}
UNRELATED = ("Where were the wells found?", "How many wells?", "Who came?", "wels", "Is there a zeppelin?")
CRANK = Equivalent("crank", "handle", "en")


@pytest.fixture
def service(tmp_path: Path) -> Service:
    (tmp_path / "mission.txt").write_text("\n\n".join(REPORTS["mission.txt"]) + "\n", "utf-8")
    return Service.of_folder(tmp_path)


def outcome(service: Service, question: str) -> Outcome:
    return service.snapshot().ask(question).consider().answer.outcome


def shown(service: Service, question: str) -> str:
    answer = service.snapshot().ask(question).consider().answer
    return dumps(answer_record(TEMPLATES, answer, 0.0), ascii_only=False)


def test_a_question_that_found_nothing_is_answered_and_no_other_changes(service: Service) -> None:
    before = {question: shown(service, question) for question in UNRELATED}
    label = service.snapshot().live.edition.label
    assert outcome(service, "Is there a crank?") is Outcome.SILENT
    service.learn([CRANK])
    assert outcome(service, "Is there a crank?") is Outcome.ANSWERED
    assert {question: shown(service, question) for question in UNRELATED} == before
    assert service.snapshot().live.edition.label == label
    service.learn([])
    assert outcome(service, "Is there a crank?") is Outcome.SILENT
    assert {question: shown(service, question) for question in UNRELATED} == before


def test_what_is_under_way_finishes_as_it_began(service: Service) -> None:
    asking = service.snapshot().ask("Is there a crank?")
    service.learn([CRANK])
    assert asking.consider().answer.outcome is Outcome.SILENT


def test_an_edition_that_goes_live_later_is_read_with_it(service: Service) -> None:
    other = Service()
    other.learn([CRANK])
    other.go_live(service.snapshot().live)
    assert outcome(other, "Is there a crank?") is Outcome.ANSWERED


def test_the_index_is_not_made_again(service: Service) -> None:
    index = service.snapshot().answerer.scope().index
    service.learn([CRANK])
    assert service.snapshot().answerer.scope().index is index


def test_what_another_version_has_kept_and_this_one_refuses_is_passed_over(service: Service) -> None:
    service.learn([Equivalent("a, b", "handle", "en"), CRANK, Equivalent("x", "the", "en")])
    assert outcome(service, "Is there a crank?") is Outcome.ANSWERED
    assert tables([("a, b", "handle", "en")]) == {}


def test_a_line_is_read_in_the_words_that_reports_are_read_in() -> None:
    assert one_way("  who   did it ", "WHO", "en") == "who did it > WHO"
    with pytest.raises(BadEntryError):
        one_way("a > b", "c", "en")


def test_a_proposal_says_where_it_stands_and_changes_nothing(service: Service) -> None:
    proposal = service.snapshot().propose(" crank ", "new  handle")
    assert (proposal.word, proposal.means, proposal.tag, proposal.passages) == ("crank", "new handle", "en", 1)
    (place,) = proposal.places
    assert place.passage.cut(place.span) == "He brought a new handle."
    assert [place.passage.cut(match) for match in place.matches] == ["new handle"]
    assert (proposal.itself, proposal.known, proposal.is_known, proposal.meant) == (0, (), False, None)
    assert outcome(service, "Is there a crank?") is Outcome.SILENT


def test_a_proposal_says_whether_the_word_is_known_and_through_what(service: Service) -> None:
    propose = service.snapshot().propose
    assert propose("wells", "handle").itself == 1
    assert propose("repairrer", "handle").meant == "repairer"
    assert propose("dig", "wells").passages == 1
    service.learn([CRANK])
    found = service.snapshot().propose("crank", "handle")
    assert (found.known, found.is_known) == (("handle",), True)


def test_of_several_languages_that_counts_in_which_the_words_stand(service: Service, tmp_path: Path) -> None:
    (tmp_path / "chantier.txt").write_text("\n\n".join(REPORTS["chantier.txt"]) + "\n", "utf-8")
    both = Service.of_folder(tmp_path)
    found = both.snapshot().propose("manivelle", "poignée")
    assert (found.tag, found.passages, found.is_of_many) == ("fr", 1, True)
    assert not service.snapshot().propose("crank", "handle").is_of_many
    both.learn([Equivalent(found.word, found.means, found.tag)])
    assert outcome(both, "Où est la manivelle ?") is not Outcome.SILENT


def test_too_long_a_phrase_is_refused_by_its_length(service: Service) -> None:
    with pytest.raises(EquivalentError) as refused:
        service.snapshot().propose("x" * 41, "handle")
    assert "has 41 characters, and may have 40" in words(refused.value.fields["problem"])
    assert json.loads(refused.value.as_data())["error"] == "equivalent"
