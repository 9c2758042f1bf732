"""What flows, surveys and callbacks came to. Kept by the records view.

The records know more of a contact than before, so all of the view is made again from the journal.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE contact_records ADD COLUMN is_callback boolean NOT NULL DEFAULT false;
ALTER TABLE contact_records ADD COLUMN flow_outcome text;

CREATE INDEX contact_records_address ON contact_records (centre, customer_address, contact_id)
  WHERE customer_address <> '';
CREATE INDEX contact_records_closed ON contact_records (centre, closed_ms);

CREATE TABLE flow_runs (
  centre             text    NOT NULL,
  run_id             bigint  NOT NULL,
  contact_id         bigint  NOT NULL,
  flow_id            text    NOT NULL,
  version            integer NOT NULL,
  flow_use           text    NOT NULL,
  language           text    NOT NULL,
  started_ms         bigint  NOT NULL,
  agent_id           text,
  ended_ms           bigint,
  result             text,
  outcome            text    NOT NULL,
  last_flow_id       text    NOT NULL,
  last_node_id       text    NOT NULL,
  fault              text,
  intent_id          text,
  callback_id        bigint,
  message_contact_id bigint,
  versions           text    NOT NULL,
  PRIMARY KEY (centre, run_id)
);

CREATE INDEX flow_runs_by_time ON flow_runs (centre, started_ms);

CREATE TABLE flow_passages (
  centre   text    NOT NULL,
  flow_id  text    NOT NULL,
  version  integer NOT NULL,
  node_id  text    NOT NULL,
  exit     text    NOT NULL,
  start_ms bigint  NOT NULL,
  passages integer NOT NULL,
  PRIMARY KEY (centre, flow_id, version, node_id, exit, start_ms)
);

CREATE TABLE survey_answers (
  centre        text    NOT NULL,
  seq           bigint  NOT NULL,
  at_ms         bigint  NOT NULL,
  run_id        bigint  NOT NULL,
  contact_id    bigint  NOT NULL,
  flow_id       text    NOT NULL,
  node_id       text    NOT NULL,
  question_id   text    NOT NULL,
  question_kind text    NOT NULL,
  score         integer,
  text          text    NOT NULL,
  queue_id      text    NOT NULL,
  agent_id      text,
  PRIMARY KEY (centre, seq)
);

CREATE INDEX survey_answers_by_time ON survey_answers (centre, at_ms);

CREATE TABLE callbacks (
  centre        text    NOT NULL,
  contact_id    bigint  NOT NULL,
  of_contact_id bigint,
  run_id        bigint,
  queue_id      text    NOT NULL,
  address       text    NOT NULL,
  requested_ms  bigint  NOT NULL,
  due_ms        bigint,
  expires_ms    bigint  NOT NULL,
  attempts_max  integer NOT NULL,
  tried_ms      bigint,
  attempts      integer NOT NULL,
  PRIMARY KEY (centre, contact_id)
);

CREATE INDEX callbacks_by_time ON callbacks (centre, requested_ms);

CREATE TABLE callback_attempts (
  centre     text    NOT NULL,
  contact_id bigint  NOT NULL,
  number     integer NOT NULL,
  at_ms      bigint  NOT NULL,
  agent_id   text    NOT NULL,
  result     text    NOT NULL,
  PRIMARY KEY (centre, contact_id, number)
);

TRUNCATE contact_records, contact_stints, contact_messages, contact_events, queue_intervals,
  agent_intervals, queue_targets, agent_times, setting_changes, announced_waits;
DELETE FROM projection_cursor WHERE name = 'records-1';
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
