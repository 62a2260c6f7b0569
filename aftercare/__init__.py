"""What do we do? The use cases of aftercare, each one transaction."""
