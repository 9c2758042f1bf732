"""A recording: a WAV file of two channels that is whole at every moment.

The header is written again with every piece, so that a file whose writer is killed can be played as
far as it goes.
"""

from __future__ import annotations

import struct
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontdesk.channels.voice.media import FRAME_MS, SAMPLES_PER_SECOND, Recording

Samples: TypeAlias = NDArray[np.int16]

FRAME_SAMPLES: Final = SAMPLES_PER_SECOND * FRAME_MS // 1000
RECORDED_S_MAX: Final = 12 * 3600
"""A WAV file can tell of eighteen hours."""
_HEADER: Final = struct.Struct("<4sI4s4sIHHIIHH4sI")
_BLOCK_BYTES: Final = 4


class Recorder:
    """Writes one recording. Raises OSError when the disk is full or the path is wrong."""

    def __init__(self, recording: Recording) -> None:
        recording.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = recording.path.open("xb")
        self.samples = 0
        self._write_header()

    @property
    def duration_ms(self) -> int:
        """Of what is in the file."""
        return self.samples * 1000 // SAMPLES_PER_SECOND

    def add(self, left: Samples, right: Samples) -> None:
        """A piece of both sides."""
        if self.samples > RECORDED_S_MAX * SAMPLES_PER_SECOND:
            raise OSError("the recording is longer than it may be")
        self._file.write(np.stack((left, right), axis=1).astype("<i2").tobytes())
        self.samples += len(left)
        self._write_header()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _write_header(self) -> None:
        """By the WAVE format of RIFF: one chunk of PCM."""
        size = self.samples * _BLOCK_BYTES
        header = _HEADER.pack(
            b"RIFF", size + _HEADER.size - 8, b"WAVE",
            b"fmt ", 16, 1, 2, SAMPLES_PER_SECOND, SAMPLES_PER_SECOND * _BLOCK_BYTES,
            _BLOCK_BYTES, 16, b"data", size,
        )  # fmt: skip
        self._file.seek(0)
        self._file.write(header)
        self._file.seek(0, 2)
        self._file.flush()
