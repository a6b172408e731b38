"""How a ticket came to be resolved first, and what came after."""

import pytest
from builders import fri, history, promised, read, targets, thu, tue, wed, weekdays

from supportq.model.course import Course, Stay

OFFICE = promised(targets(first="2h", resolution="8h"), hours=weekdays("9-17"))


def course(*entries: str) -> Course:
    found = read(history(*entries), OFFICE).course
    assert found is not None
    return found


def test_a_ticket_that_was_never_resolved_has_no_course() -> None:
    assert read(history("mon 09:00 asked", "mon 10:00 replied", "mon 11:00 closed"), OFFICE).course is None


def test_the_first_resolve_counts_and_who_held_it_then() -> None:
    found = course(
        "mon 09:00 asked",
        "mon 10:00 team sales",
        "mon 11:00 assigned ann",
        "tue 09:00 resolved until fri 09:00",
        "wed 09:00 reopened",
        "wed 10:00 team technical",
        "thu 09:00 resolved",
        "fri 09:00 reopened",
    )

    assert (found.resolved_at, found.decided_at, found.team, found.assignee) == (
        tue("09:00"),
        fri("09:00"),
        "sales",
        "ann",
    )
    assert (found.reopened_at, found.resolve_count, found.reopen_count) == (wed("09:00"), 2, 2)


def test_hands_change_only_from_somebody_to_somebody_else() -> None:
    found = course(
        "mon 09:00 asked",
        "mon 10:00 assigned ann",
        "mon 10:30 assigned ann",
        "mon 11:00 assigned ben",
        "mon 12:00 team sales",
        "mon 13:00 line 2",
        "mon 14:00 line 1",
        "tue 09:00 resolved",
        "wed 09:00 assigned ann",
    )

    assert (found.agent_handover_count, found.team_handover_count, found.line_handover_count) == (1, 0, 2)


def test_the_time_on_each_line_is_told_by_the_calendar_and_in_open_time() -> None:
    found = course("mon 15:00 asked", "mon 18:00 line 0", "tue 10:00 line 1", "tue 11:00 resolved")

    assert found.stays == (Stay(0, 16 * 3600, 3600), Stay(1, 4 * 3600, 3 * 3600))


@pytest.mark.parametrize(
    ("entries", "replies", "is_one_contact"),
    [
        (("mon 10:00 replied", "mon 11:00 resolved"), 1, True),
        (("mon 10:00 replied", "mon 10:30 replied", "mon 11:00 resolved"), 2, True),
        (("mon 10:00 replied", "mon 10:30 asked", "mon 11:00 resolved"), 1, True),
        (("mon 10:00 replied", "mon 10:30 asked", "mon 10:40 replied", "mon 11:00 resolved"), 2, False),
        (("mon 10:00 asked", "mon 10:30 replied", "mon 11:00 resolved"), 1, False),
        (("mon 10:00 asked automatic", "mon 10:30 replied", "mon 11:00 resolved"), 1, True),
        (("mon 10:00 replied", "mon 11:00 resolved until wed 09:00", "tue 09:00 replied silently"), 2, True),
        (("mon 10:00 replied", "mon 11:00 resolved until wed 09:00", "thu 09:00 replied silently"), 1, True),
        (("mon 10:00 acknowledged", "mon 10:30 noted", "mon 11:00 resolved"), 0, True),
        (("mon 10:00 replied", "mon 10:10 failed", "mon 11:00 resolved"), 0, True),
    ],
)
def test_contacts_are_what_people_said_to_each_other(
    entries: tuple[str, ...],
    replies: int,
    is_one_contact: bool,  # noqa: FBT001
) -> None:
    found = course("mon 09:00 asked", *entries)

    assert (found.reply_count, found.is_one_contact) == (replies, is_one_contact)


def test_what_an_import_knew_nothing_of_is_not_known() -> None:
    assert course("mon 09:00 asked", "mon 10:00 resolved").is_known
    assert not course("mon 09:00 unknown", "mon 10:00 resolved").is_known
    assert not course("mon 09:00 asked", "mon 10:00 resolved unknown").is_known


def test_what_was_undone_has_no_part_in_it() -> None:
    found = course(
        "mon 09:00 asked", "mon 10:00 resolved", "mon 11:00 undone 2", "thu 09:00 resolved", "fri 09:00 assigned ann"
    )

    assert (found.resolved_at, found.assignee) == (thu("09:00"), None)
