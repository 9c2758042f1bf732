"""The documents of the live picture, made from what it remembers."""

from frontdesk.kernel.settings import Queue, SettingsEntity
from frontdesk.views.board import Board, Outlook
from frontdesk.views.changes import (
    AGENTS,
    ALARMS,
    CONTACTS,
    ENGAGEMENTS,
    FLOWS,
    MESSAGES,
    OFFERS,
    QUEUES,
    SETTINGS,
    Key,
)
from frontdesk.views.documents import (
    AgentDocument,
    AgentState,
    ContactDocument,
    Document,
    EngagementDocument,
    FlowDocument,
    MessageDocument,
    OfferDocument,
    QueueDocument,
    ServiceLevel,
)
from frontdesk.views.rows import ContactRow, QueueRow

NEW_DAY = QueueRow()
UNKNOWN = Outlook()


def find_document(board: Board, key: Key) -> Document | SettingsEntity | None:
    """The document at an address as it is now; None: there is no such thing (any more)."""
    collection, id_ = key
    match collection:
        case "agents":
            return find_agent(board, str(id_))
        case "queues":
            return find_queue(board, str(id_))
        case "contacts":
            return find_contact(board, int(id_))
        case "offers":
            return find_offer(board, int(id_))
        case "engagements":
            return find_engagement(board, int(id_))
        case "messages":
            contact_id, _, number = str(id_).partition("/")
            return find_message(board, int(contact_id), int(number))
        case "flows":
            return find_flow(board, str(id_))
        case "alarms":
            return board.state.alarms.get(int(id_))
        case "settings":
            return board.state.settings.get(str(id_))
        case _:
            raise AssertionError(f"there is no collection {collection}")


def list_keys(board: Board) -> list[Key]:
    """The addresses of all documents there are; agents' profiles are in `agents` only."""
    state = board.state
    keys: list[Key] = [(AGENTS, id_) for id_ in state.agents]
    keys += [(QUEUES, id_) for id_ in state.queues if board.find_queue(id_) is not None]
    keys += [(CONTACTS, id_) for id_ in state.contacts]
    keys += [(OFFERS, id_) for id_ in state.offers]
    keys += [(ENGAGEMENTS, id_) for id_ in state.engagements]
    keys += [(MESSAGES, f"{id_}/{m.number}") for id_, ms in state.messages.items() for m in ms]
    keys += [(FLOWS, id_) for id_ in state.flows if board.find_flow(id_) is not None]
    keys += [(ALARMS, id_) for id_ in state.alarms]
    keys += [(SETTINGS, id_) for id_ in state.settings]
    return keys


def find_agent(board: Board, agent_id: str) -> AgentDocument | None:
    row = board.state.agents.get(agent_id)
    if row is None:
        return None
    profile = row.profile
    offers = [board.state.offers[id_] for id_ in row.offer_ids]
    engagements = [board.state.engagements[id_] for id_ in row.engagement_ids]
    return AgentDocument(
        agent_id=agent_id,
        name=profile.name,
        role=profile.role,
        team_id=profile.team_id,
        skills=profile.skills,
        queue_ids=profile.queue_ids,
        presence=row.presence,
        break_reason_id=row.break_reason_id,
        presence_since_ms=row.presence_since_ms,
        next_presence=row.next_presence,
        next_break_reason_id=row.next_break_reason_id,
        signed_in_since_ms=row.signed_in_since_ms,
        connected=row.connected_since_ms is not None,
        connected_since_ms=row.connected_since_ms,
        state=row.state,
        state_since_ms=row.state_since_ms,
        load_units=sum(o.units for o in offers) + sum(e.units for e in engagements),
        capacity_units=profile.capacity_units,
        contact_ids=tuple(e.contact_id for e in engagements),
        recent=row.recent,
        answered_today=0 if board.day_is_over else row.answered_today,
        missed_today=0 if board.day_is_over else row.missed_today,
    )


