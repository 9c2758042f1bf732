"""What customers were told of their waits, and what became of it. Kept by the records view."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE announced_waits (
  centre       text    NOT NULL,
  seq          bigint  NOT NULL,
  contact_id   bigint  NOT NULL,
  queue_id     text    NOT NULL,
  announced_ms bigint  NOT NULL,
  low_ms       bigint  NOT NULL,
  likely_ms    bigint  NOT NULL,
  high_ms      bigint  NOT NULL,
  estimate_ms  bigint  NOT NULL,
  ahead        integer NOT NULL,
  last_wait_ms bigint  NOT NULL,
  head_age_ms  bigint  NOT NULL,
  ended_ms     bigint,
  result       text,
  PRIMARY KEY (centre, seq)
);

CREATE INDEX announced_waits_open ON announced_waits (centre, contact_id) WHERE ended_ms IS NULL;
CREATE INDEX announced_waits_by_time ON announced_waits (centre, announced_ms);
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
