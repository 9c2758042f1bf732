"""Customers who would rather be called back than wait, and the callbacks that come of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author, PostMessage
from frontdesk.simulator.cast import CALL_ME
from frontdesk.simulator.ledger import Outcome

if TYPE_CHECKING:
    from frontdesk.simulator.replication import Replication


class Promises:
    """Answers the flow beside the queue for those who have waited long enough.

    The callback is a contact of its own, with the place of the one that waited; it is handled for
    as long as that would have been.
    """

    def __init__(self, run: Replication) -> None:
        self.run = run
        self.reached_at: dict[int, float] = {}
        """When an agent took up the callback, by the customer's record."""
        self.offered = [one.callback_after is not None for one in run.scenario.customers]
        if any(self.offered):
            run.reactions[ev.CallbackPromised] = self.on_promised

    def consider(self, at: float, contact_id: int, index: int) -> None:
        """The customer begins to wait, and asks for a callback some time, or never."""
        after = self.run.callback_after[index]
        if after < math.inf:
            self.run.plan(at + after, self.on_wish, (contact_id, index))

    def on_wish(self, at: float, subject: tuple[int, int]) -> None:
        """The customer asks, unless served or gone before, or past asking."""
        contact_id, index = subject
        run = self.run
        if run.ledger.outcome[index] == Outcome.UNRESOLVED:
            wish = PostMessage(contact_id, Author.CUSTOMER, CALL_ME, CALL_ME, choice=CALL_ME)
            run.tell(wish, at)

    def on_promised(self, event: ev.CallbackPromised, at: float) -> None:
        """The wait on the line is over; the callback stands for the same customer."""
        run = self.run
        assert event.of_contact_id is not None
        index = run.index_of[event.of_contact_id]
        run.index_of[event.contact_id] = index
        run.ledger.outcome[index] = Outcome.CALLED_BACK
        run.ledger.wait[index] = at - run.ledger.arrive[index]
