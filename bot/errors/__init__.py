"""What can go wrong on purpose in this room, as one branch of the project's tree.

RapporteurError
└── BotError
    ├── SettingError                the settings are not as they should be: exit code 2
    │   ├── BadSettingError         a value cannot be used
    │   │   └── PlainHttpError          it would send the token unencrypted to another computer
    │   ├── BadSecretError          the same for a value that must not be shown
    │   ├── UnknownSettingError     no setting bears that name
    │   │   └── StrangeSettingError     nor one that is nearly the same
    │   ├── MissingSettingError     a command needs a setting that is not set
    │   ├── ShardsError             it is not clear which shards a process has
    │   ├── MissingExtraError       a setting needs a library that is not installed
    │   ├── NotListeningError       the bot cannot listen where it was told to
    │   ├── DotenvError             the .env file cannot be read
    │   ├── DataDirectoryError      the data directory cannot be made or written
    │   │   └── DataFileError           it is a file
    │   ├── UnknownLanguageError    there are no sentences in that language
    │   ├── TemplateError           a template file is not as it should be
    │   ├── RefusedTokenError       Discord does not know the token
    │   └── RefusedIntentsError     Discord refuses the events the bot asks for
    ├── UsageError                  the command was called in a way that cannot work: exit code 2
    │   ├── BadLengthError          a summary of that length cannot be made
    │   ├── UnknownWordError        there is no such command, option or action; this and the next: bot.errors.usage
    │   │   └── MisspeltWordError       but one that is nearly the same
    │   ├── MissingArgumentError    an argument is missing
    │   ├── MissingValueError       an option lacks its value
    │   ├── EmptyPlaceError         an empty name of a folder or a file
    │   ├── BadNumberError          a value is not the number it should be
    │   ├── ApartError              two options do not go together
    │   ├── SurplusError            words that nothing can be done with
    │   ├── NothingAnsweredError    there is no answer with excerpts that could be asked on about
    │   ├── UnknownFormError        a reference is not written in that form
    │   ├── NoExcerptError          the last answer has no excerpt of that number
    │   └── BadUsageError           anything else about the arguments
    ├── NotReadyError               no edition has been loaded yet
    ├── CheckRunningError           somebody else is being shown how the files are understood
    ├── CutOffError                 the process that makes an edition was ended from outside
    ├── ClusterError                the index on a cluster cannot be asked, or gives no whole answer
    ├── WhichReportError            there are several reports and none was named
    │   ├── WhichOfManyError            and more than an error lists
    │   └── WhichPassageError           several have a paragraph of that number
    │       └── WhichPassageOfManyError     and more than an error lists
    ├── ForbiddenError              the person may not do this: needs Manage Server
    │   ├── ForbiddenRoleError      needs a role that the settings name
    │   ├── ForbiddenServerError    only in the bot's home server
    │   └── ForbiddenOwnerError     only the application's owner or team
    ├── NoServerError               what belongs to a server was to be set outside of one
    ├── NoChannelError              a channel was to be as its server is, and none was named
    ├── NothingKeptError            what was to be set cannot be kept
    ├── UnknownEquivalentError      what was to be taken out of the equivalents is none of them
    ├── TooMuchError                more is asked than can be done at present
    │   ├── ThrottledError              the person has asked too often
    │   ├── ThrottledChannelError       the channel has asked too often
    │   ├── ThrottledServerError        the server has asked too often
    │   ├── CrowdedError                the person waits for as many answers as one may
    │   └── BusyError                   the bot has as much under way as it can do
    ├── StoppingError               the bot is on its way out and takes no more questions
    ├── UnknownCommandError         a command that Discord still offers and the bot no longer has
    ├── UnknownActionError          a button or menu whose id nobody here wrote
    ├── EmptyMessageError           a message without any text was to be looked up
    ├── ShareForbiddenError         who wants to share an answer may not write there
    ├── SharedError                 an answer was to be shared a second time
    ├── UnsharedError               Discord did not take what was to be shared
    ├── UnwritableError             the bot may not write where it was asked
    ├── NoSpaceError                what a command says cannot be written: the disk is full
    └── LineError                   a line of --jsonl cannot be answered
        ├── LongLineError           it is longer than a line may be
        ├── NotJsonError            it is not JSON in UTF-8
        ├── NotObjectError          it is JSON, but no object
        ├── NotTextError            a field is missing or is not text
        └── BadIdError              its id is a list or an object

``CorpusError`` gets one leaf here, ``RefreshFailedError``: any of its other leaves, while an older edition stays live.
"""

from typing import Any

from corpus.errors import CorpusError, RapporteurError


class BotError(RapporteurError):
    """The bot cannot or will not do what was asked."""


class UsageError(BotError):
    """The command was called in a way that cannot work; the command line ends with exit code 2."""


class BadLengthError(UsageError):
    """A summary of that length cannot be made. Fields: ``length``, ``low``, ``high``."""

    key = "bad_length"


class BadUsageError(UsageError):
    """The arguments do not fit together. Fields: ``problem``, ``command``."""

    key = "bad_usage"


class NotReadyError(BotError):
    """No edition has been loaded yet."""

    key = "not_ready"


class CheckRunningError(RapporteurError):
    """Another look at how the files are understood is under way."""

    key = "check_running"


class CutOffError(BotError):
    """The process that makes an edition was ended from outside. Fields: ``reason``, a signal or an exit code."""

    key = "cut_off"


class WhichReportError(BotError):
    """There are several reports and none was named. Fields: ``known`` (the names there are)."""

    key = "which_report"


class WhichOfManyError(WhichReportError):
    """The same where there are too many to list. Fields: ``known`` (some of the names), ``n`` (the rest)."""

    key = "which_of_many"


class WhichPassageError(WhichReportError):
    """Several reports have a paragraph of that number. Fields: ``known`` (the citations of these)."""

    key = "which_passage"


class WhichPassageOfManyError(WhichPassageError):
    """The same where there are too many to list. Fields: ``known`` (some of the citations), ``n`` (the rest)."""

    key = "which_passage_of_many"


class NoSpaceError(BotError):
    """There is no space left for what a command has to say or to keep."""

    key = "no_space"


class RefreshFailedError(CorpusError):
    """A refresh failed and the edition that was live stays live. ``reason`` says why; it has the key and the fields."""

    def __init__(self, reason: RapporteurError) -> None:
        super().__init__(**reason.fields)
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.reason,)

    def __str__(self) -> str:
        return str(self.reason)
