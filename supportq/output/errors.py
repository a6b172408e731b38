"""A fault as people see it: one line of cause, and lines of cure under it."""

from supportq.errors import SupportqError
from supportq.output.clean import clean


def format_error(error: SupportqError) -> str:
    """Return the lines that tell a person what went wrong and what to do next."""
    cures = (f"\n  {clean(cure)}" for cure in error.cures)
    return f"supportq: {clean(error.cause)}{''.join(cures)}\n"
