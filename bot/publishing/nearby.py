"""Takes over an edition that another process has published and that is small, in the process that answers from it.

The process of its own that ``bot.publishing.workshop`` starts for that takes longer to start than such an edition to
read. What is larger is left to it: answers must not wait.
"""

from typing import TYPE_CHECKING

from bot.service.live import Live

if TYPE_CHECKING:
    from corpus.store.store import Store

MOST = 300  # passages, ours: they are read and indexed in the time of a few answers


def taken_here(store: "Store") -> Live | None:
    """The store's live edition with its index; ``None`` where it is not small, or where there is none.

    Raises ``StoreError``.
    """
    from retrieval.search.indexing import index_of  # 158 ms: NumPy, which whoever answers has by then

    stored = store.live_within(MOST)
    if stored is None:
        return None
    return Live(stored.edition, stored.since, stored.actor, index=index_of(stored.edition.reports))
