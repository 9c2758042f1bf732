"""A refusal on its way out of a deep call: raised by drivers, rendered at the edge."""

from __future__ import annotations

from frontdesk.kernel.refusals import Refusal, RefusalReason


class Refused(Exception):
    """The request was understood and is not obeyed; nothing has changed."""

    def __init__(self, refusal: Refusal, *, retry_after_s: int | None = None) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal
        self.retry_after_s = retry_after_s


def refuse(reason: RefusalReason, detail: str, subject: str = "") -> Refused:
    """What to raise when something other than the kernel refuses."""
    return Refused(Refusal(reason, detail, subject))
