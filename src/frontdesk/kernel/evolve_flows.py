"""What happens to a run: begun, moved on, waiting for something, ended."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.watching import count_failure
from frontdesk.kernel.contact_deadlines import cancel_queue_deadlines, set_gone_deadline
from frontdesk.kernel.deadlines import RUN_END, RUN_STEP
from frontdesk.kernel.entities import PARKED, SELF_SERVICE, WAITING, Contact
from frontdesk.kernel.evolve_contacts import unpark
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.runs import Frame, Pending, Run, flow_key
from frontdesk.kernel.state import State

_WAITING_USE = FlowUse.WAITING


def evolve_flow_started(state: State, event: ev.FlowStarted, now_ms: int) -> None:
    assert event.run_id == state.next_run_id, "run ids are handed out in order"
    state.next_run_id += 1
    contact = state.contacts[event.contact_id]
    assert contact.run_id is None, "a contact meets one flow at a time"
    contact.run_id = event.run_id
    state.runs[event.run_id] = Run(
        event.run_id,
        event.contact_id,
        event.use,
        [_begin_frame(state, event.flow_id, event.version, event.variables)],
        event.language,
        now_ms,
        event.agent_id,
    )
    state.deadlines.set(RUN_END, event.run_id, event.ends_ms)
    if event.use is not _WAITING_USE:
        leave_queue(state, contact, now_ms)
        contact.stage = SELF_SERVICE
        if not contact.customer_connected:
            set_gone_deadline(state, contact, now_ms)


def _begin_frame(state: State, flow_id: str, version: int, variables: dict[str, object]) -> Frame:
    flow = state.get_flow(flow_id, version)
    return Frame(flow_id, version, flow.start, dict(variables))


def leave_queue(state: State, contact: Contact, now_ms: int) -> None:
    """Takes a contact that waits out of its lane, if it stands in one."""
    if contact.stage is PARKED:
        unpark(state, contact)
    assert contact.stage is WAITING, f"a contact {contact.stage.value} can't leave its queue"
    if contact.contact_id in state.lanes.place:
        state.lanes.remove_waiting(contact)
        cancel_queue_deadlines(state, contact, now_ms)
    contact.for_agent_id = None


def evolve_node_passed(state: State, event: ev.NodePassed, now_ms: int) -> None:
    run = state.runs[event.run_id]
    frame = run.frames[-1]
    assert frame.node_id == event.node_id, "a run passes the node it stands at"
    frame.node_id = event.to_node_id
    if event.values:
        frame.variables.update(event.values)
    run.steps += 1
    run.question_index = 0
    _end_pending(state, run)


def _end_pending(state: State, run: Run) -> None:
    if run.pending is not None:
        run.pending = None
        run.misses = 0
        state.deadlines.cancel(RUN_STEP, run.run_id)


def evolve_subflow_entered(state: State, event: ev.SubflowEntered, now_ms: int) -> None:
    run = state.runs[event.run_id]
    run.frames.append(_begin_frame(state, event.flow_id, event.version, event.variables))
    run.steps += 1


def evolve_subflow_left(state: State, event: ev.SubflowLeft, now_ms: int) -> None:
    """What the subflow's variables are kept as comes with the passing of its node."""
    run = state.runs[event.run_id]
    left = run.frames.pop()
    run.steps += 1
    drop_flow_if_done(state, left)


def evolve_language_changed(state: State, event: ev.LanguageChanged, now_ms: int) -> None:
    state.runs[event.run_id].language = event.language
    state.contacts[event.contact_id].language = event.language


def evolve_answer_asked(state: State, event: ev.AnswerAsked, now_ms: int) -> None:
    _begin_pending(state, event.run_id, Pending.ANSWER, event.until_ms)


def evolve_answer_missed(state: State, event: ev.AnswerMissed, now_ms: int) -> None:
    state.runs[event.run_id].misses = event.misses


def evolve_pause_begun(state: State, event: ev.PauseBegun, now_ms: int) -> None:
    _begin_pending(state, event.run_id, Pending.PAUSE, event.until_ms)


def evolve_look_up_asked(state: State, event: ev.LookUpAsked, now_ms: int) -> None:
    _begin_pending(state, event.run_id, Pending.LOOK_UP, event.until_ms)
    state.runs[event.run_id].request_id = event.request_id


def evolve_classification_asked(state: State, event: ev.ClassificationAsked, now_ms: int) -> None:
    _begin_pending(state, event.run_id, Pending.CLASSIFICATION, event.until_ms)
    state.runs[event.run_id].request_id = event.request_id


def _begin_pending(state: State, run_id: int, pending: Pending, until_ms: int) -> None:
    state.runs[run_id].pending = pending
    state.deadlines.set(RUN_STEP, run_id, until_ms)


def evolve_survey_answered(state: State, event: ev.SurveyAnswered, now_ms: int) -> None:
    run = state.runs[event.run_id]
    run.question_index += 1
    _end_pending(state, run)


def evolve_flow_failed(state: State, event: ev.FlowFailed, now_ms: int) -> None:
    """The run's end follows as an event of its own."""
    if state.lookout.failures:
        count_failure(state, event.flow_id, now_ms)


def evolve_flow_ended(state: State, event: ev.FlowEnded, now_ms: int) -> None:
    run = state.runs.pop(event.run_id)
    contact = state.contacts[event.contact_id]
    contact.run_id = None
    state.deadlines.cancel(RUN_STEP, run.run_id)
    state.deadlines.cancel(RUN_END, run.run_id)
    if contact.stage is SELF_SERVICE:
        contact.stage = WAITING  # for a moment: it is queued or closed in the same decision
    for frame in run.frames:
        drop_flow_if_done(state, frame)


def drop_flow_if_done(state: State, frame: Frame) -> None:
    """Forgets an earlier version of a flow when nobody is under way in it any more."""
    key = flow_key(frame.flow_id, frame.version)
    if key in state.kept_flows and not _has_runs(state, frame.flow_id, frame.version):
        del state.kept_flows[key]


def _has_runs(state: State, flow_id: str, version: int) -> bool:
    return any(
        frame.flow_id == flow_id and frame.version == version
        for run in state.runs.values()
        for frame in run.frames
    )


def keep_flow_if_running(state: State, flow_id: str) -> None:
    """Keeps the version in force before another takes its place, if runs are under way in it."""
    flow = state.settings.flows.get(flow_id)
    if flow is not None and _has_runs(state, flow_id, flow.version):
        state.kept_flows[flow_key(flow_id, flow.version)] = flow


def evolve_contact_described(state: State, event: ev.ContactDescribed, now_ms: int) -> None:
    contact = state.contacts[event.contact_id]
    contact.topic = event.topic
    contact.priority = event.priority
    contact.attributes = {**contact.attributes, **event.attributes}
    contact.language = event.language


def evolve_message_taken(state: State, event: ev.MessageTaken, now_ms: int) -> None:
    """The message's own contact was opened before and is queued after."""


def evolve_transferred_outside(state: State, event: ev.TransferredOutside, now_ms: int) -> None:
    """The channel does it; the run goes on or ends by events of their own."""
