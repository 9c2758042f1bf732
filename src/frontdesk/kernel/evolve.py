"""What each event does to the state. No decisions here: replaying a journal is only this."""

from collections.abc import Callable
from typing import Any

from frontdesk.kernel import events as ev
from frontdesk.kernel import evolve_agents as agents
from frontdesk.kernel import evolve_alarms as alarms
from frontdesk.kernel import evolve_callbacks as callbacks
from frontdesk.kernel import evolve_consults as consults
from frontdesk.kernel import evolve_contacts as contacts
from frontdesk.kernel import evolve_flows as flows
from frontdesk.kernel import evolve_offers as offers
from frontdesk.kernel import evolve_settings as settings
from frontdesk.kernel.state import State

Evolver = Callable[[State, Any, int], None]

EVOLVERS: dict[type[ev.Event], Evolver] = {
    ev.SettingSaved: settings.evolve_setting_saved,
    ev.SettingRemoved: settings.evolve_setting_removed,
    ev.ContactOpened: contacts.evolve_contact_opened,
    ev.ContactQueued: contacts.evolve_contact_queued,
    ev.WaitAnnounced: contacts.evolve_wait_announced,
    ev.StepAdvanced: contacts.evolve_step_advanced,
    ev.ContactReleased: contacts.evolve_contact_released,
    ev.RefusalsForgotten: contacts.evolve_refusals_forgotten,
    ev.ContactOverflowed: contacts.evolve_contact_overflowed,
    ev.ContactOffered: offers.evolve_contact_offered,
    ev.OfferAccepted: offers.evolve_offer_accepted,
    ev.ContactTaken: offers.evolve_contact_taken,
    ev.OfferDeclined: offers.evolve_offer_declined,
    ev.OfferExpired: offers.evolve_offer_expired,
    ev.OfferWithdrawn: offers.evolve_offer_withdrawn,
    ev.ContactHeld: contacts.evolve_contact_held,
    ev.ContactResumed: contacts.evolve_contact_resumed,
    ev.ContactTransferred: contacts.evolve_contact_transferred,
    ev.EngagementEnded: offers.evolve_engagement_ended,
    ev.WrapUpCompleted: offers.evolve_wrap_up_completed,
    ev.ContactAbandoned: contacts.evolve_contact_abandoned,
    ev.ContactClosed: contacts.evolve_contact_closed,
    ev.RatingEnded: contacts.evolve_rating_ended,
    ev.MessagePosted: contacts.evolve_message_posted,
    ev.MessagesRead: contacts.evolve_messages_read,
    ev.ContactRated: contacts.evolve_contact_rated,
    ev.PresenceChanged: agents.evolve_presence_changed,
    ev.NextPresenceSet: agents.evolve_next_presence_set,
    ev.AgentConnected: agents.evolve_agent_connected,
    ev.AgentDisconnected: agents.evolve_agent_disconnected,
    ev.CustomerConnected: contacts.evolve_customer_connected,
    ev.CustomerDisconnected: contacts.evolve_customer_disconnected,
    ev.FlowStarted: flows.evolve_flow_started,
    ev.NodePassed: flows.evolve_node_passed,
    ev.SubflowEntered: flows.evolve_subflow_entered,
    ev.SubflowLeft: flows.evolve_subflow_left,
    ev.LanguageChanged: flows.evolve_language_changed,
    ev.AnswerAsked: flows.evolve_answer_asked,
    ev.AnswerMissed: flows.evolve_answer_missed,
    ev.PauseBegun: flows.evolve_pause_begun,
    ev.LookUpAsked: flows.evolve_look_up_asked,
    ev.ClassificationAsked: flows.evolve_classification_asked,
    ev.SurveyAnswered: flows.evolve_survey_answered,
    ev.FlowFailed: flows.evolve_flow_failed,
    ev.FlowEnded: flows.evolve_flow_ended,
    ev.ContactDescribed: flows.evolve_contact_described,
    ev.MessageTaken: flows.evolve_message_taken,
    ev.TransferredOutside: flows.evolve_transferred_outside,
    ev.CallbackPromised: callbacks.evolve_callback_promised,
    ev.CallbackScheduled: callbacks.evolve_callback_scheduled,
    ev.CallbackAttempted: callbacks.evolve_callback_attempted,
    ev.ConsultBegun: consults.evolve_consult_begun,
    ev.ConsultAnswered: consults.evolve_consult_answered,
    ev.ConferenceBegun: consults.evolve_conference_begun,
    ev.ConsultEnded: consults.evolve_consult_ended,
    ev.ContactParked: consults.evolve_contact_parked,
    ev.ListeningBegun: consults.evolve_listening_begun,
    ev.ListeningEnded: consults.evolve_listening_ended,
    ev.AlarmRaised: alarms.evolve_alarm_raised,
    ev.AlarmAcknowledged: alarms.evolve_alarm_acknowledged,
    ev.AlarmEscalated: alarms.evolve_alarm_escalated,
    ev.AlarmCleared: alarms.evolve_alarm_cleared,
    ev.ChannelReported: alarms.evolve_channel_reported,
    ev.TrunkLoadReported: alarms.evolve_trunk_load_reported,
}


def evolve(state: State, event: ev.Event, now_ms: int) -> None:
    """Applies one event that happened at `now_ms`."""
    EVOLVERS[type(event)](state, event, now_ms)
