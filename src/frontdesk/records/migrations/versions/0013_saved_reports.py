"""Reports that people saved, when they are mailed and what came of it; wallboards."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE saved_reports (
  report_id text   PRIMARY KEY,
  name      text   NOT NULL,
  query     jsonb  NOT NULL,
  schedule  jsonb,
  due_ms    bigint,
  saved_ms  bigint NOT NULL,
  saved_by  text   NOT NULL
);

CREATE INDEX saved_reports_due ON saved_reports (due_ms) WHERE due_ms IS NOT NULL;

CREATE TABLE report_mailings (
  report_id text   NOT NULL,
  due_ms    bigint NOT NULL,
  state     text   NOT NULL,
  retry_ms  bigint,
  tries     bigint NOT NULL,
  detail    text   NOT NULL,
  at_ms     bigint NOT NULL,
  PRIMARY KEY (report_id, due_ms)
);

CREATE INDEX report_mailings_retry ON report_mailings (retry_ms) WHERE retry_ms IS NOT NULL;

CREATE TABLE wallboards (
  board_id   text   PRIMARY KEY,
  name       text   NOT NULL,
  tiles      jsonb  NOT NULL,
  theme      text   NOT NULL,
  token_hash bytea  UNIQUE,
  saved_ms   bigint NOT NULL,
  saved_by   text   NOT NULL
);
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
