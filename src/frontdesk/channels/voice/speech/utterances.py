"""Where words begin and end in what is heard.

Frames are judged one by one by WebRTC's detector of voices. Words begin when most of the last
frames are a voice's, with what was just before, for a consonant is quiet; they end with a pause.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from pocketsphinx import Vad

from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND


class Pauses(msgspec.Struct, frozen=True, kw_only=True):
    """How long is waited for words, within them and after them."""

    before_ms_max: int = 6_000
    within_ms_max: int = 800
    words_ms_max: int = 15_000


_LEAD_FRAMES: Final = 15
_BEGIN_FRAMES: Final = 10
_BEGIN_VOICED_MIN: Final = 7


async def cut_utterance(
    frames: AsyncIterator[bytes], pauses: Pauses | None = None
) -> AsyncIterator[bytes]:
    """The frames of what is said first, as they come; none when nothing is said in time."""
    pauses = pauses or Pauses()
    detector = Vad(Vad.MEDIUM_STRICT, SAMPLES_PER_SECOND, FRAME_MS / 1_000)
    lead: deque[bytes] = deque(maxlen=_LEAD_FRAMES)
    voiced: deque[bool] = deque(maxlen=_BEGIN_FRAMES)
    begun, waited_ms, spoken_ms, quiet_ms = False, 0, 0, 0
    async for frame in frames:
        is_voice = len(frame) == detector.frame_bytes and detector.is_speech(frame)
        if not begun:
            waited_ms += FRAME_MS
            lead.append(frame)
            voiced.append(is_voice)
            begun = sum(voiced) >= _BEGIN_VOICED_MIN
            if begun:
                for earlier in lead:
                    yield earlier
            elif waited_ms >= pauses.before_ms_max:
                return
            continue
        yield frame
        spoken_ms += FRAME_MS
        quiet_ms = 0 if is_voice else quiet_ms + FRAME_MS
        if quiet_ms >= pauses.within_ms_max or spoken_ms >= pauses.words_ms_max:
            return
