"""Keeps what answers come from out of the garbage collector's sight.

It looks through every object now and then, and meanwhile nothing else happens: a fifth of a second for 2,000 reports,
which live as long as the process does. Once an edition is live they are set aside until another one is.
"""

import gc
from dataclasses import dataclass


@dataclass(slots=True)
class Memory:
    """What has been set aside, by the label of its edition."""

    edition: str | None = None

    def settle(self, edition: str) -> None:
        """Set everything aside that there is now, and collect what an earlier ``edition`` has left behind. Slow."""
        if edition == self.edition:
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self.edition = edition
