"""One replication: the kernel in virtual time, between synthetic customers and synthetic agents.

Events are ordered by exact time, then by the order in which they were planned; the kernel is given
whole milliseconds. Whatever the kernel decides comes back as events, and those move the agents.
"""

import math
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import (
    AcceptOffer,
    Advance,
    AnyCommand,
    Author,
    CompleteWrapUp,
    EndContact,
    Presence,
    SaveSetting,
    SetPresence,
)
from frontdesk.kernel.refusals import Refusal
from frontdesk.simulator.cast import crews_of, opening_of, settings_of, start_ms
from frontdesk.simulator.demand import MINUTE_MS, Purpose, draw_demand, generator_for
from frontdesk.simulator.laws import Endless, draw
from frontdesk.simulator.ledger import Frame, Ledger, Outcome, TeamTime
from frontdesk.simulator.promises import Promises
from frontdesk.simulator.rota import Rota
from frontdesk.simulator.scenario import Customers, Scenario
from frontdesk.simulator.workers import Worker

# Members of enums are looked up by descriptor at every use; these are used for every contact.
UNRESOLVED, ANSWERED, ABANDONED, TURNED_AWAY, CALLED_BACK = (int(outcome) for outcome in Outcome)
CUSTOMER = Author.CUSTOMER

Handler = Callable[[float, Any], None]


class SimulationFault(AssertionError):
    """The kernel refused what a scenario must be able to do."""


