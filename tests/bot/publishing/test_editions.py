"""Editions as files: answers from them are those of an edition in memory, a refresh gives the file that would be made
from nothing, and whatever is wrong with one, it is made anew and the log says so in a sentence."""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from numpy.typing import NDArray

import corpus
from bot.__main__ import main
from bot.commands.command import Context, Upkeep, Values
from bot.commands.registry import Registry
from bot.errors import RefreshFailedError
from bot.publishing import editions as editions_module
from bot.publishing import workshop
from bot.publishing.editions import FOLDER, SUFFIX, Editions, Opened
from bot.publishing.keeper import Keeper
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.saying.records import dumps
from bot.saying.templates import load
from bot.service.live import Live
from bot.service.service import Service
from bot.service.snapshot import Snapshot
from bot.terminal import session
from bot.terminal.draw import Style, drawn
from corpus.citation import Citation
from corpus.files import arrays
from corpus.gathering.sources import Source as FileSource
from corpus.ingest.pipeline import BUNDLED, Ingested, ingest
from corpus.ingest.understanding import Desk, Understood
from corpus.packed import reading
from corpus.store.store import FILE_NAME, Store

GOLDEN = Path(__file__).parents[2] / "golden"
LIBRARIES = {
    "english": (BUNDLED, GOLDEN / "everyday" / "english"),
    "french": (GOLDEN / "everyday" / "french",),
    "quotes": (BUNDLED, GOLDEN / "quotes" / "reports"),
}
STRIDE = 12  # every so many of the golden questions
WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
UNWRITTEN = (
    "The edition could not be written as a file to start from ({}). Answers are as always; the next start takes longer."
)
DAMAGED = "The file {}, from which the bot starts, is not whole. It is made anew."
OLDER = "The file {}, from which the bot starts, was written by another version of the program. It is made anew."


def written(folder: Path, ingested: Ingested, before: Opened | None = None) -> Opened:
    editions = Editions.beside(folder)
    editions.write(ingested.edition, ingested.read_with, before)
    opened = editions.opened(ingested.edition.digest)
    assert opened is not None
    return opened


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


def said(snapshot: Snapshot, command: str, **given: str | bool | None) -> str:
    """All that a command says of a snapshot, as text and as a record, or its refusal."""
    templates = load("en", "terminal")
    context = Context(lambda: snapshot, cast("Upkeep", None), templates, "terminal")
    one = Registry()[command]
    found = one.begin(context, Values({key: value for key, value in given.items() if value is not None}))()
    record = "" if one.record is None else dumps(one.record(context, found, 0.0), ascii_only=False, indent=2)
    return drawn(one.reply(context, found), Style(width=100)) + record


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


# Refreshes: each step changes a folder that an edition was made of.
Step = Callable[[Path], object]


def removed(folder: Path, names: str) -> None:
    for name in names:
        (folder / f"{name}.txt").unlink()


