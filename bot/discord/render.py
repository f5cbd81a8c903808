"""A ``Reply`` as Discord shows it: one message of Components V2, within Discord's limits whatever its words.

Words of a report are escaped on the way and never changed. After the message is drawn every quote is read back out of
it and compared; nothing leaves this module that has not passed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord

from bot.discord import markup
from bot.discord.ids import HELPFUL, WHICH, Button
from bot.discord.limits import (
    BUTTON_LABEL,
    CUSTOM_ID,
    MENU_OPTIONS,
    MESSAGE_COMPONENTS,
    MOST_BUTTONS,
    OPTION_TEXT,
    PLACEHOLDER,
    ROW_BUTTONS,
)
from bot.discord.message import Message
from bot.discord.page import GAP, Text
from bot.saying.reply import Menu

_CODE = re.compile(rf"^{markup.FENCE}$.*?^{markup.FENCE}$", re.MULTILINE | re.DOTALL)  # in which nothing is a quote
_BLOCK = re.compile(r"^> .*(?:[\n\r]> .*)*", re.MULTILINE)


class NotVerbatimError(Exception):
    """A quote in a finished message does not read as its excerpt: a fault of this program, never a person's."""


def draw(message: Message, *, spoiler: bool = False) -> discord.ui.LayoutView:
    """The message with those of its buttons and entries of its menu that Discord would accept.

    ``spoiler`` covers the quotes of reports that have a content note. Raises ``NotVerbatimError``.
    """
    shown, menu, enclosed = message.page, message.menu, message.enclosure
    unique = {action.id: action for action in message.buttons if 0 < markup.length(action.id) <= CUSTOM_ID}
    rows: list[list[discord.ui.Item[discord.ui.LayoutView]]] = [*_menus(menu)]
    rows += [[_button(action) for action in row] for row in _rows(list(unique.values())[:MOST_BUTTONS])]
    groups = _groups(shown.texts, spoiler)
    parts = len(groups) + len(shown.texts) + len(rows) + sum(map(len, rows)) + (enclosed is not None)
    if parts > MESSAGE_COMPONENTS:
        groups = [(any(covered for covered, _ in groups), [GAP.join(text.markdown for text in shown.texts)])]
    view = discord.ui.LayoutView(timeout=None)
    for covered, texts in groups:
        view.add_item(discord.ui.Container(*map(discord.ui.TextDisplay, texts), spoiler=covered))
    if enclosed is not None:
        view.add_item(discord.ui.File(f"attachment://{enclosed.name}"))
    for row in rows:
        view.add_item(discord.ui.ActionRow(*row))
    verify(view, [text.shows for text in shown.texts if text.shows is not None])
    return view


def components(view: discord.ui.LayoutView) -> list[dict[str, Any]]:
    """The message's component objects as Discord takes them."""
    # Internal of discord.py: these are the objects that it sends.
    found: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]  # discord.py 2.7 left its types out
    return found


def shown(message: discord.Message | None) -> str:
    """The Markdown of a message's text displays, in order, each on lines of its own; empty where it has none."""
    found = (part for part in _parts(message) if isinstance(part, discord.components.TextDisplay))
    return "\n".join(part.content for part in found)


def ids(message: discord.Message | None) -> Sequence[str]:
    """The ids of a message's buttons."""
    buttons = (part for part in _parts(message) if isinstance(part, discord.components.Button))
    return [button.custom_id for button in buttons if button.custom_id is not None]


def _parts(message: discord.Message | None) -> Iterator[discord.components.Component]:
    """The components of a message, nested ones after the one that holds them."""
    open_ = list[discord.components.Component](message.components) if message is not None else []
    while open_:
        component = open_.pop(0)
        yield component
        if isinstance(component, discord.components.Container | discord.components.ActionRow):
            open_[:0] = component.children


def values(interaction: discord.Interaction[discord.Client]) -> Sequence[str]:
    """What was chosen in a menu; nothing where a button was pressed, or where it is not as Discord sends it."""
    data: object = interaction.data
    found = data.get("values") if isinstance(data, dict) else None
    return [value for value in found if isinstance(value, str)] if isinstance(found, list) else ()


def verify(view: discord.ui.LayoutView, quotes: Sequence[str]) -> None:
    """Read every block quote back out of a finished message and compare it with what it must show.

    Raises ``NotVerbatimError``.
    """
    texts = [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    try:
        found = [shown for text in texts for shown in quotes_in(text)]
    except (ValueError, IndexError) as error:
        raise NotVerbatimError(f"a quote cannot be read back: {error}") from error
    if found != list(quotes):
        raise NotVerbatimError(f"the message shows {found!r} in place of {list(quotes)!r}")


def quotes_in(markdown: str) -> list[str]:
    """What the block quotes of a text display read as. Raises ``ValueError`` or ``IndexError`` for what is none of
    ours."""
    return [markup.read_back(block) for block in _BLOCK.findall(_CODE.sub("", markdown))]


def _groups(texts: Iterable[Text], spoiler: bool) -> list[tuple[bool, list[str]]]:
    """The texts in order, each with its neighbours that are to be covered, or left open, like it."""
    groups: list[tuple[bool, list[str]]] = []
    for text in texts:
        covered = spoiler and text.sensitive
        if groups and groups[-1][0] is covered:
            groups[-1][1].append(text.markdown)
        else:
            groups.append((covered, [text.markdown]))
    return groups


def _rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """The buttons in order, in rows; what one thinks of an answer, and whatever follows, begins a row."""
    begins = next((number for number, one in enumerate(buttons) if one.id.startswith(HELPFUL)), len(buttons))
    for part in (buttons[:begins], buttons[begins:]):
        yield from (part[start : start + ROW_BUTTONS] for start in range(0, len(part), ROW_BUTTONS))


def _button(action: Button) -> discord.ui.Button[discord.ui.LayoutView]:
    label = _label(action.label, BUTTON_LABEL)
    return discord.ui.Button(style=discord.ButtonStyle.secondary, label=label, custom_id=action.id)


def _menus(menu: Menu | None) -> Iterator[list[discord.ui.Item[discord.ui.LayoutView]]]:
    """The row of a menu; none where nothing in it could be chosen."""
    unique = {one.value: one for one in menu.options if 0 < markup.length(one.value) <= OPTION_TEXT} if menu else {}
    options = [
        discord.SelectOption(
            label=_label(one.label, OPTION_TEXT), value=one.value, description=_label(one.detail, OPTION_TEXT)
        )
        for one in list(unique.values())[:MENU_OPTIONS]
    ]
    if menu and options:
        yield [discord.ui.Select(custom_id=WHICH, placeholder=_label(menu.label, PLACEHOLDER), options=options)]


def _label(text: str, most: int) -> str:
    """``text`` on one line in at most so many code units."""
    label = markup.one_line(text) or "…"
    if markup.length(label) > most:
        label = label[: most // 2 - 1] + "…"  # half of it: a character may take two code units
    return label
