"""How much of each trunk is taken, by the quarter-hour. Kept by the records view.

All of the view is made again from the journal.
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE trunk_intervals (
  centre      text    NOT NULL,
  trunk_id    text    NOT NULL,
  start_ms    bigint  NOT NULL,
  trunk_calls integer NOT NULL,
  line_ms     bigint  NOT NULL,
  lines_max   integer NOT NULL,
  PRIMARY KEY (centre, start_ms, trunk_id)
);

CREATE TABLE trunk_loads (
  centre   text    NOT NULL,
  trunk_id text    NOT NULL,
  taken    integer NOT NULL,
  since_ms bigint  NOT NULL,
  PRIMARY KEY (centre, trunk_id)
);

CREATE TABLE trunk_calls (
  centre     text   NOT NULL,
  contact_id bigint NOT NULL,
  trunk_id   text   NOT NULL,
  PRIMARY KEY (centre, contact_id)
);

TRUNCATE contact_records, contact_stints, contact_messages, contact_events, queue_intervals,
  wait_intervals, agent_intervals, agent_time_intervals, break_intervals, disposition_intervals,
  contact_intervals, queue_targets, agent_times, presence_spans, setting_changes, announced_waits,
  flow_runs, flow_passages, survey_answers, callbacks, callback_attempts;
DELETE FROM projection_cursor WHERE name = 'records-3';
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
