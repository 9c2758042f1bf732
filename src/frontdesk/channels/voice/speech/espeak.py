"""The voice inside: eSpeak NG in English, Russian, Romanian and a hundred more languages.

It sounds like a machine and is understood well; it needs no network, no model and no graphics card.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

import numpy as np

from frontdesk.channels.voice.speech.errors import LanguageMissing
from frontdesk.channels.voice.speech.programs import Program
from frontdesk.channels.voice.speech.settings import VoiceSettings
from frontdesk.channels.voice.speech.sound import convert, trim_silence
from frontdesk.channels.voice.speech.voice import TEXT_CHARS_MAX

PROGRAM: Final = Path(__file__).with_name("espeak_program.py")

VOICES: Final = {"en": "en-us"}
"""eSpeak's name where the language's own code isn't the best."""

SILENCE_KEPT_MS: Final = 60

_RATE: Final = struct.Struct(">I")


class EspeakVoice:
    """Speaks by one process, text after text."""

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings
        arguments = (str(settings.words_a_minute), str(settings.pitch))
        self.program = Program(PROGRAM, arguments, settings.time_ms_max)

    @property
    def name(self) -> str:
        """Engine, speed and pitch."""
        return f"espeak-ng {self._settings.words_a_minute} {self._settings.pitch}"

    async def speak(self, text: str, language: str) -> bytes:
        """The text's sound. Raises LanguageMissing, VoiceSilent."""
        voice = VOICES.get(language, language)
        answer = await self.program.ask({"text": text[:TEXT_CHARS_MAX], "voice": voice})
        if answer is None:
            raise LanguageMissing(f"eSpeak NG doesn't speak {language!r}")
        (rate,) = _RATE.unpack_from(answer)
        samples = convert(np.frombuffer(answer, "<i2", offset=_RATE.size), rate)
        return trim_silence(samples.tobytes(), keep_ms=SILENCE_KEPT_MS)

    async def close(self) -> None:
        """Ends the process."""
        await self.program.close()
