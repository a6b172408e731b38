"""Promises are chosen by what was known of a customer then: an address or a name since an event, 0 from the first."""

SCRIPT = """
alter table address add column since_event integer not null default 0;
alter table customer add column named_since_event integer not null default 0;
alter table settings_version add column last_event integer not null default 0;
"""
