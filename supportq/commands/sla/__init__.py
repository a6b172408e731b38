"""supportq sla: the promises, and how each was kept."""
