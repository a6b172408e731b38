"""supportq mail: the accounts that mail goes and comes by."""
