"""The trace of each answer."""

import sqlalchemy as sa
from alembic import op

revision = "0004_traces"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("answers", sa.Column("trace", sa.JSON))


def downgrade() -> None:
    op.drop_column("answers", "trace")
