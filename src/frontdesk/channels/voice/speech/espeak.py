"""The voice inside: eSpeak NG in English, Russian, Romanian and a hundred more languages.

It sounds like a machine and is understood well; it needs no network, no model and no graphics card.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from frontdesk.channels.voice.speech.errors import LanguageMissing, VoiceSilent
from frontdesk.channels.voice.speech.settings import VoiceSettings
from frontdesk.channels.voice.speech.sound import convert, trim_silence
from frontdesk.channels.voice.speech.voice import TEXT_CHARS_MAX

PROGRAM: Final = Path(__file__).with_name("espeak_program.py")

VOICES: Final = {"en": "en-us"}
"""eSpeak's name where the language's own code isn't the best."""

SILENCE_KEPT_MS: Final = 60

_UNKNOWN_VOICE: Final = 0xFFFFFFFF
_NUMBER: Final = struct.Struct(">I")


class EspeakVoice:
    """Speaks by one process, text after text; one that hangs or ends is replaced."""

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings
        self._one_at_a_time = asyncio.Lock()
        self._process: Process | None = None
        self._rate = 0

    @property
    def name(self) -> str:
        """Engine, speed and pitch."""
        settings = self._settings
        return f"espeak-ng {settings.words_a_minute} {settings.pitch}"

    async def speak(self, text: str, language: str) -> bytes:
        """The text's sound. Raises LanguageMissing, VoiceSilent."""
        request = {"text": text[:TEXT_CHARS_MAX], "voice": VOICES.get(language, language)}
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(self._settings.time_ms_max / 1_000):
                    sound = await self._ask(msgspec.json.encode(request) + b"\n")
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                await self._end()
                raise VoiceSilent("eSpeak NG has hung or ended") from error
            except asyncio.CancelledError:
                # What it still says would be taken for the next text.
                await self._end()
                raise
        if sound is None:
            raise LanguageMissing(f"eSpeak NG doesn't speak {language!r}")
        samples = convert(np.frombuffer(sound, "<i2"), self._rate)
        return trim_silence(samples.tobytes(), keep_ms=SILENCE_KEPT_MS)

    async def close(self) -> None:
        """Ends the process."""
        async with self._one_at_a_time:
            await self._end()

    async def _ask(self, line: bytes) -> bytes | None:
        process = await self._get_process()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        await process.stdin.drain()
        (size,) = _NUMBER.unpack(await process.stdout.readexactly(_NUMBER.size))
        return None if size == _UNKNOWN_VOICE else await process.stdout.readexactly(size)

    async def _get_process(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(PROGRAM),
                str(self._settings.words_a_minute),
                str(self._settings.pitch),
                stdin=PIPE,
                stdout=PIPE,
            )
            assert self._process.stdout is not None
            (self._rate,) = _NUMBER.unpack(await self._process.stdout.readexactly(_NUMBER.size))
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        # Its pipes are emptied, so that their ends close with it.
        await process.communicate()
