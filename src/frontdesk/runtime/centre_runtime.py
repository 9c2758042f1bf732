"""A centre at work in this process: what the API, the channels and the command line hold."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from typing import Protocol

import msgspec

from frontdesk.journal.envelope import Envelope, Position
from frontdesk.journal.errors import JournalError
from frontdesk.journal.lease import Lease
from frontdesk.journal.port import Journal
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import AnyCommand
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.bus import Bus, Subscription
from frontdesk.runtime.clock import Clock, SystemClock
from frontdesk.runtime.errors import Unavailable, UnavailableReason
from frontdesk.runtime.following import Feed, Follower, Stretch, supervise
from frontdesk.runtime.inbox import Answer, Outcome, Ticket
from frontdesk.runtime.loading import Loaded, load_centre
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.writer import Mode, Writer
from frontdesk.views.live import LiveView

log = logging.getLogger(__name__)

COMMAND_ID_CHARACTERS_MAX = 200


class Reconciler(Protocol):
    """A channel's word on what became of its contacts while nobody was writing."""

    @property
    def name(self) -> str: ...

    async def reconcile(self, centre: Centre) -> Sequence[AnyCommand]:
        """Commands that bring the centre in line with the world: the first it decides.

        Asked after every load, also when the process and its connections never went away.
        """
        ...


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a centre is, for ``/healthz`` and the curious."""

    centre: str
    mode: Mode
    seq: int
    snapshot_seq: int
    inbox: int
    subscribers: int
    recoveries: int
    last_error: str | None
    holder: Lease | None
    followers: dict[str, int]
    """Events each follower is behind."""


class CentreRuntime:
    """One centre: `start` it, `submit` commands, read `centre` and `live`, `subscribe`, `stop`."""

    def __init__(
        self,
        journal: Journal[AnyEvent],
        *,
        clock: Clock | None = None,
        settings: RuntimeSettings | None = None,
        reconcilers: Sequence[Reconciler] = (),
        followers: Sequence[Follower] = (),
    ) -> None:
        self._journal = journal
        self._clock = clock or SystemClock()
        self._settings = settings or RuntimeSettings()
        self._reconcilers = list(reconcilers)
        self._followers = list(followers)
        self._bus = Bus(self._settings.subscription_batches_max)
        self._writer = Writer(
            journal, self._clock, self._bus, self._settings, self._load, self._reconcile
        )
        self._feed = Feed(journal, self._bus, lambda: self.position.seq)
        self._tasks: list[asyncio.Task[None]] = []
        self._holder: Lease | None = None

    # -- life

    def add_reconciler(self, reconciler: Reconciler) -> None:
        """For channels that are made after the runtime; before `start`."""
        self._reconcilers.append(reconciler)

    def add_follower(self, follower: Follower) -> None:
        """For followers that answer with commands, which are made after it; before `start`."""
        self._followers.append(follower)

    async def start(self) -> None:
        """Claims, loads and serves the centre.

        Raises CentreHeld when another process is the writer, JournalUnavailable when the journal
        can't be reached, UnknownEvent or JournalCorrupt when it can't be read.
        """
        try:
            await self._writer.start()
            self._holder = await self._journal.find_lease()
        except BaseException:
            await self._journal.close()
            raise
        self._tasks = [asyncio.create_task(self._writer.run(), name="writer")]
        self._tasks += [
            asyncio.create_task(supervise(f, self._feed, self._clock, self._settings), name=f.name)
            for f in self._followers
        ]
        log.info("The centre is served", extra={"centre": self.name, "seq": self.position.seq})

    async def stop(self) -> None:
        """Decides what is in the inbox, keeps a snapshot, lets the centre go."""
        if not self._tasks:
            return
        self._writer.stop()
        if self._writer.mode is not Mode.SERVING:
            self._tasks[0].cancel()
        for follower in self._tasks[1:]:
            follower.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self._save_last_snapshot()
        await self._journal.close()
        log.info("The centre has stopped", extra={"centre": self.name, "seq": self.position.seq})

    async def _save_last_snapshot(self) -> None:
        loaded = self._writer.loaded
        if loaded is None or not self._writer.is_sound:
            return
        if loaded.position.seq > loaded.snapshot_seq:
            await self._writer.save_snapshot(loaded)

    async def _load(self) -> Loaded:
        return await load_centre(self._journal)

    async def _reconcile(self, loaded: Loaded) -> list[AnyCommand]:
        commands: list[AnyCommand] = []
        for reconciler in self._reconcilers:
            try:
                async with asyncio.timeout(self._settings.reconcile_ms_max / 1_000):
                    commands += await reconciler.reconcile(loaded.centre)
            except TimeoutError:
                log.warning(
                    "A channel took too long to say what became of its contacts",
                    extra={"centre": self.name, "reconciler": reconciler.name},
                )
        return commands

    # -- commands

    async def submit(
        self,
        command: AnyCommand,
        actor: str,
        command_id: str | None = None,
        cause: Envelope[AnyEvent] | None = None,
    ) -> Answer:
        """Has the command decided; returns when its events are durable, or with a refusal.

        ``actor`` is who asks (``agent:ann``, ``customer:…``, ``system:…``). A ``command_id`` makes
        it safe to send again: a command that was obeyed under it is answered with the same events,
        across restarts too. ``cause`` is the event that the command answers.

        Raises Unavailable, after which the same may be sent again, or CommandFailed.
        """
        if command_id is not None:
            assert 0 < len(command_id) <= COMMAND_ID_CHARACTERS_MAX, "command ids are short"
            if (known := await self._find_known(command_id)) is not None:
                return known
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._writer.submit(Ticket(command, actor, command_id, cause, future))
        return await future

    async def _find_known(self, command_id: str) -> Outcome | None:
        known = self._writer.known.find(command_id)
        if known is not None or self._writer.mode is not Mode.SERVING:
            return known
        try:
            found = await self._journal.find_command(command_id)
        except JournalError as error:
            raise Unavailable(UnavailableReason.RECOVERING) from error
        return Outcome(found, repeated=True) if found else None

    # -- reading

    @property
    def name(self) -> str:
        """The centre's name."""
        return self._journal.centre

    @property
    def settings(self) -> RuntimeSettings:
        return self._settings

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def position(self) -> Position:
        """How far the live view is: what is durable and was told."""
        loaded = self._writer.loaded
        return loaded.position if loaded is not None else Position(0, 0)

    @property
    def centre(self) -> Centre:
        """The kernel's centre, for questions only; it may be a group ahead of what is durable.

        Never keep it: a recovery replaces it. Raises Unavailable while there is none to trust.
        """
        loaded = self._writer.loaded
        if loaded is None or not self._writer.is_sound:
            raise self._writer.build_unavailable()
        return loaded.centre

    @property
    def live(self) -> LiveView:
        """The live view: only what is durable. Never keep it: a recovery replaces it.

        Raises Unavailable before the centre was loaded for the first time.
        """
        if self._writer.loaded is None:
            raise self._writer.build_unavailable()
        return self._writer.loaded.live

    async def load_at(self, seq: int) -> Loaded:
        """A centre of one's own as it was just after event ``seq``. Raises the journal's errors."""
        return await load_centre(self._journal, until_seq=seq)

    def subscribe(self) -> Subscription:
        """Listens to what becomes durable from now on; `position` and `live` are of this moment."""
        return self._bus.subscribe()

    def follow(
        self, after_seq: int, types: Collection[str] | None = None
    ) -> AsyncIterator[Stretch]:
        """Every event after ``after_seq``, in order, without end. Raises the journal's errors."""
        return self._feed.follow(after_seq, types)

    def status(self) -> Status:
        """How the centre is, right now."""
        writer = self._writer
        return Status(
            centre=self.name,
            mode=writer.mode,
            seq=self.position.seq,
            snapshot_seq=writer.loaded.snapshot_seq if writer.loaded else 0,
            inbox=len(writer.inbox),
            subscribers=self._bus.subscriber_count,
            recoveries=writer.recovery_count,
            last_error=writer.last_error,
            holder=self._holder,
            followers={f.name: self.position.seq - f.seq for f in self._followers},
        )
