"""Every maximum of the runtime, with its default."""

from __future__ import annotations

import msgspec


class RuntimeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of one centre's runtime."""

    inbox_max: int = 10_000
    """Commands that wait for the writer; more are refused."""
    group_commands_max: int = 500
    """Commands decided before their events are made durable together."""
    group_events_max: int = 5_000
    outcomes_remembered_max: int = 20_000
    """Outcomes known without asking the journal, by command id."""
    doubt_ms_max: int = 3_000
    """How long the sender of a command waits to hear whether it became durable."""
    retry_first_ms: int = 50
    retry_last_ms: int = 2_000
    """Pauses between attempts to reach the journal again: doubled from the first to the last."""
    reconcile_ms_max: int = 10_000
    """How long a channel may take to say what became of its contacts."""
    heartbeat_ms: int = 1_000
    """How often an idle writer asks whether it still holds the centre."""
    snapshot_every_events: int = 20_000
    snapshot_pause_ratio_max: float = 0.01
    """Share of its time that the writer may stand still for snapshots: big ones come less often."""
    subscription_batches_max: int = 1_000
    """Batches a subscriber may lag behind before it is cut off."""
    projection_batch_events_max: int = 1_000
    effect_attempts_max: int = 8
    effect_retry_first_ms: int = 200
    effect_retry_last_ms: int = 60_000
    effect_lanes_max: int = 64
    """Effects of one handler under way at once."""
    questions_max: int = 1_000
    """Look-ups, or classifications, under way at once: a system that hangs holds many for long."""
    effect_failures_shown_max: int = 100
