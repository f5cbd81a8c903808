"""Why the cluster does not find what is asked: a leaf of the tree that ``bot.errors`` draws."""

from bot.errors import BotError


class ClusterError(BotError):
    """The index on a cluster cannot be asked, or gives no whole answer, or cannot be made. Fields: ``where``,
    ``problem``."""

    key = "cluster"
