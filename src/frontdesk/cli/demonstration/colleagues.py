"""Played agents: they accept, read, write, pass on, wrap up and go on breaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Final

from frontdesk.cli.demonstration.api import Json
from frontdesk.cli.demonstration.desk import Desk
from frontdesk.cli.demonstration.pace import TYPING_SHOWN_EVERY_S, Pace, wait_for
from frontdesk.cli.demonstration.talk import LANGUAGES, Reply, find_reply
from frontdesk.cli.demonstration.talk.dialogue import Dialogue

WORK_S: Final = (600.0, 1_800.0)
"""Between breaks."""
BREAK_S: Final = (90.0, 420.0)
BREAKS: Final = ("coffee", "coffee", "lunch", "meeting", "training")
TAKEN_OFF_S: Final = 30.0
"""How long an agent who let an offer expire takes to notice."""
MISSED_SHARE: Final = 0.01
DECLINED_SHARE: Final = 0.02
GOODBYE_S: Final = 25.0
"""How long the customer is given to go first."""
SILENCE_S: Final = 240.0
"""After this long without a word from the customer the agent ends the contact."""
NOTE_SHARE: Final = 0.3
RINGING_S: Final = (5.0, 25.0)
CALL_S: Final = (60.0, 240.0)
NOT_REACHED_SHARE: Final = 0.2


class Colleague:
    """One played agent at one desk."""

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk = desk
        self._pace = pace
        self._at_work: dict[tuple[str, int], asyncio.Task[None]] = {}

    async def play(self) -> None:
        """For ever."""
        await self._desk.sign_in()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._desk.run())
            group.create_task(self._keep_hours())
            while True:
                self._look(group)
                await self._desk.changed()

    # -- presence

    async def _keep_hours(self) -> None:
        while not self._desk.collections:
            await self._desk.changed()
        await self._pace.pause(0, 10)
        break_at_s = self._next_break_s()
        while True:
            presence = self._presence()
            if presence == "break":
                await self._pace.pause(*(BREAK_S if self._is_own_break() else (5, TAKEN_OFF_S)))
            if presence != "available":
                await self._desk.set_presence("available")
                break_at_s = self._next_break_s()
                await self._wait_until_presence("available")
            elif time.monotonic() > break_at_s:
                reason = self._pace.random.choice(BREAKS)
                await self._desk.set_presence("break", reason, when_free=True)
                await self._wait_until_presence("break")
            else:
                await wait_for(
                    lambda: self._presence() != "available",
                    self._desk.changed,
                    5 / self._pace.factor,
                )

    def _next_break_s(self) -> float:
        return time.monotonic() + self._pace.random.uniform(*WORK_S) / self._pace.factor

    def _presence(self) -> str | None:
        me = self._desk.find("agents", self._desk.agent_id)
        return me["presence"] if me else None

    def _is_own_break(self) -> bool:
        me = self._desk.find("agents", self._desk.agent_id)
        return me is not None and me["break_reason_id"] in BREAKS

    async def _wait_until_presence(self, presence: str) -> None:
        while self._presence() != presence:
            await self._desk.changed()

    # -- work

    def _look(self, group: asyncio.TaskGroup) -> None:
        for offer in self._desk.documents("offers"):
            self._begin(group, ("offer", offer["offer_id"]), self._consider(offer))
        for engagement in self._desk.documents("engagements"):
            key = ("engagement", engagement["engagement_id"])
            self._begin(group, key, self._serve(engagement))

    def _begin(
        self, group: asyncio.TaskGroup, key: tuple[str, int], work: Coroutine[Any, Any, None]
    ) -> None:
        if key in self._at_work:
            work.close()
            return
        task = group.create_task(work)
        self._at_work[key] = task
        task.add_done_callback(lambda _: self._at_work.pop(key, None))

    async def _consider(self, offer: Json) -> None:
        offer_id = offer["offer_id"]
        if not self._pace.happens(MISSED_SHARE):
            await self._pace.pause(1, 7)
            if self._pace.happens(DECLINED_SHARE):
                await self._desk.decline(offer_id, "Still writing a mail")
            else:
                await self._desk.accept(offer_id)
        while self._desk.find("offers", offer_id) is not None:
            await self._desk.changed()

    async def _serve(self, engagement: Json) -> None:
        engagement_id, contact_id = engagement["engagement_id"], engagement["contact_id"]
        reply: Reply | None = None
        await self._call_back(engagement_id, contact_id)
        while self._goes_on(engagement_id):
            asked = self._find_question(contact_id)
            if asked is not None:
                reply = await self._answer(contact_id, asked)
                await self._move_on(engagement_id, contact_id, reply)
            elif not await self._wait_for_question(engagement_id, contact_id, reply):
                await self._desk.end(contact_id)
                await self._wait_until_over(engagement_id)
        await self._wrap_up(engagement_id, contact_id, reply)

    async def _call_back(self, engagement_id: int, contact_id: int) -> None:
        """Calls the customer of a callback, and talks: that isn't written anywhere."""
        contact = self._desk.find("contacts", contact_id)
        if contact is None or contact["callback"] is None:
            return
        await self._pace.pause(*RINGING_S)
        reached = not self._pace.happens(NOT_REACHED_SHARE)
        await self._desk.attempt(contact_id, "reached" if reached else "no_answer")
        if reached:
            await self._pace.pause(*CALL_S)
            await self._desk.end(contact_id)
        await self._wait_until_over(engagement_id)

    def _goes_on(self, engagement_id: int) -> bool:
        engagement = self._desk.find("engagements", engagement_id)
        return engagement is not None and engagement["ended_ms"] is None

    def _find_question(self, contact_id: int) -> Json | None:
        said = [m for m in self._desk.messages(contact_id) if not m["internal"]]
        return said[-1] if said and said[-1]["author"] == "customer" else None

    async def _answer(self, contact_id: int, asked: Json) -> Reply:
        contact = self._desk.find("contacts", contact_id)
        queue_id = contact["queue_id"] if contact else ""
        reply = find_reply(asked["text"], queue_id, self._pace.random)
        await self._pace.read(asked["text"])
        await self._desk.read(contact_id, asked["number"])
        left_s = self._pace.typing_s(reply.text)
        while left_s > 0:
            await self._desk.type(contact_id)
            await asyncio.sleep(min(left_s, TYPING_SHOWN_EVERY_S))
            left_s -= TYPING_SHOWN_EVERY_S
        await self._desk.say(contact_id, reply.text)
        return reply

    async def _move_on(self, engagement_id: int, contact_id: int, reply: Reply) -> None:
        """Passes the customer on where the dialogue says so; else waits to see the own words."""
        dialogue = reply.dialogue
        contact = self._desk.find("contacts", contact_id)
        if dialogue is not None and contact is not None and _moves(dialogue, reply, contact):
            await self._desk.transfer(contact_id, dialogue.moves_to or "", "Asks for advice")
            await self._wait_until_over(engagement_id)
            return
        while self._goes_on(engagement_id) and self._find_question(contact_id) is not None:
            await self._desk.changed()

    async def _wait_for_question(
        self, engagement_id: int, contact_id: int, reply: Reply | None
    ) -> bool:
        """Whether the customer speaks or ends before the agent's time for it is over."""
        within_s = GOODBYE_S if reply is not None and reply.last else SILENCE_S
        if reply is None and not self._desk.messages(contact_id):
            within_s = SILENCE_S
        return await wait_for(
            lambda: self._find_question(contact_id) is not None or not self._goes_on(engagement_id),
            self._desk.changed,
            within_s / self._pace.factor,
        )

    async def _wait_until_over(self, engagement_id: int) -> None:
        while self._goes_on(engagement_id):
            await self._desk.changed()

    async def _wrap_up(self, engagement_id: int, contact_id: int, reply: Reply | None) -> None:
        if self._desk.find("engagements", engagement_id) is None:
            return
        await self._pace.pause(4, 25)
        dialogue = reply.dialogue if reply is not None else None
        disposition_id = dialogue.disposition_id if dialogue is not None else "answered"
        notes = LANGUAGES["en"].notes
        note = self._pace.random.choice(notes) if self._pace.happens(NOTE_SHARE) else ""
        await self._desk.wrap_up(engagement_id, self._allowed(contact_id, disposition_id), note)
        while self._desk.find("engagements", engagement_id) is not None:
            await self._desk.changed()

    def _allowed(self, contact_id: int, disposition_id: str) -> str | None:
        """The disposition, if the queue knows it; else its first."""
        contact = self._desk.find("contacts", contact_id) or {}
        queue = self._desk.find("settings", f"queue/{contact.get('queue_id')}") or {}
        allowed: list[str] = list(queue.get("disposition_ids", ()))
        if disposition_id in allowed:
            return disposition_id
        return allowed[0] if allowed else None


def _moves(dialogue: Dialogue, reply: Reply, contact: Json) -> bool:
    """Whether the customer is to be passed on now."""
    elsewhere = dialogue.moves_to not in (None, contact["queue_id"])
    return elsewhere and reply.text == dialogue.lines[0].answer
