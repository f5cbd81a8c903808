"""Why somebody is not served, or not now: leaves of the tree that ``bot.errors`` draws."""

from bot.errors import BotError


class ForbiddenError(BotError):
    """The person may not change the corpus: that needs the permission Manage Server."""

    key = "forbidden"


class ForbiddenRoleError(ForbiddenError):
    """The person may not change the corpus: that needs a role. Fields: ``role``."""

    key = "forbidden_role"


class ForbiddenServerError(ForbiddenError):
    """The corpus can be changed in the bot's home server only."""

    key = "forbidden_server"


class ForbiddenOwnerError(ForbiddenError):
    """The corpus can be changed by the application's owner or team only."""

    key = "forbidden_owner"


class NoServerError(BotError):
    """What belongs to a server was to be set outside of one, or in one that the bot is not in."""

    key = "no_server"


class NoChannelError(BotError):
    """A channel was to be as its server is, and none was named."""

    key = "no_channel"


class NothingKeptError(BotError):
    """What was to be set cannot be kept, and nothing was changed. Fields: ``where``, ``problem``, as ``StoreError``."""

    key = "nothing_kept"


class UnknownEquivalentError(BotError):
    """What was to be taken out of the equivalents that were added is none of them. Fields: ``word``."""

    key = "unknown_equivalent"


class TooMuchError(BotError):
    """More is asked than can be done at present; the same request may be granted later."""


class ThrottledError(TooMuchError):
    """The person has asked too often. Fields: ``n``, the whole seconds to wait, at least 1."""

    key = "throttled"


class ThrottledChannelError(TooMuchError):
    """The channel has asked too often. Fields: ``n``, the whole seconds to wait, at least 1."""

    key = "throttled_channel"


class ThrottledServerError(TooMuchError):
    """The server has asked too often. Fields: ``n``, the whole seconds to wait, at least 1."""

    key = "throttled_server"


class CrowdedError(TooMuchError):
    """The person waits for as many answers as one may at a time. Fields: ``most``."""

    key = "crowded"


class BusyError(TooMuchError):
    """The bot has as much under way as it can do in reasonable time."""

    key = "busy"


class StoppingError(BotError):
    """The bot is on its way out and takes no more questions."""

    key = "stopping"


class UnknownCommandError(BotError):
    """A command that Discord still offers and the bot no longer has."""

    key = "unknown_command"


class UnknownActionError(BotError):
    """A button or menu whose id nobody here wrote."""

    key = "unknown_action"


class EmptyMessageError(BotError):
    """A message without any text was to be looked up."""

    key = "empty_message"


class ShareForbiddenError(BotError):
    """Whoever wants to share an answer may not write in the channel."""

    key = "share_forbidden"


class SharedError(BotError):
    """An answer was to be shared a second time."""

    key = "shared"


class UnsharedError(BotError):
    """Discord did not take what was to be shared, or has not said that it did."""

    key = "unshared"


class UnwritableError(BotError):
    """The bot may not write in ``channel``, where it was asked."""

    key = "unwritable"
