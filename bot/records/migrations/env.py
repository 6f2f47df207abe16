"""Alembic's entry: runs migrations against the URL that store.py hands over. Offline scripts are not offered."""

from alembic import context
from sqlalchemy import create_engine

from bot.records.tables import Base


def run() -> None:
    """Runs the migrations in one transaction."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
