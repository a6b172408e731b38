"""The queue file: the only place that speaks SQL."""
