"""Reads a scenario from a file and refuses, by place, what can't be simulated."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.refusals import Refusal
from frontdesk.simulator.cast import crews_of, settings_of
from frontdesk.simulator.laws import Endless, Law, complaint
from frontdesk.simulator.ledger import frame_of
from frontdesk.simulator.scenario import Customers, Scenario, SelfService, Staff, clock_min

Complaint = tuple[str, str]
REPLICATIONS_MAX = 100_000
AGENTS_MAX = 20_000
CONTACTS_MAX = 20_000_000


class ScenarioError(ValueError):
    """A scenario that can't be run. The text names the file and the place in it."""


def read_scenario(path: Path) -> Scenario:
    """Parse and check a `.toml` or `.json` file.

    Raises ScenarioError for a file that is missing, malformed or makes no sense.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ScenarioError(f"{path}: can't be read: {error.strerror}") from error
    try:
        scenario = parse_scenario(data, path.suffix.lower())
        require_sense(scenario)
    except ScenarioError as error:
        raise ScenarioError(f"{path}: {error}") from error
    return scenario


def parse_scenario(data: bytes, suffix: str) -> Scenario:
    """Decode by the file's suffix; a wrong key or type is named by its place."""
    try:
        if suffix == ".json":
            return msgspec.json.decode(data, type=Scenario)
        if suffix == ".toml":
            return msgspec.convert(tomllib.loads(data.decode()), type=Scenario)
    except msgspec.ValidationError as error:
        raise ScenarioError(readable(str(error))) from error
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"is not well-formed: {error}") from error
    raise ScenarioError("a scenario file ends in .toml or .json")


def readable(message: str) -> str:
    """msgspec's `… - at `$.customers[0].patience`` with the place first."""
    text, mark, place = message.rpartition(" - at `$")
    return f"{place.rstrip('`').lstrip('.')}: {text}" if mark else message


def require_sense(scenario: Scenario) -> None:
    """Raise ScenarioError with the first complaint, the kernel's own about settings included."""
    for place, wrong in complaints(scenario):
        raise ScenarioError(f"{place}: {wrong}")
    centre = Centre()
    for entity in settings_of(scenario, crews_of(scenario, frame_of(scenario))):
        refusal = centre.decide(SaveSetting(entity), 0)
        if isinstance(refusal, Refusal):
            raise ScenarioError(f"the centre refuses this setting: {refusal.detail} {entity!r}")


def complaints(scenario: Scenario) -> Iterator[Complaint]:
    """Every complaint about the whole scenario, in the file's order."""
    yield from complaints_of_frame(scenario)
    yield from complaints_of_names(scenario)
    for name, law in scenario.busyness.items():
        yield from complaints_of_law(f"busyness.{name}", law)
    for index, flow in enumerate(scenario.flows):
        yield from complaints_of_flow(f"flows[{index}]", flow)
    for index, customers in enumerate(scenario.customers):
        yield from complaints_of_customers(scenario, f"customers[{index}]", customers)
    for index, staff in enumerate(scenario.staff):
        yield from complaints_of_staff(scenario, f"staff[{index}]", staff)


def complaints_of_frame(scenario: Scenario) -> Iterator[Complaint]:
    """Times and counts of the experiment as a whole."""
    if not 2 <= scenario.replications <= REPLICATIONS_MAX:
        yield "replications", f"must be from 2 to {REPLICATIONS_MAX}; one run has no confidence"
    if not 0 <= scenario.seed < 2**63:
        yield "seed", "must be a whole number of zero or more"
    if not 0 < scenario.duration_min < 1e7:
        yield "duration_min", "must be greater than zero"
    if min(scenario.warm_up_min, scenario.cool_down_min) < 0:
        yield "warm_up_min, cool_down_min", "must not be negative"
    if scenario.warm_up_min + scenario.cool_down_min >= scenario.duration_min:
        yield "duration_min", "must be longer than warm-up and cool-down together"
    if scenario.interval_min <= 0:
        yield "interval_min", "must be greater than zero"
    yield from complaints_of_clock("start", scenario.start)
    try:
        dt.date.fromisoformat(scenario.date)
    except ValueError as error:
        yield "date", str(error)


def complaints_of_names(scenario: Scenario) -> Iterator[Complaint]:
    """Ids are unique and there is something to simulate."""
    for kind, ids in (
        ("queues", [queue.queue_id for queue in scenario.queues]),
        ("teams", [team.team_id for team in scenario.teams]),
        ("staff", [staff.staff_id for staff in scenario.staff]),
        ("flows", [flow.flow_id for flow in scenario.flows]),
    ):
        double = next((one for one in ids if ids.count(one) > 1), None)
        if double is not None:
            yield kind, f"the id {double!r} occurs twice"
    for kind, parts in (
        ("queues", scenario.queues),
        ("customers", scenario.customers),
        ("staff", scenario.staff),
    ):
        if not parts:
            yield kind, "must not be empty"
    teams = {team.team_id for team in scenario.teams}
    for index, queue in enumerate(scenario.queues):
        yield from complaints_of_ids(f"queues[{index}].home_team_ids", queue.home_team_ids, teams)


