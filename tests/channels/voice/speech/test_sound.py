"""Sound goes in and out of WAV files."""

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.voice.media import SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import SoundUnreadable
from frontdesk.channels.voice.speech.sound import count_ms, read_wav, trim_silence, write_wav


def tone(hertz: float, rate: int, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


def loudest_hertz(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, "<i2")
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * SAMPLES_PER_SECOND / len(samples)


def wav_of(samples: np.ndarray, width: int, rate: int, channels: int = 1) -> bytes:
    """A WAV file of samples between -1 and 1."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        whole = np.repeat(samples, channels)
        if width == 1:
            file.writeframes(((whole * 127) + 128).astype(np.uint8).tobytes())
        else:
            full = np.rint(whole * (2 ** (8 * width - 1) - 1)).astype("<i4")
            data = full.tobytes()
            file.writeframes(b"".join(data[i : i + width] for i in range(0, len(data), 4)))
    return buffer.getvalue()


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_tone_stays_the_same_tone(rate: int, width: int, channels: int) -> None:
    pcm = read_wav(wav_of(tone(700, rate) * 0.5, width, rate, channels))
    assert abs(loudest_hertz(pcm) - 700) < 5
    assert abs(count_ms(pcm) - 500) <= 1
    assert abs(int(np.abs(np.frombuffer(pcm, "<i2").astype(int)).max()) - 16_384) < 1_200


@given(st.binary(max_size=400).map(lambda data: data[: len(data) // 2 * 2]))
def test_what_is_written_is_read(pcm: bytes) -> None:
    assert read_wav(write_wav(pcm)) == pcm


@given(st.binary(max_size=200))
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(SoundUnreadable):
        read_wav(data)


def test_a_file_of_an_unheard_rate_is_refused() -> None:
    with pytest.raises(SoundUnreadable, match="4000 samples a second"):
        read_wav(write_wav(bytes(800), rate=4_000))


def test_silence_at_the_ends_is_cut_but_for_a_moment() -> None:
    silence, sound = bytes(2 * 16_000), (tone(440, 16_000, 1) * 9_000).astype("<i2").tobytes()
    assert abs(count_ms(trim_silence(silence + sound + silence, keep_ms=60)) - 1_120) <= 2
    assert trim_silence(silence, keep_ms=60) == b""
