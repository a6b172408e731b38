from datetime import UTC, datetime

import pytest
from imports import NOW, inquiries, reading, rejects, rows

from supportq.errors import SupportqError
from supportq.intake.fields import Field
from supportq.intake.inquiry import Entry
from supportq.model.channel import Channel
from supportq.model.customer import Address, AddressKind, Person
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Priority, Status

WHO = "ann@example.com"


def reason(header: str, row: str) -> str:
    """Return why the only row of a file is rejected."""
    ((_, why),) = rejects(f"{header}\n{row}\n")
    return why


def one(header: str, row: str) -> Inquiry:
    """Return the only inquiry of a file."""
    (found,) = inquiries(f"{header}\n{row}\n")
    return found


def test_a_full_row_becomes_a_full_inquiry() -> None:
    header = (
        "ref,received,channel,name,email,phone,organisation,language,subject,message,thread,tags,status,priority,team,"
        "assignee,category,line,answered_at,resolved_at,order,mood"
    )
    row = (
        "NL-7,2026-03-02T09:14:00+01:00,E-Mail,Ann Lee,ann@example.com,0048 500,Loom Ltd,English,Late, my text ,NL-3,"
        "late; yarn,Solved,Medium,Sales & Orders,ann@desk.example,order,2,2026-03-02 10:00,"
        "2026-03-02T10:00:00Z,00417,cross"
    )

    assert one(header, row) == Inquiry(
        person=Person(
            "Ann Lee",
            (Address(AddressKind.EMAIL, "ann@example.com"), Address(AddressKind.PHONE, "0048 500")),
            "Loom Ltd",
            "en",
        ),
        body=" my text ",
        subject="Late",
        channel=Channel.EMAIL,
        at=datetime(2026, 3, 2, 8, 14, tzinfo=UTC),
        key="NL-7",
        thread="NL-3",
        team="sales",
        line=2,
        priority=Priority.NORMAL,
        status=Status.RESOLVED,
        assignee="ann",
        category="order",
        language="en",
        tags=("late", "yarn"),
        fields=(("order", "00417"),),
        answered_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        resolved_at=datetime(2026, 3, 2, 10, tzinfo=UTC),
        facts=(("mood", "cross"),),
    )


@pytest.mark.parametrize(
    ("header", "cells", "name", "values"),
    [
        ("name,phone,body", "Ann,+49 1555 1,x", "Ann", ["+49 1555 1"]),
        ("name,phone,body", "Ann,,x", "Ann", []),
        ("name,email,body", "@wool,,x", "", ["@wool"]),
        ("customer,body", "Ann <ann@example.com>,x", "Ann", ["ann@example.com"]),
        ("customer,email,body", "Ann <ann@example.com>,ann@example.com,x", "Ann", ["ann@example.com"]),
        ("name,email,body", "Ann,Bob <ann@example.com>,x", "Ann", ["ann@example.com"]),
        ("phone,body", "'+49 1555 1,x", "", ["+49 1555 1"]),
        ("phone,body", '"=""0049 1555 1""",x', "", ["0049 1555 1"]),
    ],
)
def test_a_customer_is_known_by_any_cell(header: str, cells: str, name: str, values: list[str]) -> None:
    person = one(header, cells).person

    assert (person.name, [address.value for address in person.addresses]) == (name, values)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("'=1+1", "=1+1"), ("'@x", "@x"), ("'tis", "'tis"), ("=1+1", "=1+1"), ("007", "007"), ("+1", "+1")],
)
def test_only_the_guard_of_a_formula_is_taken_off(cell: str, kept: str) -> None:
    assert one("email,subject", f"{WHO},{cell}").subject == kept


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("channel", "fax machine", 'no channel "fax machine"; one of: email phone'),
        ("status", "opne", "did you mean open?"),
        ("priority", "urgnt", "did you mean urgent?"),
        ("category", "oder", "did you mean order?"),
        ("language", "Klingon", 'no language "Klingon"'),
        ("line", "4", 'no line "4"; one of: 0 1 2 3'),
        ("phone", "call me", '"call me" is no phone number'),
        ("phone", WHO, f'"{WHO}" is no phone number'),
        ("loom", "Atlsa", "did you mean Atlas?"),
        ("weight", "heavy", '"heavy" is no number'),
        ("bought", "May", '"May" is no date'),
        ("member", "maybe", "one of: yes no"),
        ("received", "2026-02-30", 'received "2026-02-30": day is out of range for month'),
        ("received", "2026-10-25 02:30", "comes twice, since the clocks change; write 2026-10-25T02:30+02:00 or"),
        ("received", "29.03.2026 02:30", "is skipped, since the clocks change"),
        ("tags", "vip;\x1b[31m", "a tag can't hold the character U+001B"),
        ("received", "2026-11-22T12:00:01Z", "lies ahead: it is 2026-11-22T12:00:00Z now"),
    ],
)
def test_a_wrong_cell_is_rejected_in_plain_words(column: str, cell: str, why: str) -> None:
    assert why in reason(f"email,body,{column}", f"{WHO},x,{cell}")


