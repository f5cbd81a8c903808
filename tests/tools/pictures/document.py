"""A message as a whole document of HTML, which loads nothing and runs nothing."""

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import Path

from bot.discord.courier import COMPONENTS_V2, EPHEMERAL
from tests.tools.pictures.components import JsonObject, UndrawableError, html

STYLE = Path(__file__).with_name("discord.css")
_NAME = "Rapporteur"
_PRIVATE = "Only you can see this • <a>Dismiss message</a>"


class Theme(StrEnum):
    """Which of Discord's themes."""

    DARK = "dark"
    LIGHT = "light"


class Device(StrEnum):
    """How wide the window is."""

    DESKTOP = "desktop"
    PHONE = "phone"

    @property
    def width(self) -> int:
        """In CSS pixels: a channel beside its lists in a window of usual size, and a phone of today."""
        return {Device.DESKTOP: 720, Device.PHONE: 390}[self]


@dataclass(frozen=True, slots=True)
class Look:
    """One way to show a message."""

    theme: Theme
    device: Device

    def __str__(self) -> str:
        return f"{self.theme}-{self.device}"


EVERY_LOOK = tuple(Look(theme, device) for theme in Theme for device in Device)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it goes to Discord; ``used`` is the command that it answers."""

    payload: JsonObject
    used: str = ""


def document(shown: Shown, look: Look) -> str:
    """The document. Raises ``UndrawableError``."""
    flags = shown.payload.get("flags", COMPONENTS_V2)
    if shown.payload.get("content") or shown.payload.get("embeds") or not flags & COMPONENTS_V2:
        raise UndrawableError("only messages of Components V2 can be drawn")
    used = f'<div class="used">you used <b>{escape(shown.used)}</b></div>' if shown.used else ""
    private = f'<div class="private">{_PRIVATE}</div>' if flags & EPHEMERAL else ""
    return f"""<!DOCTYPE html>
<html lang="en" class="{look.theme} {look.device}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{_NAME}</title>
<style>body {{ width: {look.device.width}px }}
{STYLE.read_text("utf-8")}</style>
</head>
<body><main>{used}
<div class="avatar">{_NAME[0]}</div>
<div class="message"><div class="who"><b>{_NAME}</b><span class="app">APP</span></div>
{html(shown.payload["components"])}
{private}</div>
</main></body>
</html>
"""
