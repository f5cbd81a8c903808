"""The rules of answering interactions: three seconds, one callback, fifteen minutes, what a deferral fixes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.commands_check import STRING, check_choices
from tests.fakes.discord_server.components import check_modal
from tests.fakes.discord_server.errors import (
    ALREADY_ACKNOWLEDGED,
    INVALID_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    ApiError,
    JsonObject,
    Problems,
    Refusal,
)
from tests.fakes.discord_server.interaction import Acknowledgement, Callback, Interaction, InteractionKind
from tests.fakes.discord_server.message import Body, Flag, Message, Upload, compose
from tests.fakes.discord_server.world import World

_RESPONSES = {  # Receiving and Responding, Interaction Callback Type
    InteractionKind.COMMAND: {Callback.MESSAGE, Callback.DEFER, Callback.MODAL},
    InteractionKind.COMPONENT: set(Callback) - {Callback.CHOICES},
    InteractionKind.AUTOCOMPLETE: {Callback.CHOICES},
    InteractionKind.MODAL: set(Callback) - {Callback.CHOICES, Callback.MODAL},
}


@dataclass
class Deadlines:
    """How long a bot may take, in seconds of the fake's clock; tests can shorten it."""

    first_response: float = limits.FIRST_RESPONSE_SECONDS
    token: float = limits.TOKEN_SECONDS


