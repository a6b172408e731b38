"""Habits of a desk: conditions, actions, and what a rule would do."""
