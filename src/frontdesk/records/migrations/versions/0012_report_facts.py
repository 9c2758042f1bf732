"""Figures by the quarter-hour finer than before, for reports. Kept by the records view.

All of the view is made again from the journal.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = """
DROP TABLE queue_intervals;
DROP TABLE agent_intervals;
DROP TABLE agent_times;

CREATE TABLE queue_intervals (
  centre              text    NOT NULL,
  queue_id            text    NOT NULL,
  channel             text    NOT NULL,
  start_ms            bigint  NOT NULL,
  offered             integer NOT NULL,
  transferred_in      integer NOT NULL,
  overflowed_in       integer NOT NULL,
  answered            integer NOT NULL,
  answered_in_target  integer NOT NULL,
  answered_at_once    integer NOT NULL,
  abandoned           integer NOT NULL,
  abandoned_in_target integer NOT NULL,
  overflowed          integer NOT NULL,
  called_back         integer NOT NULL,
  ended               integer NOT NULL,
  turned_away         integer NOT NULL,
  answered_wait_ms    bigint  NOT NULL,
  abandoned_wait_ms   bigint  NOT NULL,
  wait_ms_max         bigint  NOT NULL,
  engagements         integer NOT NULL,
  handle_ms           bigint  NOT NULL,
  hold_ms             bigint  NOT NULL,
  wrap_up_ms          bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, queue_id, channel)
);

CREATE TABLE wait_intervals (
  centre    text    NOT NULL,
  queue_id  text    NOT NULL,
  channel   text    NOT NULL,
  result    text    NOT NULL,
  wait_band integer NOT NULL,
  start_ms  bigint  NOT NULL,
  waits     integer NOT NULL,
  wait_ms   bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, queue_id, channel, result, wait_band)
);

CREATE TABLE agent_intervals (
  centre      text    NOT NULL,
  agent_id    text    NOT NULL,
  team_id     text    NOT NULL,
  queue_id    text    NOT NULL,
  channel     text    NOT NULL,
  start_ms    bigint  NOT NULL,
  offers      integer NOT NULL,
  accepted    integer NOT NULL,
  declined    integer NOT NULL,
  missed      integer NOT NULL,
  withdrawn   integer NOT NULL,
  ring_ms     bigint  NOT NULL,
  transfers   integer NOT NULL,
  engagements integer NOT NULL,
  handle_ms   bigint  NOT NULL,
  hold_ms     bigint  NOT NULL,
  wrap_up_ms  bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, agent_id, team_id, queue_id, channel)
);

CREATE TABLE agent_time_intervals (
  centre       text    NOT NULL,
  agent_id     text    NOT NULL,
  team_id      text    NOT NULL,
  start_ms     bigint  NOT NULL,
  sessions     integer NOT NULL,
  available_ms bigint  NOT NULL,
  break_ms     bigint  NOT NULL,
  engaged_ms   bigint  NOT NULL,
  staffed_ms   bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, agent_id, team_id)
);

CREATE TABLE break_intervals (
  centre          text    NOT NULL,
  agent_id        text    NOT NULL,
  team_id         text    NOT NULL,
  break_reason_id text    NOT NULL,
  start_ms        bigint  NOT NULL,
  breaks          integer NOT NULL,
  break_ms        bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, agent_id, team_id, break_reason_id)
);

CREATE TABLE disposition_intervals (
  centre         text    NOT NULL,
  agent_id       text    NOT NULL,
  team_id        text    NOT NULL,
  queue_id       text    NOT NULL,
  channel        text    NOT NULL,
  disposition_id text    NOT NULL,
  start_ms       bigint  NOT NULL,
  dispositions   integer NOT NULL,
  disposed_ms    bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, agent_id, team_id, queue_id, channel, disposition_id)
);

CREATE TABLE contact_intervals (
  centre            text    NOT NULL,
  channel           text    NOT NULL,
  queue_id          text    NOT NULL,
  topic             text    NOT NULL,
  outcome           text    NOT NULL,
  disposition_id    text    NOT NULL,
  is_callback       boolean NOT NULL,
  start_ms          bigint  NOT NULL,
  contacts          integer NOT NULL,
  contact_transfers integer NOT NULL,
  contact_wait_ms   bigint  NOT NULL,
  contact_handle_ms bigint  NOT NULL,
  PRIMARY KEY (centre, start_ms, channel, queue_id, topic, outcome, disposition_id, is_callback)
);

CREATE TABLE agent_times (
  centre           text    NOT NULL,
  agent_id         text    NOT NULL,
  name             text    NOT NULL,
  team_id          text    NOT NULL,
  presence         text    NOT NULL,
  presence_since_ms bigint NOT NULL,
  counted_until_ms bigint  NOT NULL,
  break_reason_id  text    NOT NULL,
  engagement_count integer NOT NULL,
  PRIMARY KEY (centre, agent_id)
);

CREATE TABLE presence_spans (
  centre          text   NOT NULL,
  agent_id        text   NOT NULL,
  started_ms      bigint NOT NULL,
  ended_ms        bigint NOT NULL,
  presence        text   NOT NULL,
  break_reason_id text   NOT NULL,
  team_id         text   NOT NULL,
  PRIMARY KEY (centre, agent_id, started_ms)
);

CREATE INDEX presence_spans_by_time ON presence_spans (centre, started_ms);
CREATE INDEX contact_stints_by_queue ON contact_stints (centre, queue_id, started_ms);
CREATE INDEX contact_stints_by_agent ON contact_stints (centre, agent_id, started_ms)
  WHERE agent_id IS NOT NULL;
CREATE INDEX flow_runs_by_contact ON flow_runs (centre, contact_id);

TRUNCATE contact_records, contact_stints, contact_messages, contact_events, queue_targets,
  setting_changes, announced_waits, flow_runs, flow_passages, survey_answers, callbacks,
  callback_attempts;
DELETE FROM projection_cursor WHERE name = 'records-2';
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
