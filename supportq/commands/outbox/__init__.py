"""supportq outbox: what waits to be sent, and what became of it."""
