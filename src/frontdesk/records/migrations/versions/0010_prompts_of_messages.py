"""What a message asks for, and what was chosen, so that buttons are shown again later."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE contact_messages ADD COLUMN prompt text, ADD COLUMN choice text")
