"""Tickets that were imported are found by the keys that they had elsewhere, and their keys by the ticket."""

SCRIPT = """
create index source_key_of_ticket on source_key (ticket_id);
"""
