"""The journal, its snapshots, who writes it, and how far its readers have come."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

JOURNAL = """
CREATE TABLE journal (
  centre        text     NOT NULL,
  seq           bigint   NOT NULL,
  at_ms         bigint   NOT NULL,
  actor         text     NOT NULL,
  command_id    text,
  command_seq   bigint   NOT NULL,
  causation     bigint,
  correlation   bigint   NOT NULL,
  type          text     NOT NULL,
  version       smallint NOT NULL,
  payload       json     NOT NULL,
  PRIMARY KEY (centre, seq)
)
"""

# Only a command's first event carries its id: a command can't be applied twice, not even by a
# writer which forgot that it did.
JOURNAL_COMMAND = """
CREATE UNIQUE INDEX journal_command ON journal (centre, command_id) WHERE command_id IS NOT NULL
"""

JOURNAL_SNAPSHOT = """
CREATE TABLE journal_snapshot (
  centre  text   NOT NULL,
  seq     bigint NOT NULL,
  part    text   NOT NULL,
  at_ms   bigint NOT NULL,
  version text   NOT NULL,
  digest  text   NOT NULL,
  state   bytea  NOT NULL,
  PRIMARY KEY (centre, seq, part)
)
"""

# Compressing megabytes in the server takes longer than writing them.
JOURNAL_SNAPSHOT_STORAGE = "ALTER TABLE journal_snapshot ALTER COLUMN state SET STORAGE EXTERNAL"

CENTRE_LEASE = """
CREATE TABLE centre_lease (
  centre                text    NOT NULL PRIMARY KEY,
  host                  text    NOT NULL,
  pid                   integer NOT NULL,
  process_started_at_ms bigint  NOT NULL,
  claimed_at_ms         bigint  NOT NULL
)
"""

PROJECTION_CURSOR = """
CREATE TABLE projection_cursor (
  centre text   NOT NULL,
  name   text   NOT NULL,
  seq    bigint NOT NULL,
  PRIMARY KEY (centre, name)
)
"""

EFFECT_CURSOR = """
CREATE TABLE effect_cursor (
  centre  text   NOT NULL,
  handler text   NOT NULL,
  seq     bigint NOT NULL,
  PRIMARY KEY (centre, handler)
)
"""

EFFECT_FAILURE = """
CREATE TABLE effect_failure (
  centre       text    NOT NULL,
  handler      text    NOT NULL,
  seq          bigint  NOT NULL,
  type         text    NOT NULL,
  attempts     integer NOT NULL,
  error        text    NOT NULL,
  failed_at_ms bigint  NOT NULL,
  PRIMARY KEY (centre, handler, seq)
)
"""


def upgrade() -> None:
    for statement in (
        JOURNAL,
        JOURNAL_COMMAND,
        JOURNAL_SNAPSHOT,
        JOURNAL_SNAPSHOT_STORAGE,
        CENTRE_LEASE,
        PROJECTION_CURSOR,
        EFFECT_CURSOR,
        EFFECT_FAILURE,
    ):
        op.execute(statement)