@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        ("email,subject,body", f"{WHO},, ", "nothing is said"),
        ("name,email,phone,organisation,body", ",,,Loom Ltd,x", "no customer"),
        ("email,body", "anna@@example,x", '"anna@@example" is no mail address'),
        ("email,body,at,resolved at", f"{WHO},x,2026-03-02,2026-03-01", "before it came in"),
    ],
)
def test_a_row_that_says_too_little_is_rejected(header: str, cells: str, why: str) -> None:
    assert why in reason(header, cells)


def test_words_of_the_desk_are_understood() -> None:
    found = one("email,body,status,priority", f"{WHO},x,erledigt am Telefon,p1")

    assert (found.status, found.priority) == (Status.RESOLVED, Priority.URGENT)


def test_a_message_of_this_very_second_does_not_lie_ahead() -> None:
    assert one("email,body,at", f"{WHO},x,{NOW.isoformat()}").at == NOW


def dated(*dates: str) -> str:
    """Return a file with these dates."""
    return "email,body,Created\n" + "".join(f"{WHO},x,{date}\n" for date in dates)


@pytest.mark.parametrize(("proof", "month"), [("25/12/2025", 4), ("12/25/2025", 3)])
def test_the_order_of_dates_is_decided_by_any_row_of_the_column(proof: str, month: int) -> None:
    first = inquiries(dated("03/04/2026 12:00", "", proof))[0]

    assert first.at is not None
    assert first.at.month == month


def test_dates_that_never_show_their_order_are_refused_until_it_is_said() -> None:
    text = dated("03/04/2026", "05/06/2026")

    with pytest.raises(SupportqError, match='"03/04/2026" in the column "Created" can be read in two ways') as caught:
        reading(text)
    assert '--map "Created=at:dmy"' in caught.value.cures[1]
    for said in ({"mapping": (("Created", "at:dmy"),)}, {"day_first": True}):
        assert [inquiry.at and inquiry.at.day for inquiry in inquiries(text, **said)] == [2, 4]


def test_all_columns_in_doubt_are_named_at_once_with_what_another_proves_and_decided_by_one_word() -> None:
    text = f"email,body,Created,Resolved at,Answered at\n{WHO},x,10/13/2026,10/11/2026,10/12/2026\n"

    with pytest.raises(SupportqError, match=r'"10/11/2026" in the .*, "10/12/2026" in the .* in two ways') as caught:
        reading(text)
    assert caught.value.cures[0] == 'the month comes first in "Created" (10/13/2026)'
    assert reading(text, day_first=True).survey.dates[Field.AT].day_first is False
    assert reading(text, day_first=True).survey.dates[Field.RESOLVED_AT].day_first is True


def test_a_column_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(SupportqError, match="the day comes first in"):
        reading(dated("25/12/2025", "12/25/2025"))


def test_one_date_in_doubt_among_clear_ones_rejects_its_row_alone() -> None:
    ((line, why),) = rejects(dated("2026-03-02", "03/04/26"))

    assert line == 3
    assert "may have the day or the month first" in why


def test_times_without_an_offset_are_read_in_the_zone_and_said_to_be() -> None:
    found = reading(dated("2026-07-02 09:00"))

    assert [row.inquiry.at for row in found if isinstance(row, Entry)] == [datetime(2026, 7, 2, 7, tzinfo=UTC)]
    assert found.zoneless == ("Created",)


@pytest.mark.parametrize("created", ["2026-07-02 09:00:00+02:00", "", "soon", "2027-07-02 09:00"])
def test_the_zone_is_said_only_where_a_time_that_was_taken_needed_it(created: str) -> None:
    found = reading(dated("2026-07-02T09:00:00Z", created))

    assert len(list(found)) == 2
    assert found.zoneless == ()


def test_two_equal_rows_without_a_key_are_two_inquiries_with_keys_that_stay() -> None:
    text = f"email,body\n{WHO},x\n{WHO},y\n{WHO},x\n"
    keys = [inquiry.key for inquiry in inquiries(text)]

    assert len(set(keys)) == 3
    assert keys == [inquiry.key for inquiry in inquiries(text + f"{WHO},z\n")][:3]
    assert keys[:2] == [inquiry.key for inquiry in inquiries(f"line,reason,email,body\n2,?,{WHO},x\n3,?,{WHO},y\n")]


def test_a_key_that_is_used_twice_for_different_things_is_rejected() -> None:
    text = f"id,email,body\n1,{WHO},x\n1,{WHO},x\n1,{WHO},y\n,{WHO},x\n"

    assert rejects(text) == [(4, '"1" was already used in line 2, for something else')]
    assert len({row.digest for row in rows(text) if isinstance(row, Entry)}) == 2


def test_a_new_last_column_does_not_change_what_old_rows_are() -> None:
    old, new = rows(f"email,body\n{WHO},x\n"), rows(f"email,body,mood\n{WHO},x,\n")

    assert isinstance(old[0], Entry)
    assert isinstance(new[0], Entry)
    assert old[0].digest == new[0].digest


@pytest.mark.parametrize(("way", "kept"), [("", False), ("out", True)])
def test_the_role_of_an_author_tells_the_direction_where_that_is_empty(way: str, *, kept: bool) -> None:
    header = "ticket_ref,at,author,author_role,direction,body"

    found = one(header, f"T-1,2026-11-02T08:40:00Z,Ann,agent,{way},Oil it")

    assert found.is_reply
    assert (("author_role", "agent") in found.facts) is kept
