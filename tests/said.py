"""What errors say in English: they carry their clauses as data, and tests compare what people read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.saying.templates import load
from corpus.clause import Clause, ClauseError, Fact
from corpus.errors import RapporteurError

TEMPLATES = load(face="terminal")


def words(fact: Fact) -> str:
    """A fact as it is read."""
    return TEMPLATES.clause(fact) if isinstance(fact, Clause) else str(fact)


def said(error: BaseException) -> str:
    """The sentence or the clause of an error."""
    if isinstance(error, RapporteurError):
        return TEMPLATES.error(error)
    return words(error.clause) if isinstance(error, ClauseError) else str(error)


def facts(error: RapporteurError) -> dict[str, str | int]:
    """What an error carries, as it is read."""
    return TEMPLATES.facts(error)


@contextmanager
def refusal(kind: type[Exception], says: str) -> Iterator[None]:
    """What is done is refused with such an error; the pattern ``says`` is found in what it says."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(says, said(caught.value)), said(caught.value)
