"""Titles: what a ticket is called, on one line."""


def one_line(text: str) -> str:
    """Return a text with a space where its lines end."""
    return " ".join(text.splitlines())


def cut(text: str, length: int) -> str:
    """Return a text, or where it is longer than that its first words."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0].rstrip()} …"
