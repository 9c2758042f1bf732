"""Small scenarios for tests."""

import msgspec

from frontdesk.kernel.settings import Queue
from frontdesk.simulator.laws import Exponential, Fixed, Law
from frontdesk.simulator.ledger import Count, Tallies, TeamTime, frame_of, tally
from frontdesk.simulator.replication import Replication
from frontdesk.simulator.scenario import Customers, Scenario, Staff


def small(
    *,
    per_hour: float = 60,
    agents: int = 3,
    handle_time: Law | None = None,
    patience: Law | None = None,
    **changes: object,
) -> Scenario:
    """One queue, one staff, two hours; `changes` replace fields of the scenario."""
    plain = Scenario(
        name="small",
        seed=3,
        replications=4,
        duration_min=120,
        interval_min=60,
        queues=(Queue(queue_id="calls", name="Calls"),),
        customers=(
            Customers(
                queue_id="calls",
                per_hour=per_hour,
                handle_time=handle_time or Exponential(mean_s=120),
                patience=patience or Fixed(value_s=60),
            ),
        ),
        staff=(Staff(staff_id="agent", queue_ids=("calls",), agents=agents),),
    )
    return msgspec.structs.replace(plain, **changes)


def with_customers(scenario: Scenario, **changes: object) -> Scenario:
    """The scenario with changes in its only stream of customers."""
    (customers,) = scenario.customers
    changed = msgspec.structs.replace(customers, **changes)
    return msgspec.structs.replace(scenario, customers=(changed,))


def with_queue(scenario: Scenario, **changes: object) -> Scenario:
    """The scenario with changes in its only queue."""
    (queue,) = scenario.queues
    return msgspec.structs.replace(scenario, queues=(msgspec.structs.replace(queue, **changes),))


def with_staff(scenario: Scenario, **changes: object) -> Scenario:
    """The scenario with changes in its only staff."""
    (staff,) = scenario.staff
    return msgspec.structs.replace(scenario, staff=(msgspec.structs.replace(staff, **changes),))


def run(scenario: Scenario, number: int = 0) -> Tallies:
    """One replication in this process."""
    frame = frame_of(scenario)
    return tally(scenario, frame, Replication(scenario, number, frame).run())


def total(tallies: Tallies, count: Count) -> float:
    """A count over all queues and intervals."""
    return float(tallies.queues[..., count].sum())


def minutes(tallies: Tallies, time: TeamTime, interval: int | slice = slice(None)) -> float:
    """Time of all teams, in minutes."""
    return float(tallies.teams[:, interval, time].sum()) / 60_000
