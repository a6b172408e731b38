"""supportq config: the settings of a queue, checked before they count."""