class Replication:
    """Runs once."""

    def __init__(self, scenario: Scenario, number: int, frame: Frame) -> None:
        self.scenario = scenario
        self.number = number
        self.centre = Centre()
        self.base_ms = start_ms(scenario)
        demand = draw_demand(scenario, number)
        self.first_attempts = len(demand.arrive)
        self.patience = demand.patience
        self.work = demand.work
        self.wrap_up = demand.wrap_up
        self.callback_after = demand.callback_after
        self.ledger = Ledger(demand.stream, demand.arrive, demand.flows)
        self.openings = [opening_of(customers) for customers in scenario.customers]
        self.crews = crews_of(scenario, frame)
        self.workers = {w.agent_id: w for crew in self.crews for w in crew.workers}
        self.heap: list[tuple[float, int, Handler | None, Any]] = []
        self.order = 0
        self.now = 0.0
        # Any: what a decision is made of is known here; asking again would cost as much as acting.
        self.decide: Callable[[AnyCommand, int], Any] = self.centre.decide
        self.next_wakeup_ms = self.centre.state.deadlines.next_ms
        self.busy_spells = self.ledger.spells[TeamTime.BUSY]
        self.team_ratios = [customers.handle_ratio_by_team for customers in scenario.customers]
        self.index_of: dict[int, int] = {}
        self.rota = Rota(self)
        self.attempts: dict[int, int] = {}
        self.retry_draws = [
            generator_for(scenario, number, stream, Purpose.RETRY)
            for stream in range(len(scenario.customers))
        ]
        self.agent_draws = generator_for(scenario, number, 0, Purpose.AGENTS)
        self.reactions: dict[type, Callable[[Any, float], None]] = {
            ev.OfferAccepted: self.on_accepted,
            ev.WrapUpCompleted: self.on_wrapped_up,
            ev.ContactAbandoned: self.on_abandoned,
            ev.ContactClosed: self.on_closed,
            ev.PresenceChanged: self.rota.on_presence,
        }
        self.promises = Promises(self)
        if any(staff.accept_after is not None for staff in scenario.staff):
            self.reactions[ev.ContactOffered] = self.on_offered

    # -- the loop

    def run(self) -> Ledger:
        """From the first setting saved to the last contact gone."""
        self.set_up()
        arrive, opens, run_until = self.ledger.arrive, self.customer_opens, self.run_until
        for index in range(self.first_attempts):
            at = arrive[index]
            run_until(at)
            opens(at, index)
        run_until(math.inf)
        self.close_spells()
        return self.ledger

    def run_until(self, end: float) -> None:
        """All that happens up to this time: what is planned here, and what the kernel has due.

        The end of a conversation is planned without a handler and dealt with here: in a loaded
        centre half of all that happens is that, and a call is what a whole step costs elsewhere.
        """
        heap = self.heap
        while True:
            at = heap[0][0] if heap else math.inf
            due_ms = self.next_wakeup_ms()
            if due_ms is not None and due_ms - self.base_ms <= min(at, end):
                self.advance(due_ms)
                continue
            if at > end or not heap:
                return
            at, _, handler, subject = heappop(heap)
            self.now = at
            if handler is not None:
                handler(at, subject)
                continue
            contact_id, index, worker = subject
            if worker.crew.excess:
                self.leave_when_free(worker, at)
            events = self.decide(EndContact(contact_id, CUSTOMER), self.base_ms + int(at))
            assert events.__class__ is list, events
            if events[0].wrap_up_until_ms is None:
                self.release(index, worker, at)
            else:
                self.plan_wrap_up(events[0], index, at)
            if len(events) > 2:
                self.react(events[2:], at)

    def advance(self, due_ms: int) -> None:
        """What the kernel has due at this time; never earlier than what was before it."""
        self.now = max(self.now, float(due_ms - self.base_ms))
        self.react(self.command(Advance(), due_ms), self.now)

    def plan(self, at: float, handler: Handler, subject: object) -> None:
        self.order += 1
        heappush(self.heap, (at, self.order, handler, subject))

    def command(self, command: AnyCommand, now_ms: int) -> list[ev.AnyEvent]:
        """Have the kernel decide; a refusal here is a fault of the simulator or the kernel."""
        decision = self.decide(command, now_ms)
        if isinstance(decision, Refusal):
            raise SimulationFault(f"{type(command).__name__} refused: {decision.detail}")
        return decision

    def react(self, events: list[ev.AnyEvent], at: float) -> None:
        """Move customers and agents by what has happened."""
        reactions = self.reactions
        for event in events:
            reaction = reactions.get(event.__class__)
            if reaction is not None:
                reaction(event, at)

    def tell(self, command: AnyCommand, at: float) -> None:
        self.react(self.command(command, self.base_ms + int(at)), at)

    # -- before and after

    def set_up(self) -> None:
        """Save the settings and plan the working times."""
        for entity in settings_of(self.scenario, self.crews):
            self.command(SaveSetting(entity), self.base_ms)
        for crew in self.crews:
            self.rota.plan_crew(crew)
        self.run_until(0.0)

    def close_spells(self) -> None:
        """Agents still there at the very end have stayed until the last contact was done."""
        end = max([self.scenario.duration_min * MINUTE_MS, *self.busy_spells.end[-1:]])
        for worker in self.workers.values():
            if worker.present:
                since = worker.staffed_since
                self.ledger.spells[TeamTime.STAFFED].add(worker.team, since, max(since, end))

    # -- customers

    def customer_opens(self, at: float, index: int) -> None:
        """A customer arrives, and leaves again if nobody answers within the patience."""
        self.now = at
        ledger = self.ledger
        stream = ledger.stream[index]
        opening = self.openings[stream]
        if self.promises.offered[stream]:
            opening = opening_of(self.scenario.customers[stream], str(index))
        events = self.decide(opening, self.base_ms + int(at))
        assert events.__class__ is list, events
        contact_id = events[0].contact_id
        self.index_of[contact_id] = index
        if events[-1].__class__ is ev.OfferAccepted:
            self.on_accepted(events[-1], at)
            return
        self.react(events, at)
        patience = self.patience[index]
        if ledger.outcome[index] == UNRESOLVED and patience < math.inf:
            self.plan(at + patience, self.on_impatience, (contact_id, index))
        if ledger.outcome[index] == UNRESOLVED and self.promises.offered[stream]:
            self.promises.consider(at, contact_id, index)

    def on_impatience(self, at: float, subject: tuple[int, int]) -> None:
        """The customer hangs up, unless served or gone before."""
        contact_id, index = subject
        if self.ledger.outcome[index] == UNRESOLVED:
            self.tell(EndContact(contact_id, CUSTOMER), at)

    def on_abandoned(self, event: ev.ContactAbandoned, at: float) -> None:
        index = self.index_of[event.contact_id]
        ledger = self.ledger
        ledger.outcome[index] = ABANDONED
        ledger.wait[index] = at - ledger.arrive[index]
        stream = ledger.stream[index]
        customers = self.scenario.customers[stream]
        if customers.retry is not None:
            self.consider_retry(customers, stream, index, at)

    def consider_retry(self, customers: Customers, stream: int, index: int, at: float) -> None:
        """Some of those who gave up try again later."""
        retry = customers.retry
        assert retry is not None
        attempt = self.attempts.pop(index, 1)
        generator = self.retry_draws[stream]
        if attempt >= retry.attempts_max or generator.random() >= retry.ratio:
            return
        later = at + float(draw(retry.after, generator, 1)[0]) * 1000
        again = self.ledger.add_attempt(stream, later, retry_of=index)
        self.attempts[again] = attempt + 1
        for times, law in (
            (self.patience, customers.patience),
            (self.work, customers.handle_time),
            (self.wrap_up, customers.wrap_up),
            (self.callback_after, customers.callback_after or Endless()),
        ):
            fresh = None if retry.same_draws else float(draw(law, generator, 1)[0]) * 1000
            times.append(times[index] if fresh is None else fresh)
        self.plan(later, self.customer_opens, again)

    def on_closed(self, event: ev.ContactClosed, _at: float) -> None:
        """Closed without an answer and without having given up: there was no place for it."""
        index = self.index_of[event.contact_id]
        if self.ledger.outcome[index] == UNRESOLVED:
            self.ledger.outcome[index] = TURNED_AWAY

    # -- agents and contacts

    def on_offered(self, event: ev.ContactOffered, at: float) -> None:
        """An agent who accepts by hand takes some time, or misses the offer."""
        staff = self.workers[event.agent_id].crew.staff
        if staff.accept_after is None:
            return
        if staff.miss_ratio and self.agent_draws.random() < staff.miss_ratio:
            return
        delay = float(draw(staff.accept_after, self.agent_draws, 1)[0]) * 1000
        self.plan(at + delay, self.on_accept, (event.offer_id, event.agent_id))

    def on_accept(self, at: float, subject: tuple[int, str]) -> None:
        """The agent accepts; an offer that is gone by then is nobody's fault."""
        decision = self.decide(AcceptOffer(*subject), self.base_ms + int(at))
        if not isinstance(decision, Refusal):
            self.react(decision, at)

    def on_accepted(self, event: ev.OfferAccepted, at: float) -> None:
        contact_id = event.contact_id
        index = self.index_of[contact_id]
        ledger = self.ledger
        if ledger.outcome[index] == UNRESOLVED:
            ledger.outcome[index] = ANSWERED
            ledger.wait[index] = at - ledger.arrive[index]
        else:
            self.promises.reached_at[index] = at
        worker = self.workers[event.agent_id]
        if worker.load == 0:
            worker.busy_since = at
        worker.load += 1
        work = self.work[index]
        ratios = self.team_ratios[ledger.stream[index]]
        if ratios:
            work *= ratios.get(worker.team_id or "", 1.0)
        if worker.shares:
            self.plan(worker.take(at, work, (contact_id, index)), self.on_mark, worker.mark())
        else:
            self.order = order = self.order + 1
            heappush(self.heap, (at + work, order, None, (contact_id, index, worker)))

    def on_mark(self, at: float, mark: tuple[Worker, int]) -> None:
        """The nearest contact of an agent with several ends, if the plan still stands."""
        worker = mark[0]
        if worker.mark() != mark:
            return
        contact_id, index = worker.finish_next(at)
        following = worker.next_end(at)
        if following < math.inf:
            self.plan(following, self.on_mark, worker.mark())
        self.order += 1
        heappush(self.heap, (at, self.order, None, (contact_id, index, worker)))

    def leave_when_free(self, worker: Worker, at: float) -> None:
        """Of a crew that is too large, whoever is free first goes."""
        worker.crew.excess -= 1
        self.tell(SetPresence(worker.agent_id, Presence.OFFLINE, when_free=True), at)

    def plan_wrap_up(self, event: ev.EngagementEnded, index: int, at: float) -> None:
        """The agent finishes by itself, unless the kernel's limit comes first."""
        assert event.wrap_up_until_ms is not None
        done = at + self.wrap_up[index]
        if done < event.wrap_up_until_ms - self.base_ms:
            self.plan(done, self.on_wrap_up_done, (event.engagement_id, event.agent_id))

    def on_wrap_up_done(self, at: float, subject: tuple[int, str]) -> None:
        self.tell(CompleteWrapUp(*subject), at)

    def on_wrapped_up(self, event: ev.WrapUpCompleted, at: float) -> None:
        self.release(self.index_of[event.contact_id], self.workers[event.agent_id], at)

    def release(self, index: int, worker: Worker, at: float) -> None:
        """An agent has one contact less."""
        ledger = self.ledger
        if ledger.outcome[index] == CALLED_BACK:
            ledger.handle[index] = at - self.promises.reached_at[index]
        else:
            ledger.handle[index] = at - ledger.arrive[index] - ledger.wait[index]
        worker.load = load = worker.load - 1
        if load == 0:
            self.busy_spells.add(worker.team, worker.busy_since, at)
