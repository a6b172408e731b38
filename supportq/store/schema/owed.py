"""What the sixteenth step adds: who is still to get a copy of a mail that its customer has had, as a JSON array."""

SCRIPT = """
alter table outbox add column owed text not null default '[]' check (json_valid(owed));
create index outbox_owed on outbox (message_id) where owed <> '[]';
"""
