"""One run of the command line: the parts that its commands share, each made when it is first used."""

import argparse
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.commands.ask import JSONL
from bot.commands.command import AnyCommand, Context, Values
from bot.commands.registry import Registry
from bot.saying.reply import Line, Reply
from bot.saying.templates import DEFAULT, Templates, load
from bot.terminal.languages import SETTING, of_system
from corpus.citation import Citation, CitedPassage
from corpus.errors import RapporteurError, UnknownCitationError

if TYPE_CHECKING:  # what these bring along is for the commands that need it
    from bot.cluster.cluster import Cluster
    from bot.publishing.editions import Opened
    from bot.service.findings import Reading
    from bot.service.live import Live
    from bot.service.snapshot import Snapshot
    from bot.settings import Settings
    from bot.terminal.waiting import Tell
    from retrieval.words.lexicon import Lexicons

DOTENV = Path(".env")
ACTOR = "terminal"  # who is on record for what is done to the corpus here
EDITIONS = "editions/*.edition"  # in the data directory; see ``bot.publishing.editions``
LEAST = 4_000_000  # bytes of an edition's file from which it is opened for one question: less is read anew as quickly
SEARCHING = ("ask", "chat", "quote")  # commands that look passages up by their words
MOST_TOLD = 5  # files that were not read of which every command says why; `corpus status` lists more