@dataclass(repr=False)
class Desk:
    """Takes what a bot sends about interactions and keeps Discord's rules."""

    world: World
    deadlines: Deadlines = field(default_factory=Deadlines)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    _by_token: dict[str, Interaction] = field(default_factory=dict)

    def open(self, interaction: Interaction) -> None:
        """Begin to accept answers to an interaction."""
        self.interactions[interaction.id] = interaction
        self._by_token[interaction.token] = interaction

    def respond(self, id_: int, token: str, form: JsonObject, files: Sequence[Upload]) -> JsonObject:
        """The first response; returns the callback response object."""
        interaction = self.interactions.get(id_)
        if interaction is None or interaction.token != token:
            raise ApiError(UNKNOWN_INTERACTION)
        seconds = self.world.clock() - interaction.dispatched
        if interaction.acknowledgement is not None:
            _refuse(interaction, ALREADY_ACKNOWLEDGED)
        if seconds > self.deadlines.first_response:
            _refuse(interaction, UNKNOWN_INTERACTION)
        problems = Problems()
        allowed = frozenset(map(int, _RESPONSES[interaction.kind]))
        if not problems.at("type").choice(form.get("type"), allowed):
            problems.raise_if_any()
        callback = Callback(form["type"])
        data = form.get("data") or {}
        message = self._take(interaction, callback, data, files)
        ephemeral = message is not None and message.ephemeral
        interaction.acknowledgement = Acknowledgement(callback, seconds * 1000, ephemeral)
        if not interaction.acknowledgement.deferred:
            interaction.answered_milliseconds = seconds * 1000
        interaction.changed.notify()
        return self._callback_response(interaction, callback, message)

    def follow_up(self, application: int, token: str, form: JsonObject, files: Sequence[Upload]) -> JsonObject:
        """A further message; right after a deferral it becomes the deferred answer, with the deferral's visibility."""
        interaction = self._answerable(application, token)
        if interaction.message is not None and interaction.message.loading:
            return self._edited(interaction, interaction.message, form, files)
        ephemeral = Flag(int(form.get("flags") or 0)) & Flag.EPHEMERAL
        message = self._new_message(interaction, compose(Body(), form, self.world.keep_files(files), fixed=ephemeral))
        interaction.followup_ids.append(message.id)
        self._answered(interaction)
        return self.world.message_payload(message)

    def edit(self, application: int, token: str, which: str, form: JsonObject, files: Sequence[Upload]) -> JsonObject:
        """Edit the answer (``@original``) or a follow-up."""
        interaction = self._answerable(application, token)
        return self._edited(interaction, self._message(interaction, which), form, files)

    def get(self, application: int, token: str, which: str) -> JsonObject:
        """Read the answer (``@original``) or a follow-up."""
        interaction = self._answerable(application, token)
        return self.world.message_payload(self._message(interaction, which))

    def delete(self, application: int, token: str, which: str) -> None:
        """Delete the answer (``@original``) or a follow-up."""
        interaction = self._answerable(application, token)
        message = self._message(interaction, which)
        self.world.delete(message)
        interaction.deleted |= message.id == interaction.original
        interaction.changed.notify()

    def _take(
        self, interaction: Interaction, callback: Callback, data: JsonObject, files: Sequence[Upload]
    ) -> Message | None:
        """Do what a first response says; the message it made or changed."""
        problems = Problems().at("data")
        if callback is Callback.CHOICES:
            choices = data.get("choices") or []
            check_choices(choices, problems.at("choices"), str(STRING))
            problems.raise_if_any()
            interaction.choices = tuple(choices)
            return None
        if callback is Callback.MODAL:
            check_modal(data, problems)
            problems.raise_if_any()
            interaction.modal = data
            return None
        if callback in (Callback.DEFER_UPDATE, Callback.UPDATE):
            interaction.original = interaction.source
            source = self._message(interaction, "@original")
            if callback is Callback.DEFER_UPDATE:
                return source
            return self.world.edit(source, self._composed(source, data, files))
        ephemeral = Flag(int(data.get("flags") or 0)) & Flag.EPHEMERAL
        if callback is Callback.DEFER:
            body = Body(flags=Flag.LOADING | ephemeral)
        else:
            body = compose(Body(), data, self.world.keep_files(files), fixed=ephemeral)
        message = self._new_message(interaction, body)
        interaction.original = message.id
        return message

    def _new_message(self, interaction: Interaction, body: Body) -> Message:
        metadata: JsonObject = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "user": interaction.user.payload(),
            "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
        }
        if interaction.original is not None:
            metadata["original_response_message_id"] = str(interaction.original)
        if interaction.source is not None:
            metadata["interacted_message_id"] = str(interaction.source)
        world = self.world
        return world.post(
            Message(
                id=world.new_id(),
                channel=interaction.channel,
                author=world.bot,
                body=body,
                sent=world.clock.today(),
                interaction=interaction.id,
                metadata=metadata,
            )
        )

    def _composed(self, message: Message, form: JsonObject, files: Sequence[Upload]) -> Body:
        fixed = message.body.flags & Flag.EPHEMERAL
        return compose(message.body, form, self.world.keep_files(files), fixed=fixed)

    def _edited(
        self, interaction: Interaction, message: Message, form: JsonObject, files: Sequence[Upload]
    ) -> JsonObject:
        edited = self.world.edit(message, self._composed(message, form, files))
        if message.id == interaction.original:
            interaction.edits += 1
            self._answered(interaction)
        interaction.changed.notify()
        return self.world.message_payload(edited)

    def _answered(self, interaction: Interaction) -> None:
        if interaction.answered_milliseconds is None:
            interaction.answered_milliseconds = (self.world.clock() - interaction.dispatched) * 1000
        interaction.changed.notify()

    def _answerable(self, application: int, token: str) -> Interaction:
        """The interaction of a token that still holds."""
        interaction = self._by_token.get(token)
        if interaction is None or application != self.world.application:
            raise ApiError(UNKNOWN_WEBHOOK)
        if interaction.acknowledgement is None or interaction.kind is InteractionKind.AUTOCOMPLETE:
            _refuse(interaction, UNKNOWN_WEBHOOK)
        if self.world.clock() - interaction.dispatched > self.deadlines.token:
            _refuse(interaction, INVALID_TOKEN)
        return interaction

    def _message(self, interaction: Interaction, which: str) -> Message:
        if which == "@original":
            message = interaction.message
        else:
            message = next((m for m in (interaction.message, *interaction.followups) if m and str(m.id) == which), None)
        if message is None:
            _refuse(interaction, UNKNOWN_MESSAGE)
        return message

    def _callback_response(self, interaction: Interaction, callback: Callback, message: Message | None) -> JsonObject:
        about: JsonObject = {"id": str(interaction.id), "type": int(interaction.kind)}
        resource: JsonObject = {"type": int(callback)}
        if message is not None:
            about["response_message_id"] = str(message.id)
            about["response_message_loading"] = message.loading
            about["response_message_ephemeral"] = message.ephemeral
            if callback in (Callback.MESSAGE, Callback.UPDATE):
                resource["message"] = self.world.message_payload(message)
        return {"interaction": about, "resource": resource}


def _refuse(interaction: Interaction, refusal: Refusal) -> NoReturn:
    """Refuse a request and let the test see it on the handle."""
    interaction.refusals.append(refusal)
    interaction.changed.notify()
    raise ApiError(refusal)