MANIFEST = '[[report]]\nid = "b"\nfile = "b.txt"\nlanguage = "{}"\ntitle = "The other"\n'
STEPS: dict[str, Step] = {
    "nothing": lambda _: None,
    "changed": lambda folder: (folder / "b.txt").write_text("B\n\nEight wells were found near Gao.\n", "utf-8"),
    "longer": lambda folder: (folder / "a.txt").write_text(
        (folder / "a.txt").read_text("utf-8") + "\nOne more well.\n", "utf-8"
    ),
    "shorter": lambda folder: (folder / "c.txt").write_text("C\n\nNothing.\n", "utf-8"),
    "added before": lambda folder: (folder / "0.txt").write_text("Zero\n\nNo camp holds families.\n", "utf-8"),
    "added behind": lambda folder: (folder / "z.txt").write_text("Z\n\nA zebra was seen near Gao.\n", "utf-8"),
    "removed": lambda folder: (folder / "b.txt").unlink(),
    "removed all but one": lambda folder: removed(folder, "acd"),
    "renamed": lambda folder: (folder / "a.txt").rename(folder / "y.txt"),
    "swapped": lambda folder: [
        (folder / "a.txt").rename(folder / "t"),
        (folder / "b.txt").rename(folder / "a.txt"),
        (folder / "t").rename(folder / "b.txt"),
    ],
    "the same twice": lambda folder: shutil.copy(folder / "a.txt", folder / "copy.txt"),
    "another language": lambda folder: (folder / "reports.toml").write_text(MANIFEST.format("fr"), "utf-8"),
    "another suffix": lambda folder: (folder / "a.txt").rename(folder / "a.md"),
    "all": lambda folder: [(folder / f"{n}.txt").write_text(f"{n}\n\nOther words.\n", "utf-8") for n in "abcd"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = {"a": (WELLS, CAMPS), "b": (CAMPS,), "c": (WELLS, "1. Nobody came.", "2. Nobody spoke."), "d": (WELLS,)}
    for name, paragraphs in texts.items():
        (folder / f"{name}.txt").write_text("\n\n".join((f"Report {name}", *paragraphs)) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_refresh_gives_the_file_that_is_made_from_nothing(folder: Path, tmp_path: Path, step: Step) -> None:
    """Byte for byte, and so every answer."""
    before = written(tmp_path, ingest(folder))
    step(folder)
    again, anew = ingest(folder, memory=before.memory), ingest(folder)
    assert again == anew
    assert again.read_with == anew.read_with
    written(tmp_path / "again", again, before)
    written(tmp_path / "anew", anew)
    name = f"{anew.edition.digest}{SUFFIX}"
    files = [(tmp_path / which / FOLDER / name).read_bytes() for which in ("again", "anew")]
    assert files[0] == files[1]
    assert before.is_of(anew) == (step is STEPS["nothing"])


def test_many_changes_one_after_the_other_give_what_is_made_from_nothing(folder: Path, tmp_path: Path) -> None:
    found = written(tmp_path, ingest(folder))
    for name in ("removed", "added before", "longer", "changed", "renamed", "another language", "added behind"):
        STEPS[name](folder)
        found = written(tmp_path, ingest(folder, memory=found.memory), found)
    anew = ingest(folder)
    written(tmp_path / "anew", anew)
    name = f"{anew.edition.digest}{SUFFIX}"
    assert (tmp_path / FOLDER / name).read_bytes() == (tmp_path / "anew" / FOLDER / name).read_bytes()


@pytest.mark.parametrize(("step", "read"), [("nothing", []), ("changed", ["b.txt"]), ("renamed", ["y.txt"])])
def test_only_files_that_have_changed_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, read: list[str]
) -> None:
    before = written(tmp_path, ingest(folder))
    STEPS[step](folder)
    names, work = list[str](), Desk.read

    def noted(desk: Desk, source: FileSource) -> Understood:
        names.append(source.name)
        return work(desk, source)

    monkeypatch.setattr(Desk, "read", noted)
    ingest(folder, memory=before.memory)
    assert names == read


def test_a_file_that_can_no_longer_be_read_is_said_so_although_it_was_read_before(folder: Path, tmp_path: Path) -> None:
    before = written(tmp_path, ingest(folder))
    (folder / "a.txt").write_bytes(b"\xff\xfe\x00")
    refused = ingest(folder, skip_unreadable=True, memory=before.memory).refused
    assert [error.fields["file"] for error in refused] == ["a.txt"]


# What may have become of a file.
def truncated(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def in_its_place(path: Path, make: Step) -> None:
    path.unlink()
    make(path)


DAMAGES: dict[str, Step] = {
    "empty": lambda path: truncated(path, 0),
    "its first bytes": lambda path: truncated(path, 40),
    "its first half": lambda path: truncated(path, path.stat().st_size // 2),
    "all but its last byte": lambda path: truncated(path, -1),
    "a byte of its beginning": lambda path: flipped(path, 3),
    "a byte of its head": lambda path: flipped(path, 300),
    "a byte of its text": lambda path: flipped(path, path.read_bytes().index(b"three wells")),
    "words": lambda path: path.write_text("no edition" * 100),
    "a pickle": lambda path: path.write_bytes(b"cos\nsystem\n(S'touch ran'\ntR."),
    "a folder": lambda path: in_its_place(path, Path.mkdir),
    "a link to nothing": lambda path: in_its_place(path, lambda path: path.symlink_to("nothing")),
    "a link to itself": lambda path: in_its_place(path, lambda path: path.symlink_to(path.name)),
    "a pipe": lambda path: in_its_place(path, os.mkfifo),
}


def keeper(folder: Path, store: Store, data: Path) -> Keeper:
    editions = Editions.beside(data)
    return Keeper(Service(), store, Workshop(store.url, Source(folder), editions), editions=editions)


def answer(kept: Keeper) -> str:
    kept.start()
    return said(kept.service.snapshot(), "ask", question="Where were the wells found?", explain=True)


def problems(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says of editions."""
    told = [vars(record)["fields"] for record in caplog.records if record.msg in ("edition", "unwritten")]
    return [fields["problem"] for fields in told]


def only(data: Path) -> Path:
    (path,) = (data / FOLDER).iterdir()
    return path


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_made_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Step
) -> None:
    """From the database, in the same bytes; the report files are not looked at."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        shutil.rmtree(folder)
        answer(keeper(folder, store, data))
        assert problems(caplog) == []
        damage(path)
        caplog.clear()
        assert answer(keeper(folder, store, data)) == whole
        said_so = problems(caplog)
        if path.is_dir():
            assert said_so == [
                DAMAGED.format(path.name),
                UNWRITTEN.format("Is a directory"),
            ]
            return
        assert len(said_so) == 1
        assert said_so[0].startswith(f"The file {path.name}, from which the bot starts, ")
        caplog.clear()
        kept = keeper(folder, store, data)
        assert answer(kept) == whole
        assert problems(caplog) == []
        live = kept.service.live
        assert live is not None
        assert live.prepared is not None
    assert not Path("ran").exists()


def test_a_file_of_another_version_is_made_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(editions_module, "version", lambda: "older")
            written(data, ingest(folder))
        assert path.read_bytes() != before
        assert answer(keeper(folder, store, data)) == whole
        assert problems(caplog) == [
            OLDER.format(path.name),
        ]
        assert answer(keeper(folder, store, data)) == whole
        assert len(problems(caplog)) == 1


def test_the_version_is_that_of_the_code_by_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by sizes or times, which may be the same for other words."""
    now = editions_module.version.__wrapped__()
    shutil.copytree(Path(corpus.__file__).parent, tmp_path / "corpus")
    monkeypatch.setattr(corpus, "__path__", [str(tmp_path / "corpus")])
    assert editions_module.version.__wrapped__() == now
    module = tmp_path / "corpus" / "text" / "segmentation.toml"
    status, content = module.stat(), module.read_bytes()
    module.write_bytes(content[:-2] + b"#\n")
    os.utime(module, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert module.stat().st_size == status.st_size
    assert editions_module.version.__wrapped__() != now


FORGERIES: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "index.starts": lambda a: a[::-1].copy(),
    "index.numbers": lambda a: a[:-1],
    "index.lengths": lambda a: a[:-1],
    "index.impacts": lambda a: a[1:],
    "index.words.begins": lambda a: a + 1,
    "index.words.numbers": lambda a: a + 1,
    "names.starts": lambda a: a[:-1],
    "titled.positions": lambda a: a[:0],
    "above.of": lambda a: a + 1_000,
    "above.only": lambda a: a[:-1],
    "reports.told": lambda a: a[1:],
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_does_not_fit_together_is_not_opened(folder: Path, tmp_path: Path, name: str) -> None:
    """Whoever forges a file gives it the right checksums; what reaches out of its array is refused all the same."""
    ingested = ingest(folder)
    written(tmp_path, ingested)
    path, kind = only(tmp_path), editions_module.KIND
    whole = arrays.opened(path, kind)
    arrays.write(path, kind, whole.facts, {key: FORGERIES[name](a) if key == name else a for key, a in whole.items()})
    assert Editions.beside(tmp_path).opened(ingested.edition.digest) is None
    for missing in whole:
        arrays.write(path, kind, whole.facts, {key: array for key, array in whole.items() if key != missing})
        assert Editions.beside(tmp_path).opened(ingested.edition.digest) is None


def test_another_edition_under_its_name_is_not_taken_for_it(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        STEPS["all"](folder)
        other = ingest(folder)
        written(tmp_path / "other", other)
        shutil.copy(only(tmp_path / "other"), path)
        assert answer(keeper(folder, store, data)) == whole
        assert problems(caplog) == [DAMAGED.format(path.name)]


def test_where_nothing_can_be_written_all_goes_on_without(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    with Store.at(tmp_path / "elsewhere") as store:
        whole = answer(keeper(folder, store, tmp_path / "elsewhere"))
    data.mkdir()
    (data / FOLDER).write_text("a file")
    unwritten = UNWRITTEN.format("File exists")
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        assert answer(kept) == whole
        assert problems(caplog) == [unwritten]
        STEPS["changed"](folder)
        assert kept.refresh("someone").unwritten == "File exists"
        assert "Eight wells" in said(kept.service.snapshot(), "ask", question="How many wells near Gao?")
        assert problems(caplog) == [unwritten, unwritten]
        assert "Eight wells" in said(keeper_again(folder, store, data), "ask", question="How many wells near Gao?")


def keeper_again(folder: Path, store: Store, data: Path) -> Snapshot:
    kept = keeper(folder, store, data)
    kept.start()
    return kept.service.snapshot()


def test_when_it_cannot_be_written_any_more_what_was_remembered_is_still_answered_from(
    folder: Path, tmp_path: Path
) -> None:
    """Reports that were opened from a file go through the pipe as values."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        STEPS["changed"](folder)
        path = data / FOLDER / f"{ingest(folder).edition.digest}{SUFFIX}"
        path.mkdir()
        assert kept.refresh("someone").unwritten == "Is a directory"
        live = kept.service.live
        assert live is not None
        assert (live.prepared, live.edition.reports) == (None, ingest(folder).edition.reports)


def test_a_refresh_writes_what_a_first_start_would(folder: Path, tmp_path: Path) -> None:
    """Through the real process and database; afterwards the old file is gone once nobody can be about to open it."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        old = only(data)
        live = kept.service.live
        assert live is not None
        STEPS["changed"](folder)
        os.utime(old, (0, 0))
        refreshed = kept.refresh("someone")
        assert (refreshed.changed, refreshed.unwritten) == (True, "")
        new = only(data)
        assert new.name != old.name
        assert said(Snapshot(live), "passage", citation="b:1") != said(
            kept.service.snapshot(), "passage", citation="b:1"
        )
    written(tmp_path / "anew", ingest(folder))
    assert only(tmp_path / "anew").read_bytes() == new.read_bytes()


def test_a_bot_whose_program_was_replaced_under_it_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What the new program writes the old one would not open: editions come as values until it is started again."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        monkeypatch.setattr(editions_module, "version", lambda: "older")
        monkeypatch.setattr(workshop, "version", lambda: "older")
        STEPS["changed"](folder)
        assert kept.refresh("someone").changed
        assert "Eight wells" in said(kept.service.snapshot(), "ask", question="How many wells near Gao?")
        live = kept.service.live
        assert live is not None
        assert live.prepared is None
        assert "Eight wells" in said(keeper_again(folder, store, data), "ask", question="How many wells near Gao?")
    assert problems(caplog) == []


def test_what_does_not_go_live_is_removed(folder: Path, tmp_path: Path) -> None:
    """It may be what has filled the disk that the database needs."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        old = only(data)
        with closing(sqlite3.connect(data / FILE_NAME)) as connection:
            connection.execute("DROP TABLE audit")
        STEPS["changed"](folder)
        with pytest.raises(RefreshFailedError):
            kept.refresh("someone")
        assert only(data) == old


def test_old_files_go_and_whoever_has_one_open_goes_on_with_it(folder: Path, tmp_path: Path) -> None:
    """What was just written stays, for somebody may be about to open it; what is being written stays an hour."""
    editions = Editions.beside(tmp_path)
    old = written(tmp_path, ingest(folder))
    STEPS["changed"](folder)
    new = written(tmp_path, ingest(folder))
    unfinished = [tmp_path / FOLDER / f"x{SUFFIX}.{n}.new" for n in range(2)]
    other = tmp_path / FOLDER / "notes.txt"
    for file in (*unfinished, other):
        file.touch()
    editions.prune(new.edition.digest)
    assert len(list((tmp_path / FOLDER).iterdir())) == 5
    for age, name in ((120, f"{old.edition.digest}{SUFFIX}"), (120, f"{new.edition.digest}{SUFFIX}")):
        os.utime(tmp_path / FOLDER / name, (time.time() - age, time.time() - age))
    for age, file in zip((120, 4000), unfinished, strict=True):
        os.utime(file, (time.time() - age, time.time() - age))
    os.utime(other, (0, 0))
    editions.prune(new.edition.digest)
    left = {file.name for file in (tmp_path / FOLDER).iterdir()}
    assert left == {f"{new.edition.digest}{SUFFIX}", unfinished[0].name, other.name}
    snapshot = Snapshot(Live(old.edition, prepared=old.prepared))
    assert CAMPS in said(snapshot, "passage", citation="b:1")
    assert CAMPS in said(snapshot, "ask", question="How many families are in the camp?")


def test_pruning_and_opening_where_there_is_no_folder_is_nothing(tmp_path: Path) -> None:
    editions = Editions.beside(tmp_path / "none")
    editions.prune("x")
    assert (editions.opened("x"), editions.newest()) == (None, None)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("damage", "is_used"),
    [(lambda _: None, [True] * 3), (DAMAGES["a byte of its text"], [False] * 3), (DAMAGES["empty"], [])],
)
def test_the_command_line_makes_and_answers_from_them(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    damage: Step,
    is_used: list[bool],
) -> None:
    """What it says is the same with and without, also where a file has changed since, or the edition is damaged."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "LEAST", 1)
    environ = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data")}
    opened, work = list[Opened | None](), Editions.newest

    def newest(editions: Editions) -> Opened | None:
        opened.append(work(editions))
        return opened[-1]

    monkeypatch.setattr(Editions, "newest", newest)

    def run(*arguments: str) -> tuple[str, str]:
        assert main(list(arguments), environ) == 0
        return capsys.readouterr()

    asked = (("ask", "Where were the wells found?"), ("quote", CAMPS), ("passage", "b:1"))
    without = [run(*words) for words in asked]
    assert opened == []
    run("corpus", "refresh")
    damage(only(tmp_path / "data"))
    assert [run(*words) for words in asked] == without
    assert [one is not None for one in opened] == is_used
    STEPS["changed"](folder)
    changed = [run(*words) for words in asked]
    shutil.rmtree(tmp_path / "data" / FOLDER)
    assert changed == [run(*words) for words in asked] != without


def test_one_question_opens_no_file_that_is_as_quickly_read_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "data", ingest(folder))
    monkeypatch.setattr(Editions, "newest", lambda _: pytest.fail("it was opened"))
    environ = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data")}
    assert main(["ask", "Where were the wells found?"], environ) == 0
    assert "three wells" in capsys.readouterr().out
