"""One client company's operation: commands in, events out, state in between."""

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import (
    decide_agents,
    decide_alarms,
    decide_callbacks,
    decide_consults,
    decide_contacts,
    decide_customers,
    decide_flows,
    decide_listening,
    decide_messages,
    decide_parking,
    decide_transfers,
)
from frontdesk.kernel.decide_deadlines import decide_advance
from frontdesk.kernel.decide_settings import decide_remove_setting, decide_save_setting
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.evolve import EVOLVERS
from frontdesk.kernel.flows.walk import go_on
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.state import State
from frontdesk.kernel.turn import Turn

Decider = Callable[[Turn, Any], Refusal | None]

DECIDERS: dict[type[cmd.Command], Decider] = {
    cmd.OpenContact: decide_contacts.decide_open_contact,
    cmd.EndContact: decide_contacts.decide_end_contact,
    cmd.TransferContact: decide_transfers.decide_transfer_contact,
    cmd.TransferOutside: decide_transfers.decide_transfer_outside,
    cmd.BeginConsult: decide_consults.decide_begin_consult,
    cmd.CancelConsult: decide_consults.decide_cancel_consult,
    cmd.BeginConference: decide_consults.decide_begin_conference,
    cmd.TransferConsult: decide_consults.decide_transfer_consult,
    cmd.ReportConsult: decide_consults.decide_report_consult,
    cmd.ParkContact: decide_parking.decide_park_contact,
    cmd.TakeParked: decide_parking.decide_take_parked,
    cmd.ListenIn: decide_listening.decide_listen_in,
    cmd.StopListening: decide_listening.decide_stop_listening,
    cmd.HoldContact: decide_transfers.decide_hold_contact,
    cmd.ResumeContact: decide_transfers.decide_resume_contact,
    cmd.ConnectCustomer: decide_customers.decide_connect_customer,
    cmd.DisconnectCustomer: decide_customers.decide_disconnect_customer,
    cmd.PostMessage: decide_messages.decide_post_message,
    cmd.ReadMessages: decide_messages.decide_read_messages,
    cmd.RateContact: decide_messages.decide_rate_contact,
    cmd.AnswerLookUp: decide_flows.decide_answer_look_up,
    cmd.AnswerClassification: decide_flows.decide_answer_classification,
    cmd.RequestCallback: decide_callbacks.decide_request_callback,
    cmd.RescheduleCallback: decide_callbacks.decide_reschedule_callback,
    cmd.RecordAttempt: decide_callbacks.decide_record_attempt,
    cmd.AcceptOffer: decide_agents.decide_accept_offer,
    cmd.DeclineOffer: decide_agents.decide_decline_offer,
    cmd.CompleteWrapUp: decide_agents.decide_complete_wrap_up,
    cmd.SetPresence: decide_agents.decide_set_presence,
    cmd.CancelNextPresence: decide_agents.decide_cancel_next_presence,
    cmd.ConnectAgent: decide_agents.decide_connect_agent,
    cmd.DisconnectAgent: decide_agents.decide_disconnect_agent,
    cmd.SaveSetting: decide_save_setting,
    cmd.RemoveSetting: decide_remove_setting,
    cmd.AcknowledgeAlarm: decide_alarms.decide_acknowledge_alarm,
    cmd.ReportChannel: decide_alarms.decide_report_channel,
    cmd.ReportTrunkLoad: decide_alarms.decide_report_trunk_load,
    cmd.Advance: decide_advance,
}


class Centre:
    """Decides commands over a state of its own.

    A decision applies its events to the state as it makes them. Whoever can't
    make them durable must throw the centre away and build it again from what is.
    """

    __slots__ = ("state",)

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()

    def decide(self, command: cmd.AnyCommand, now_ms: int) -> list[AnyEvent] | Refusal:
        """Obeys the command or refuses it; a refusal has changed nothing.

        The same state, command and time give the same events. No events means
        that what was asked for is so already.
        """
        turn = Turn(self.state, now_ms)
        refusal = DECIDERS[type(command)](turn, command)
        if refusal is not None:
            assert not turn.events, "a refused command has changed nothing"
            return refusal
        if turn.ready:
            go_on(turn)
        return turn.events

    def evolve(self, event: AnyEvent, at_ms: int) -> None:
        """Applies an event of the journal, without deciding anything."""
        EVOLVERS[type(event)](self.state, event, at_ms)

    def next_wakeup_ms(self) -> int | None:
        """When the next deadline falls due, for an `Advance` then; None: there is none."""
        return self.state.deadlines.next_ms()
