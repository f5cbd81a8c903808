"""A part of a sentence as data: which one it is and what fills it in. The words stand in the bot's templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, Union

Fact = Union[str, int, "Clause"]  # what an error carries, and a sentence is filled in with


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Clause:
    """What is wrong, or where: ``key`` names the words for it, ``fields`` fill them in.

    It goes on after a colon or stands in brackets, so it begins small and has no full stop.
    """

    key: str
    fields: Mapping[str, Fact]

    def __init__(self, key: str, /, **fields: Fact) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "fields", fields)

    def __repr__(self) -> str:
        return f"{self.key}({', '.join(f'{name}={value!r}' for name, value in self.fields.items())})"


def as_data(fact: Fact) -> Any:  # noqa: ANN401  # what JSON can hold
    """A fact as JSON can hold it; ``of_data`` reads it."""
    if isinstance(fact, Clause):
        return {"clause": fact.key, "fields": {name: as_data(value) for name, value in fact.fields.items()}}
    return fact


def of_data(data: object) -> Fact:
    """The fact that was made data; whatever else it is, as text."""
    if isinstance(data, dict) and isinstance(data.get("clause"), str) and isinstance(data.get("fields"), dict):
        return clause_of(data)
    return data if isinstance(data, str | int) else str(data)


def clause_of(data: Mapping[str, Any]) -> Clause:
    """The clause that was made data."""
    return Clause(data["clause"], **{name: of_data(value) for name, value in data["fields"].items()})


class ClauseError(Exception):
    """What is wrong, as a ``clause``: to be raised where nobody knows yet what it is wrong with."""

    def __init__(self, key: str, /, **fields: Fact) -> None:
        self.clause = Clause(key, **fields)
        super().__init__(str(self.clause))

    @classmethod
    def of(cls, clause: Clause) -> Self:
        """The error with a clause that there is already."""
        return cls(clause.key, **clause.fields)
