"""Regular expressions that are compiled when they are first used.

Most texts give no occasion for most of them, and compiling those of ``corpus.layout`` alone takes 6 ms of a start.
"""

import re
from typing import Any, cast


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled with the first use; raises ``re.error`` no earlier than then."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Stands in for a pattern. What was asked for once is found without a detour."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a pattern has
        compiled = re.compile(*self._given)  # re keeps it, should two threads or two methods ask
        found = self.__dict__[name] = getattr(compiled, name)
        return found