def complaints_of_customers(
    scenario: Scenario, place: str, customers: Customers
) -> Iterator[Complaint]:
    """A stream's queue, rates and laws."""
    queues = {queue.queue_id for queue in scenario.queues}
    channels = {rule.channel for rule in scenario.channels}
    teams = {team.team_id for team in scenario.teams}
    yield from complaints_of_ids(f"{place}.queue_id", (customers.queue_id,), queues)
    yield from complaints_of_ids(f"{place}.channel", (customers.channel,), channels)
    yield from complaints_of_ids(
        f"{place}.handle_ratio_by_team", tuple(customers.handle_ratio_by_team), teams
    )
    if any(ratio <= 0 for ratio in customers.handle_ratio_by_team.values()):
        yield f"{place}.handle_ratio_by_team", "must be greater than zero"
    if (customers.per_hour is None) == (not customers.periods):
        yield place, "give either per_hour or periods"
    rates = [customers.per_hour or 0.0, *(period.per_hour for period in customers.periods)]
    if min(rates) < 0:
        yield f"{place}.per_hour", "must not be negative"
    if max(rates) * scenario.duration_min / 60 > CONTACTS_MAX:
        yield f"{place}.per_hour", f"more than {CONTACTS_MAX} customers in one replication"
    yield from complaints_of_starts(
        f"{place}.periods", tuple(period.start for period in customers.periods)
    )
    if customers.busyness is not None:
        yield from complaints_of_ids(
            f"{place}.busyness", (customers.busyness,), set(scenario.busyness)
        )
    if customers.self_service is not None:
        flows = {flow.flow_id for flow in scenario.flows}
        yield from complaints_of_ids(f"{place}.self_service", (customers.self_service,), flows)
    for name, law in laws_of(customers):
        yield from complaints_of_law(f"{place}.{name}", law)
    retry = customers.retry
    if retry is not None and not (0 <= retry.ratio <= 1 and retry.attempts_max >= 1):
        yield f"{place}.retry", "ratio must lie from 0 to 1 and attempts_max be 1 or more"


def complaints_of_flow(place: str, flow: SelfService) -> Iterator[Complaint]:
    """A flow's shares and the time in it."""
    shares = (flow.contained_ratio, flow.left_ratio)
    if min(shares) < 0 or sum(shares) > 1:
        yield place, "contained_ratio and left_ratio must lie from 0 to 1, and together too"
    if isinstance(flow.time, Endless):
        yield f"{place}.time", "must have an end"
    yield from complaints_of_law(f"{place}.time", flow.time)


def laws_of(customers: Customers) -> Iterator[tuple[str, Law]]:
    """Every law a stream names, with its place."""
    yield "patience", customers.patience
    yield "handle_time", customers.handle_time
    yield "wrap_up", customers.wrap_up
    if customers.callback_after is not None:
        yield "callback_after", customers.callback_after
    if customers.retry is not None:
        yield "retry.after", customers.retry.after
    for index, period in enumerate(customers.periods):
        if period.patience is not None:
            yield f"periods[{index}].patience", period.patience
        if period.handle_time is not None:
            yield f"periods[{index}].handle_time", period.handle_time


def complaints_of_staff(scenario: Scenario, place: str, staff: Staff) -> Iterator[Complaint]:
    """A staff's team, queues and working times."""
    queues = {queue.queue_id for queue in scenario.queues}
    yield from complaints_of_ids(f"{place}.queue_ids", staff.queue_ids, queues)
    if staff.team_id is not None:
        teams = {team.team_id for team in scenario.teams}
        yield from complaints_of_ids(f"{place}.team_id", (staff.team_id,), teams)
    given = [staff.agents is not None, bool(staff.levels), bool(staff.shifts)]
    if sum(given) != 1:
        yield place, "give one of agents, levels or shifts"
    counts = [staff.agents or 0, *(part.agents for part in (*staff.levels, *staff.shifts))]
    if min(counts) < 0 or sum(counts) > AGENTS_MAX:
        yield place, f"agents must lie from 0 to {AGENTS_MAX}"
    yield from complaints_of_starts(f"{place}.levels", tuple(level.start for level in staff.levels))
    for index, shift in enumerate(staff.shifts):
        yield from complaints_of_clock(f"{place}.shifts[{index}].from", shift.start)
        yield from complaints_of_clock(f"{place}.shifts[{index}].until", shift.until)
        for pause in shift.breaks:
            yield from complaints_of_clock(f"{place}.shifts[{index}].breaks", pause.start)
    if not 0 <= staff.miss_ratio < 1:
        yield f"{place}.miss_ratio", "must lie from 0 to less than 1"
    if staff.accept_after is not None:
        yield from complaints_of_law(f"{place}.accept_after", staff.accept_after)
    if not staff.pace_ratios or min(staff.pace_ratios) <= 0:
        yield f"{place}.pace_ratios", "must be greater than zero"


def complaints_of_law(place: str, law: Law) -> Iterator[Complaint]:
    """A law's parameters."""
    wrong = complaint(law)
    if wrong is not None:
        yield place, wrong


def complaints_of_clock(place: str, text: str) -> Iterator[Complaint]:
    """A clock time."""
    try:
        clock_min(text)
    except ValueError as error:
        yield place, str(error)


def complaints_of_starts(place: str, starts: tuple[str, ...]) -> Iterator[Complaint]:
    """Clock times that must follow one another."""
    for index, start in enumerate(starts):
        yield from complaints_of_clock(f"{place}[{index}].from", start)
    try:
        minutes = [clock_min(start) for start in starts]
    except ValueError:
        return
    if minutes != sorted(set(minutes)):
        yield place, "must be in the order of their times"


def complaints_of_ids(place: str, ids: tuple[str, ...], known: set[str]) -> Iterator[Complaint]:
    """Ids that nothing in the scenario has."""
    for one in ids:
        if one not in known:
            yield place, f"{one!r} is not defined; there are: {', '.join(sorted(known)) or 'none'}"
