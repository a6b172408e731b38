"""Charts, drawn by a file for each place where they are looked at."""
