"""When an API key was last used: a key that nobody uses can be revoked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("used_ms", sa.BigInteger))
