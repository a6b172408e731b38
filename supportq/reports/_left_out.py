"""What reports leave out, and count apart."""

from supportq.model.table import Column, Kind

REASONS = ("merged", "spam", "automatic")

LEFT_OUT = tuple(Column(reason, reason.title(), Kind.NUMBER, faint=True) for reason in REASONS)
