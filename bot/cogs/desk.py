"""Serves what people ask for: refuses it or takes it on, has it done, and sees that one answer gets to Discord.

The one place that turns exceptions into sentences. Never logs what people write.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

import discord

from bot.cogs.courier import Components, Courier, DeliveryError, Origin, TakenError, Ticket, UndeliveredError
from bot.cogs.moderators import person
from bot.cogs.tasks import Done, Task, Tasks
from bot.cogs.threads import Workers
from bot.errors import StoppingError, ThrottledError
from bot.logs import event
from bot.page import page
from bot.permissions import Rules
from bot.render import components, draw
from bot.replies import error_reply, unforeseen_reply
from bot.throttle import Throttle
from corpus.errors import RapporteurError

MOST_REMEMBERED = 5_000  # deliveries of which a second one is recognised; the gateway repeats what is seconds old
LAST_WORDS_SECONDS = 1.0  # ours: for telling whoever is cut off; a container has ten in all before it is killed

Reach = Callable[[Components], Awaitable[None]]
Interaction = discord.Interaction[discord.Client]


@dataclass(slots=True)
class Log:
    """A request under way: what its one log line will say, and what is still owed to whoever asked.

    ``reach`` is the way to them, if it is open; ``answer`` what goes there, once it is known.
    """

    task: str
    via: str
    facts: dict[str, object] = field(default_factory=dict)
    reach: Reach | None = None
    answer: Components | None = None


@dataclass(slots=True)
class Desk:
    """Where all requests of one bot come in. ``rules`` says at each request who counts as a moderator."""

    tasks: Tasks
    throttle: Throttle
    courier: Courier
    workers: Workers
    rules: Callable[[discord.Client], Rules]
    spoiler: bool = False
    _seen: OrderedDict[int, None] = field(default_factory=OrderedDict)
    _underway: dict["asyncio.Task[object]", Log] = field(default_factory=dict)
    _is_open: bool = True

    def is_first(self, delivery: int) -> bool:
        """Whether an interaction or message, by its id, is delivered for the first time."""
        if delivery in self._seen:
            return False
        self._seen[delivery] = None
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def close(self, seconds: float) -> None:
        """Take nothing more on, give what is under way so many seconds to finish, and tell whoever is cut off then."""
        if not self._is_open:
            return
        self._is_open = False
        underway, unfinished = dict(self._underway), set["asyncio.Task[object]"]()
        if underway:
            _, unfinished = await asyncio.wait(underway, timeout=seconds)
        if unfinished:
            event("unfinished", logging.WARNING, requests=len(unfinished), seconds=seconds)
        # They wait for threads and for the courier, both of which bear it; discord.py would not.
        for task in unfinished:
            underway[task].facts.setdefault("outcome", StoppingError.key)
            task.cancel()
        last_words = {asyncio.create_task(self._tell_of_the_end(underway[task])) for task in unfinished}
        if left := last_words | unfinished | set(self._underway):
            _, unsaid = await asyncio.wait(left, timeout=LAST_WORDS_SECONDS)
            for task in unsaid:
                task.cancel()

    async def serve(self, interaction: Interaction, task: Task, via: str = "command") -> None:
        """Answer an interaction with what ``task`` gives: at once where quick or refused, else after a deferral."""
        ticket = self._ticket(interaction)
        with self._request(task.name, via) as log:
            try:
                if task.moderators:
                    self.rules(interaction.client).require_moderator(person(interaction))
                self._admit(task, interaction.user.id, interaction.guild_id)
                done = task.work() if task.quick else None
            except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
                await self._say(ticket, self._sorry(error, log), log, private=True)
                return
            if done is not None:
                await self._say(ticket, done, log, private=task.private)
                return
            log.reach = partial(self.courier.edit, ticket)  # even now: a deferral may arrive although nobody hears so
            if await self._is_acknowledged(interaction, ticket, task, log):
                await self._deliver(log.reach, self._draw(await self._do(task, log), log), log)

    async def answer(self, message: discord.Message, task: Task) -> None:
        """Reply to a message with what ``task`` gives."""
        origin = Origin(message.channel.id, message.id, self.courier.clock())
        with self._request(task.name, "message" if message.guild else "direct message") as log:
            try:
                self._admit(task, message.author.id, message.guild.id if message.guild else None)
            except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
                done = self._sorry(error, log)
                # A channel knows no private answers, and a refusal for every message would be a flood of its own. What
                # was said on a server has not been said in direct messages.
                place = message.author.id if message.guild else message.channel.id
                if isinstance(error, ThrottledError) and not self.throttle.may_tell(place):
                    return
                log.reach = partial(self.courier.post, origin)
            else:
                log.reach = partial(self.courier.post, origin)
                done = await self._do_in_sight(task, log, message.channel.id)
            await self._deliver(log.reach, self._draw(done, log), log)

    async def refuse(self, interaction: Interaction, error: Exception) -> None:
        """Say in private why an interaction cannot be served at all."""
        with self._request("none", "command") as log:
            await self._say(self._ticket(interaction), self._sorry(error, log), log, private=True)

    def _ticket(self, interaction: Interaction) -> Ticket:
        return Ticket(interaction.id, interaction.application_id, interaction.token, self.courier.clock())

    @contextmanager
    def _request(self, task: str, via: str) -> Iterator[Log]:
        """Count a request as under way, and log its one line at the end."""
        current = asyncio.current_task()
        log, started = Log(task, via), perf_counter()
        if current is not None:
            self._underway[current] = log
        try:
            yield log
        finally:
            if current is not None:
                self._underway.pop(current, None)
            milliseconds = round((perf_counter() - started) * 1000)
            facts = {"task": log.task, "via": log.via, **log.facts, "ms": milliseconds}
            event("request", logging.INFO, error=None, **facts)

    def _admit(self, task: Task, who: int, guild: int | None) -> None:
        """Raise what stands in the way of a task."""
        if not self._is_open:
            raise StoppingError
        if task.limited:
            self.throttle.admit(who, guild)
        for check in task.checks:
            check()

    async def _is_acknowledged(self, interaction: Interaction, ticket: Ticket, task: Task, log: Log) -> bool:
        """Ask Discord for more time; whether an answer can still be given."""
        pressed = interaction.message if interaction.type is discord.InteractionType.component else None
        try:
            if pressed is not None and pressed.flags.ephemeral:
                await self.courier.defer_update(ticket)  # its reader leafs through it in place
            else:
                await self.courier.defer(ticket, private=task.private)
        except UndeliveredError:
            return True  # it may have arrived after all
        except DeliveryError as error:
            _note(error, log)
            return False
        return True

    async def _do(self, task: Task, log: Log) -> Done:
        """The work, in a thread; what goes wrong becomes its sentence.

        An answer takes few milliseconds and could be made on the event loop; but a summary takes longer, and how
        large the corpus and how slow the machine is, nobody here knows. A thread costs a tenth of a millisecond.
        """
        try:
            done = await self.workers.do(task.work)
        except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
            return self._sorry(error, log)
        log.facts |= done.facts
        return done

    async def _do_in_sight(self, task: Task, log: Log, channel: int) -> Done:
        """The work, while the channel is shown after a moment that an answer is on its way."""
        typing = asyncio.create_task(self.courier.show_typing(channel))
        try:
            return await self._do(task, log)
        finally:
            typing.cancel()

    def _sorry(self, error: Exception, log: Log) -> Done:
        """The sentence for an error; one that nobody foresaw is logged under an id that the person is shown."""
        words = self.tasks.words
        if isinstance(error, RapporteurError):
            log.facts["outcome"] = error.key
            return Done(page(error_reply(words, error), words))
        error_id = secrets.token_hex(4)
        log.facts |= {"outcome": "unforeseen", "id": error_id}
        event("unforeseen", logging.ERROR, error=error, id=error_id, task=log.task)
        return Done(page(unforeseen_reply(words, error_id), words))

    def _draw(self, done: Done, log: Log) -> discord.ui.LayoutView:
        try:
            return draw(done.page, done.actions, spoiler=self.spoiler)
        except Exception as error:  # noqa: BLE001  # above all a quote that does not read back: it must not be shown
            return draw(self._sorry(error, log).page)

    async def _say(self, ticket: Ticket, done: Done, log: Log, *, private: bool) -> None:
        await self._deliver(partial(self.courier.say, ticket, private=private), self._draw(done, log), log)

    async def _deliver(self, reach: Reach, drawn: discord.ui.LayoutView, log: Log) -> None:
        log.answer = components(drawn)
        try:
            await reach(log.answer)
        except DeliveryError as error:
            _note(error, log)

    async def _tell_of_the_end(self, log: Log) -> None:
        """Give whoever was cut off their answer if it is there, and else say that the bot is on its way out.

        Should the answer have arrived already, nothing comes twice: an edit is the same again, a message is known.
        """
        if log.reach is None:
            return
        last = log.answer or components(self._draw(self._sorry(StoppingError(), log), log))
        with suppress(DeliveryError):
            await log.reach(last)


def _note(error: DeliveryError, log: Log) -> None:
    """Log an answer that did not get to its person; there is nobody left to tell."""
    taken = isinstance(error, TakenError)
    log.facts["undelivered"] = "answered elsewhere" if taken else str(error) or type(error).__name__
