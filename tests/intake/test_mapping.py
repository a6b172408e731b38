from datetime import timedelta
from typing import Any

import pytest
from imports import DESK, inquiries, reading

from supportq.errors import SupportqError, UnknownWord, UsageError
from supportq.intake.columns import parse_map
from supportq.intake.fields import Field
from supportq.intake.metrics import METRICS

WHO = "ann@example.com"


def targets(header: str, **options: Any) -> list[str]:
    """Return what each column of a header is read as."""
    return [str(column.target) for column in reading(header + "\n", **options).columns]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Ticket ID,Customer Name,Customer Email,Ticket Subject,Ticket Description", "key name email subject body"),
        ("created_at;E-Mail;TITLE;Group;Assigned to", "at email subject team assignee"),
        ("Datum;Kunde;Betreff;Nachricht;Priorität", "at customer subject body priority"),
        ("data,klient,temat,treść,kanał", "at customer subject body channel"),
        ("email,body,Order,Order colour,field.weight", "email body field.order fact field.weight"),
        ("id,ref,email,body,number", "fact key email body fact"),
    ],
)
def test_columns_are_known_by_their_headers(header: str, expected: str) -> None:
    assert " ".join(targets(header)) == expected


def test_unknown_columns_are_kept_as_facts() -> None:
    (found,) = inquiries(f"email,body,Mood,Score\n{WHO},hello,cross,\n")

    assert found.facts == (("Mood", "cross"),)


def test_what_a_person_chooses_comes_before_the_profile_and_the_header() -> None:
    header = "Kunde wollte,Bestellung,Mail,Subject"

    assert targets(header, profile="shop") == ["body", "field.order", "email", "subject"]
    assert targets(header, profile="shop", mapping=(("mail", "customer"), ("Kunde wollte", "subject"))) == [
        "subject",
        "field.order",
        "customer",
        "fact",
    ]


def test_the_key_column_can_be_named() -> None:
    assert targets("id,msgid,email,body", key="msgid") == ["fact", "key", "email", "body"]


def test_a_column_that_was_chosen_must_be_there() -> None:
    with pytest.raises(UsageError, match='no column "Mial"') as caught:
        targets("Mail,body", mapping=(("Mial", "email"),))
    assert "did you mean Mail?" in caught.value.cures[0]


@pytest.mark.parametrize("field", ["emial", "field.ordr", "at:ymd", "email:dmy", "at:minutes"])
def test_a_field_that_does_not_exist_is_named(field: str) -> None:
    with pytest.raises(UnknownWord):
        targets("Mail,body", mapping=(("Mail", field),))


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UnknownWord, match='no import profile "shpo"'):
        targets("email,body", profile="shpo")


@pytest.mark.parametrize("header", ["email,body,Email", "id,Ticket ID,email,body"])
def test_two_columns_for_one_field_are_refused_until_one_is_chosen(header: str) -> None:
    with pytest.raises(SupportqError, match="two columns claim") as caught:
        targets(header)
    chosen = caught.value.cures[0].split('"')[1]

    assert targets(header, mapping=(parse_map(chosen),)).count("fact") == 1


def test_repeated_columns_of_text_and_tags_are_joined() -> None:
    (found,) = inquiries(f"email,message,message,description,labels,labels\n{WHO},one,,two,a,b;a\n")

    assert (found.body, found.tags) == ("one\n\ntwo", ("a", "b"))


def test_a_file_without_a_header_says_what_it_was_taken_for() -> None:
    with pytest.raises(SupportqError, match=r"is it a header\? \(found: 17, hello, 2026-01-01\)") as caught:
        targets("17,hello,2026-01-01")
    assert "--map" in caught.value.cures[0]


def test_of_many_headers_only_the_first_are_named() -> None:
    many = ",".join(f"c{number}" for number in range(5000))

    with pytest.raises(SupportqError, match="c8, c9 and 4,990 more"):
        targets(many)
    with pytest.raises(UsageError) as caught:
        targets(f"email,body,{many}", mapping=(("Mail", "email"),))
    assert len(caught.value.cures[0]) < 120


@pytest.mark.parametrize(("header", "missing"), [("id,email", "what somebody wants"), ("id,subject", "who it is")])
def test_a_file_needs_somebody_and_something_said(header: str, missing: str) -> None:
    with pytest.raises(SupportqError, match=missing):
        targets(header)


