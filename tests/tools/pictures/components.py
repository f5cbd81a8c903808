"""A message's components as HTML. What Discord would take but this tool cannot draw is refused, never passed over."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from tests.fakes.discord_server.components import Kind
from tests.tools.pictures.markdown import html as markdown

JsonObject = dict[str, Any]

_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}  # Component Reference, Button Styles
_SPACINGS = {1: "small", 2: "large"}  # Component Reference, Separator
_ATTACHMENT = "attachment://"


class UndrawableError(ValueError):
    """A component, or a look of one, that this tool does not know."""


def html(components: Iterable[JsonObject]) -> str:
    """The components in their order. Raises ``UndrawableError``."""
    return "".join(map(_one, components))


def _one(component: JsonObject) -> str:
    kind = component.get("type")
    if kind not in _DRAWN:
        raise UndrawableError(f"component type {kind!r} cannot be drawn")
    return _DRAWN[kind](component)


def _text(component: JsonObject) -> str:
    return f'<div class="text">{markdown(component["content"])}</div>'


def _container(component: JsonObject) -> str:
    colour = component.get("accent_color")
    accent = "" if colour is None else f' style="border-left: 4px solid #{int(colour):06x}"'
    inside = html(component["components"])
    if component.get("spoiler"):
        inside = f'<div class="hidden">{inside}</div><b class="cover">SPOILER</b>'
    return f'<div class="container"{accent}>{inside}</div>'


def _section(component: JsonObject) -> str:
    beside = _one(component["accessory"])
    return f'<div class="section"><div>{html(component["components"])}</div>{beside}</div>'


def _row(component: JsonObject) -> str:
    return f'<div class="row">{html(component["components"])}</div>'


def _button(component: JsonObject) -> str:
    style = _STYLES.get(component["style"])
    if style is None:
        raise UndrawableError(f"button style {component['style']!r} cannot be drawn")
    label = _emoji(component) + escape(component.get("label") or "")
    away = ' <span class="away">↗</span>' if style == "link" else ""
    off = " disabled" if component.get("disabled") else ""
    return f'<span class="button {style}{off}">{label}{away}</span>'


def _emoji(component: JsonObject) -> str:
    emoji = component.get("emoji")
    if not emoji:
        return ""
    if emoji.get("id"):
        raise UndrawableError("a server's own emoji cannot be drawn")
    return f"{escape(emoji['name'])} "


def _select(component: JsonObject) -> str:
    """A menu as it is before it is opened, and under it what it offers."""
    chosen = next((one["label"] for one in component["options"] if one.get("default")), None)
    shown = escape(chosen or component.get("placeholder") or "")
    options = "".join(
        f"<li>{_emoji(one)}{escape(one['label'])}<small>{escape(one.get('description') or '')}</small></li>"
        for one in component["options"]
    )
    return f'<div class="select"><div class="closed">{shown}<span>⌄</span></div><ul>{options}</ul></div>'


def _file(component: JsonObject) -> str:
    name = component["file"]["url"]
    if not name.startswith(_ATTACHMENT):
        raise UndrawableError("a file that is no attachment cannot be drawn")
    return f'<div class="file">{escape(name.removeprefix(_ATTACHMENT))}</div>'


def _separator(component: JsonObject) -> str:
    line = "" if component.get("divider", True) is False else " divider"
    return f'<div class="separator {_SPACINGS[component.get("spacing") or 1]}{line}"></div>'


_DRAWN: dict[object, Callable[[JsonObject], str]] = {
    Kind.ROW: _row,
    Kind.BUTTON: _button,
    Kind.SELECT: _select,
    Kind.SECTION: _section,
    Kind.TEXT: _text,
    Kind.FILE: _file,
    Kind.SEPARATOR: _separator,
    Kind.CONTAINER: _container,
}
