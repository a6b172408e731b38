"""supportq canned: replies prepared in advance."""
