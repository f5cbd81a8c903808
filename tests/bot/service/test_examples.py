"""The questions of the tour: each is answered by the report it is drawn from, and the same report gives the same."""

from pathlib import Path

from bot.service.examples import EXAMPLES, Examples, examples
from bot.service.service import Service
from bot.service.snapshot import Snapshot
from corpus.ingest.pipeline import BUNDLED
from retrieval.outcome import Outcome

USUAL = ("Where was it?", "When was it?", "What is demanded?")
WELL = "The old pump broke in the market. The old pump was repaired. A new handle was bought for the old pump."


def drawn(snapshot: Snapshot) -> Examples | None:
    return examples(snapshot, USUAL, "What about {}?".format)


def of(folder: Path, manifest: str, **texts: str) -> Snapshot:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Notes on {name}\n\n{text}\n", encoding="utf-8")
    (folder / "reports.toml").write_text(manifest, encoding="utf-8")
    return Service.of_folder(folder).snapshot()


def entry(name: str, date: str) -> str:
    return f'[[report]]\nfile = "{name}.txt"\nid = "{name}"\ntitle = "Notes on {name}"\nlanguage = "en"\n{date}\n\n'


def test_each_is_answered_by_a_sentence_of_its_own() -> None:
    snapshot = Service.of_folder(BUNDLED).snapshot()
    found = drawn(snapshot)
    assert found is not None
    assert (len(found.questions), found.is_only) == (EXAMPLES, True)
    answers = [snapshot.ask(question).consider().answer for question in found.questions]
    assert {answer.outcome for answer in answers} == {Outcome.ANSWERED}
    assert len({answer.excerpts[0].identity for answer in answers}) == EXAMPLES
    assert drawn(snapshot) == found


def test_what_a_report_does_not_tell_is_not_asked_and_its_topics_come_instead(tmp_path: Path) -> None:
    snapshot = of(tmp_path, entry("pump", ""), pump=WELL)
    found = drawn(snapshot)
    assert found is not None
    assert not set(found.questions) & set(USUAL)
    topics = snapshot.answerer.scope("pump").topics
    assert set(found.questions) <= {f"What about {topic}?" for topic in topics}


def test_they_are_of_the_newest_report_that_answers_most(tmp_path: Path) -> None:
    manifest = entry("market", "") + entry("pump", "date = 2020-01-01") + entry("rain", "date = 2024-05-05")
    found = drawn(of(tmp_path, manifest, market=WELL, pump=WELL, rain="It was so."))
    assert found is not None
    assert (found.report.id, found.is_only) == ("pump", False)


def test_a_report_that_answers_nothing_gives_none(tmp_path: Path) -> None:
    assert drawn(of(tmp_path, entry("rain", ""), rain="It was so.")) is None
