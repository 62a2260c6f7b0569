"""What do we remember? On SQLite and PostgreSQL alike."""
