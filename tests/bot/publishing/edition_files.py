"""Editions as files, and keepers that make and open them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from bot.commands.command import Context, Upkeep, Values
from bot.commands.registry import Registry
from bot.publishing.editions import FOLDER, Editions, Opened
from bot.publishing.keeper import Keeper
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.saying.records import dumps
from bot.saying.templates import load
from bot.service.service import Service
from bot.service.snapshot import Snapshot
from bot.terminal.draw import Style, drawn
from corpus.ingest.pipeline import Ingested
from corpus.store.store import Store

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
UNWRITTEN = (
    "The edition could not be written as a file to start from ({}). Answers are as always; the next start takes longer."
)


def written(folder: Path, ingested: Ingested, before: Opened | None = None) -> Opened:
    editions = Editions.beside(folder)
    editions.write(ingested.edition, ingested.read_with, before)
    opened = editions.opened(ingested.edition.digest)
    assert opened is not None
    return opened


def said(snapshot: Snapshot, command: str, **given: str | bool | None) -> str:
    """All that a command says of a snapshot, as text and as a record, or its refusal."""
    templates = load("en", "terminal")
    context = Context(lambda: snapshot, cast("Upkeep", None), templates, "terminal")
    one = Registry()[command]
    found = one.begin(context, Values({key: value for key, value in given.items() if value is not None}))()
    record = "" if one.record is None else dumps(one.record(context, found, 0.0), ascii_only=False, indent=2)
    return drawn(one.reply(context, found), Style(width=100)) + record


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
