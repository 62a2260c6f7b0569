"""What do we do? The use cases, on SQLite and PostgreSQL alike."""
