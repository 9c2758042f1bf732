"""Bad days of the recognisers, and what their services are asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager

import pytest

from frontdesk.channels.voice.speech.errors import (
    SoundUnreadable,
    SpeechError,
    SpeechRejected,
    VoiceSilent,
)
from frontdesk.channels.voice.speech.hearing import Expected, Heard
from frontdesk.channels.voice.speech.recognisers import build_recogniser
from frontdesk.channels.voice.speech.settings import Hearing, HearingSettings
from frontdesk.channels.voice.speech.sphinx import SphinxRecogniser, reckon_confidence
from tests.support.hearing_services import (
    KEY,
    HearingService,
    serve_sherpa,
    serve_transcriptions,
    serve_vosk,
)

Serve = Callable[[], AbstractContextManager[HearingService]]
SOUND = bytes(range(250)) * 80
EXPECTED = (Expected("1", ("Orders", "one")), Expected("2", ("Billing",)))
SERVICES: dict[Hearing, Serve] = {
    Hearing.TRANSCRIPTIONS: serve_transcriptions,
    Hearing.VOSK: serve_vosk,
    Hearing.SHERPA: serve_sherpa,
}


async def find_key() -> str | None:
    return KEY


async def frames() -> AsyncIterator[bytes]:
    for start in range(0, len(SOUND), 640):
        yield SOUND[start : start + 640]


async def ask(
    by: Hearing,
    url: str,
    expected: tuple[Expected, ...] = EXPECTED,
    time_ms_max: int = 60_000,
) -> Heard | None:
    settings = HearingSettings(by=by, urls={"": url}, model="m", time_ms_max=time_ms_max)
    recogniser = build_recogniser(settings, find_key)
    try:
        return await recogniser.hear(frames(), expected, "en")
    finally:
        await recogniser.close()


ASKED = {
    Hearing.TRANSCRIPTIONS: {
        "path": "/v1/audio/transcriptions",
        "model": "m",
        "language": "en",
        "response_format": "json",
        "prompt": "Orders, one, Billing",
    },
    Hearing.VOSK: {
        "sample_rate": 16_000,
        "words": True,
        "phrase_list": ["orders", "one", "billing", "[unk]"],
    },
    Hearing.SHERPA: {"rate": 16_000, "size": len(SOUND) * 2},
}


@pytest.mark.parametrize("by", SERVICES)
async def test_a_service_is_asked_as_its_protocol_says(by: Hearing) -> None:
    with SERVICES[by]() as service:
        service.words[SOUND] = "orders please"
        heard = await ask(by, service.url)
    assert heard is not None
    assert heard.value == "1"
    assert service.asked == [ASKED[by]]


@pytest.mark.parametrize("by", SERVICES)
async def test_a_service_that_hangs_is_given_up(by: Hearing) -> None:
    with SERVICES[by]() as service:
        service.hangs = True
        with pytest.raises(VoiceSilent):
            await ask(by, service.url, time_ms_max=200)


@pytest.mark.parametrize("by", SERVICES)
async def test_a_service_that_is_not_there_is_said_so(by: Hearing) -> None:
    with SERVICES[by]() as service:
        gone = service.url
    with pytest.raises(VoiceSilent):
        await ask(by, gone)


@pytest.mark.parametrize("by", SERVICES)
async def test_an_address_that_is_none_is_said_so(by: Hearing) -> None:
    with pytest.raises(SpeechError):
        await ask(by, "nowhere")


@pytest.mark.parametrize("by", [Hearing.TRANSCRIPTIONS, Hearing.VOSK])
async def test_an_answer_that_is_none_is_said_so(by: Hearing) -> None:
    with SERVICES[by]() as service:
        service.bad_answer = "<html>"
        with pytest.raises(SoundUnreadable):
            await ask(by, service.url)


async def test_words_that_a_server_gives_bare_are_taken() -> None:
    with serve_sherpa() as service:
        service.bad_answer = "Billing, please"
        heard = await ask(Hearing.SHERPA, service.url)
    assert heard is not None
    assert heard.value == "2"


@pytest.mark.parametrize(("status", "error"), [(503, VoiceSilent), (400, SpeechRejected)])
async def test_what_goes_wrong_with_transcriptions_has_a_name(
    status: int, error: type[Exception]
) -> None:
    with serve_transcriptions() as service:
        service.status = status
        with pytest.raises(error):
            await ask(Hearing.TRANSCRIPTIONS, service.url)


async def test_words_of_which_vosk_is_unsure_are_not_heard() -> None:
    with serve_vosk() as service:
        service.words[SOUND] = "orders"
        service.confidence = 0.5
        assert await ask(Hearing.VOSK, service.url) is None


async def test_a_program_that_is_killed_is_started_again() -> None:
    recogniser = SphinxRecogniser(HearingSettings(time_ms_max=60_000))
    await recogniser.measure(SOUND, EXPECTED)
    assert recogniser.program.process is not None
    recogniser.program.process.kill()
    await recogniser.program.process.wait()
    await recogniser.measure(SOUND, EXPECTED)
    await recogniser.close()


async def test_words_that_no_dictionary_has_are_heard_as_nothing() -> None:
    recogniser = SphinxRecogniser(HearingSettings(time_ms_max=60_000))
    assert await recogniser.measure(SOUND, (Expected("1", ("Zxqwv",)),)) is None
    await recogniser.close()


def test_the_better_the_words_fit_the_surer_it_is() -> None:
    by_likeness = [reckon_confidence(likeness / 1_000, 1.0) for likeness in range(-20, 20)]
    by_cover = [reckon_confidence(0.0, cover / 10) for cover in range(20)]
    assert by_likeness == sorted(by_likeness)
    assert by_cover == sorted(by_cover)
    assert all(0 <= confidence <= 1 for confidence in by_likeness + by_cover)
