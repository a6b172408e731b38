"""supportq hours: business hours, their calendar and arithmetic."""
