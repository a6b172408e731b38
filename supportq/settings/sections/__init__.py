"""The sections of a settings text: one file for each noun, from TOML tables to values."""
