"""What everything that understands texts keeps to. A backend is one line in `BACKENDS`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from functools import cache
from typing import Protocol

import pytest

from frontdesk.answers.understanding.endpoint import EndpointUnderstanding
from frontdesk.answers.understanding.local import LocalUnderstanding
from frontdesk.answers.understanding.model import Model
from frontdesk.answers.understanding.settings import EndpointSettings
from frontdesk.answers.understanding.training import train
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding import INTENTS_MAX, TEXT_CHARS_MAX, Understood
from tests.support.completions import KEY, serve_completions
from tests.support.intents import SMALL

TODAY = date(2026, 11, 25)
SURE = 0.6


class Learning(Protocol):
    """What understands, and learns what to."""

    async def understand(self, text: str, language: str) -> Understood: ...

    def learn(self, intents: Sequence[Intent]) -> None: ...


@cache
def model_of(intents: tuple[Intent, ...]) -> Model | None:
    trained = train(intents)
    return None if trained is None else trained.model


async def train_here(intents: tuple[Intent, ...], urgent: bool) -> Model | None:
    return model_of(intents)


@asynccontextmanager
async def open_local(intents: Sequence[Intent]) -> AsyncGenerator[Learning]:
    local = LocalUnderstanding(lambda: TODAY, train_here, quiet_s=0)
    running = asyncio.create_task(local.run())
    local.learn(intents)
    await local.until_learnt()
    yield local
    running.cancel()


@asynccontextmanager
async def open_endpoint(intents: Sequence[Intent]) -> AsyncGenerator[Learning]:
    async def find_key() -> str:
        return KEY

    with serve_completions() as double:
        settings = EndpointSettings(base_url=double.base_url, model="double")
        endpoint = EndpointUnderstanding(settings, find_key, lambda: TODAY)
        endpoint.learn(intents)
        yield endpoint
        await endpoint.close()


Opening = Callable[[Sequence[Intent]], AbstractAsyncContextManager[Learning]]
BACKENDS: dict[str, Opening] = {"local": open_local, "endpoint": open_endpoint}


@pytest.fixture(params=BACKENDS)
def opening(request: pytest.FixtureRequest) -> Opening:
    return BACKENDS[request.param]


@pytest.fixture
async def learning(opening: Opening) -> AsyncGenerator[Learning]:
    """One that has learnt the small company's intents."""
    async with opening(SMALL) as opened:
        yield opened


@pytest.mark.parametrize("intent", SMALL, ids=lambda intent: intent.intent_id)
async def test_an_example_is_its_intent_in_every_language(
    learning: Learning, intent: Intent
) -> None:
    for text in intent.examples:
        understood = await learning.understand(text, "en")
        assert understood.intents[0][0] == intent.intent_id, text
        assert understood.intents[0][1] >= SURE / 2


@pytest.mark.parametrize("text", ["where is my order", "asdkjh qwe", "баланс и оператор", "la"])
async def test_confidences_are_probabilities_likeliest_first(learning: Learning, text: str) -> None:
    understood = await learning.understand(text, "en")
    names = [intent_id for intent_id, _ in understood.intents]
    confidences = [confidence for _, confidence in understood.intents]
    assert set(names) <= {intent.intent_id for intent in SMALL}
    assert len(set(names)) == len(names) <= INTENTS_MAX
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert sum(confidences) <= 1.0001


@pytest.mark.parametrize(
    "text", ["", "  \n ", "asdkjh qwe", "????", "tell me a joke", "Пушкин", "🙂🙂"]
)
async def test_what_says_nothing_is_unsure(learning: Learning, text: str) -> None:
    understood = await learning.understand(text, "en")
    assert all(confidence < SURE for _, confidence in understood.intents)


async def test_what_the_text_names_is_told(learning: Learning) -> None:
    understood = await learning.understand("где мой заказ № 40217? жду с 20.11.", "en")
    assert understood.entities == {"order_number": "40217", "date": "2026-11-20"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my order?", "en"),
        ("где мой заказ", "ru"),
        ("unde este comanda mea?", "ro"),
        ("40217", "ro"),
        ("", "ro"),
    ],
)
async def test_the_language_is_the_texts_else_that_of_the_conversation(
    learning: Learning, text: str, language: str
) -> None:
    assert (await learning.understand(text, "ro")).language == language


async def test_a_text_as_long_as_a_book_is_read_in_part(learning: Learning) -> None:
    understood = await learning.understand("where is my order " * TEXT_CHARS_MAX, "en")
    assert understood.intents[0][0] == "order"


async def test_the_same_text_is_understood_the_same(learning: Learning) -> None:
    first = await learning.understand("my parcel, when?", "en")
    assert await learning.understand("my parcel, when?", "en") == first


async def test_without_intents_there_is_nothing_to_want(opening: Opening) -> None:
    async with opening(()) as opened:
        understood = await opened.understand("где заказ 40217", "ru")
    assert understood == Understood((), {"order_number": "40217"}, "ru")


async def test_one_intent_is_enough_to_begin_with(opening: Opening) -> None:
    async with opening(SMALL[:1]) as opened:
        known = await opened.understand("what is my balance", "en")
        foreign = await opened.understand("tell me a joke", "en")
    assert known.intents[0][0] == "balance"
    assert known.intents[0][1] >= SURE / 2
    assert all(confidence < SURE for _, confidence in foreign.intents)


async def test_what_is_learnt_anew_replaces_what_was_known(opening: Opening) -> None:
    async with opening(SMALL[:2]) as opened:
        opened.learn(SMALL[2:])
        if isinstance(opened, LocalUnderstanding):
            await opened.until_learnt()
        understood = await opened.understand("where is my order", "en")
    assert understood.intents[0][0] == "order"
