"""Verdicts on promises, found by the moment that dates them."""

SCRIPT = """
drop index clock_stopped;
create index clock_decided on clock (coalesce(breached_at, stopped_at))
where coalesce(breached_at, stopped_at) is not null;
"""
