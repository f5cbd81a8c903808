"""What belongs to a name besides its capitals: a trade that stands beside it, the small words of a body's full name.

"Idir, mécanicien", "Selma, 33 ans, enseignante"; "Direction de la sûreté intérieure". Told by the tables of
``questions.toml``.
"""

import re
from functools import cache

from retrieval.language import language
from retrieval.language.folding import fold

_NEXT = re.compile(r"(?: |(?<=[’']))([^\W\d_]+(?:-[^\W\d_]+)*[’']?)")  # " droits", "l’", "homme"
_BESIDE = re.compile(r"(?:, \d{1,2} (?P<aged>\w+))?, (?P<trade>[^\W\d_]+)(?: de [^\W\d_]+)?(?=[,.;:)])")


class Naming:
    """What one language puts beside a name."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._aged, self._trades, self._generic, self._bodied, self._linking, self._describing = (
            frozenset(map(fold, tables.get(name, "").split()))
            for name in ("aged", "trades", "generic", "bodied", "full_linking", "full_describing")
        )

    def with_trade(self, text: str, end: int) -> int:
        """Where the trade of somebody ends whose name ends at ``end``; ``end`` where none stands beside it."""
        found = _BESIDE.match(text, end)
        if found is None or fold(found["trade"]) not in self._trades:
            return end
        return end if found["aged"] and fold(found["aged"]) not in self._aged else found.end()

    def full(self, text: str, start: int, end: int) -> int:
        """Where the full name of a body ends of which the first word stands from ``start`` to ``end``."""
        if fold(text[start:end]) not in self._bodied:
            return end
        at, is_linked = end, False
        while (found := _NEXT.match(text, at)) and found[1].islower():
            word = fold(found[1]).rstrip("’'")
            if word in self._linking:
                is_linked = True
            elif is_linked or word in self._describing:
                end, is_linked = found.end(), False
            else:
                break
            at = found.end()
        return end

    def is_generic(self, name: str) -> bool:
        """Whether a name is one of any body of its kind: "State", "Working Group"."""
        return all(word in self._generic for word in fold(name).split())


@cache
def naming(tag: str) -> Naming:
    """What the language of a BCP 47 tag puts beside a name."""
    return Naming(tag)
