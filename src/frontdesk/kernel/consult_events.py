"""What happens beside a conversation: consults, parking, listening in.

Part of `events`, apart for its length.
"""

from enum import Enum

from frontdesk.kernel.commands import ListeningMode
from frontdesk.kernel.event import Event


class ConsultEnd(Enum):
    """How asking somebody about a contact ended."""

    TRANSFERRED = "transferred"
    """Whoever was asked has the customer now."""
    CANCELLED = "cancelled"
    """Whoever asked let it be, or has the customer no more."""
    LEFT = "left"
    """Whoever was asked has gone."""
    FAILED = "failed"
    """The outside expert could not be reached."""


class ConsultBegun(Event, frozen=True):
    """The agent asks somebody about a contact, which is on hold meanwhile.

    A colleague is asked by the contact `consult_id`, an outside expert at `address`.
    """

    contact_id: int
    agent_id: str
    consult_id: int | None
    address: str
    note: str


class ConsultAnswered(Event, frozen=True):
    """The outside expert is on the line."""

    contact_id: int


class ConferenceBegun(Event, frozen=True):
    """Customer, agent and whoever was asked hear each other."""

    contact_id: int


class ConsultEnded(Event, frozen=True):
    """`detail`: what the network said of an expert who was not reached."""

    contact_id: int
    end: ConsultEnd
    detail: str = ""


class ContactParked(Event, frozen=True):
    """The customer waits for whoever takes the contact; at `until_ms` it goes back."""

    contact_id: int
    agent_id: str
    until_ms: int


class ListeningBegun(Event, frozen=True):
    """A supervisor is in the conversation, or is in it in another way than before."""

    contact_id: int
    agent_id: str
    mode: ListeningMode


class ListeningEnded(Event, frozen=True):
    """The supervisor has left; nothing says so when the conversation itself has ended."""

    contact_id: int
    agent_id: str
