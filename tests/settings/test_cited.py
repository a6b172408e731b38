"""The line of a settings text that a target comes from."""

import pytest

from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority
from supportq.settings.cited import Cited, cited

TEXT = """
[[sla.policies]]
name = "gold"
first_response = { normal = "2h", high = "1h" }
next_response = "8h"

[sla.policies.resolution]
normal = "3d"
low = "5d"

[[sla.policies]]
name = "default"
first_response = "7d"
"""


@pytest.mark.parametrize(
    ("kind", "priority", "found"),
    [
        (ClockKind.FIRST_RESPONSE, Priority.HIGH, Cited("first_response.high", 4)),
        (ClockKind.FIRST_RESPONSE, Priority.URGENT, Cited("first_response.high", 4)),
        (ClockKind.FIRST_RESPONSE, Priority.LOW, Cited("first_response.normal", 4)),
        (ClockKind.NEXT_RESPONSE, Priority.URGENT, Cited("next_response", 5)),
        (ClockKind.RESOLUTION_TOTAL, Priority.LOW, Cited("resolution.low", 9)),
        (ClockKind.UPDATE, Priority.NORMAL, None),
    ],
)
def test_the_line_of_the_target_that_counts_is_found(kind: ClockKind, priority: Priority, found: Cited | None) -> None:
    assert cited(TEXT, "gold", kind, priority) == found


def test_a_policy_that_is_not_in_the_text_says_nothing() -> None:
    assert cited(TEXT, "silver", ClockKind.FIRST_RESPONSE, Priority.NORMAL) is None
