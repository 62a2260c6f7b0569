"""What do we remember? Tables, encryption, migrations, the outbox; SQLite or PostgreSQL."""
