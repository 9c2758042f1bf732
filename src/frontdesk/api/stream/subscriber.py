"""One client of the stream: the frames on their way to it, so many and no more."""

import asyncio
from collections import deque
from collections.abc import Callable

from frontdesk.api.stream.topics import Topic

OUTBOX_FRAMES_MAX = 256
OUTBOX_BYTES_MAX = 4 * 1024 * 1024


class Subscriber:
    """A slow client loses its place in the stream, not the server its memory.

    When the outbox is full it is thrown away, and once the client reads again it
    gets a fresh snapshot in place of all that it missed.
    """

    def __init__(
        self, topic: Topic, agent_id: str | None, build_snapshot: Callable[[], bytes]
    ) -> None:
        self.topic = topic
        self.agent_id = agent_id
        self._build_snapshot = build_snapshot
        self._outbox: deque[bytes] = deque()
        self._outbox_bytes = 0
        self._arrived = asyncio.Event()
        self._lost = False
        self.resync_count = 0

    def offer(self, frame: bytes) -> None:
        """Queues a frame; what overflows is replaced by a snapshot to come."""
        if self._lost:
            return
        if len(self._outbox) >= OUTBOX_FRAMES_MAX or self._outbox_bytes > OUTBOX_BYTES_MAX:
            self.start_again()
            return
        self._outbox.append(frame)
        self._outbox_bytes += len(frame)
        self._arrived.set()

    def start_again(self) -> None:
        """Throws away what was queued: the next frame is a snapshot."""
        self._outbox.clear()
        self._outbox_bytes = 0
        self._lost = True
        self.resync_count += 1
        self._arrived.set()

    async def get_frame(self) -> bytes:
        """The next frame to send, when there is one."""
        while not self._lost and not self._outbox:
            self._arrived.clear()
            await self._arrived.wait()
        if self._lost:
            self._lost = False
            return self._build_snapshot()
        frame = self._outbox.popleft()
        self._outbox_bytes -= len(frame)
        return frame
