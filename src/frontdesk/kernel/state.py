"""The state of a centre: what is alive, what is due, and the index over both."""

import hashlib

import msgspec

from frontdesk.kernel.alarms.book import AlarmBook, Lookout
from frontdesk.kernel.deadlines import Deadline, Deadlines
from frontdesk.kernel.entities import Agent, Contact, Engagement, Offer, QueueStats, Settings
from frontdesk.kernel.flows.document import AnyNode, Flow
from frontdesk.kernel.flows.runs import Run, flow_key
from frontdesk.kernel.lanes import Lanes

CLOSED_REFS_MAX = 10_000
"""How many closed contacts' channel ids are remembered, to recognise a late repeat."""


class Snapshot(msgspec.Struct):
    """The state as written down; everything else is derived from it."""

    settings: Settings
    contacts: dict[int, Contact]
    offers: dict[int, Offer]
    engagements: dict[int, Engagement]
    agents: dict[str, Agent]
    stats: dict[str, QueueStats]
    closed_refs: dict[str, int]
    deadlines: list[Deadline]
    next_contact_id: int
    next_offer_id: int
    next_agent_number: int
    runs: dict[int, Run]
    kept_flows: dict[str, Flow]
    next_run_id: int
    alarms: AlarmBook


class State:
    """Mutable; changed by `evolve` alone, read by everybody."""

    __slots__ = (
        "_nodes",
        "agents",
        "alarms",
        "closed_refs",
        "contacts",
        "deadlines",
        "engagements",
        "kept_flows",
        "lanes",
        "lookout",
        "next_agent_number",
        "next_contact_id",
        "next_offer_id",
        "next_run_id",
        "offers",
        "open_refs",
        "runs",
        "settings",
        "stats",
    )

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        s = snapshot or Snapshot(
            Settings(), {}, {}, {}, {}, {}, {}, [], 1, 1, 1, {}, {}, 1, AlarmBook()
        )
        self.settings = s.settings
        self.contacts = s.contacts
        self.offers = s.offers
        self.engagements = s.engagements
        self.agents = s.agents
        self.stats = s.stats
        self.closed_refs = s.closed_refs
        self.deadlines = Deadlines(s.deadlines)
        self.next_contact_id = s.next_contact_id
        self.next_offer_id = s.next_offer_id
        self.next_agent_number = s.next_agent_number
        self.runs = s.runs
        self.kept_flows = s.kept_flows
        """Versions of flows that runs began with and that are no longer in force."""
        self.next_run_id = s.next_run_id
        self._nodes: dict[str, dict[str, AnyNode]] = {}
        """By flow and version, by id."""
        self.open_refs = {
            ref_key(c.channel, c.channel_ref): c.contact_id
            for c in self.contacts.values()
            if c.channel_ref
        }
        self.lanes = Lanes(self.settings, self.agents, self.contacts, self.offers, self.engagements)
        self.alarms = s.alarms
        self.lookout = Lookout(self.settings.alarm_rules, self.alarms)
        """Which alarm rules watch what."""
        self.lookout.fill_lines(self.contacts.values())

    def snapshot(self) -> Snapshot:
        """The state to be written down; it shares its parts with the live one."""
        return Snapshot(
            self.settings,
            self.contacts,
            self.offers,
            self.engagements,
            self.agents,
            self.stats,
            self.closed_refs,
            self.deadlines.as_list(),
            self.next_contact_id,
            self.next_offer_id,
            self.next_agent_number,
            self.runs,
            self.kept_flows,
            self.next_run_id,
            self.alarms,
        )

    def get_flow(self, flow_id: str, version: int) -> Flow:
        """A flow in the version that a run began with."""
        flow = self.settings.flows.get(flow_id)
        if flow is not None and flow.version == version:
            return flow
        return self.kept_flows[flow_key(flow_id, version)]

    def get_node(self, flow_id: str, version: int, node_id: str) -> AnyNode:
        """A node of a flow in the version that a run began with."""
        key = flow_key(flow_id, version)
        nodes = self._nodes.get(key)
        if nodes is None:
            flow = self.get_flow(flow_id, version)
            nodes = self._nodes[key] = {node.node_id: node for node in flow.nodes}
        return nodes[node_id]

    def forget_nodes(self) -> None:
        """A flow has changed: nodes are looked up anew."""
        self._nodes.clear()


def ref_key(channel: str, channel_ref: str) -> str:
    """A channel's own id of a contact, made unique over channels."""
    return f"{channel}:{channel_ref}"


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Snapshot)


def dump(state: State) -> bytes:
    """The state as bytes; the same events give the same bytes under any hash seed.

    Dicts keep the order in which the events filled them, here and after `load`.
    """
    return _encoder.encode(state.snapshot())


def load(data: bytes) -> State:
    """The state that `dump` wrote.

    Raises:
        msgspec.ValidationError: the bytes are of another version of the state.
    """
    return State(_decoder.decode(data))


def digest(state: State) -> str:
    """A fingerprint of the whole state, for comparing two of them."""
    return hashlib.sha256(dump(state)).hexdigest()
