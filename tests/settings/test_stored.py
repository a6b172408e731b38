"""Settings written into the queue and read back."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from supportq.settings.check import check
from supportq.settings.preset import PRESETS, preset
from supportq.settings.stored import from_json, to_json
from supportq.settings.values import Agent

EVERYTHING = """
name = "Everything"
zone = "Europe/Berlin"
default_team = "sales"
third_parties = ["dhl@carrier.example"]
mail_lists = ["<Support.loom.example>"]
web_forms = ["form@loom.example"]
[agents.ann]
name = "Ann"
teams = ["sales"]
logins = ["ann"]
phone = "+49 30 1"
[teams.sales]
hours = "office"
account = "sales"
sender = "Loom sales"
[mail]
account = "desk"
signature = "{{ agent.name }}, {{ agent.phone }}"
[mail.accounts.desk]
address = "desk@loom.example"
password = "desk-mail"
plus = true
smtp = { host = "smtp.loom.example", port = 587, tls = "starttls", user = "desk" }
imap = { host = "imap.loom.example", user = "desk", password = "other", then = "move", moved_to = "Done" }
[mail.accounts.sales]
address = "sales@loom.example"
smtp = { host = "localhost", tls = "none" }
[hours.office]
mon-fri = ["09:00-12:30", "13:30-17:00"]
holidays = ["2026-12-24..2026-12-26"]
openings = { 2026-12-19 = "10:00-14:00" }
[sla]
enforce_from = 2026-11-22T10:00:00Z
[[sla.policies]]
name = "sales"
when = "team:sales"
hours = "office"
first_response = "4h"
next_response = { normal = "8h", urgent = "1h" }
resolution = "3 wd"
pause_on = { next_response = ["on_hold"], resolution = ["pending", "on_hold"] }
on_reopen = "restart"
[[rules]]
name = "all actions"
when = "text:refund"
team = "sales"
priority = "high"
line = 2
tags = ["a", "b"]
stop = true
[canned.refund]
body = "Hello"
[canned.refund.pl]
body = "Dzień dobry"
[fields.size]
type = "choice"
choices = ["S", "L"]
[views]
mine = "agent:me"
[organisations]
"Acme Ltd" = "gold"
[order]
reopened = "1h"
[order.priority]
urgent = "8h"
[order.standing]
gold = "4h"
[cost]
currency = "EUR"
hourly = { 1 = 30, 2 = 42.5 }
[retention]
field = "size"
within_days = 30
[import.words]
status = { solved = "resolved" }
priority = { P1 = "urgent" }
[import.profiles.shop]
"Mail" = "email"
[transitions]
new = ["open", "spam"]
"""
ANN = Agent("ann", "Ann")
TEXTS = [
    "",
    EVERYTHING,
    *(preset(name, agent=ANN, zone="UTC", enforce_from=datetime(2026, 1, 1, tzinfo=UTC)) for name in PRESETS),
]


@pytest.mark.parametrize("text", TEXTS)
def test_settings_read_back_are_those_written(text: str) -> None:
    settings = check(text).settings

    stored = to_json(settings)

    assert from_json(stored) == settings
    assert to_json(from_json(stored)) == stored


def test_stored_settings_are_read_with_little_more_than_the_standard_library() -> None:
    program = "import sys, supportq.settings.stored; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert {"pydantic", "tomllib", "tomlkit", "zoneinfo", "dateutil", "jinja2"}.isdisjoint(loaded)
