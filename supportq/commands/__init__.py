"""The words that people type: one thin file for each subcommand."""
