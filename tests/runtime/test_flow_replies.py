"""A flow hears in time why there is no answer."""

from __future__ import annotations

import asyncio

from frontdesk.kernel.events import ClassificationAsked, LookUpAsked
from frontdesk.runtime.flow_replies import reply_to_classification, reply_to_look_up
from frontdesk.runtime.understanding import Understood


class Hanging:
    async def understand(self, text: str, language: str) -> Understood:
        await asyncio.Event().wait()
        raise AssertionError("nothing ends the wait but its limit")

    async def ask(self, *_: object) -> dict[str, object]:
        raise AssertionError("nothing is asked of a look-up that is gone")


async def test_who_understands_nothing_in_time_is_not_waited_for() -> None:
    asked = ClassificationAsked(1, 2, "listen", 3, "hello", "en", 0)
    reply = await reply_to_classification(Hanging(), asked, 1)
    assert (reply.run_id, reply.request_id, reply.intents) == (1, 3, ())
    assert reply.error == "It was not understood within 1 ms"


async def test_a_look_up_that_is_gone_is_answered_at_once() -> None:
    asked = LookUpAsked(1, 2, "ask", 3, "orders", {}, 0)
    reply = await reply_to_look_up(Hanging(), None, asked, 1)
    assert (reply.result, reply.error) == (None, "There is no look-up orders any more")
