"""Every value that chooses a sentence by its name has one, in every reply and record and in both faces.

The reports hold a passage of every kind; what a test asks of one value it asks of all that there are.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import cast

import pytest

from bot.discord.buttons import leaf
from bot.discord.message import Message
from bot.discord.render import draw
from bot.saying import compose as replies
from bot.saying import records, why_records
from bot.saying.answers import answer_reply
from bot.saying.layout import plain
from bot.saying.passages import passage_reply
from bot.saying.reply import Heading, Line, Reply
from bot.saying.templates import load
from bot.saying.why import explanation_reply
from bot.service.findings import Reading, Refreshed
from bot.service.live import Live
from bot.service.service import Service
from corpus.citation import Citation, CitedPassage
from corpus.edition import Edition, EditionDiff
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver, Reason
from corpus.ingest.pipeline import ingest
from corpus.passage import Kind
from corpus.readers import SUFFIXES
from corpus.report import Report
from retrieval.answer import Answer, Excerpt
from retrieval.considered import Explained
from retrieval.joined import joined
from retrieval.kind import Kind as KindAsked
from retrieval.outcome import Outcome
from retrieval.why.explanation import Asked, Counted, Explanation, Found, How, Offer, Place
from tests import builders

TEMPLATES = load()
EVERY_KIND = """\
---
title: Wells of Maro
---

# Wells of Maro

Two wells were dry within the year of their drilling.

## Findings

Nine wells were drilled. Two wells were dry within the year of their drilling.

---

<!-- to be checked -->

The pumps were repaired.

READ MORE ON:

