"""Keys that raise quotas, and what of the quotas is used."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002_messages"


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "quotas",
        sa.Column("who", sa.String(80), primary_key=True),
        sa.Column("empty_at", sa.BigInteger, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("quotas")
    op.drop_table("keys")
