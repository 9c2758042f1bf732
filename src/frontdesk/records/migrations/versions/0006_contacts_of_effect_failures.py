"""Whose contact suffers from an effect that was given up, and the latest of them by an index."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE effect_failure ADD COLUMN contact_id bigint")
    op.execute("CREATE INDEX effect_failure_by_time ON effect_failure (centre, failed_at_ms DESC)")
