"""Which of the bot's shards a process has: named one by one, or counted from the number its host name ends with.

Source: Gateway, Sharding: a guild belongs to the shard (guild id >> 22) % number of shards, direct messages to shard 0.
"""

import re
from dataclasses import dataclass
from typing import Self

from bot.errors.settings import ShardsError
from corpus.clause import Clause

MOST_SHARDS = 16_384  # ours: far more than the largest bots have
_SHOWN = 60  # characters of a host name that an error repeats


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards ``ids``, in order, of ``count`` that all processes of the bot have together."""

    count: int
    ids: tuple[int, ...]

    @property
    def processes(self) -> int:
        """How many processes there are, if each has as many shards as this one."""
        return -(-self.count // len(self.ids))

    @property
    def are_all(self) -> bool:
        """Whether no other process has any."""
        return len(self.ids) == self.count

    @property
    def is_first(self) -> bool:
        """Whether shard 0 is here: what one process does for all of them is done by this one."""
        return 0 in self.ids

    @classmethod
    def of(cls, count: int | None, ids: tuple[int, ...] | None, each: int | None, host: str) -> Self | None:
        """What the settings say; ``None`` where they say nothing.

        Without ``ids`` a process has ``each`` shards by the number at the end of ``host``, as in a StatefulSet of
        Kubernetes (``rapporteur-2``), and all shards without ``each``. Raises ``ShardsError``.
        """
        if count is None:
            if ids is not None or each is not None:
                raise ShardsError(problem=Clause("shards.no_count"))
            return None
        if ids is not None and each is not None:
            raise ShardsError(problem=Clause("shards.both"))
        if ids is None:
            ids = tuple(range(count)) if each is None else _by_ordinal(count, each, host)
        if ids[-1] >= count:
            raise ShardsError(problem=Clause("shards.beyond", shard=ids[-1], last=count - 1))
        return cls(count, ids)


def ids(value: object) -> object:
    """Read ``0,1`` and ``0-3`` as numbers of shards in order, each once."""
    if not isinstance(value, str):
        return value
    found: set[int] = set()
    for part in value.split(","):
        ends = re.fullmatch(r"\s*([0-9]{1,5})\s*(?:-\s*([0-9]{1,5})\s*)?", part)
        if not ends:
            raise ValueError("no shards")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        here = set(range(first, last + 1))
        if not here or last >= MOST_SHARDS or here & found:
            raise ValueError("no shards")
        found |= here
    return tuple(sorted(found))


def _by_ordinal(count: int, each: int, host: str) -> tuple[int, ...]:
    ordinal = re.search(r"-([0-9]{1,5})$", host.partition(".")[0])
    if not ordinal:
        raise ShardsError(problem=Clause("shards.no_ordinal", host=host[:_SHOWN]))
    first = int(ordinal[1]) * each
    if first >= count:
        raise ShardsError(problem=Clause("shards.surplus", host=host[:_SHOWN], first=first, last=count - 1))
    return tuple(range(first, min(first + each, count)))
