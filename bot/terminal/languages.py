"""In which language the terminal speaks: the one that is asked for, else that of the settings, else that of the system.

The pure part of it; the sentences themselves are those of ``bot.saying.templates``.
"""

from collections.abc import Mapping, Sequence

from bot.errors.settings import UnknownLanguageError
from bot.saying.templates import DEFAULT, languages

OPTION = "--language"
SETTING = "RAPPORTEUR_LANGUAGE"
# The first that is set decides: POSIX, 8.2 Internationalization Variables.
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


def given(arguments: Sequence[str]) -> str | None:
    """The language that the arguments ask for, before they are parsed: the help is in it too.

    Raises ``UnknownLanguageError``. A missing value is left to the parser.
    """
    words = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    asked = None
    for word, following in zip(words, (*words[1:], ""), strict=False):
        if word == OPTION and following:
            asked = following
        elif word.startswith(f"{OPTION}="):
            asked = word.removeprefix(f"{OPTION}=")
    if asked is not None and asked not in languages():
        raise UnknownLanguageError(language=asked, known=", ".join(languages()))
    return asked


def after_language(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments without a language that is asked for before the command: ``given`` has seen it."""
    first = arguments[0] if arguments else ""
    if first == OPTION and len(arguments) > 1:
        return after_language(arguments[2:])
    return after_language(arguments[1:]) if first.startswith(f"{OPTION}=") else arguments


def of_system(environ: Mapping[str, str]) -> str:
    """The language of the system, as ``fr`` of ``fr_FR.UTF-8``; English where nothing is said in it."""
    locale = next((environ[name] for name in _SYSTEM if environ.get(name)), "")
    language = locale.partition(".")[0].partition("_")[0].lower()
    return language if language in languages() else DEFAULT
