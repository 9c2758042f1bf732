"""What flows tell of waits, against what is put on record."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from tests.kernel.flows.stage import Stage, end, flow
from tests.kernel.scene import agent, queue


def test_a_wait_that_is_told_goes_on_record_once() -> None:
    """Whoever is told nothing has nothing on record: a call whose treatment doesn't speak of it."""
    told = flow(
        doc.Say(node_id="place", text="Number {queue.position}.", next="wait"),
        doc.Say(
            node_id="wait", text="{queue.wait}, at most {queue.wait_high_minutes}.", next="end"
        ),
        end(),
        flow_id="told",
        use=FlowUse.WAITING,
    )
    silent = flow(
        doc.Say(node_id="place", text="Number {queue.position}.", next="end"),
        end(),
        flow_id="silent",
        use=FlowUse.WAITING,
    )
    stage = Stage(told, silent)
    stage.save(queue("told", waiting_flow_id="told"), queue("silent", waiting_flow_id="silent"))
    stage.save(agent("ann", "told", "silent"))
    stage.available("ann")
    for queue_id in ("told", "silent"):
        for _ in range(5):
            contact_id = stage.engage(queue_id)
            stage.waits(300_000)
            stage.end(contact_id)
    stage.engage("told")
    opened = {
        queue_id: stage.does(cmd.OpenContact("voice", f"call-{queue_id}", queue_id))
        for queue_id in ("told", "silent")
    }
    announced = [e for e in opened["told"] if isinstance(e, ev.WaitAnnounced)]
    assert [e.queue_id for e in announced] == ["told"]
    assert announced[0].likely_ms < announced[0].high_ms
    said = [e.text for e in opened["told"] if isinstance(e, ev.MessagePosted)]
    assert said == ["Number 1.", "between 3 and 15 minutes, at most 15."]
    assert not [e for e in opened["silent"] if isinstance(e, ev.WaitAnnounced)]
