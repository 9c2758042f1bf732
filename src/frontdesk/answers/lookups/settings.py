"""The operator's settings of look-ups, apart from what needs them: reading them costs nothing."""

from __future__ import annotations

import msgspec


class LookUpSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What administrators may make this machine connect to."""

    private_networks: tuple[str, ...] = ()
    """Networks like `10.1.0.0/16` that look-ups with private addresses may ask; none: none."""