def find_queue(board: Board, queue_id: str) -> QueueDocument | None:
    row = board.state.queues.get(queue_id)
    queue = board.find_queue(queue_id)
    if row is None or queue is None:
        return None
    if board.day_is_over:
        row = NEW_DAY
    outlook = board.outlooks.get(queue_id, UNKNOWN)
    waiting = board.waiting.get(queue_id)
    return QueueDocument(
        queue_id=queue_id,
        name=queue.name,
        open=outlook.open,
        waiting=len(waiting) if waiting else 0,
        oldest_since_ms=board.state.contacts[next(iter(waiting))].queued_ms if waiting else None,
        agents=dict(zip(AgentState, board.count_agents(queue_id), strict=True)),
        service_level=_service_level(row, queue),
        offered_today=row.offered_today,
        answered_today=row.answered_today,
        abandoned_today=row.abandoned_today,
        expected_waits=outlook.expected_waits,
    )


def _service_level(row: QueueRow, queue: Queue) -> ServiceLevel:
    counted = row.answered_today + row.abandoned_today - row.abandoned_in_target_today
    return ServiceLevel(
        ratio=row.answered_in_target_today / counted if counted else None,
        answered_in_target=row.answered_in_target_today,
        counted=counted,
        target_ms=queue.target.answer_ms,
        target_ratio=queue.target.ratio,
    )


def find_contact(board: Board, contact_id: int) -> ContactDocument | None:
    row = board.state.contacts.get(contact_id)
    if row is None:
        return None
    return ContactDocument(
        contact_id=row.contact_id,
        channel=row.channel,
        customer=row.customer,
        topic=row.topic,
        queue_id=row.queue_id,
        state=row.state,
        opened_ms=row.opened_ms,
        queued_ms=row.queued_ms,
        answered_ms=row.answered_ms,
        closed_ms=row.closed_ms,
        closed_by=row.closed_by,
        agent_id=row.agent_id,
        held_since_ms=row.held_since_ms,
        priority=row.priority,
        step_index=row.step_index,
        skills=row.skills,
        attributes=row.attributes,
        message_count=row.message_count,
        read_by_agent=row.read_by_agent,
        read_by_customer=row.read_by_customer,
        last_text=row.last_text,
        last_author=row.last_author,
        last_message_ms=row.last_message_ms,
        customer_connected=row.customer_connected,
        transferred_from_agent_id=row.transferred_from_agent_id,
        transfer_note=row.transfer_note,
        rating=row.rating,
        language=row.language,
        flow_id=_find_flow_of(board, row),
        callback=row.callback,
        consult=row.consult,
        consult_of=row.consult_of,
        parked_until_ms=row.parked_until_ms,
        listeners=row.listeners,
    )


def _find_flow_of(board: Board, row: ContactRow) -> str | None:
    run = board.state.runs.get(row.run_id or 0)
    return None if run is None else run.flow_ids[0]


def find_flow(board: Board, flow_id: str) -> FlowDocument | None:
    row = board.state.flows.get(flow_id)
    if row is None or board.find_flow(flow_id) is None:
        return None
    nodes = board.nodes.get(flow_id, {})
    return FlowDocument(
        flow_id=flow_id,
        running=sum(nodes.values()),
        started_today=0 if board.day_is_over else row.started_today,
        nodes=dict(nodes),
        edges={} if board.day_is_over else dict(row.edges_today),
    )


def find_offer(board: Board, offer_id: int) -> OfferDocument | None:
    row = board.state.offers.get(offer_id)
    if row is None:
        return None
    return OfferDocument(
        offer_id=row.offer_id,
        contact_id=row.contact_id,
        agent_id=row.agent_id,
        offered_ms=row.offered_ms,
        expires_ms=row.expires_ms,
        why=row.why,
    )


def find_engagement(board: Board, engagement_id: int) -> EngagementDocument | None:
    row = board.state.engagements.get(engagement_id)
    if row is None:
        return None
    return EngagementDocument(
        engagement_id=row.engagement_id,
        contact_id=row.contact_id,
        agent_id=row.agent_id,
        started_ms=row.started_ms,
        ended_ms=row.ended_ms,
        wrap_up_until_ms=row.wrap_up_until_ms,
    )


def find_message(board: Board, contact_id: int, number: int) -> MessageDocument | None:
    """The message, if it is among the newest of a contact in the picture."""
    messages = board.state.messages.get(contact_id)
    if not messages:
        return None
    # Numbers have no gaps: the place in the list follows from them.
    index = number - messages[0].number
    return messages[index] if 0 <= index < len(messages) else None
