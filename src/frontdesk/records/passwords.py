"""Passwords: hashed by Argon2id in a thread of their own, so that nobody waits for them."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_CHARS_MIN = 8
PASSWORD_CHARS_MAX = 256
HASHES_AT_ONCE_MAX = 2
"""Each takes tens of MiB and a core for tens of milliseconds; the rest wait their turn."""


class Passwords:
    """Hashes and verifies. `hasher` decides the cost; the default is RFC 9106's second choice."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher if hasher is not None else PasswordHasher()
        self._turns = asyncio.Semaphore(HASHES_AT_ONCE_MAX)
        self._nobody = self._hasher.hash("nobody signs in with this")

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password; for nobody's hash (None) as slow as for somebody's."""
        async with self._turns:
            return await asyncio.to_thread(self._verify, password_hash, password)

    def _verify(self, password_hash: str | None, password: str) -> bool:
        try:
            self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None