- Pumps
"""


def replied(found: Answer, asked: Sequence[Report]) -> Reply:
    """The reply to a question that was put to these reports."""
    return answer_reply(TEMPLATES, _asked_of(found, asked))


def _asked_of(found: Answer, asked: Sequence[Report]) -> Answer:
    parts = tuple(_asked_of(part, asked) for part in found.parts)
    return replace(found, reports=tuple(asked), parts=parts)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "maro.md").write_text(EVERY_KIND, "utf-8")
    (report,) = ingest(folder).edition.reports
    other = set(Kind).difference(passage.kind for passage in report.passages)
    made = [builders.passage("Words.", kind=kind, label=f"{kind}-1", report=report.id) for kind in sorted(other)]
    return Edition((replace(report, passages=(*report.passages, *made)),))


def shown(reply: Reply) -> str:
    """The reply as the terminal has it, once it has been drawn for Discord as well."""
    draw(Message.of(reply, TEMPLATES))  # raises where a quote does not read back
    return plain(reply)


def recorded(record: object) -> str:
    return records.dumps(record, ascii_only=False)


def test_the_reports_hold_every_kind_of_passage(edition: Edition) -> None:
    assert {passage.kind for passage in edition.reports[0].passages} == set(Kind)


def test_the_status_names_every_kind_of_passage(edition: Edition) -> None:
    text = shown(replies.status_reply(TEMPLATES, Live(edition)))
    for passage in edition.reports[0].passages:
        assert (f"[{Citation.of(passage)}]" in text) is not passage.kind.is_ranked
    assert "Wells of Maro, ornament or front matter [maro:furniture-1@" in text
    assert recorded(records.status_record(TEMPLATES, Live(edition)))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("live", [True, False])
def test_a_passage_of_every_kind_can_be_looked_up(edition: Edition, kind: Kind, live: bool) -> None:
    (report,) = edition.reports
    for passage in (passage for passage in report.passages if passage.kind is kind):
        cited = CitedPassage(passage, report, edition.label, live)
        assert str(Citation.of(passage)) in shown(passage_reply(TEMPLATES, cited))
        draw(leaf(TEMPLATES, cited))
        assert json.loads(recorded(records.passage_record(TEMPLATES, cited)))["kind"] == kind


def changed(old: Edition, new: Edition) -> Refreshed:
    return Refreshed(True, EditionDiff.between(old.reports, new.reports), new.label, 12)


def unchanged(edition: Edition, reading: Reading) -> Refreshed:
    return Refreshed(False, None, edition.label, 1, reading)


@pytest.mark.parametrize("kind", Kind)
def test_a_refresh_tells_of_every_kind_of_passage_that_came_went_or_changed(edition: Edition, kind: Kind) -> None:
    (report,) = edition.reports
    passage = next(passage for passage in report.passages if passage.kind is kind)
    other = builders.passage("Other words.", kind=kind, label=passage.locator.label)
    text = builders.passage("Text.", 9)
    with_it, without, with_other = (
        builders.edition(type(report)("maro", "Maro", passages))
        for passages in ((text, passage), (text,), (text, other))
    )
    for old, new in ((with_it, without), (without, with_it), (with_it, with_other)):
        refreshed = changed(old, new)
        assert passage.locator.label in shown(replies.refresh_reply(TEMPLATES, refreshed))
        assert passage.locator.label in recorded(records.refresh_record(TEMPLATES, refreshed))


PASSED_OVER = {
    Reason.KIND: (
        f"Passed over: a_b.png, because only files that end in {', '.join(SUFFIXES)} are read; if it has a text, "
        "convert it."
    ),
    Reason.UNLISTED: (
        "Passed over: a_b.png, because reports.toml does not list it; give it an entry there, or take it out of the "
        "folder."
    ),
    Reason.FOLDER: f"Passed over: the folder a_b.png, which holds no file that ends in {', '.join(SUFFIXES)}.",
    Reason.UNLISTED_FOLDER: (
        "Passed over: the folder a_b.png, of which reports.toml lists nothing; it holds 2 files that could be read. "
        "Give them entries there, or the folder a reports.toml of its own."
    ),
    Reason.LINK: (
        "Passed over: a_b.png, because it is a link to a folder; name that folder itself beside this one, or copy it "
        "here."
    ),
    Reason.SAME: "Read once: a_b.png, which is another name of a.txt.",
    Reason.MISNAMED: (
        "Passed over: a_b.png, because a table of contents has to be called reports.toml; rename it, or take it out of "
        "the folder."
    ),
    Reason.LANGUAGE: (
        "Read without knowing its language: a_b.png, whose “xx” is none of those known here: ar, de, en, es, fr, it, "
        "pt, ru."
    ),
    Reason.PICTURES: (
        "Read but for 4 pages: a_b.png, whose pages 3–5, 9 hold no text, only pictures; run it through a text "
        "recognition such as OCRmyPDF."
    ),
    Reason.CONTRADICTED: (
        "Read as “xx”, as reports.toml says: a_b.png, whose words speak for “fr”; if that is its language, write "
        'language = "fr" in its entry.'
    ),
}


OTHER = {Reason.SAME: "a.txt"}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_for_passing_a_file_over_is_said_by_status_and_by_a_refresh(
    edition: Edition, reason: Reason
) -> None:
    told = {"language": "xx", "spoken": "fr"}
    found = (PassedOver("a_b.png", reason, 2, OTHER.get(reason, ""), **told, pages=((3, 5), (9, 9))),)
    status, refreshed = Live(edition, reading=Reading(beside=found)), unchanged(edition, Reading(beside=found))
    assert PASSED_OVER[reason] in shown(replies.status_reply(TEMPLATES, status))
    assert PASSED_OVER[reason] in shown(replies.refresh_reply(TEMPLATES, refreshed))
    for record in (records.status_record(TEMPLATES, status), records.refresh_record(TEMPLATES, refreshed)):
        (one,) = json.loads(recorded(record))["passed_over"]
        assert (one["file"], one["reason"]) == ("a_b.png", reason)


def test_many_files_that_were_passed_over_are_counted(edition: Edition) -> None:
    found = tuple(PassedOver(f"{n}.pdf", Reason.KIND) for n in range(25))
    refused = (ReadError(file="a.txt", problem="it is empty"),)
    *_, last, more = replies.refresh_reply(TEMPLATES, unchanged(edition, Reading(refused, found))).parts
    assert isinstance(last, Line)
    assert last.text.startswith("Passed over: 18.pdf,")
    assert more == Line("And 6 more were passed over; `rapporteur corpus check` names each.", item=True)


class Later(StrEnum):
    """A kind of passage that this version does not know."""

    TABLE = "table"


def strange() -> Refreshed:
    """A refresh that is done, and whose changes cannot be put into words."""
    passage = builders.passage("1 | 2", kind=cast("Kind", Later.TABLE), label="table-1")
    old, new = (builders.edition(builders.report("Text.", id=name, title=name)) for name in "ab")
    report = type(new.reports[0])("a", "A", (passage,))
    return changed(Edition((old.reports[0],)), Edition((report,)))


def test_an_edition_is_told_to_be_live_also_where_its_changes_cannot_be_told(caplog: pytest.LogCaptureFixture) -> None:
    refreshed = strange()
    live, untold, _ = replies.refresh_reply(TEMPLATES, refreshed).parts
    assert live == Heading(f"Edition {refreshed.edition} is live.")
    assert isinstance(untold, Line)
    assert untold.text.startswith("What has changed cannot be listed, for a reason that nobody foresaw.")
    (logged,) = caplog.records
    assert (logged.levelname, logged.exc_info and logged.exc_info[0]) == ("ERROR", KeyError)
    assert f"{logged.__dict__['fields']['id']}." in untold.text


def test_a_difference_that_could_not_be_found_is_told_like_one_that_cannot_be_put_into_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refreshed = Refreshed(True, None, "0f1e2d3c4b5a", 12, untold="RecursionError")
    assert len(replies.refresh_reply(TEMPLATES, refreshed).parts) == 3
    record = json.loads(recorded(records.refresh_record(TEMPLATES, refreshed)))
    assert (record["edition"], record["unchanged"], record["changed"]) == ("0f1e2d3c4b5a", False, None)
    assert [logged.__dict__["fields"].get("id") for logged in caplog.records][1] == record["id"]


def answered(edition: Edition, question: str, outcome: Outcome, *, shown: int) -> Answer:
    """With the first sentence of the only report as its excerpt."""
    (report,) = edition.reports
    passage = next(report.body)
    excerpt = Excerpt(report, passage, passage.sentence(0), passage.sentence(0), 1.0)
    return Answer(
        question=question,
        outcome=outcome,
        confidence=0.5,
        edition=edition.label,
        excerpts=(excerpt,),
        shown=shown,
        reports=(),
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_reply_and_a_record(edition: Edition, outcome: Outcome) -> None:
    (report,) = edition.reports
    answer = answered(edition, "How many wells?", outcome, shown=1)
    assert shown(replied(answer, (report,)))
    assert json.loads(recorded(records.answer_record(TEMPLATES, answer, 1.0)))["outcome"] == outcome


@pytest.mark.parametrize("first", Outcome)
@pytest.mark.parametrize("second", Outcome)
def test_every_two_outcomes_have_one_reply_and_one_record(edition: Edition, first: Outcome, second: Outcome) -> None:
    (report,) = edition.reports
    parts = [answered(edition, "How many?", one, shown=int(one is not Outcome.SILENT)) for one in (first, second)]
    answer = joined("How many and how many?", parts)
    assert shown(replied(answer, (report,))).count("How many?") == 2
    record = json.loads(recorded(records.answer_record(TEMPLATES, answer, 1.0)))
    assert [part["outcome"] for part in record["parts"]] == [first, second]
    assert [part["excerpts"] for part in record["parts"]] == [[0] * part.shown for part in parts]


def explanations(edition: Edition) -> Iterator[Explanation]:
    """One for every kind of question, and for every way and place that a word may be found."""
    passage = next(edition.reports[0].body)
    found = tuple(Asked("well", None, 1.0, Found(place, how, "wells")) for place in Place for how in How)
    for kind in KindAsked:
        for offer in (Offer(), Offer(("in",), ("Maro",), ("nine",), True, True, True, True)):
            yield Explanation(passage, passage.sentence(0), found, ("nine wells",), kind, offer, Counted(1, 1, 1))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_way_place_and_kind_of_question_is_explained(edition: Edition, outcome: Outcome) -> None:
    answer = answered(edition, "How many wells?", outcome, shown=1)
    for explanation in explanations(edition):
        explained = Explained(answer, (explanation,))
        assert shown(explanation_reply(TEMPLATES, explained))
        assert recorded(why_records.explained_record(TEMPLATES, explained, 1.0))


def test_a_service_finds_every_passage_that_its_status_names(tmp_path: Path) -> None:
    (tmp_path / "maro.md").write_text(EVERY_KIND, "utf-8")
    service = Service.of_folder(tmp_path)
    for passage in ingest(tmp_path).edition.reports[0].passages:
        assert service.snapshot().passage(str(Citation.of(passage))).passage == passage
