"""Old events keep their meaning: every released journal replays for ever.

An event type is at version 1 until a step from version 1 is registered here; then it is at
version 2, and so on. So the registry alone says which version is written today. A step takes the
JSON object of one version (its ``type`` field included) and returns the next version's. A step that
renames the event changes ``type`` and lands at version 1 of the new name.

Adding a field with a default needs no step. Everything else does, together with a sample of the old
payload in ``tests/journal/samples``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.journal.errors import UnknownEvent

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]

TYPE_FIELD = "type"
FIRST_VERSION = 1


class Upcasters:
    """The steps, by the type and version they start from."""

    def __init__(self, steps: Mapping[tuple[str, int], Step] | None = None) -> None:
        self._steps = dict(steps or {})
        self._current = self._find_current_versions()

    def _find_current_versions(self) -> dict[str, int]:
        current: dict[str, int] = {}
        for event_type, version in sorted(self._steps):
            expected = current.get(event_type, FIRST_VERSION)
            assert version == expected, f"steps of {event_type} must start at {expected}"
            current[event_type] = version + 1
        return current

    def current_version(self, event_type: str) -> int:
        """The version in which this release writes events of the type."""
        return self._current.get(event_type, FIRST_VERSION)

    def lift(self, event_type: str, version: int, payload: Payload) -> Payload:
        """The payload as this release would have written it.

        Raises UnknownEvent for a version that only a newer release knows.
        """
        while step := self._steps.get((event_type, version)):
            payload = step(payload)
            renamed = payload[TYPE_FIELD] != event_type
            event_type = payload[TYPE_FIELD]
            version = FIRST_VERSION if renamed else version + 1
        if version != self.current_version(event_type):
            raise UnknownEvent(event_type, version, "written by a newer release")
        return payload


UPCASTERS = Upcasters()
"""The steps of Frontdesk's own events."""
