"""What is wrong with the settings: leaves of the tree that ``bot.errors`` draws, exit code 2."""

from bot.errors import BotError


class SettingError(BotError):
    """The settings are not as they should be; the command line ends with exit code 2."""


class BadSettingError(SettingError):
    """A value cannot be used. Fields: ``setting``, ``value``, ``expected``."""

    key = "bad_setting"


class PlainHttpError(BadSettingError):
    """An address would have the token travel unencrypted to another computer. Fields: ``setting``, ``value``."""

    key = "plain_http"


class BadSecretError(SettingError):
    """A value that must not be shown cannot be used. Fields: ``setting``, ``expected``."""

    key = "bad_secret"


class UnknownSettingError(SettingError):
    """No setting bears that name. Fields: ``setting``, ``nearest``."""

    key = "unknown_setting"


class StrangeSettingError(UnknownSettingError):
    """No setting bears that name or one that is nearly the same. Fields: ``setting``."""

    key = "strange_setting"


class MissingSettingError(SettingError):
    """A command needs a setting that is not set. Fields: ``setting``, ``expected``."""

    key = "missing_setting"


class ShardsError(SettingError):
    """The settings do not say which shards a process has. Fields: ``problem``."""

    key = "shards"


class MissingExtraError(SettingError):
    """A setting needs a library that is not installed. Fields: ``setting``, ``library``, ``extra`` (of ours)."""

    key = "missing_extra"


class NotListeningError(SettingError):
    """The bot cannot listen where it was told to. Fields: ``setting``, ``address``, ``problem``."""

    key = "not_listening"


class DotenvError(SettingError):
    """The ``.env`` file cannot be read. Fields: ``file``, ``problem``."""

    key = "dotenv"


class DataDirectoryError(SettingError):
    """The data directory cannot be made or written. Fields: ``directory``, ``problem``."""

    key = "data_directory"


class DataFileError(DataDirectoryError):
    """The data directory is a file. Fields: ``directory``."""

    key = "data_file"


class UnknownLanguageError(SettingError):
    """There are no sentences in that language. Fields: ``language``, ``known``."""

    key = "unknown_language"


class TemplateError(SettingError):
    """A template file is not as it should be. Fields: ``file``, ``where`` (the key), ``problem``."""

    key = "template"


class RefusedTokenError(SettingError):
    """Discord does not know the token. Fields: ``setting``, ``expected``."""

    key = "refused_token"


class RefusedIntentsError(SettingError):
    """Discord refuses the events the bot asks for. Fields: ``code``, the gateway's close code."""

    key = "refused_intents"
