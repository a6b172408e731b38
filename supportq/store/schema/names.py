"""Two mails may bear one Message-ID: one that was undone and came again, or another that somebody gave the same."""

SCRIPT = """
drop index message_external;
create index message_external on message (external_id) where external_id is not null;
create index attachment_of_message on attachment (message_id);
"""
