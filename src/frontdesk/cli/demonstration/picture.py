"""A small picture for a customer to send."""

from __future__ import annotations

import struct
import zlib
from random import Random
from typing import Final

WIDTH_PX: Final = 320
HEIGHT_PX: Final = 220
_SHADES: Final = ((184, 92, 56), (35, 72, 63), (231, 184, 115), (127, 160, 138), (90, 96, 110))
_GROUND: Final = (243, 238, 228)


def draw_picture(random: Random) -> bytes:
    """A disc on a light ground, as PNG (W3C Recommendation, third edition)."""
    shade = random.choice(_SHADES)
    centre_x, radius = random.randint(110, 210), random.randint(50, 85)
    rows = (_draw_row(y, centre_x, radius, shade) for y in range(HEIGHT_PX))
    header = struct.pack(">IIBBBBB", WIDTH_PX, HEIGHT_PX, 8, 2, 0, 0, 0)
    chunks = (
        _chunk(b"IHDR", header),
        _chunk(b"IDAT", zlib.compress(b"".join(rows))),
        _chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _draw_row(y: int, centre_x: int, radius: int, shade: tuple[int, int, int]) -> bytes:
    half_px = int(max(0, radius**2 - (y - HEIGHT_PX // 2) ** 2) ** 0.5)
    left = bytes(_GROUND) * (centre_x - half_px)
    right = bytes(_GROUND) * (WIDTH_PX - centre_x - half_px)
    return b"\0" + left + bytes(shade) * (2 * half_px) + right


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
