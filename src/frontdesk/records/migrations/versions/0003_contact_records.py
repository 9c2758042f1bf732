"""What became of every contact, and the figures by the quarter-hour. Kept by the records view.

All of it follows from the journal: `frontdesk journal verify` makes it again and compares.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE contact_records (
  centre           text    NOT NULL,
  contact_id       bigint  NOT NULL,
  channel          text    NOT NULL,
  customer_id      text    NOT NULL,
  customer_name    text    NOT NULL,
  customer_address text    NOT NULL,
  topic            text    NOT NULL,
  attributes       text    NOT NULL,
  opened_ms        bigint  NOT NULL,
  state            text    NOT NULL,
  outcome          text    NOT NULL,
  queue_id         text    NOT NULL,
  queue_ids        text[]  NOT NULL,
  agent_id         text,
  agent_ids        text[]  NOT NULL,
  queued_ms        bigint,
  answered_ms      bigint,
  closed_ms        bigint,
  closed_by        text,
  wait_ms          bigint  NOT NULL,
  handle_ms        bigint  NOT NULL,
  hold_ms          bigint  NOT NULL,
  wrap_up_ms       bigint  NOT NULL,
  disposition_id   text,
  wrap_up_note     text    NOT NULL,
  rating           integer,
  rating_comment   text    NOT NULL,
  transfer_count   integer NOT NULL,
  PRIMARY KEY (centre, contact_id)
);

CREATE TABLE contact_stints (
  centre                text    NOT NULL,
  contact_id            bigint  NOT NULL,
  number                integer NOT NULL,
  kind                  text    NOT NULL,
  queue_id              text    NOT NULL,
  started_ms            bigint  NOT NULL,
  cause                 text,
  agent_id              text,
  offer_id              bigint,
  ended_ms              bigint,
  result                text,
  conversation_ended_ms bigint,
  wrap_up_ended_ms      bigint,
  held_since_ms         bigint,
  hold_ms               bigint  NOT NULL,
  disposition_id        text,
  note                  text    NOT NULL,
  PRIMARY KEY (centre, contact_id, number)
);

CREATE TABLE contact_messages (
  centre      text    NOT NULL,
  contact_id  bigint  NOT NULL,
  number      integer NOT NULL,
  at_ms       bigint  NOT NULL,
  author      text    NOT NULL,
  agent_id    text,
  client_id   text    NOT NULL,
  text        text    NOT NULL,
  attachments text    NOT NULL,
  internal    boolean NOT NULL,
  PRIMARY KEY (centre, contact_id, number)
);

CREATE TABLE contact_events (
  centre     text   NOT NULL,
  contact_id bigint NOT NULL,
  seq        bigint NOT NULL,
  PRIMARY KEY (centre, contact_id, seq)
);

CREATE TABLE queue_intervals (
  centre              text    NOT NULL,
  queue_id            text    NOT NULL,
  start_ms            bigint  NOT NULL,
  offered             integer NOT NULL,
  answered            integer NOT NULL,
  answered_in_target  integer NOT NULL,
  abandoned           integer NOT NULL,
  abandoned_in_target integer NOT NULL,
  overflowed          integer NOT NULL,
  answered_wait_ms    bigint  NOT NULL,
  abandoned_wait_ms   bigint  NOT NULL,
  engagements         integer NOT NULL,
  handle_ms           bigint  NOT NULL,
  hold_ms             bigint  NOT NULL,
  wrap_up_ms          bigint  NOT NULL,
  PRIMARY KEY (centre, queue_id, start_ms)
);

CREATE TABLE agent_intervals (
  centre       text    NOT NULL,
  agent_id     text    NOT NULL,
  start_ms     bigint  NOT NULL,
  offered      integer NOT NULL,
  accepted     integer NOT NULL,
  declined     integer NOT NULL,
  missed       integer NOT NULL,
  engagements  integer NOT NULL,
  handle_ms    bigint  NOT NULL,
  hold_ms      bigint  NOT NULL,
  wrap_up_ms   bigint  NOT NULL,
  available_ms bigint  NOT NULL,
  break_ms     bigint  NOT NULL,
  engaged_ms   bigint  NOT NULL,
  PRIMARY KEY (centre, agent_id, start_ms)
);

CREATE TABLE queue_targets (
  centre    text   NOT NULL,
  queue_id  text   NOT NULL,
  answer_ms bigint NOT NULL,
  PRIMARY KEY (centre, queue_id)
);

CREATE TABLE agent_times (
  centre            text    NOT NULL,
  agent_id          text    NOT NULL,
  name              text    NOT NULL,
  presence          text    NOT NULL,
  presence_since_ms bigint  NOT NULL,
  engagement_count  integer NOT NULL,
  engaged_since_ms  bigint,
  PRIMARY KEY (centre, agent_id)
);

CREATE TABLE setting_changes (
  centre    text    NOT NULL,
  seq       bigint  NOT NULL,
  at_ms     bigint  NOT NULL,
  actor     text    NOT NULL,
  kind      text    NOT NULL,
  entity_id text    NOT NULL,
  removed   boolean NOT NULL,
  PRIMARY KEY (centre, seq)
);

CREATE INDEX contact_records_customer ON contact_records (centre, customer_id, contact_id)
  WHERE customer_id <> '';
CREATE INDEX contact_records_opened ON contact_records (centre, opened_ms, contact_id);
CREATE INDEX contact_records_open ON contact_records (centre, state, contact_id)
  WHERE closed_ms IS NULL;
CREATE INDEX contact_records_queues ON contact_records USING gin (queue_ids);
CREATE INDEX contact_records_agents ON contact_records USING gin (agent_ids);
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
