"""Sound by which people in tests are told apart: each hums a tone of their own."""

from __future__ import annotations

import numpy as np

LOUD = 0.02
"""A tone's share of full scale from which on it counts as heard."""


def hum(hz: float, first: int, samples: int, rate: int) -> np.ndarray:
    """A piece of an endless tone, in 16 bits."""
    when = np.arange(samples) + first
    return (np.sin(2 * np.pi * hz * when / rate) * 8_000).astype(np.int16)


def find_tones(sound: np.ndarray, rate: int) -> set[int]:
    """The tones of a piece of sound, to the next 50 Hz."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) / len(sound) * 4 / 32_768
    loud = np.flatnonzero(spectrum > LOUD)
    return {round(index * rate / len(sound) / 50) * 50 for index in loud} - {0}
