"""Knowledge articles with the words they are found by, secrets for outside systems, and who
changed which of them.

The words are kept apart from the articles, each with how much it says: PostgreSQL's own rank of a
text is no share of the question, so no limit could be set to it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_secrets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("set_ms", sa.BigInteger, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("command_id", sa.Text, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("questions", JSONB, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("updated_ms", sa.BigInteger, nullable=False),
        sa.Column("updated_by", sa.Text, nullable=False),
    )
    op.create_table(
        "article_words",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.article_id", ondelete="CASCADE")),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
    )
    op.create_index("article_words_by_word", "article_words", ["language", "word"])
    op.create_index("article_words_by_article", "article_words", ["article_id"])
    op.create_table(
        "record_changes",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("record", JSONB),
    )
