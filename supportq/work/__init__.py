"""The verbs of a desk: each loads, decides by plain values, and records events in one transaction."""
