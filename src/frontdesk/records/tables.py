"""The tables of the records: people who sign in, API keys, files, secrets, knowledge articles,
flows being drawn, reports and wallboards that were saved.

Times are integer milliseconds since the epoch. Secrets are kept as hashes only, save those of
`secrets`, which sign what is handed to customers, and of `kept_secrets`, which outside systems
want to see.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB

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

kept_secrets = Table(
    "kept_secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
    Column("set_by", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("command_id", Text, nullable=True, unique=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("questions", JSONB, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("updated_ms", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
)

article_words = Table(
    "article_words",
    metadata,
    Column("article_id", Text, ForeignKey("articles.article_id", ondelete="CASCADE")),
    Column("language", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("weight", Float, nullable=False),
    Index("article_words_by_word", "language", "word"),
    Index("article_words_by_article", "article_id"),
)

flow_drafts = Table(
    "flow_drafts",
    metadata,
    Column("flow_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("saved_by", Text, nullable=False),
    Column("saved_at_ms", BigInteger, nullable=False),
)

saved_reports = Table(
    "saved_reports",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", JSONB, nullable=False),
    Column("schedule", JSONB, nullable=True),
    Column("due_ms", BigInteger, nullable=True),
    Column("saved_ms", BigInteger, nullable=False),
    Column("saved_by", Text, nullable=False),
)

report_mailings = Table(
    "report_mailings",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("due_ms", BigInteger, primary_key=True),
    Column("state", Text, nullable=False),
    Column("retry_ms", BigInteger, nullable=True),
    Column("tries", BigInteger, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

wallboards = Table(
    "wallboards",
    metadata,
    Column("board_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("tiles", JSONB, nullable=False),
    Column("theme", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=True, unique=True),
    Column("saved_ms", BigInteger, nullable=False),
    Column("saved_by", Text, nullable=False),
)

record_changes = Table(
    "record_changes",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("record", JSONB, nullable=True),
)
