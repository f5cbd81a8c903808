"""Serves what people ask for: refuses it or takes it on, has it done, and sees that one answer gets to Discord.

The one place where exceptions end, as sentences. Never logs what people write.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

import discord
from cachetools import FIFOCache
from discord import app_commands

from bot.commands.command import OptionKind, Who
from bot.discord.audience import within
from bot.discord.completion import choices
from bot.discord.courier import Courier, DeliveryError, Origin, Ticket, UndeliveredError
from bot.discord.message import Message
from bot.discord.moderators import person
from bot.discord.pairs import Answer, Pairs
from bot.discord.pending import Log, Reach
from bot.discord.permissions import Rules
from bot.discord.problems import sorry
from bot.discord.render import components, draw
from bot.discord.sharing import Sharing, is_within_private
from bot.discord.tasks import Task, Tasks
from bot.discord.throttle import Asker, Throttle, Underway
from bot.discord.translation import voices_for, voices_of
from bot.discord.voices import Readers
from bot.discord.welcome import Welcome
from bot.discord.workers import Lanes, Workers
from bot.discord.works import Work
from bot.errors.serving import StoppingError, TooMuchError, UnsharedError
from bot.logs import event
from bot.saying.templates import Templates

REFUSALS_AT_ONCE = 8  # ours, for one person: more wait their turn, and those that Discord takes no more are given up
UNTOLD = "untold"  # the outcome of a message that is passed over in silence, since its writer has been told already
MOST_REMEMBERED = 5_000  # deliveries of which a second one is recognised; the gateway repeats what is seconds old
LAST_WORDS_SECONDS = 1.0  # ours: for telling whoever is cut off; a container has ten in all before it is killed

Interaction = discord.Interaction[discord.Client]


@dataclass(slots=True)
class Desk:
    """Where all requests of one bot come in. ``rules`` says at each request who counts as a moderator.

    ``throttle`` bounds how often people ask, ``load`` how much is done for them at a time. ``language`` is the one that
    was set, in which the bot speaks where everybody reads.
    """

    tasks: Tasks
    throttle: Throttle
    courier: Courier
    workers: Workers
    rules: Callable[[discord.Client], Rules]
    language: str | None = None
    spoiler: bool = False
    load: Underway = field(default_factory=Underway)
    welcome: Welcome = field(default_factory=Welcome)
    sharing: Sharing = field(default_factory=Sharing)
    pairs: Pairs[discord.Message] = field(default_factory=Pairs)
    readers: Readers = field(default_factory=Readers)
    _refusals: Lanes = field(default_factory=lambda: Lanes(REFUSALS_AT_ONCE))
    _seen: FIFOCache[int, None] = field(default_factory=lambda: FIFOCache(MOST_REMEMBERED))
    _underway: dict["asyncio.Task[object]", Log] = field(default_factory=dict)
    _is_open: bool = True

    def is_first(self, delivery: int) -> bool:
        """Whether an interaction or message, by its id, is delivered for the first time."""
        if delivery in self._seen:
            return False
        self._seen[delivery] = None
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
        """Answer an interaction with what ``task`` gives, after a deferral; a refusal comes at once and in private."""
        ticket = self._ticket(interaction)
        asker = _asker(interaction.user, interaction.channel_id, interaction.guild_id)
        with self._request(task.name, via, task.templates, asker.server) as log, ExitStack() as turn:
            try:
                self._admit(asker, turn)
                if task.who is not Who.EVERYONE:
                    self.rules(interaction.client).require(task.who, person(interaction))
                work = task.begin()
            except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
                turn.close()
                log.templates = task.voices.private
                await self._decline(ticket, asker.person, error, log)
                return
            log.reach = partial(self.courier.edit, ticket)  # even now: a deferral may arrive although nobody hears so
            if await self._is_acknowledged(interaction, ticket, task, log):
                done = await self._do(work, asker.person, log)
                if done.posted is not None:
                    await self._post_beside(ticket, done.posted, log)
                elif not (task.private or is_within_private(interaction)):
                    done = self.welcome.under(done, asker.server, task.voices.public)
                elif asker.server is not None:
                    done = self.sharing.offered(done, task.voices.private)
                await self._deliver(log.reach, self._draw(done, log), log)

    async def answer(self, message: discord.Message, task: Task, standing: Answer | None = None) -> int:
        """Reply to a message with what ``task`` gives, or in the place of ``standing``; Discord's code if refused."""
        origin = Origin(message.channel.id, message.id, self.courier.clock())
        if standing is None:
            self.pairs.ask(message.id)
            reach = partial(self.courier.post, origin)
        else:
            reach = partial(self.courier.amend, standing.channel, standing.id)
        asker = _asker(message.author, message.channel.id, message.guild.id if message.guild else None)
        via = "message" if message.guild else "direct message"
        with self._request(task.name, via, task.voices.public, asker.server) as log, ExitStack() as turn:
            if task.notice and not self.throttle.may_tell(task.name, asker):
                log.facts["outcome"] = UNTOLD
                return 0
            try:
                self._admit(asker, turn)
                work = task.begin()
            except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
                turn.close()
                # A channel knows no private answers, and a refusal for every message would be a flood of its own.
                if isinstance(error, TooMuchError | StoppingError) and not self.throttle.may_tell(error.key, asker):
                    log.facts["outcome"] = UNTOLD
                    return 0
                done = sorry(error, log)
                log.reach = reach
            else:
                log.reach = reach
                done = await self._do_in_sight(work, asker.person, log, message.channel.id)
                done = self.welcome.under(done, asker.server, task.voices.public)
            await self._deliver(log.reach, self._draw(done, log), log)
            return log.refusal

    async def refuse(self, interaction: Interaction, error: Exception) -> None:
        """Say in private why an interaction cannot be served at all."""
        templates = voices_of(interaction, self.language).private
        with self._request("none", "command", templates, interaction.guild_id) as log:
            await self._decline(self._ticket(interaction), interaction.user.id, error, log)

    def asked(self, interaction: Interaction) -> Tasks:
        """The tasks of whoever sent an interaction."""
        self.readers.meet(interaction.user.id, interaction.locale.value)
        return within(self.tasks.speaking(voices_of(interaction, self.language)), interaction)

    def heard(self, message: discord.Message) -> Tasks:
        """The tasks of whoever wrote a message."""
        return within(self.tasks.speaking(voices_for(message, self.language, self.readers)), message)

    def offered(self, interaction: Interaction, kind: OptionKind, typed: str) -> list[app_commands.Choice[str]]:
        """What a person who types an option may mean; nothing to a person who types faster than people do."""
        if not self.throttle.may_complete(interaction.user.id):
            return []
        return choices(self.tasks.keeper.service, voices_of(interaction, self.language).private, kind, typed)

    def _ticket(self, interaction: Interaction) -> Ticket:
        return Ticket(interaction.id, interaction.application_id, interaction.token, self.courier.clock())

    @contextmanager
    def _request(self, task: str, via: str, templates: Templates, server: int | None) -> Iterator[Log]:
        """Count a request as under way, and log its one line at the end."""
        current = asyncio.current_task()
        log, started = Log(task, via, templates), perf_counter()
        if current is not None:
            self._underway[current] = log
        try:
            yield log
        finally:
            if current is not None:
                self._underway.pop(current, None)
            milliseconds = round((perf_counter() - started) * 1000)
            place = "direct" if server is None else "server"
            facts = {"task": log.task, "via": log.via, **log.facts, "place": place, "ms": milliseconds}
            event("request", logging.INFO, error=None, same=None, **facts)

    def _admit(self, asker: Asker, turn: ExitStack) -> None:
        """Count a request as under way until ``turn`` ends. Raises what stands in its way, uncounted."""
        if not self._is_open:
            raise StoppingError
        turn.enter_context(self.load.one(asker.person))
        self.throttle.admit(asker)

    async def _decline(self, ticket: Ticket, who: int, error: Exception, log: Log) -> None:
        """Say in private why not. However many requests of one person are refused, nobody else's answer waits long."""
        async with self._refusals.turn(who):
            drawn = self._draw(sorry(error, log), log)
            await self._deliver(partial(self.courier.say, ticket, private=True), drawn, log)

    async def _is_acknowledged(self, interaction: Interaction, ticket: Ticket, task: Task, log: Log) -> bool:
        """Ask Discord for more time; whether an answer can still be given."""
        is_within = is_within_private(interaction)
        try:
            if is_within and not task.apart:
                await self.courier.defer_update(ticket)  # its reader leafs through it in place
            else:
                await self.courier.defer(ticket, private=task.private or is_within)
        except UndeliveredError:
            return True  # it may have arrived after all
        except DeliveryError as error:
            log.note(error)
            return False
        return True

    async def _do(self, work: Work, who: int, log: Log) -> Message:
        """The work, in a thread; what goes wrong becomes its sentence.

        An answer takes few milliseconds and could be made on the event loop; but a summary takes longer, and how
        large the corpus and how slow the machine is, nobody here knows. A thread costs a tenth of a millisecond.
        """
        try:
            done = await self.workers.do_for(who, work)
        except Exception as error:  # noqa: BLE001  # the one place: whatever it is becomes a sentence
            return sorry(error, log)
        log.facts |= done.facts
        return done

    async def _do_in_sight(self, work: Work, who: int, log: Log, channel: int) -> Message:
        """The work, while the channel is shown after a moment that an answer is on its way."""
        typing = asyncio.create_task(self.courier.show_typing(channel))
        try:
            return await self._do(work, who, log)
        finally:
            typing.cancel()

    def _draw(self, done: Message, log: Log) -> discord.ui.LayoutView:
        try:
            drawn = draw(done, spoiler=self.spoiler)
        except Exception as error:  # noqa: BLE001  # above all a quote that does not read back: it must not be shown
            return draw(sorry(error, log))
        log.enclosure = done.enclosure
        return drawn

    async def _deliver(self, reach: Reach, drawn: discord.ui.LayoutView, log: Log) -> bool:
        """Whether it got there."""
        log.answer = components(drawn)
        try:
            await (reach(log.answer, log.enclosure) if log.enclosure else reach(log.answer))
        except DeliveryError as error:
            log.note(error)
            return False
        return True

    async def _post_beside(self, ticket: Ticket, posted: Message, log: Log) -> None:
        """Post what all are to see; where it does not get there, say so to whoever asked alone."""
        follow = partial(self.courier.follow, ticket)
        if not await self._deliver(follow, self._draw(posted, log), log):
            await self._deliver(partial(follow, private=True), self._draw(sorry(UnsharedError(), log), log), log)

    async def _tell_of_the_end(self, log: Log) -> None:
        """Give whoever was cut off their answer if it is there, and else say that the bot is on its way out.

        Should the answer have arrived already, nothing comes twice: an edit is the same again, a message is known.
        """
        if log.reach is None:
            return
        last = log.answer or components(self._draw(sorry(StoppingError(), log), log))
        with suppress(DeliveryError):
            await (log.reach(last, log.enclosure) if log.answer and log.enclosure else log.reach(last))


def _asker(who: discord.abc.User, channel: int | None, server: int | None) -> Asker:
    return Asker(who.id, channel, server) if server is not None else Asker(who.id)
