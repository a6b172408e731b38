"""supportq hours holidays: the days off."""
