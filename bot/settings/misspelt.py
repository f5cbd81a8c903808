"""The setting that a name most likely means which is none."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.errors.settings import StrangeSettingError, UnknownSettingError

PREFIX = "RAPPORTEUR_"
NEAR = 0.75  # of 1: how alike two names are of which one may be the other misspelt
NEARER = 0.9  # the same where a name may as well belong to another program
SHOWN = 60  # characters of a bad value that an error message repeats


def unknown(name: str, known: Iterable[str]) -> UnknownSettingError:
    """The refusal of ``name``, with the setting that was meant where one is near."""
    nearest = _nearest(name.removeprefix(PREFIX), known)
    if nearest is None:
        return StrangeSettingError(setting=name[:SHOWN])
    return UnknownSettingError(setting=name[:SHOWN], nearest=nearest)


def _nearest(word: str, known: Iterable[str]) -> str | None:
    """The setting whose name after the prefix ``word`` most likely is: misspelt, or begun and cut short."""
    ours = [variable.removeprefix(PREFIX) for variable in known if variable.startswith(PREFIX)]
    begun = [variable for variable in ours if word and variable.startswith(f"{word.upper()}_")]
    near = get_close_matches(word.upper(), ours, n=1, cutoff=NEAR) or begun
    return PREFIX + near[0] if near else None


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The setting that a ``name`` without our prefix most likely is; ``None`` for one of another program."""
    first, _, rest = name.upper().partition("_")
    if get_close_matches(first, [PREFIX.removesuffix("_")], cutoff=NEARER):
        return _nearest(rest, known)
    return next(iter(get_close_matches(name.upper(), list(known), n=1, cutoff=NEARER)), None)
