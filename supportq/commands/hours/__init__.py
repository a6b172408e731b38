"""supportq hours: arithmetic of business hours."""
