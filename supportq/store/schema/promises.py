"""A version that changes no promise keeps those of an earlier one, and then no clock needs to be looked at."""

SCRIPT = """
alter table settings_version add column promises_of integer references settings_version (id);
"""
