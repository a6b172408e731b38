"""Conditions over the table `clock`: what is late, was missed, is at risk or is due later, at `:now`."""

from supportq.model.clock import Level

RUNS = "clock.standing in ('running', 'paused')"

_RUNS_NOW = """
(
  clock.standing = 'running'
  or exists (select 1 from ticket where ticket.id = clock.ticket_id and ticket.wake_at <= :now)
)
"""
"""A pause ends by itself where the ticket wakes; while it lasts, nothing is late."""

_ONCE = """
not (
  clock.kind = 'resolution_total'
  and exists (
    select 1
    from clock as first
    where first.ticket_id = clock.ticket_id and first.kind = 'resolution_first' and {and_first}
  )
)
"""
"""As long as a ticket has been resolved once at most, both promises to resolve it are one."""

_ONCE_LIVE = _ONCE.format(and_first="first.standing in ('running', 'paused')")

_AHEAD = f"{RUNS} and {_RUNS_NOW} and {_ONCE_LIVE} and clock.due_at >= :now and clock.due_at < '9999'"

_DANGERS = {
    Level.LATE: f"{RUNS} and clock.due_at < :now and {_RUNS_NOW} and {_ONCE_LIVE}",
    Level.MISSED: f"""
clock.standing = 'missed' and clock.ticket_id in (select value from json_each(:tickets))
  and {_ONCE.format(and_first="first.stopped_at = clock.stopped_at")}
""",
    Level.AT_RISK: f"{_AHEAD} and (clock.risk_at <= :now or clock.due_at <= :horizon)",
}
"""Those that run read nothing but the index of due moments, which is what makes counting them quick."""

LATER = f"{_AHEAD} and clock.risk_at > :now and clock.due_at > :horizon"

_UNTOLD = """
not exists (
  select 1
  from breach_told as told
  where told.ticket_id = clock.ticket_id and told.kind = clock.kind and told.ordinal = clock.ordinal
    and told.level = '{level}' and told.check_name = :untold_by
)
"""


def in_danger(level: Level, untold_by: str = "") -> str:
    """Return the condition that a clock is in danger and untold by a check; what was told as late is not missed."""
    if not untold_by:
        return _DANGERS[level]
    told_as = Level.AT_RISK if level is Level.AT_RISK else Level.LATE
    return f"{_DANGERS[level]} and {_UNTOLD.format(level=told_as)}"
