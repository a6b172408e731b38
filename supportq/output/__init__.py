"""Screens and streams: the one place where values become text."""
