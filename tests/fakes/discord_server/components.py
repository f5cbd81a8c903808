"""Components of messages and modals: their kinds, walking them, and Discord's limits on them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from urllib.parse import urlsplit

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.errors import JsonObject, Problems


class Kind(IntEnum):
    """Component types; source: Component Reference, Component Types."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


LINK_STYLE, PREMIUM_STYLE = 5, 6  # Component Reference, Button Styles
BUTTON_STYLES = frozenset(range(1, 7))  # Component Reference, Button Styles
SELECTS = frozenset({3, 5, 6, 7, 8})
LEGACY_TOP = frozenset({Kind.ROW})
CONTAINER_CHILDREN = frozenset({Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR})
TOP = CONTAINER_CHILDREN | {Kind.CONTAINER}
MODAL_TOP = frozenset({Kind.ROW, Kind.TEXT, Kind.LABEL})


def walk(components: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Every component of a message or modal, nested ones after the one that holds them."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        yield from walk(component[key] for key in ("accessory", "component") if component.get(key))


def texts(components: Iterable[JsonObject]) -> Iterator[str]:
    """What the text displays say, in reading order."""
    return (part["content"] for part in walk(components) if part["type"] == Kind.TEXT)


def check_components(components: Sequence[JsonObject], problems: Problems, *, v2: bool) -> None:
    """Note everything Discord would refuse in a message's components."""
    check = _Check()
    if not v2:
        problems.count(components, limits.ROWS)
    check.children(components, problems, TOP if v2 else LEGACY_TOP)
    if v2 and check.total > limits.COMPONENTS_TOTAL:
        problems.refuse(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Max {limits.COMPONENTS_TOTAL} components in total."
        )
    if v2 and check.characters > limits.COMPONENTS_TEXT:
        problems.refuse(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Displayable text size exceeds maximum size of {limits.COMPONENTS_TEXT}",
        )


def check_modal(modal: JsonObject, problems: Problems) -> None:
    """Note everything Discord would refuse in a modal."""
    for key, most in (("custom_id", limits.CUSTOM_ID), ("title", limits.MODAL_TITLE)):
        if problems.require(modal, key):
            problems.length(modal, key, most, 1)
    components = modal.get("components") or []
    below = problems.at("components")
    below.count(components, limits.MODAL_COMPONENTS, 1)
    _Check(modal=True).children(components, below, MODAL_TOP)


@dataclass
class _Check:
    """One pass over the components of a message, remembering what has to be unique or adds up."""

    modal: bool = False
    total: int = 0
    characters: int = 0
    _custom_ids: set[str] = field(default_factory=set)
    _ids: set[int] = field(default_factory=set)

    def children(self, components: Sequence[JsonObject], problems: Problems, allowed: Iterable[int]) -> None:
        for position, component in enumerate(components):
            self.one(component, problems.at(position), frozenset(map(int, allowed)))

    def one(self, component: object, problems: Problems, allowed: frozenset[int]) -> None:
        if not isinstance(component, dict):
            problems.refuse("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            return
        if not problems.at("type").choice(component.get("type"), allowed):
            return
        self.total += 1
        self._own_id(component, problems)
        kind = Kind(component["type"])
        if "custom_id" in component:
            self._custom_id(component, problems)
        self._by_kind(kind, component, problems)

    def _by_kind(self, kind: Kind, component: JsonObject, problems: Problems) -> None:
        if kind in SELECTS:
            self._select(kind, component, problems)
        elif kind is Kind.BUTTON:
            _check_button(component, problems)
        elif kind is Kind.TEXT and problems.require(component, "content"):
            self.characters += problems.length(component, "content", limits.COMPONENTS_TEXT, 1)
        elif kind in {Kind.ROW, Kind.SECTION, Kind.CONTAINER, Kind.LABEL}:
            self._holder(kind, component, problems)
        elif kind is Kind.GALLERY:
            problems.at("items").count(component.get("items") or [], limits.GALLERY_ITEMS, 1)
        elif kind in {Kind.THUMBNAIL, Kind.FILE}:
            problems.require(component, "media" if kind is Kind.THUMBNAIL else "file")
            problems.length(component, "description", limits.MEDIA_DESCRIPTION)
        elif kind is Kind.INPUT:
            _check_input(component, problems)

    def _own_id(self, component: JsonObject, problems: Problems) -> None:
        own = component.get("id")
        if not own:  # 0 and none at all: Discord numbers it
            return
        if own in self._ids:
            problems.at("id").refuse("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
        self._ids.add(own)

    def _custom_id(self, component: JsonObject, problems: Problems) -> None:
        problems.length(component, "custom_id", limits.CUSTOM_ID, 1)
        custom_id = component["custom_id"]
        if custom_id in self._custom_ids:
            problems.at("custom_id").refuse(
                "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        self._custom_ids.add(custom_id)

    def _holder(self, kind: Kind, component: JsonObject, problems: Problems) -> None:
        children = component.get("components") or []
        below = problems.at("components")
        if kind is Kind.CONTAINER:
            self.children(children, below, CONTAINER_CHILDREN)
        elif kind is Kind.SECTION:
            below.count(children, limits.SECTION_TEXTS, 1)
            self.children(children, below, {Kind.TEXT})
            if problems.require(component, "accessory"):
                accessories = frozenset(map(int, {Kind.BUTTON, Kind.THUMBNAIL}))
                self.one(component["accessory"], problems.at("accessory"), accessories)
        elif kind is Kind.LABEL:
            self._label(component, problems)
        elif self.modal:
            below.count(children, 1, 1)
            self.children(children, below, {Kind.INPUT})
        else:
            is_select = any(isinstance(child, dict) and child.get("type") in SELECTS for child in children)
            below.count(children, 1 if is_select else limits.ROW_BUTTONS, 1)
            self.children(children, below, SELECTS | {Kind.BUTTON})

    def _label(self, component: JsonObject, problems: Problems) -> None:
        if problems.require(component, "label"):
            problems.length(component, "label", limits.LABEL_TEXT, 1)
        problems.length(component, "description", limits.LABEL_DESCRIPTION)
        if problems.require(component, "component"):
            inside = frozenset(
                {*SELECTS, Kind.INPUT, Kind.UPLOAD, Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP, Kind.CHECKBOX}
            )
            self.one(component["component"], problems.at("component"), inside)

    def _select(self, kind: Kind, component: JsonObject, problems: Problems) -> None:
        problems.require(component, "custom_id")
        problems.length(component, "placeholder", limits.SELECT_PLACEHOLDER)
        if kind is not Kind.SELECT:
            return
        options = component.get("options") or []
        below = problems.at("options")
        below.count(options, limits.SELECT_OPTIONS, 1)
        for position, option in enumerate(options):
            at = below.at(position)
            for key in ("label", "value"):
                if at.require(option, key):
                    at.length(option, key, limits.SELECT_OPTION_TEXT, 1)
            at.length(option, "description", limits.SELECT_OPTION_TEXT)
        values = [option.get("value") for option in options]
        if len(set(values)) < len(values):
            below.refuse("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")


def _check_button(button: JsonObject, problems: Problems) -> None:
    problems.length(button, "label", limits.BUTTON_LABEL)
    if not problems.at("style").choice(button.get("style"), BUTTON_STYLES):
        return
    if button["style"] == PREMIUM_STYLE:
        problems.require(button, "sku_id")
        return
    if not button.get("label") and not button.get("emoji"):
        problems.refuse("BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A button must have a label or an emoji")
    if button["style"] == LINK_STYLE:
        _check_link(button, problems)
        return
    if button.get("url"):
        problems.at("url").refuse("BUTTON_COMPONENT_INVALID_URL", "A custom id and url cannot both be specified")
    if not button.get("custom_id"):
        problems.at("custom_id").refuse("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")


def _check_link(button: JsonObject, problems: Problems) -> None:
    if button.get("custom_id"):
        problems.at("custom_id").refuse("BUTTON_COMPONENT_CUSTOM_ID_URL", "A link button cannot have a custom id")
    if not problems.require(button, "url"):
        return
    problems.length(button, "url", limits.BUTTON_URL, 1)
    check_url(button["url"], problems.at("url"), frozenset({"http", "https", "discord"}))


def _check_input(component: JsonObject, problems: Problems) -> None:
    problems.require(component, "custom_id")
    problems.length(component, "label", limits.LABEL_TEXT)
    problems.length(component, "placeholder", limits.INPUT_PLACEHOLDER)
    problems.length(component, "value", limits.INPUT_VALUE)


def check_url(url: object, problems: Problems, schemes: frozenset[str] = frozenset({"http", "https"})) -> None:
    """Note what Discord says of a URL that is none or has another scheme."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes:
        expected = ", ".join(f"'{scheme}'" for scheme in sorted(schemes))
        problems.refuse(
            "URL_TYPE_INVALID_SCHEME", f'Scheme "{parts.scheme}" is not supported. Must be one of ({expected}).'
        )
    elif not parts.netloc:
        problems.refuse("URL_TYPE_INVALID_URL", "Not a well formed URL.")
