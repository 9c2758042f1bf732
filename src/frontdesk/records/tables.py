"""The tables of the records: people who sign in, their sessions, API keys, files, small secrets.

Times are integer milliseconds since the epoch. Secrets are kept as hashes only, save those of
`secrets`, which sign what is handed to customers.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)

metadata = MetaData()

sign_ons = Table(
    "sign_ons",
    metadata,
    Column("agent_id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("agent_id", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
    Index("sessions_by_agent", "agent_id"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("agent_id", Text, nullable=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("used_ms", BigInteger, nullable=True),
)

blobs = Table(
    "blobs",
    metadata,
    Column("blob_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("owner", Text, nullable=False),
    Column("contact_id", BigInteger, nullable=True),
    Column("kept", Boolean, nullable=False, server_default=false()),
    Column("touched_ms", BigInteger, nullable=False),
    Index("blobs_not_kept", "touched_ms", postgresql_where="NOT kept"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("command_id", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Index("idempotency_keys_by_age", "created_ms"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