class Session:
    """What was asked for on the command line, in which environment, and where the replies go."""

    def __init__(self, parsed: argparse.Namespace, environ: Mapping[str, str], registry: Registry) -> None:
        self.parsed = parsed
        self.environ = environ
        self.registry = registry
        self.code = 0  # with which the command ends although it gave its reply

    @cached_property
    def settings(self) -> "Settings | None":
        """The settings; ``None`` where nothing is set, since pydantic's model costs as much as ten answers."""
        if not DOTENV.is_file() and not any(name.startswith("RAPPORTEUR_") for name in self.environ):
            return None
        return self.all_settings

    @cached_property
    def all_settings(self) -> "Settings":
        """The settings. Raises ``SettingError``."""
        from bot.settings import Settings  # 110 ms: pydantic's model, where something is set

        return Settings.load(self.environ, DOTENV)

    @cached_property
    def templates(self) -> Templates:
        """The sentences, with the commands' names as they are typed here."""
        face = {"chat": "chat", "run": "discord"}.get(self.parsed.command, "terminal")
        if self.settings and self.settings.language:
            return load(self.settings.language, face)
        is_for_people = not (getattr(self.parsed, "json", False) or getattr(self.parsed, JSONL, False))
        return load(of_system(self.environ) if is_for_people else DEFAULT, face)

    @property
    def places(self) -> tuple[Path, ...]:
        """Where the report files are: folders and files."""
        if self.parsed.reports:
            return tuple(Path(place).expanduser() for place in self.parsed.reports)
        if self.settings and self.settings.reports:
            return self.settings.places
        from corpus.ingest.pipeline import BUNDLED  # 48 ms: a bot leaves the files to a process of its own

        return (BUNDLED,)

    @cached_property
    def lexicons(self) -> "Lexicons | None":
        """The equivalents with the operator's own; ``None`` where no file of them is set. Raises ``LexiconError``."""
        if not (self.settings and self.settings.lexicon):
            return None
        from retrieval.words.lexicon_file import read  # 9 ms: for an operator's own lexicon

        return read(self.settings.lexicon)

    @property
    def skip_unreadable(self) -> bool:
        """Whether files that cannot be read are passed over."""
        return self.settings.skip_unreadable if self.settings else False

    @cached_property
    def snapshot(self) -> "Snapshot":
        """The files as they stand, to be asked. One that cannot be read is named and keeps nobody from the others:
        nothing goes live here."""
        from bot.service.service import Service  # 18 ms: for commands that need the reports

        service = Service(archive=self._archive, lexicons=self.lexicons)
        service.go_live(self._live())
        snapshot = service.snapshot()
        if self.parsed.command != "corpus":  # whose reply says it
            self.tell_of(snapshot.live.reading)
        return snapshot

    def _live(self) -> "Live":
        """What the files hold; what the data directory has of them already is not found again. Raises
        ``CorpusError``."""
        from bot.service.findings import Reading  # 18 ms: for commands that need the reports
        from bot.service.live import Live
        from corpus.ingest.pipeline import ingest

        known = self._newest()
        memory = known.memory if known else None
        with self.waiting("terminal.reading") as tell:
            ingested = ingest(
                self.places,
                skip_unreadable=True,
                memory=memory,
                progress=lambda done, total, _file: tell(done, total),
            )
        reading = Reading.of(ingested)
        live = Live(ingested.edition, reading=reading)
        if known is not None and known.is_of(ingested):
            live = Live(known.edition, reading=reading, prepared=known.prepared)
        return live if self.cluster is None or self.parsed.command not in SEARCHING else self.cluster.holding(live)

    @cached_property
    def cluster(self) -> "Cluster | None":
        """The cluster that is searched, where one is set."""
        if self.settings is None or self.settings.index is None:
            return None
        from bot.cluster.cluster import Cluster  # 130 ms: NumPy, for whoever has a cluster
        from bot.publishing.editions import version

        return Cluster(self.settings.index, version())

    def _newest(self) -> "Opened | None":
        """The edition that the data directory has of the reports, where reading it is quicker than reading them."""
        if self.settings is None or not (self.parsed.reports or self.settings.reports):
            return None
        data = self.settings.data_directory
        with suppress(OSError):
            if any(file.stat().st_size >= LEAST for file in data.glob(EDITIONS)):
                from bot.publishing.editions import Editions  # 130 ms: NumPy, for a library

                return Editions.beside(data).newest()
        return None

    def answer(self, command: AnyCommand, values: Values, context: Context) -> None:
        """Do what a command does in a ``context``, and show what it found."""
        work = command.begin(context, values)
        started = perf_counter()
        with self.waiting("terminal.looking"):
            found = work()
        milliseconds = (perf_counter() - started) * 1000
        if command.record is not None and self.parsed.json:
            self.show_record(command.record(context, found, milliseconds))
        else:
            self.show(command.reply(context, found))

    def waiting(self, key: str) -> "AbstractContextManager[Tell]":
        """Says by the template ``key``, on a terminal alone, what it is that takes so long."""
        if not sys.stderr.isatty():
            return nullcontext(lambda _done, _total: None)
        from bot.terminal.draw import Style  # 3 ms: neither --help nor --json draws
        from bot.terminal.waiting import waiting  # 3 ms: for a terminal

        def sentence(done: int, total: int) -> str:
            return self.templates("terminal.progress", done=done, total=total) if done else self.templates(key)

        return waiting(sys.stderr, Style.of(sys.stderr, self.environ), sentence)

    def progress(self, key: str, *, log: bool) -> "AbstractContextManager[Tell]":
        """Says how far it is, by the template ``key``, on standard error: a bar on a terminal; where ``log``, sentences
        elsewhere."""
        from bot.terminal.bars import bar, sentences  # 3 ms: for work that takes long
        from bot.terminal.draw import Style

        def sentence(done: int, total: int) -> str:
            return self.templates(key, done=done, total=total)

        if sys.stderr.isatty():
            return bar(sys.stderr, Style.of(sys.stderr, self.environ), sentence)
        return sentences(self.tell, sentence) if log else nullcontext(lambda _done, _total: None)

    def _archive(self, citation: Citation) -> CitedPassage:
        """The passage that a citation names in the bot's store, if there is one; opened only when asked."""
        from bot.publishing.database import existing_store  # 319 ms: SQLAlchemy, for commands that open the database

        store = existing_store(self.all_settings)
        if store is None:
            raise UnknownCitationError(citation=str(citation))
        with store:
            return store.find(citation)

    def tell_of(self, reading: "Reading") -> None:
        """Say which files were not read, and why; but not of those that are obviously no reports."""
        reading = replace(reading, beside=tuple(one for one in reading.beside if not one.is_for_programs))
        if not (reading.refused or reading.beside):
            return
        from bot.saying.compose import not_read  # 24 ms: for files that were not read

        for line in not_read(self.templates, reading, most=MOST_TOLD):
            self.tell(line.text)

    def show(self, reply: Reply) -> None:
        """Print a reply as text."""
        from bot.terminal.draw import Style, drawn  # 3 ms: neither --help nor --json draws

        sys.stdout.write(drawn(reply, Style.of(sys.stdout, self.environ)))

    def show_record(self, record: object) -> None:
        """Print a record as JSON."""
        from bot.saying.records import dumps  # 23 ms: for --json

        sys.stdout.write(dumps(record, ascii_only=self.ascii_only, indent=2) + "\n")

    @property
    def ascii_only(self) -> bool:
        """Whether standard output cannot carry every character."""
        return (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"

    def tell(self, text: str) -> None:
        """Say something that is no answer."""
        from bot.terminal.draw import Style, written  # 3 ms: for what is no answer

        sys.stderr.write(written(text, Style.of(sys.stderr, self.environ)))


def sentence(error: RapporteurError, environ: Mapping[str, str]) -> str:
    """The sentence for ``error`` as it fits standard error; in English where the language that is set has none."""
    from bot.saying.compose import error_reply  # 26 ms: for what went wrong only
    from bot.terminal.draw import Style, written

    try:
        parts = error_reply(templates_of(environ), error).parts
    except RapporteurError:  # the sentences for problems cannot be read in that language
        parts = error_reply(load(DEFAULT, "terminal"), error).parts
    said = " ".join(part.text for part in parts if isinstance(part, Line))
    return written(said, Style.of(sys.stderr, environ)).removesuffix("\n")


def apology(error_id: str, environ: Mapping[str, str]) -> str:
    """The sentence for what nobody foresaw, after its traceback."""
    return templates_of(environ)("terminal.crashed", id=error_id)


def templates_of(environ: Mapping[str, str]) -> Templates:
    """The sentences where nothing but the environment is known; in the system's language where the set one has none."""
    system = of_system(environ)
    try:
        return load(environ.get(SETTING) or system, "terminal")
    except RapporteurError:
        return load(system, "terminal")
