"""Makes clips of what is to be said, each sentence once.

A sentence's clip is named by the hash of the voice and its words, and kept as a WAV file, so that
a menu is spoken once and played a million times, also after a restart. A sentence that somebody
has recorded is played as recorded.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from frontdesk.channels.voice.media import Clip
from frontdesk.channels.voice.speech.reading import read_aloud
from frontdesk.channels.voice.speech.sound import write_wav
from frontdesk.channels.voice.speech.voice import Utterance, Voice

SENTENCES_MAX: Final = 64
"""Of one utterance; what follows is one piece with the last."""

_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?…])\s+(?=[^\s\d])|\s*\n+\s*")
_UNFINISHED: Final = ".part"
_WAV_HEADER_BYTES: Final = 44


class RecordedSentences(Protocol):
    """What people have recorded to be played instead of the voice."""

    def find(self, text: str, language: str) -> str | None:
        """The hash of the sentence's WAV file; None: nobody has recorded it."""
        ...

    async def load(self, clip_id: str) -> bytes:
        """The WAV file of this hash, at the port's rate. Raises RecordsUnavailable."""
        ...


class ClipMaker:
    """Turns utterances into clips in a folder, which holds at most `bytes_max`."""

    def __init__(
        self, voice: Voice, folder: Path, bytes_max: int, recorded: RecordedSentences
    ) -> None:
        self._voice = voice
        self._folder = folder
        self._bytes_max = bytes_max
        self._recorded = recorded
        self._under_way: dict[str, asyncio.Task[Clip]] = {}

    async def make(self, utterances: Sequence[Utterance]) -> tuple[Clip, ...]:
        """Their clips in order, sentence by sentence.

        Raises SpeechError, OSError, RecordsUnavailable.
        """
        sentences = [
            Utterance(sentence, utterance.language)
            for utterance in utterances
            for sentence in split_sentences(utterance.text)
        ]
        return tuple([await self._make_once(sentence) for sentence in sentences])

    async def _make_once(self, sentence: Utterance) -> Clip:
        """Two who want the same sentence at once wait for one voice."""
        recorded = self._recorded.find(sentence.text, sentence.language)
        clip_id = recorded or self._name(sentence)
        path = self._folder / f"{clip_id}.wav"
        task = self._under_way.get(clip_id)
        if task is None:
            task = asyncio.create_task(self._find_or_make(clip_id, path, sentence, bool(recorded)))
            self._under_way[clip_id] = task
            task.add_done_callback(lambda _: self._under_way.pop(clip_id))
        # Who gives up waiting doesn't take it from the others.
        return await asyncio.shield(task)

    def _name(self, sentence: Utterance) -> str:
        words = "\0".join((self._voice.name, sentence.language, sentence.text))
        return hashlib.sha256(words.encode()).hexdigest()

    async def _speak(self, sentence: Utterance) -> bytes:
        said = read_aloud(sentence.text, sentence.language)
        return write_wav(await self._voice.speak(said, sentence.language))

    async def _find_or_make(
        self, clip_id: str, path: Path, sentence: Utterance, recorded: bool
    ) -> Clip:
        if not await asyncio.to_thread(_touch, path):
            making = self._recorded.load(clip_id) if recorded else self._speak(sentence)
            await asyncio.to_thread(self._keep, path, await making)
        return Clip(clip_id, path)

    def _keep(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(_UNFINISHED)
        unfinished.write_bytes(data)
        unfinished.replace(path)
        make_room(self._folder, self._bytes_max, spare=path)

    async def close(self) -> None:
        """Ends what is under way, and the voice."""
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        await self._voice.close()


def split_sentences(text: str) -> list[str]:
    """The text's sentences. A number behind a full stop doesn't begin one: it may be «no. 5»."""
    parts = _SENTENCE_ENDS.split(text.strip(), maxsplit=SENTENCES_MAX - 1)
    return [part.strip() for part in parts if part.strip()]


def make_room(folder: Path, bytes_max: int, *, spare: Path) -> None:
    """Removes the files that were not used for longest until the rest fits; `spare` stays."""
    kept = [(path, path.stat()) for path in folder.glob("*.wav") if path != spare]
    total = sum(stat.st_size for _, stat in kept) + spare.stat().st_size
    for path, stat in sorted(kept, key=lambda entry: entry[1].st_mtime_ns):
        if total <= bytes_max:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size


def _touch(path: Path) -> bool:
    """Whether it is there and whole; then it counts as used now."""
    try:
        if path.stat().st_size < _WAV_HEADER_BYTES:
            return False
        path.touch()
    except OSError:
        return False
    return True
