"""One edition and what answers from it: values that are never changed, only replaced."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.service.findings import NOTHING_READ, Reading
from bot.service.names import Names
from corpus.edition import Edition
from corpus.errors import StoreError

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy
    from retrieval.answering import Answerer
    from retrieval.index import PassageIndex
    from retrieval.lexicon import Lexicons


@dataclass(frozen=True, slots=True)
class Live:
    """An edition, since when it is live and who made it so, and the ``index`` over it where it is built already.

    ``since`` and ``actor`` are ``None`` where the reports come straight from a folder. ``reading`` has what the last
    reading of the files here had to do without; ``unkept`` says why the files are answered from although there
    should be a store.
    """

    edition: Edition
    since: dt.datetime | None = None
    actor: str | None = None
    reading: Reading = NOTHING_READ
    index: "PassageIndex | None" = None
    unkept: StoreError | None = None


@dataclass(frozen=True)
class Answering:
    """A live edition with the lexicons that its questions are read with, the bundled ones where none are given."""

    live: Live
    lexicons: "Lexicons | None"

    def read_again(self, reading: Reading) -> "Answering":
        """The same after another reading that changed nothing, with what is made already."""
        again = Answering(replace(self.live, reading=reading), self.lexicons)
        vars(again).update({name: made for name, made in vars(self).items() if name in ("answerer", "names")})
        return again

    @cached_property
    def answerer(self) -> "Answerer":
        """Answers its questions; made when the first one is asked, since its index takes time."""
        from retrieval.answering import Answerer  # brings NumPy, which `passage` and `reports` never need
        from retrieval.lexicon import BUNDLED

        return Answerer(self.live.edition, lexicons=self.lexicons or BUNDLED, index=self.live.index)

    @cached_property
    def names(self) -> Names:
        """Its reports by what people call them."""
        return Names(self.live.edition)

    def prepare(self) -> None:
        """Make now what the first question, or the first name that is typed, would otherwise wait for."""
        self.answerer.prepare()
        _ = self.names
