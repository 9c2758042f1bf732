"""Sound as the media port has it, to and from WAV files of any rate.

Samples are 16-bit, mono, `SAMPLES_PER_SECOND`; loudness is left as it is.
"""

from __future__ import annotations

import io
import wave
from math import gcd
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from frontdesk.channels.voice.media import SAMPLES_PER_SECOND
from frontdesk.channels.voice.speech.errors import SoundUnreadable

SAMPLE_BYTES: Final = 2
RATE_MIN: Final = 8_000
RATE_MAX: Final = 192_000
SOUND_BYTES_MAX: Final = 64 * 1024 * 1024
"""Of a file that is read, before and after it is brought to our rate."""

_PEAK: Final = 32_767
_ZERO_OF_8_BITS: Final = 128


def convert(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """Mono samples of another rate, at ours (polyphase filter)."""
    if rate == SAMPLES_PER_SECOND or not len(samples):
        return samples
    common = gcd(rate, SAMPLES_PER_SECOND)
    resampled: Any = resample_poly(
        samples.astype(np.float32), SAMPLES_PER_SECOND // common, rate // common
    )
    return np.clip(np.rint(resampled), -_PEAK - 1, _PEAK).astype(np.int16)


def write_wav(pcm: bytes, *, channels: int = 1, rate: int = SAMPLES_PER_SECOND) -> bytes:
    """A WAV file of 16-bit samples."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(rate)
        file.writeframes(pcm)
    return buffer.getvalue()


def read_wav(data: bytes) -> bytes:
    """The sound of a WAV file (PCM of 8, 16, 24 or 32 bits, any rate and channels), mono, our rate.

    Raises SoundUnreadable.
    """
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            _check(channels, width, rate, file.getnframes())
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise SoundUnreadable(f"This is no WAV file with PCM samples: {error}") from error
    whole = len(frames) - len(frames) % (width * channels)
    samples = _widen(frames[:whole], width).reshape(-1, channels).mean(axis=1)
    return convert(samples.astype(np.int16), rate).tobytes()


def _check(channels: int, width: int, rate: int, frames: int) -> None:
    if not RATE_MIN <= rate <= RATE_MAX:
        raise SoundUnreadable(f"{rate} samples a second; {RATE_MIN} to {RATE_MAX} can be read.")
    if frames * width * channels > SOUND_BYTES_MAX:
        raise SoundUnreadable(f"The sound is longer than {SOUND_BYTES_MAX} bytes.")
    if frames * SAMPLES_PER_SECOND * SAMPLE_BYTES > SOUND_BYTES_MAX * rate:
        raise SoundUnreadable("The sound is too long.")


def _widen(frames: bytes, width: int) -> NDArray[np.float64]:
    """Samples of any width as numbers of 16 bits."""
    if width == 1:
        return (np.frombuffer(frames, np.uint8).astype(np.float64) - _ZERO_OF_8_BITS) * 256
    if width == SAMPLE_BYTES:
        return np.frombuffer(frames, "<i2").astype(np.float64)
    if width == 3:
        # The upper two bytes of each: the lowest is below what 16 bits can say.
        triples = np.frombuffer(frames, np.uint8).reshape(-1, 3)
        return triples[:, 1:].copy().view("<i2").ravel().astype(np.float64)
    return np.frombuffer(frames, "<i4").astype(np.float64) / 65_536


def trim_silence(pcm: bytes, *, keep_ms: int) -> bytes:
    """Without the digital silence at both ends, but for so much of it."""
    samples = np.frombuffer(pcm, "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _SILENCE_PEAK)
    if not len(loud):
        return b""
    keep = keep_ms * SAMPLES_PER_SECOND // 1_000
    start, end = max(0, int(loud[0]) - keep), int(loud[-1]) + 1 + keep
    return samples[start:end].tobytes()


_SILENCE_PEAK: Final = 64


def count_ms(pcm: bytes) -> int:
    """How long it sounds."""
    return len(pcm) // SAMPLE_BYTES * 1_000 // SAMPLES_PER_SECOND
