"""Answers and feedback: the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False, index=True),
        sa.Column("answer", sa.JSON, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(32), sa.ForeignKey("answers.id"), nullable=False, index=True),
        sa.Column("vote", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("passage", sa.String(128)),
    )


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_table("answers")