@pytest.mark.parametrize("text", ["mail", "=email", "mail="])
def test_a_map_needs_both_sides(text: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        parse_map(text)


def test_a_header_may_hold_an_equals_sign() -> None:
    assert parse_map("a=b = email") == ("a=b", "email")


def test_every_field_but_custom_ones_can_be_chosen_by_its_name() -> None:
    for field in set(Field) - {Field.CUSTOM}:
        assert targets("x,email,body", mapping=(("x", field),))[0] == field
    assert targets("x,email,body", mapping=tuple(("x", f"field.{code}") for code in DESK.fields))[0] == "field.member"


def test_a_form_is_known_whatever_the_case_and_spacing_of_its_headers() -> None:
    header = "TICKET ID,subject,Status,priority,Source,agent,GROUP,Created Time,Due  by_time,Resolved Time,Email,body"
    found = reading(f"{header}\n")

    assert found.recognised.name == "freshdesk"
    assert " ".join(str(column.target) for column in found.columns) == (
        "key subject status priority channel assignee team at fact resolved_at email fact"
    )


def test_a_form_can_be_chosen_or_declined() -> None:
    header = "Ticket Number,Date Created,Subject,From,From Email,Department,Current Status\n"

    assert reading(header).recognised.name == "osticket"
    assert reading(header, profile="generic").recognised.name == "generic"
    assert reading("id,code,subject,owner_name\n", profile="liveagent").source == "liveagent"


def test_what_a_profile_of_the_settings_says_comes_before_the_form() -> None:
    found = reading(
        "Ticket Number,Date Created,Subject,From,From Email,Department,Current Status,Bestellung\n", profile="shop"
    )

    assert (found.recognised.name, found.source) == ("osticket", "shop")
    assert str(list(found.columns)[-1].target) == "field.order"


def test_headers_that_repeat_keep_all_that_stands_under_them() -> None:
    (found,) = inquiries(f"email,body,Note,Note,Tags,Tags\n{WHO},hello,one,two,loom,wool\n")

    assert found.facts == (("Note", "one"), ("Note (2)", "two"))
    assert found.tags == ("loom", "wool")


def test_a_moment_may_be_told_by_the_time_that_went_by() -> None:
    text = f"email,body,at,waited\n{WHO},hello,2026-11-02T09:00:00Z,1:30\n"

    (found,) = inquiries(text, mapping=(("waited", "answered_at:minutes"),))

    assert str(found.answered_at) == "2026-11-02 10:30:00+00:00"


@pytest.mark.parametrize(
    ("said", "direction"),
    [
        ("in,yes", "in"),
        ("agent,yes", "out"),
        ("out,no", "note"),
        ("internal note,", "note"),
        ("customer,no", "in"),
        (",", "in"),
    ],
)
def test_which_way_a_message_went_is_told_by_many_words(said: str, direction: str) -> None:
    (found,) = inquiries(f"email,body,direction,public\n{WHO},hello,{said}\n")

    assert found.direction == direction


SAMPLE = "Ticket ID,Customer Email,Ticket Subject,Ticket Description,Date,First Response Time,Time to Resolution\n"


@pytest.mark.parametrize(
    ("answered", "resolved", "taken"),
    [
        ("2026-11-02 10:30:00", "2026-11-03 09:00:00", ("2026-11-02 09:30:00+00:00", "2026-11-03 08:00:00+00:00")),
        ("2026-11-02 10:30:00", "", ("2026-11-02 09:30:00+00:00", "None")),
        ("2026-11-02 10:30:00", "2026-11-02 10:00:00", ("None", "None")),
        ("2026-11-01 10:30:00", "", ("None", "None")),
        ("2026-12-01 10:30:00", "", ("None", "None")),
        ("1:30", "49:30:00", ("None", "None")),
        ("2.5", "90", ("None", "None")),
    ],
)
def test_moments_that_are_called_a_time_are_taken_where_they_can_be_true_and_are_facts_in_any_case(
    answered: str, resolved: str, taken: tuple[str, str]
) -> None:
    row = f"1,ida@example.com,Loom,It creaks,2026-11-02 09:14:22,{answered},{resolved}\n"

    (found,) = inquiries(SAMPLE + row)

    assert (str(found.answered_at), str(found.resolved_at)) == taken
    told = {"First Response Time": answered} | ({"Time to Resolution": resolved} if resolved else {})
    assert told.items() <= dict(found.facts).items()


@pytest.mark.parametrize(
    ("told", "minutes"), [("1:30", 90), ("0:45:00", 45), ("2h 5m", 125), ("2.5", None), ("2026-11-02 10:30:00", None)]
)
def test_a_length_of_time_without_a_unit_is_compared_with_nothing(told: str, minutes: int | None) -> None:
    found = METRICS["First Response Time"].read(told)

    assert found == (None if minutes is None else timedelta(minutes=minutes))
