"""When something is down: the database, a provider, the mail host, the disk, the clock."""
