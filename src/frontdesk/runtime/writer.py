"""The one task that decides for a centre.

It takes what waits in the inbox, decides it, makes the events durable in one append, and only then
tells anybody. It never repairs: when an append fails or an invariant breaks, the state is thrown
away and built again from the journal, which also says what became of an append whose answer was
lost. So a bad day and a restart are the same code.

::

    starting ──> serving ──> stopped
                 │     ▲
                 ▼     │
               recovering          (held_elsewhere: the same, while another process is the writer)
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum

from frontdesk.journal.envelope import Envelope
from frontdesk.journal.errors import CentreHeld, JournalError, JournalUnavailable
from frontdesk.journal.port import Journal
from frontdesk.kernel.commands import Advance, AnyCommand
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.bus import Batch, Bus
from frontdesk.runtime.clock import Alarm, Clock, pause
from frontdesk.runtime.errors import CommandFailed, Unavailable, UnavailableReason
from frontdesk.runtime.group import Group, InvariantBroken
from frontdesk.runtime.inbox import Inbox, OutcomeMemory, Ticket
from frontdesk.runtime.loading import Loaded
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.views.changes import Changes, add_change

log = logging.getLogger(__name__)

CLOCK_ACTOR = "system:clock"
RECONCILE_ACTOR = "system:reconcile"


class Mode(Enum):
    """Where the writer stands; all but serving refuse commands."""

    STARTING = "starting"
    SERVING = "serving"
    RECOVERING = "recovering"
    HELD_ELSEWHERE = "held_elsewhere"
    STOPPED = "stopped"


Load = Callable[[], Awaitable[Loaded]]
Reconcile = Callable[[Loaded], Awaitable[Sequence[AnyCommand]]]


class Writer:
    """Owns the centre's state while it holds the centre."""

    def __init__(
        self,
        journal: Journal[AnyEvent],
        clock: Clock,
        bus: Bus,
        settings: RuntimeSettings,
        load: Load,
        reconcile: Reconcile,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._bus = bus
        self._settings = settings
        self._load = load
        self._reconcile = reconcile
        self._stopping = False
        self._sound = False
        self._doubtful: Group | None = None
        self._alarm: Alarm | None = None
        self._saving: asyncio.Task[None] | None = None
        self._no_snapshot_before_s = 0.0
        self.inbox = Inbox(settings.inbox_max)
        self.known = OutcomeMemory(settings.outcomes_remembered_max)
        self.mode = Mode.STARTING
        self.loaded: Loaded | None = None
        self.last_error: str | None = None
        self.recovery_count = 0

    # -- for callers

    def submit(self, ticket: Ticket) -> None:
        """Queues a command. Raises Unavailable when it can't be decided now."""
        if self.mode is not Mode.SERVING or self._stopping:
            raise self.build_unavailable()
        self.inbox.put(ticket)

    @property
    def is_sound(self) -> bool:
        """Whether the state may be trusted: nothing has broken since it was loaded."""
        return self._sound

    def build_unavailable(self, *, outcome_unknown: bool = False) -> Unavailable:
        """Why nothing is decided now."""
        reason = UnavailableReason.STOPPED
        if not self._stopping and self.mode is not Mode.SERVING:
            reason = UnavailableReason(self.mode.value)
        detail = self.last_error if reason is UnavailableReason.HELD_ELSEWHERE else None
        return Unavailable(reason, detail or "", outcome_unknown=outcome_unknown)

    def stop(self) -> None:
        """Lets the writer finish what is in the inbox; `run` returns then."""
        self._stopping = True
        self.inbox.arrived.set()

    # -- supervision

    async def start(self) -> None:
        """Claims and loads the centre. Raises the journal's errors: nothing is tried again."""
        await self._take_up()

    async def run(self) -> None:
        """Serves until stopped, starting again from the journal whenever something breaks."""
        try:
            while not await self._serve_supervised():
                if not await self._recover():
                    break
        finally:
            await self._close()

    async def _serve_supervised(self) -> bool:
        """Whether service ended because it was asked to."""
        try:
            await self._serve()
        except Exception as error:  # noqa: BLE001 - supervision
            self._meet(error)
            return False
        return True

    def _meet(self, error: Exception) -> None:
        self.mode = Mode.RECOVERING
        self._sound = False
        self.recovery_count += 1
        self.last_error = str(error) or type(error).__name__
        unforeseen = not isinstance(error, JournalError)
        log.error(
            "The writer lost its state and starts again from the journal",
            extra={"centre": self._journal.centre, "error": self.last_error},
            exc_info=error if unforeseen else None,
        )
        if isinstance(error, InvariantBroken):
            error.ticket.fail(CommandFailed(str(error)))
            self.inbox.put_back(error.earlier)
        else:
            self.inbox.fail_all(self.build_unavailable())

    async def _recover(self) -> bool:
        """Whether the centre was taken up again; False: it was stopped instead."""
        wait_ms = 0
        while not self._stopping:
            await pause(self._clock, wait_ms)
            try:
                await self._take_up()
            except Exception as error:  # noqa: BLE001 - supervision
                self._note_failed_recovery(error)
            else:
                log.info("The writer is back", extra={"centre": self._journal.centre})
                return True
            wait_ms = max(self._settings.retry_first_ms, wait_ms * 2)
            wait_ms = min(wait_ms, self._settings.retry_last_ms)
        return False

    def _note_failed_recovery(self, error: Exception) -> None:
        self.mode = Mode.HELD_ELSEWHERE if isinstance(error, CentreHeld) else Mode.RECOVERING
        self.last_error = str(error) or type(error).__name__
        self.inbox.fail_all(self.build_unavailable())
        log.warning(
            "The centre can't be taken up yet",
            extra={"centre": self._journal.centre, "error": self.last_error},
            exc_info=None if isinstance(error, JournalError) else error,
        )

    async def _close(self) -> None:
        self.mode = Mode.STOPPED
        self._set_alarm(None)
        self.inbox.fail_all(self.build_unavailable())
        if self._doubtful is not None:
            self._doubtful.fail(self.build_unavailable(outcome_unknown=True))
            self._doubtful = None
        if self._saving is not None:
            await self._saving

    async def _take_up(self) -> None:
        position = await self._journal.claim()
        loaded = await self._load()
        assert loaded.position.seq == position.seq, "what was claimed is what was loaded"
        await self._settle_doubtful()
        tickets = [Ticket(c, RECONCILE_ACTOR) for c in await self._reconcile(loaded)]
        self.loaded = loaded
        self.inbox.put_back(tickets)
        self.mode = Mode.SERVING
        self._sound = True
        self.last_error = None
        self._bus.cut_all_off()

    async def _settle_doubtful(self) -> None:
        group = self._doubtful
        if group is None:
            return
        after_seq = group.envelopes[0].seq - 1
        found: list[Envelope[AnyEvent]] = []
        async for chunk in self._journal.read(after_seq, group.end.seq):
            found += chunk
        self._doubtful = None
        if found == group.envelopes:
            group.settle()
        else:
            group.fail(Unavailable(UnavailableReason.RECOVERING))

    # -- service

    async def _serve(self) -> None:
        while not self._stopping or len(self.inbox) > 0:
            if len(self.inbox) == 0 and not self._is_due():
                await self._wait()
                continue
            group = self._decide_group(self._get_loaded())
            await self._make_durable(group)
            self._publish(self._get_loaded(), group)
            self._save_snapshot_if_due()

    def _get_loaded(self) -> Loaded:
        assert self.loaded is not None, "the writer serves a loaded centre"
        return self.loaded

    def _is_due(self) -> bool:
        due_ms = self._get_loaded().centre.next_wakeup_ms()
        return due_ms is not None and due_ms <= self._now_ms()

    def _now_ms(self) -> int:
        return max(self._clock.now_ms(), self._get_loaded().position.at_ms)

    async def _wait(self) -> None:
        """Returns when there is a command, a deadline may be due, or the journal was asked."""
        heartbeat_ms = self._clock.now_ms() + self._settings.heartbeat_ms
        due_ms = self._get_loaded().centre.next_wakeup_ms()
        self._set_alarm(min(heartbeat_ms, heartbeat_ms if due_ms is None else due_ms))
        self.inbox.arrived.clear()
        await self.inbox.arrived.wait()
        if self._clock.now_ms() >= heartbeat_ms:
            await self._journal.check()

    def _set_alarm(self, at_ms: int | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        arrived = self.inbox.arrived
        self._alarm = None if at_ms is None else self._clock.call_at(at_ms, arrived.set)

    def _decide_group(self, loaded: Loaded) -> Group:
        group = Group(loaded.centre, loaded.position, self._clock.now_ms(), self.known)
        if self._is_due():
            group.decide(Ticket(Advance(), CLOCK_ACTOR))
            assert not self._is_due(), "what was due has been done"
        while (
            len(self.inbox) > 0
            and len(group.answers) < self._settings.group_commands_max
            and len(group.envelopes) < self._settings.group_events_max
        ):
            group.decide(self.inbox.take())
        return group

    async def _make_durable(self, group: Group) -> None:
        if not group.envelopes:
            return
        try:
            await self._journal.append(group.envelopes)
        except JournalError as error:
            if isinstance(error, JournalUnavailable) and error.outcome_unknown:
                self._doubt(group)
            else:
                group.fail(Unavailable(UnavailableReason.RECOVERING))
            raise
        except Exception:
            self._doubt(group)
            raise

    def _doubt(self, group: Group) -> None:
        self._doubtful = group
        lost = Unavailable(UnavailableReason.RECOVERING, outcome_unknown=True)
        self._clock.call_at(
            self._clock.now_ms() + self._settings.doubt_ms_max, lambda: group.fail(lost)
        )

    def _publish(self, loaded: Loaded, group: Group) -> None:
        if group.envelopes:
            changes: Changes = {}
            for envelope in group.envelopes:
                for key, agent_ids in loaded.live.fold(envelope).items():
                    add_change(changes, key, agent_ids)
            loaded.position = group.end
            self._bus.publish(Batch(envelopes=group.envelopes, changes=changes))
        group.settle()

    # -- snapshots

    def _save_snapshot_if_due(self) -> None:
        loaded = self._get_loaded()
        fresh = loaded.position.seq - loaded.snapshot_seq
        is_due = fresh >= self._settings.snapshot_every_events and self._saving is None
        if is_due and time.monotonic() >= self._no_snapshot_before_s:
            self._saving = asyncio.create_task(self._save(loaded))

    async def _save(self, loaded: Loaded) -> None:
        await self.save_snapshot(loaded)
        self._saving = None

    async def save_snapshot(self, loaded: Loaded) -> None:
        """Keeps the centre as it stands between two groups.

        Failing is no harm but a slower start, so it is only logged; the next one comes in time.
        """
        seq = loaded.snapshot_seq = loaded.position.seq
        started_s = time.monotonic()
        try:
            snapshot = loaded.dump()
            pause_s = time.monotonic() - started_s
            rest_s = pause_s / self._settings.snapshot_pause_ratio_max
            self._no_snapshot_before_s = started_s + rest_s
            await self._journal.save_snapshot(snapshot)
        except Exception:
            log.exception("A snapshot could not be kept", extra={"seq": seq})
        else:
            log.info("A snapshot was kept", extra={"seq": seq, "pause_ms": int(pause_s * 1_000)})
