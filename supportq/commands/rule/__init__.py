"""supportq rule: what the desk does by itself."""
