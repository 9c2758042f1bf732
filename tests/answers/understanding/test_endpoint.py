"""The endpoint on bad days: every one is a typed error, after one more try where that may help."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from datetime import date

import msgspec
import pytest

from frontdesk.answers.understanding.endpoint import BODY_BYTES_MAX, EndpointUnderstanding
from frontdesk.answers.understanding.settings import EndpointSettings
from frontdesk.runtime.understanding import (
    Rejected,
    UnderstandingError,
    Understood,
    Unintelligible,
    Unreachable,
)
from tests.support.completions import KEY, Endpoint, completion, serve_completions
from tests.support.intents import SMALL

GOOD = '{"language": "de", "intents": [{"intent_id": "hours", "confidence": 0.8}]}'


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serve_completions() as double:
        yield double


async def _know() -> str:
    return KEY


async def _know_nothing() -> None:
    return None


Ask = Callable[..., Awaitable[Understood]]


@pytest.fixture
async def ask(endpoint: Endpoint) -> AsyncGenerator[Ask]:
    """Asks the endpoint about a text, by the given settings."""
    opened: list[EndpointUnderstanding] = []

    async def understand(
        text: str = "when do you open",
        find_key: Callable[[], Awaitable[str | None]] = _know,
        **changes: object,
    ) -> Understood:
        settings = EndpointSettings(base_url=endpoint.base_url, model="double")
        settings = msgspec.structs.replace(settings, **changes)
        opened.append(EndpointUnderstanding(settings, find_key, lambda: date(2026, 11, 25)))
        opened[-1].learn(SMALL)
        return await opened[-1].understand(text, "en")

    yield understand
    for one in opened:
        await one.close()


async def test_the_request_shows_intents_and_text_and_asks_for_json(
    endpoint: Endpoint, ask: Ask
) -> None:
    await ask("до скольки вы работаете?", examples_max=2)
    request = endpoint.requests[0]
    assert request["model"] == "double"
    assert request["temperature"] == 0
    assert request["response_format"] == {"type": "json_object"}
    task, said = request["messages"]
    assert said == {"role": "user", "content": "до скольки вы работаете?"}
    shown = json.loads(task["content"][task["content"].index("[{", 600) :])
    assert [one["intent_id"] for one in shown] == [intent.intent_id for intent in SMALL]
    assert all(len(one["examples"]) == 2 for one in shown)


async def test_a_model_with_a_temperature_of_its_own_is_left_it(
    endpoint: Endpoint, ask: Ask
) -> None:
    await ask(temperature=None)
    assert "temperature" not in endpoint.requests[0]


async def test_the_endpoint_may_know_other_languages(endpoint: Endpoint, ask: Ask) -> None:
    endpoint.say(GOOD)
    understood = await ask("wann macht ihr auf")
    assert understood == Understood((("hours", 0.8),), {}, "de")


async def test_confidences_that_add_up_to_more_than_one_are_scaled_down(
    endpoint: Endpoint, ask: Ask
) -> None:
    named = [{"intent_id": i, "confidence": 0.9} for i in ("hours", "balance", "person")]
    endpoint.say(json.dumps({"language": "en", "intents": named}))
    understood = await ask()
    assert [name for name, _ in understood.intents] == ["balance", "hours", "person"]
    assert sum(confidence for _, confidence in understood.intents) == pytest.approx(1)


NONSENSE = [
    "I think it is about the opening hours.",
    '{"intents": [{"intent_id": "weather", "confidence": 0.9}]}',
    '{"intents": [{"intent_id": "hours", "confidence": 7}]}',
    '{"intents": [{"intent_id": "hours", "confidence": null}]}',
    '{"intents": [{"intent_id": "hours", "confidence": 0.4}, '
    '{"intent_id": "hours", "confidence": 0.4}]}',
    '{"language": "the language of love", "intents": []}',
    "[]",
    "",
]


@pytest.mark.parametrize("said", NONSENSE)
async def test_nonsense_is_asked_for_once_more_and_then_an_error(
    endpoint: Endpoint, ask: Ask, said: str
) -> None:
    endpoint.say(said)
    endpoint.say(GOOD)
    assert (await ask()).intents == (("hours", 0.8),)
    endpoint.say(said)
    endpoint.say(said)
    with pytest.raises(Unintelligible) as caught:
        await ask()
    assert not caught.value.retryable
    assert len(endpoint.requests) == 4


@pytest.mark.parametrize("reason", ["length", "content_filter"])
async def test_an_answer_that_was_cut_off_is_none(
    endpoint: Endpoint, ask: Ask, reason: str
) -> None:
    endpoint.say(GOOD, reason)
    endpoint.say(GOOD, reason)
    with pytest.raises(Unintelligible, match=reason):
        await ask()


async def test_an_answer_without_end_is_cut_off(endpoint: Endpoint, ask: Ask) -> None:
    long = completion(" " * BODY_BYTES_MAX)
    endpoint.script += [lambda: (200, long), lambda: (200, long)]
    with pytest.raises(Unintelligible, match="longer"):
        await ask()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_busy_endpoint_is_asked_once_more(
    endpoint: Endpoint, ask: Ask, status: int
) -> None:
    endpoint.fail(status)
    endpoint.say(GOOD)
    assert (await ask()).intents == (("hours", 0.8),)
    endpoint.fail(status)
    endpoint.fail(status)
    with pytest.raises(Unreachable) as caught:
        await ask()
    assert caught.value.retryable


@pytest.mark.parametrize("status", [301, 400, 401, 404])
async def test_who_is_turned_away_does_not_insist(
    endpoint: Endpoint, ask: Ask, status: int
) -> None:
    endpoint.fail(status)
    with pytest.raises(Rejected):
        await ask()
    assert len(endpoint.requests) == 1


async def test_without_the_right_key_the_endpoint_refuses(ask: Ask) -> None:
    with pytest.raises(Rejected, match="401"):
        await ask(find_key=_know_nothing)


async def test_an_endpoint_that_hangs_is_given_up(endpoint: Endpoint, ask: Ask) -> None:
    endpoint.hang()
    endpoint.hang()
    with pytest.raises(Unreachable):
        await ask(time_ms_max=200)


async def test_nobody_at_home(ask: Ask, free_port: int) -> None:
    with pytest.raises(Unreachable):
        await ask(base_url=f"http://127.0.0.1:{free_port}/v1")


@pytest.mark.parametrize("url", ["", "ftp://example.com/v1", "http://", "http://[::1", "nowhere"])
async def test_an_address_that_is_none_is_an_error(ask: Ask, url: str) -> None:
    with pytest.raises(UnderstandingError):
        await ask(base_url=url)


async def test_a_key_that_cannot_be_sent_is_an_error_that_does_not_tell_it(ask: Ask) -> None:
    async def find_key() -> str:
        return "geheim\nключ"

    with pytest.raises(Rejected) as caught:
        await ask(find_key=find_key)
    assert "geheim" not in str(caught.value)
