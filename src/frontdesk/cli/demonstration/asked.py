"""What a played customer answers to flows: at the hot line, while waiting, and afterwards."""

from __future__ import annotations

from collections import deque
from typing import Final

from frontdesk.cli.demonstration.api import Json
from frontdesk.cli.demonstration.conversation import Conversation
from frontdesk.cli.demonstration.pace import Pace, wait_for

PATIENCE_MEAN_S: Final = 240.0
CALLBACK_SHARE: Final = 0.15
SURVEY_SHARE: Final = 0.6
TELEPHONES: Final = 9_000_000
WORDS: Final = ("Nothing, it was fine.", "Answer sooner, please.", "Quick and kind.", "-")


class Asked:
    """Answers one contact's questions. `wishes` are for those before any agent, in turn."""

    def __init__(self, talk: Conversation, pace: Pace, wishes: tuple[str, ...]) -> None:
        self.wishes = wishes
        self._left = deque(wishes)
        self._talk = talk
        self._pace = pace
        self._answered = 0
        """The number of the last question that was answered, or left alone."""
        self._judges = False

    async def until_served(self) -> bool:
        """Answers until an agent is there or all is over; False: patience is at its end."""
        return await self._until(("engaged", "closed"), self._pace.patience_s(PATIENCE_MEAN_S))

    async def until_ended(self, within_s: float) -> None:
        """Answers what is asked after the agent, until all is over."""
        self._left.clear()
        await self._until(("closed",), within_s)

    async def _until(self, states: tuple[str, ...], within_s: float) -> bool:
        talk = self._talk

        def is_over_or_asked() -> bool:
            return talk.state.get("state") in states or self._find_question() is not None

        while await wait_for(is_over_or_asked, talk.changed, within_s):
            question = self._find_question()
            if talk.state.get("state") in states or question is None:
                return True
            await self._answer(question)
        return False

    def _find_question(self) -> Json | None:
        """The message with a question that is new, unless an agent is there."""
        asks = self._talk.question is not None and self._talk.state.get("state") != "engaged"
        is_new = asks and self._talk.messages[-1]["number"] > self._answered
        return self._talk.messages[-1] if is_new else None

    async def _answer(self, question: Json) -> None:
        self._answered = question["number"]
        await self._pace.read(question["text"])
        if self._talk.question is None:  # somebody else spoke meanwhile
            return
        match self._talk.state.get("state"):
            case "waiting" | "offered":
                await self._answer_while_waiting(question["prompt"])
            case "self_service" if self._left:
                await self._wish(question["prompt"], self._left.popleft())
            case "self_service":
                await self._judge(question["prompt"])
            case _:
                pass

    async def _wish(self, prompt: Json, wish: str) -> None:
        choice = _find_choice(prompt, wish)
        if choice is not None:
            await self._talk.choose(choice)
        else:
            await self._talk.say(wish)

    async def _answer_while_waiting(self, prompt: Json) -> None:
        """Some would rather be called."""
        if not prompt["choices"]:
            await self._talk.say(f"06{self._pace.random.randrange(TELEPHONES):07d}")
            return
        wanted = "call" if self._pace.happens(CALLBACK_SHARE) else "wait"
        choice = _find_choice(prompt, wanted) or _find_choice(prompt, "yes")
        await self._talk.choose(choice or prompt["choices"][0])

    async def _judge(self, prompt: Json) -> None:
        """Says what is thought of it all, or rather not."""
        random = self._pace.random
        if not prompt["choices"]:
            await self._talk.say(random.choice(WORDS))
            return
        refusal = None if self._judges else _find_choice(prompt, "no")
        self._judges = True
        if refusal is not None and not self._pace.happens(SURVEY_SHARE):
            await self._talk.choose(refusal)
        else:
            await self._talk.choose(max(random.choices(prompt["choices"], k=2), key=_rank))


def _find_choice(prompt: Json, value: str) -> Json | None:
    return next((choice for choice in prompt["choices"] if choice["value"] == value), None)


def _rank(choice: Json) -> tuple[bool, int]:
    """Most are content: of two answers the kinder one."""
    value: str = choice["value"]
    return value == "yes", int(value) if value.isdigit() else 0
