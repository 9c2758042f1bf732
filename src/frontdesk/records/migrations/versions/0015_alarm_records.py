"""What became of every alarm. Kept by the records view."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE alarm_records (
          centre    text   NOT NULL,
          alarm_id  bigint NOT NULL,
          raised_ms bigint NOT NULL,
          document  jsonb  NOT NULL,
          PRIMARY KEY (centre, alarm_id)
        )
        """
    )
