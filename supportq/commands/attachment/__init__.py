"""supportq attachment."""
