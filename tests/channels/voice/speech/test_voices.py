"""Bad days of the voices, each by itself."""

import pytest

from frontdesk.channels.voice.speech.endpoint import EndpointVoice
from frontdesk.channels.voice.speech.errors import SoundUnreadable, SpeechRejected, VoiceSilent
from frontdesk.channels.voice.speech.espeak import EspeakVoice
from frontdesk.channels.voice.speech.settings import VoiceSettings
from tests.support.speech_service import KEY, Service, serve_speech


async def find_key() -> str | None:
    return KEY


def by(service: Service, time_ms_max: int = 60_000) -> EndpointVoice:
    return EndpointVoice(
        VoiceSettings(
            base_url=service.base_url + "/", model="m", voices={"": "any"}, time_ms_max=time_ms_max
        ),
        find_key,
    )


async def test_a_voice_inside_that_is_killed_is_started_again() -> None:
    voice = EspeakVoice(VoiceSettings(time_ms_max=60_000))
    before = await voice.speak("Hello", "en")
    assert voice.program.process is not None
    voice.program.process.kill()
    await voice.program.process.wait()
    assert await voice.speak("Hello", "en") == before
    await voice.close()


async def test_a_voice_inside_that_hangs_is_replaced() -> None:
    hurried = EspeakVoice(VoiceSettings(time_ms_max=1))
    with pytest.raises(VoiceSilent):
        await hurried.speak("Hello", "en")
    assert hurried.program.process is None
    await hurried.close()


async def test_the_service_is_asked_as_its_reference_says() -> None:
    with serve_speech() as service:
        voice = by(service)
        await voice.speak("Bună ziua", "ro")
        await voice.close()
    assert service.requests == [
        {
            "path": "/v1/audio/speech",
            "model": "m",
            "input": "Bună ziua",
            "voice": "any",
            "response_format": "wav",
        }
    ]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (503, b"", VoiceSilent),
        (429, b"", VoiceSilent),
        (401, b"", SpeechRejected),
        (200, b"ID3 is no WAV", SoundUnreadable),
    ],
)
async def test_what_goes_wrong_with_the_service_has_a_name(
    status: int, body: bytes, error: type[Exception]
) -> None:
    with serve_speech() as service:
        voice = by(service)
        service.answer(status, body)
        with pytest.raises(error):
            await voice.speak("Hello", "en")
        await voice.close()


async def test_a_service_that_hangs_is_given_up() -> None:
    with serve_speech() as service:
        voice = by(service, time_ms_max=100)
        service.hang()
        with pytest.raises(VoiceSilent):
            await voice.speak("Hello", "en")
        await voice.close()
