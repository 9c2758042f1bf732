"""What is known of a queue when the wait of one of its contacts is estimated."""

from typing import NamedTuple


class Situation(NamedTuple):
    """As a contact sees its queue. Rates are per millisecond."""

    ahead: int
    """Contacts that are served before it."""
    service_rate: float
    """Contacts a millisecond that the agents end together while all are busy (sμ)."""
    leave_rate: float
    """Of one waiting contact: the rate of giving up (θ)."""
    last_wait_ms: int
    """The wait of the contact that was answered last."""
    head_age_ms: int
    """How long the contact that is served next has waited; 0: nobody is ahead."""
