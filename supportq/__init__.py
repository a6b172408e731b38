"""A support desk in one SQLite file, worked from a terminal."""
