"""How do we reach people? The service over real sockets, with the real libraries."""
