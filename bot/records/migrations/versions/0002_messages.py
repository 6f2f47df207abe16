"""Messages that came through a messenger, their askers, and signatures already used."""

import sqlalchemy as sa
from alembic import op

revision = "0002_messages"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("received", sa.Double, nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("leased", sa.Double, nullable=False),
        sa.Column("reply", sa.Text),
        sa.Column("replied", sa.Double),
        sa.Column("pushed", sa.Integer),
    )
    op.create_table(
        "askers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seen", sa.Double, nullable=False, index=True),
        sa.Column("said", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("received", sa.Double, nullable=False, index=True),
    )


def downgrade() -> None:
    for table in ("signatures", "askers", "messages"):
        op.drop_table(table)
