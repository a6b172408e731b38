"""Which changes were not brought to their end, such as an import that was interrupted, and what they went through."""

SCRIPT = """
alter table change add column unfinished text;
create index change_unfinished on change (unfinished) where unfinished is not null;
"""
