"""Mail: what leaves the desk as a letter."""
