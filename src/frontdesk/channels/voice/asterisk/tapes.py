"""Records bridges: hears each of their legs, and writes who is left and who is right.

The clock is ours. What a leg says comes in frames, a little late and never quite even, so a few are
kept before the first is written; where none has come, the file has silence.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Final

import numpy as np

from frontdesk.channels.voice.asterisk.board import Board
from frontdesk.channels.voice.asterisk.ears import Ears
from frontdesk.channels.voice.asterisk.recorder import FRAME_SAMPLES, Recorder, Samples
from frontdesk.channels.voice.media import FRAME_MS, Recording, RecordingEnded, Role

PIECE_FRAMES: Final = 10
"""200 ms are written at once."""
KEPT_FRAMES: Final = 5
LATE_FRAMES_MAX: Final = 50
_SILENCE: Final = np.zeros(FRAME_SAMPLES, np.int16)


class _Voice:
    """What one leg says, from its ear to the tape."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque(maxlen=LATE_FRAMES_MAX)
        self._flows = False
        self.ended = False

    def take(self, frame: bytes | None) -> None:
        if frame is None:
            self.ended = True
        else:
            self._frames.append(frame)
            self._flows = self._flows or len(self._frames) >= KEPT_FRAMES

    def next_frame(self) -> Samples:
        if not self._flows or not self._frames:
            self._flows = False
            return _SILENCE
        return np.frombuffer(self._frames.popleft(), np.int16)


class _Tape:
    """One recording under way."""

    def __init__(self, recording: Recording, recorder: Recorder) -> None:
        self.recording = recording
        self.recorder = recorder
        self.paused = False
        self.error = ""
        self.voices: dict[str, _Voice] = {}
        self.task: asyncio.Task[None] | None = None

    def mix(self) -> tuple[Samples, Samples]:
        """The next piece of both sides."""
        frames = [self._mix_frame() for _ in range(PIECE_FRAMES)]
        return np.concatenate([left for left, _ in frames]), np.concatenate([r for _, r in frames])

    def _mix_frame(self) -> tuple[Samples, Samples]:
        left, right = self.recording.left, [*self.voices.keys() - set(self.recording.left)]
        return self._add(left), self._add(right)

    def _add(self, legs: Iterable[str]) -> Samples:
        heard = [self.voices[leg].next_frame() for leg in legs if leg in self.voices]
        if self.paused or not heard:
            return _SILENCE
        return np.clip(np.sum(heard, axis=0, dtype=np.int32), -32768, 32767).astype(np.int16)


class Tapes:
    """The recordings under way."""

    def __init__(self, board: Board, ears: Ears) -> None:
        self._board = board
        self._ears = ears
        self._tapes: dict[str, _Tape] = {}
        self._known: deque[str] = deque(maxlen=10_000)

    async def begin(self, recording: Recording, seated: Iterable[str]) -> None:
        """Begins to record a bridge; what was begun before is not begun again."""
        if recording.recording_id in self._known:
            return
        self._known.append(recording.recording_id)
        try:
            recorder = await asyncio.to_thread(Recorder, recording)
        except OSError as error:
            self._board.report(RecordingEnded(recording.recording_id, 0, str(error)))
            return
        tape = self._tapes[recording.recording_id] = _Tape(recording, recorder)
        self._listen(tape, set(seated))
        tape.task = asyncio.create_task(self._run(tape))

    def pause(self, recording_id: str, *, paused: bool) -> None:
        """Whether silence is written instead of what is said."""
        tape = self._tapes.get(recording_id)
        if tape is not None:
            tape.paused = paused

    def stop(self, recording_id: str) -> None:
        """Ends a recording, if it is still under way."""
        tape = self._tapes.get(recording_id)
        if tape is not None and tape.task is not None:
            tape.task.cancel()

    def note_seats(self, bridge_id: str, seated: set[str]) -> None:
        """Others than before sit in a bridge; nobody: it has ended."""
        for tape in list(self._tapes.values()):
            if tape.recording.bridge_id != bridge_id:
                continue
            self._listen(tape, seated)
            if not seated:
                self.stop(tape.recording.recording_id)

    def _listen(self, tape: _Tape, seated: set[str]) -> None:
        talking = {leg_id for leg_id in seated if self._talks(leg_id)}
        for leg_id in tape.voices.keys() - talking:
            self._ears.stop(leg_id, tape.voices.pop(leg_id).take)
        for leg_id in talking - tape.voices.keys():
            voice = tape.voices[leg_id] = _Voice()
            self._ears.listen(leg_id, voice.take)
        for leg_id in seated:
            self._board.legs[leg_id].recording_id = tape.recording.recording_id

    def _talks(self, leg_id: str) -> bool:
        leg = self._board.legs.get(leg_id)
        return leg is not None and leg.role is Role.TALKS

    async def _run(self, tape: _Tape) -> None:
        loop = asyncio.get_running_loop()
        due_s = loop.time()
        try:
            while not tape.error:
                due_s += PIECE_FRAMES * FRAME_MS / 1000
                await asyncio.sleep(due_s - loop.time())
                await asyncio.to_thread(tape.recorder.add, *tape.mix())
                self._notice_loss(tape)
        except OSError as error:
            tape.error = str(error)
        finally:
            self._end(tape)

    def _notice_loss(self, tape: _Tape) -> None:
        """A leg that still sits there and can't be heard any more: its side would be missing."""
        lost = [leg_id for leg_id, voice in tape.voices.items() if voice.ended]
        if lost:
            tape.error = f"{lost[0]} could not be heard any more"

    def _end(self, tape: _Tape) -> None:
        recording_id = tape.recording.recording_id
        self._tapes.pop(recording_id, None)
        for leg_id, voice in tape.voices.items():
            self._ears.stop(leg_id, voice.take)
        for leg in self._board.legs.values():
            if leg.recording_id == recording_id:
                leg.recording_id = None
        try:
            tape.recorder.close()
        except OSError as error:
            tape.error = tape.error or str(error)
        duration_ms = tape.recorder.duration_ms
        self._board.report(RecordingEnded(recording_id, duration_ms, tape.error))

    async def rest(self) -> None:
        """Ends them all."""
        tasks = [tape.task for tape in self._tapes.values() if tape.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
