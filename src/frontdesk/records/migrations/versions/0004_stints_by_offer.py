"""An offer's stint is found by the offer's id: why an agent was chosen is asked by offer."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX contact_stints_by_offer ON contact_stints (centre, offer_id)"
        " WHERE offer_id IS NOT NULL"
    )
