"""What is stored: answers (their question masked) and feedback. SQLAlchemy lives here alone; Alembic moves the tables."""
