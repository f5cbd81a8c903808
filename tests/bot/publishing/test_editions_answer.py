"""Editions as files: answers from them are those of an edition in memory, whatever is asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.service.live import Live
from bot.service.service import Service
from bot.service.snapshot import Snapshot
from corpus.citation import Citation
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.packed import reading
from tests.bot.publishing.edition_files import said, written

GOLDEN = Path(__file__).parents[2] / "golden"
LIBRARIES = {
    "english": (BUNDLED, GOLDEN / "everyday" / "english"),
    "french": (GOLDEN / "everyday" / "french",),
    "quotes": (BUNDLED, GOLDEN / "quotes" / "reports"),
}
STRIDE = 12  # every so many of the golden questions


def questions(name: str) -> Iterator[tuple[str, str | None]]:
    """Some of the golden questions, each to all reports and to the one that it was written for."""
    if name == "quotes":
        return
    lines = (GOLDEN / "everyday" / name / "questions.jsonl").read_text("utf-8").splitlines()
    for line in lines[::STRIDE]:
        one = json.loads(line)
        yield one["question"], None
        yield one["question"], one.get("report")
    yield "Paragraph 3", None
    yield "What happened?", None
    yield "zzyzx", None
    yield "wher were the bodys foudn", None
    yield "Qui a été tuée dans le vilage ?", None
    yield "investigations, killings or detentions?", None


Library = tuple[str, Snapshot, Snapshot]


@pytest.fixture(scope="module", params=LIBRARIES)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A name, and its reports as an edition in memory and as one that is mapped, which keeps hardly any passage."""
    ingested = ingest(LIBRARIES[request.param])
    opened = written(tmp_path_factory.mktemp("mapped"), ingested)
    service = Service()
    service.go_live(Live(opened.edition, prepared=opened.prepared))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "KEPT", 3)
        yield request.param, Snapshot(Live(ingested.edition)), service.snapshot()


def test_every_answer_is_the_same(library: Library) -> None:
    name, mine, theirs = library
    for question, report in questions(name):
        given: dict[str, Any] = {"question": question, "report": report, "explain": True}
        assert said(theirs, "ask", **given) == said(mine, "ask", **given), question


def test_every_answer_that_leans_on_another_is_the_same(library: Library) -> None:
    name, mine, theirs = library
    for question, report in list(questions(name))[::4]:
        for then in ("and when?", "Why?", "what else"):
            given: dict[str, Any] = {"question": then, "after": question, "report": report}
            assert said(theirs, "ask", **given) == said(mine, "ask", **given), question


def test_every_summary_timeline_and_list_of_facts_is_the_same(library: Library) -> None:
    _, mine, theirs = library
    for report in mine.reports[:6]:
        for command in ("summary", "timeline", "facts"):
            assert said(theirs, command, report=report.id) == said(mine, command, report=report.id)
        about: dict[str, Any] = {"report": report.id, "about": report.title}
        assert said(theirs, "summary", **about) == said(mine, "summary", **about)


def test_every_passage_is_the_same(library: Library) -> None:
    _, mine, theirs = library
    for passage in list(mine.live.edition.passages())[::9]:
        for citation in (str(Citation.of(passage)), passage.id):
            assert said(theirs, "passage", citation=citation) == said(mine, "passage", citation=citation)
    assert said(theirs, "reports") == said(mine, "reports")


def test_every_verdict_on_a_quotation_is_the_same(library: Library) -> None:
    """Also who said it, for which the passage has to be found again among all."""
    _, mine, theirs = library
    cases = [json.loads(line)["text"] for line in (GOLDEN / "quotes" / "cases.jsonl").read_text("utf-8").splitlines()]
    passages = [passage.text for passage in mine.live.edition.passages()][::25]
    across = [report.text[at : at + 150] for report in mine.reports[:3] for at in (0, 300, 900)]
    spoken = [f"“{text[:60]}”, said Ms. Nobody of the Mission" for text in passages]
    for text in [*cases, *passages, *across, *spoken]:
        if text.strip():
            assert said(theirs, "quote", text=text) == said(mine, "quote", text=text), text


def test_what_is_offered_while_somebody_types_is_the_same(library: Library) -> None:
    _, mine, theirs = library
    for typed in ("", "1", "2.", "the", "village", f"{mine.reports[0].id}:3", f"{mine.reports[0].id} civil"):
        assert list(theirs.completing(typed, 25)) == list(mine.completing(typed, 25))
        assert [one.id for one in theirs.offered(typed, 9)] == [one.id for one in mine.offered(typed, 9)]
