"""Where words begin and end in what is heard.

Frames are judged one by one by WebRTC's detector of voices, at its strictest: looser, it takes a
room's noise after words for more of them. Words begin when most of the last frames are a voice's,
with what was just before, for a consonant is quiet; they end with a pause.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
import pocketsphinx  # pyright: ignore[reportMissingTypeStubs]

from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND


class Pauses(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long is waited for words, within them, and for them to end."""

    before_ms_max: int = 6_000
    within_ms_max: int = 800
    words_ms_max: int = 15_000


_LEAD_FRAMES: Final = 15
_BEGIN_FRAMES: Final = 10
_BEGIN_VOICED_MIN: Final = 7


async def cut_utterance(frames: AsyncIterator[bytes], pauses: Pauses) -> AsyncIterator[bytes]:
    """The frames of what is said first, as they come; none when nothing is said in time."""
    cutter = _Cutter(pauses)
    async for frame in frames:
        for said in cutter.take(frame):
            yield said
        if cutter.ended:
            return


class _Cutter:
    """Takes frame by frame, and gives those that belong to the words."""

    def __init__(self, pauses: Pauses) -> None:
        self._pauses = pauses
        library: Any = pocketsphinx
        frame_s = FRAME_MS / 1_000
        self._detector = library.Vad(library.Vad.STRICT, SAMPLES_PER_SECOND, frame_s)
        self._lead: deque[bytes] = deque(maxlen=_LEAD_FRAMES)
        self._voiced: deque[bool] = deque(maxlen=_BEGIN_FRAMES)
        self._begun = False
        self._waited_ms = self._spoken_ms = self._quiet_ms = 0
        self.ended = False

    def take(self, frame: bytes) -> tuple[bytes, ...]:
        is_voice = len(frame) == self._detector.frame_bytes and self._detector.is_speech(frame)
        return self._go_on(frame, is_voice) if self._begun else self._wait(frame, is_voice)

    def _wait(self, frame: bytes, is_voice: bool) -> tuple[bytes, ...]:
        self._waited_ms += FRAME_MS
        self._lead.append(frame)
        self._voiced.append(is_voice)
        self._begun = sum(self._voiced) >= _BEGIN_VOICED_MIN
        if self._begun:
            return tuple(self._lead)
        self.ended = self._waited_ms >= self._pauses.before_ms_max
        return ()

    def _go_on(self, frame: bytes, is_voice: bool) -> tuple[bytes, ...]:
        self._spoken_ms += FRAME_MS
        self._quiet_ms = 0 if is_voice else self._quiet_ms + FRAME_MS
        paused = self._quiet_ms >= self._pauses.within_ms_max
        self.ended = paused or self._spoken_ms >= self._pauses.words_ms_max
        return (frame,)
