"""The sound of a telephone in a test: it hums a tone, hears tones, and presses and hears keys."""

from __future__ import annotations

import asyncio
import secrets
import socket
import struct
from collections import deque

import numpy as np

from tests.support.tones import find_tones, hum

RATE = 8_000
FRAME = 160
HEARD_S = 0.4
KEYS = "0123456789*#"
KEYS_TYPE = 101
KEY_STEPS = 8
KEY_GAP_FRAMES = 4


def _expand() -> np.ndarray:
    """What the 256 codes of G.711 µ-law stand for."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    size = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    return np.where(code & 0x80, 0x84 - size, size - 0x84).astype(np.int16)


EXPANDED = _expand()
_ORDER = np.argsort(EXPANDED, kind="stable")
_SORTED = EXPANDED[_ORDER].astype(np.int32)


def compress(sound: np.ndarray) -> bytes:
    """16 bits to µ-law: the code whose sound is nearest."""
    place = np.clip(np.searchsorted(_SORTED, sound), 1, 255)
    below = sound - _SORTED[place - 1] < _SORTED[place] - sound
    return _ORDER[place - below].astype(np.uint8).tobytes()


class SoundLine:
    """RTP in both directions, from `start` to `stop`."""

    def __init__(self, host: str, hz: float) -> None:
        self.hz = hz
        self.speaks = True
        self.keys_heard = ""
        self.packets_heard = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]
        self._heard: deque[tuple[float, np.ndarray]] = deque(maxlen=int(HEARD_S * RATE / FRAME))
        self._to: tuple[str, int] | None = None
        self._ssrc = secrets.randbits(32)
        self._number = secrets.randbits(15)
        self._frames = 0
        self._keys: deque[str] = deque()
        self._key_at = -1
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, to: tuple[str, int]) -> None:
        """Send to this address, from now on."""
        self._to = to
        if not self._tasks:
            loop = asyncio.get_running_loop()
            loop.add_reader(self._socket, self._take)
            self._tasks.append(loop.create_task(self._speak()))

    def stop(self) -> None:
        """No more sound."""
        for task in self._tasks:
            task.cancel()
        if self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()

    async def _speak(self) -> None:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        while True:
            if self._keys:
                await self._send_key(self._keys.popleft())
            elif self.speaks:
                sound = hum(self.hz, self._frames * FRAME, FRAME, RATE)
                self._send(0, self._frames * FRAME, compress(sound))
            self._frames += 1
            await asyncio.sleep(max(0.0, began_s + self._frames * 0.02 - loop.time()))

    async def _send_key(self, key: str) -> None:
        """One key: its packets 20 ms apart, the last of them thrice (RFC 4733)."""
        timestamp = self._frames * FRAME
        for step in range(1, KEY_STEPS + 1):
            over = step > KEY_STEPS - 3
            length = min(step, KEY_STEPS - 3) * FRAME
            payload = struct.pack("!BBH", KEYS.index(key), 10 | (0x80 if over else 0), length)
            self._send(KEYS_TYPE, timestamp, payload, marker=step == 1)
            self._frames += 1
            await asyncio.sleep(0.02)
        self._frames += KEY_GAP_FRAMES
        await asyncio.sleep(0.02 * KEY_GAP_FRAMES)

    def _send(self, kind: int, timestamp: int, payload: bytes, *, marker: bool = False) -> None:
        self._number = self._number + 1 & 0xFFFF
        second = kind | (0x80 if marker else 0)
        head = struct.pack("!BBHII", 0x80, second, self._number, timestamp, self._ssrc)
        assert self._to is not None
        self._socket.sendto(head + payload, self._to)

    def send_raw(self, data: bytes) -> None:
        """Whatever a broken network might bring."""
        assert self._to is not None
        self._socket.sendto(data, self._to)

    def _take(self) -> None:
        while True:
            try:
                data = self._socket.recv(2_000)
            except BlockingIOError:
                return
            kind, timestamp = data[1] & 0x7F, struct.unpack("!I", data[4:8])[0]
            self.packets_heard += 1
            if kind == 0:
                sound = EXPANDED[np.frombuffer(data[12:], np.uint8)]
                self._heard.append((asyncio.get_running_loop().time(), sound))
            elif kind == KEYS_TYPE and timestamp != self._key_at:
                self._key_at = timestamp
                self.keys_heard += KEYS[data[12]]

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        self._keys.extend(keys)

    @property
    def tones(self) -> set[int]:
        """Which tones are heard now; where nothing came, it was silent."""
        since_s = asyncio.get_running_loop().time() - HEARD_S
        heard = [sound for at_s, sound in self._heard if at_s > since_s]
        if not heard:
            return set()
        sound = np.concatenate(heard)
        return find_tones(np.pad(sound, (0, max(0, int(HEARD_S * RATE) - len(sound)))), RATE)
