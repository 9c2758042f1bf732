"""Played customers: they come, wait with more or less patience, talk, rate and go."""

from __future__ import annotations

import asyncio
from typing import Final

from frontdesk.cli.demonstration.api import ApiClient, ApiRefused, Json
from frontdesk.cli.demonstration.asked import Asked
from frontdesk.cli.demonstration.conversation import Conversation
from frontdesk.cli.demonstration.pace import TYPING_SHOWN_EVERY_S, Pace, wait_for
from frontdesk.cli.demonstration.picture import draw_picture
from frontdesk.cli.demonstration.talk import LANGUAGES
from frontdesk.cli.demonstration.talk.dialogue import Dialogue, Errand

ANSWER_S_MAX: Final = 600.0
AWAY_S_MAX: Final = 120.0
VANISHING_SHARE: Final = 0.03
WRITES_WHILE_WAITING_SHARE: Final = 0.6
RATING_SHARE: Final = 0.55
COMMENT_SHARE: Final = 0.4
SCORES: Final = (5, 5, 5, 5, 4, 4, 4, 3, 2, 1)


class Customer:
    """One visitor after another at the same browser."""

    def __init__(self, url: str, widget_id: str, pace: Pace) -> None:
        self._client = ApiClient(url)
        self._widget_id = widget_id
        self._pace = pace

    async def play(self) -> None:
        """For ever."""
        try:
            while True:
                await self._pace.pause(0, 2 * AWAY_S_MAX)
                await self._visit()
        finally:
            await self._client.close()

    async def _visit(self) -> None:
        wish = await self._choose_wish()
        if wish is None:
            return
        language, errand, dialogue = wish
        talk = Conversation(self._client, self._widget_id)
        name = self._pace.random.choice(LANGUAGES[language].names)
        try:
            await talk.open(name, dialogue.topic_id)
        except ApiRefused:
            # The queue is full or gone; somebody else comes later.
            return
        running = asyncio.create_task(talk.run())
        asked = Asked(talk, self._pace, errand.wishes if errand is not None else ())
        try:
            await self._talk(talk, dialogue, asked)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _choose_wish(self) -> tuple[str, Errand | None, Dialogue] | None:
        """A language and what is wanted, by a topic that is open just now; None: none is."""
        config: Json = await self._client.call("GET", f"/api/webchat/{self._widget_id}/config")
        topics = {topic["topic_id"] for topic in config["topics"] if topic["open"]}
        wishes = [
            (code, errand, dialogue)
            for code, language in LANGUAGES.items()
            for errand, dialogue in (
                *((errand, errand.dialogue) for errand in language.errands),
                *((None, dialogue) for dialogue in language.dialogues),
            )
            if dialogue.topic_id in topics
        ]
        return self._pace.random.choice(wishes) if wishes else None

    async def _talk(self, talk: Conversation, dialogue: Dialogue, asked: Asked) -> None:
        early = not asked.wishes and self._pace.happens(WRITES_WHILE_WAITING_SHARE)
        if early:
            await self._pace.pause(2, 12)
            await self._say(talk, dialogue, 0)
        if not await asked.until_served():
            await talk.end()
            return
        for index in range(1 if early else 0, len(dialogue.lines)):
            if index and not await self._hear(talk):
                break
            await self._say(talk, dialogue, index)
            if self._pace.happens(VANISHING_SHARE):
                return
        await self._take_leave(talk, asked)

    async def _say(self, talk: Conversation, dialogue: Dialogue, index: int) -> None:
        text = dialogue.lines[index].said
        left_s = self._pace.typing_s(text)
        while left_s > 0:
            await talk.type()
            await asyncio.sleep(min(left_s, TYPING_SHOWN_EVERY_S))
            left_s -= TYPING_SHOWN_EVERY_S
        if talk.ended:
            return
        attachments = []
        if dialogue.picture_at == index:
            picture = draw_picture(self._pace.random)
            attachments = [await talk.upload("picture.png", picture, "image/png")]
        await talk.say(text, attachments)

    async def _hear(self, talk: Conversation) -> bool:
        """Waits for the agent's next words; False when there won't be any."""
        heard = await wait_for(
            lambda: _last_author(talk) == "agent" or not _is_with_agent(talk),
            talk.changed,
            ANSWER_S_MAX / self._pace.factor,
        )
        if not heard or not _is_with_agent(talk):
            return False
        await self._pace.read(talk.messages[-1]["text"])
        await talk.read()
        return True

    async def _take_leave(self, talk: Conversation, asked: Asked) -> None:
        if not talk.ended:
            await self._hear(talk)
            if self._pace.happens(0.5):
                await talk.end()
        await asked.until_ended(ANSWER_S_MAX / self._pace.factor)
        if talk.ended and talk.state["rating_open"] and self._pace.happens(RATING_SHARE):
            await self._pace.pause(2, 10)
            comments = LANGUAGES["en"].comments
            comment = (
                self._pace.random.choice(comments) if self._pace.happens(COMMENT_SHARE) else ""
            )
            await talk.rate(self._pace.random.choice(SCORES), comment)


def _is_with_agent(talk: Conversation) -> bool:
    """Or on the way to one, after being passed on."""
    return talk.state.get("state") in ("engaged", "waiting", "offered")


def _last_author(talk: Conversation) -> str | None:
    author: str | None = talk.messages[-1]["author"] if talk.messages else None
    return author
