"""Real replies of the bot, drawn from the bundled report: the six that the documents show, and any other.

Everything is done by the bot's own code, from the command to the message's components. Given is only what differs from
run to run: the moment, and how long a refresh took.
"""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.command import Values
from bot.discord.courier import COMPONENTS_V2, EPHEMERAL
from bot.discord.render import components, draw
from bot.discord.tasks import Tasks
from bot.discord.voices import Voices
from bot.publishing.keeper import Here, Keeper
from bot.publishing.refresh import Source
from bot.service.findings import Refreshed
from bot.service.live import Live
from bot.service.service import Service
from corpus.edition import Edition
from corpus.ingest.pipeline import Progress
from corpus.store.store import Store
from tests.architecture.sources import CHECKOUT
from tests.tools.pictures.document import Device, Look, Shown, Theme

BUNDLED = CHECKOUT / "corpus/reports"
REPORT = "un-experts-mali-2025.txt"
NOW = dt.datetime(2025, 3, 16, 9, 30, tzinfo=dt.UTC)
TOOK = 180  # milliseconds
# What the copy of the report lacks that a refresh then finds whole: nothing is ever added to a report's words.
LATER = (
    "Families lost contact with the victims shortly thereafter. ",
    (
        "The UN group has officially offered technical forensic assistance to Malian authorities and awaits a formal "
        "response.\n"
    ),
)
_DARK, _PHONE = Look(Theme.DARK, Device.DESKTOP), Look(Theme.DARK, Device.PHONE)


@dataclass(frozen=True, slots=True)
class Scene:
    """A command with what is given for its options, and the look that its reply has in the documents.

    ``without`` are words that the report lacks until the bot has started.
    """

    name: str
    command: str
    given: Mapping[str, str | int | bool] = field(default_factory=dict)
    look: Look = _PHONE
    without: tuple[str, ...] = ()


SCENES = (
    Scene("answer", "ask", {"question": "Where were the bodies found?"}, _DARK),
    Scene("closest", "ask", {"question": "How many people fled to Mauritania?"}),
    Scene("nothing", "ask", {"question": "Which floods were there in 2024?"}),
    Scene("summary", "summary"),
    Scene(
        "quote",
        "quote",
        {"text": "“Three days later, their bodies and burned vehicle were discovered near Fatissouma village.”"},
    ),
    Scene("refresh", "corpus refresh", without=LATER),
)


def shown(scene: Scene) -> Shown:
    """The reply as it goes to Discord."""
    with _bot(scene.without) as tasks:
        command = tasks.registry[scene.command]
        task = tasks.of(command, Values(scene.given), "discord:1")
        sent = components(draw(task.begin()()))
    flags = COMPONENTS_V2 | (EPHEMERAL if task.private else 0)
    return Shown({"components": sent, "flags": flags}, f"/{scene.command}")


@contextmanager
def _bot(without: tuple[str, ...]) -> Iterator[Tasks]:
    """The bot's tasks, ready, with a database of its own. Afterwards all of it is gone."""
    with TemporaryDirectory(prefix="pictures-") as folder:
        reports = Path(folder) / "reports"
        shutil.copytree(BUNDLED, reports)
        whole = (reports / REPORT).read_text("utf-8")
        (reports / REPORT).write_text(_less(whole, without), "utf-8")
        store = Store.at(Path(folder) / "data")
        try:
            keeper = Keeper(Service(archive=store.find), store, _Timed(store, Source(reports), lambda: NOW))
            keeper.start()
            (reports / REPORT).write_text(whole, "utf-8")
            yield Tasks(keeper, Voices.of("en"))
        finally:
            store.close()


def _less(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        if text.count(word) != 1:
            raise ValueError(f"the report does not have {word!r} once")
        text = text.replace(word, "")
    return text


@dataclass(frozen=True, slots=True)
class _Timed(Here):
    """Makes editions, and says of each that it took as long as any other."""

    def refresh(self, actor: str, held: Edition | None, progress: Progress | None) -> tuple[Refreshed, Live | None]:
        refreshed, live = Here.refresh(self, actor, held, progress)
        return replace(refreshed, milliseconds=TOOK), live
