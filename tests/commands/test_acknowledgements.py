"""Who writes in by mail hears at once, once, and honestly, by when somebody will answer; machines hear nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import default
from itertools import count
from pathlib import Path

import pytest
from postoffice import Clerk, smtp_server
from queues import SETTINGS, new_queue
from running import run

from supportq.errors import ExitCode

MAIL = """
[mail]
acknowledgement = "received"
[mail.accounts.desk]
address = "desk@loom.example"
smtp = {{ host = "127.0.0.1", port = {port}, tls = "none" }}

[canned.received]
body = "We have it, {{{{ customer.name }}}}{{% if ticket.answer_by %}}, by {{{{ ticket.answer_by }}}}{{% endif %}}."
[canned.received.de]
body = "Es ist da{{% if ticket.answer_by %}}, bis {{{{ ticket.answer_by }}}}{{% endif %}} [{{{{ ticket.id }}}}]."

[[rules]]
name = "German"
when = "text:webstuhl"
language = "de"
[[rules]]
name = "Looms"
when = "text:loom,webstuhl"
team = "technical"
"""
BODY_FOR_ALL = (
    "Hello{% if customer.name %} {{ customer.name }}{% endif %}! "
    "For {{ customer.first_name }}, order {{ ticket.fields.order }}."
)
HOLIDAYS = ("[hours.office]", '[hours.office]\nholidays = ["2026-12-24..2026-12-26"]')
NUMBERS = count(1)


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def desk(tmp_path: Path, clerk: Clerk) -> Iterator[Path]:
    with smtp_server(clerk) as port:
        settings = SETTINGS.replace(*HOLIDAYS) + MAIL.format(port=port)
        yield new_queue(tmp_path / "desk.db", settings)


def mail(
    subject: str = "Loom", who: str = "Ida Berg <ida@example.com>", *, says: str = "It creaks.", **headers: str
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = who, "desk@loom.example", subject
    made["Message-ID"] = f"<{next(NUMBERS)}@example.com>"
    made.set_content(says)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made.as_bytes()


def deliver(desk: Path, data: bytes, now: str = "2026-11-20T15:00:00Z") -> str:
    """Take a mail in, and return what the desk writes about its ticket by itself."""
    done = run("deliver", queue=desk, stdin=data.decode("utf-8", "surrogateescape"), now=now)
    assert (done.code, done.err) == (ExitCode.DONE, "")
    with closing(sqlite3.connect(desk)) as connection:
        said = connection.execute(
            "select body from message where automatic and direction = 'out' "
            "and ticket_id = (select max(id) from ticket) and undone = 0"
        )
        return "\n".join(body for (body,) in said)


@pytest.mark.parametrize(
    ("case", "now", "subject", "promised"),
    [
        ("within the day", "2026-11-16T08:00:00Z", "Loom", "by Monday 17:00 CET"),
        ("at night", "2026-11-17T02:00:00Z", "Loom", "by Tuesday 17:00 CET"),
        ("on Friday evening", "2026-11-20T18:00:00Z", "Loom", "by Monday 17:00 CET"),
        ("on Friday afternoon", "2026-11-20T15:00:00Z", "Loom", "by Monday 16:00 CET"),
        ("in summer time", "2026-07-03T13:00:00Z", "Loom", "by Monday 15:00 CEST"),
        ("before the clocks change", "2026-10-23T14:00:00Z", "Loom", "by Monday 16:00 CET"),
        ("before a holiday", "2026-12-23T15:00:00Z", "Loom", "by Monday 16:00 CET"),
        ("a second after", "2026-11-16T08:00:01Z", "Loom", "by Tuesday 09:01 CET"),
        ("in German", "2026-11-20T15:00:00Z", "Webstuhl", "bis Montag 16:00 CET"),
        ("around the clock", "2026-11-21T02:00:00Z", "Hello", "by Saturday 05:00 CET"),
    ],
)
def test_the_customer_hears_by_when_somebody_answers(
    case: str, now: str, subject: str, promised: str, desk: Path
) -> None:
    assert promised in deliver(desk, mail(subject), now), case


GERMAN = "Guten Tag, meine Bestellung ist noch nicht angekommen. Können Sie bitte nachsehen?"
POLISH = "Dzień dobry, moja paczka jeszcze nie dotarła. Proszę o sprawdzenie."


@pytest.mark.parametrize(
    ("case", "asked", "answered"),
    [
        ("by its words", mail("Hilfe", says=GERMAN), "Es ist da, bis Freitag 18:00 CET"),
        ("by its words, whatever the program says", mail("Hi", says=GERMAN, Content_Language="en-US"), "Es ist da"),
        ("by its header", mail("Nr. 4711", says="4711", Content_Language="de-AT"), "Es ist da"),
        ("of which the desk has no text", mail("Pytanie", says=POLISH), "We have it, Ida Berg, by Friday 18:00 CET"),
        ("in doubt", mail("4711", says="Rechnung 4711, merci"), "We have it"),
        ("header of several", mail("4711", says="4711", Content_Language="de, en"), "We have it"),
    ],
)
def test_a_mail_is_acknowledged_in_its_own_language(case: str, asked: bytes, answered: str, desk: Path) -> None:
    assert answered in deliver(desk, asked), case


def test_a_mail_that_tells_no_language_is_in_the_one_that_its_sender_wrote_in_before(desk: Path) -> None:
    deliver(desk, mail("Hilfe", says=GERMAN))
    assert "Es ist da" in deliver(desk, mail("4711", says="4711?"))


def test_no_time_is_named_that_is_past(desk: Path) -> None:
    late = mail(Received="from a by b; Fri, 13 Nov 2026 09:00:00 +0100")
    assert deliver(desk, late) == "We have it, Ida Berg."


def test_nobody_else_hears_whatever_a_customer_writes_into_name_and_subject(desk: Path, clerk: Clerk) -> None:
    hidden = "=?utf-8?q?=0D=0ACc=3A_eve@example.com=0D=0A?="
    twice = Header(hidden, "utf-8").encode()
    deliver(desk, f"From: {twice} <ida@example.com>\nSubject: {twice}\nMessage-ID: <1@example.com>\n\nHi\n".encode())
    run("send", queue=desk, now="2026-11-20T15:01:00Z")

    (taken,) = clerk.taken
    assert taken.recipients == ("ida@example.com",)
    assert message_from_bytes(taken.data)["Cc"] is None


def test_a_desk_whose_domain_has_letters_of_its_own_writes_as_mail_wants_it(desk: Path, clerk: Clerk) -> None:
    run("config", "set", "mail.accounts.desk.address", "desk@bücher.example", "--yes", queue=desk)
    deliver(desk, mail())
    run("send", queue=desk, now="2026-11-20T15:01:00Z")

    (taken,) = clerk.taken
    assert taken.sender == "desk@xn--bcher-kva.example"
    assert message_from_bytes(taken.data)["Message-ID"].endswith("@xn--bcher-kva.example>")


def test_who_has_no_name_is_acknowledged_all_the_same(desk: Path) -> None:
    run("config", "set", "canned.received.body", BODY_FOR_ALL, "--yes", queue=desk)

    assert deliver(desk, mail(who="zoe@example.com")) == "Hello! For zoe@example.com, order ."
    assert deliver(desk, mail(who="Zoe <zoe.z@example.com>")) == "Hello Zoe! For Zoe, order ."


def test_an_acknowledgement_says_that_a_machine_wrote_it_and_stops_no_clock(desk: Path, clerk: Clerk) -> None:
    deliver(desk, mail())
    assert run("send", queue=desk).code == ExitCode.DONE

    (taken,) = clerk.taken
    sent = message_from_bytes(taken.data, policy=default)
    assert taken.recipients == ("ida@example.com",)
    assert sent["Auto-Submitted"] == "auto-replied"
    assert sent["X-Auto-Response-Suppress"] == "All"
    assert sent["X-Supportq-Loop"]
    assert (sent["Subject"], sent["From"]) == ("Re: Loom [#1]", "Technical <desk@loom.example>")
    shown = run("list", "-f", "tsv", "--no-header", "-c", "id,status,due", queue=desk).out
    assert shown.split("\t")[:2] == ["1", "open"]
    why = run("sla", "why", "1", queue=desk).out
    assert "met" not in why
    assert run("report", "ignored", "--since", "today", "-f", "json", "-c", "acknowledged_rate", queue=desk).out


@pytest.mark.parametrize(
    ("who", "headers"),
    [
        ("Ida <ida@example.com>", {"Auto_Submitted": "auto-replied"}),
        ("Ida <ida@example.com>", {"Precedence": "bulk"}),
        ("Ida <ida@example.com>", {"List_Id": "<news.example.com>"}),
        ("Ida <ida@example.com>", {"X_Supportq_Loop": "another desk"}),
        ("Mail Delivery System <MAILER-DAEMON@example.com>", {}),
        ("News <no-reply@example.com>", {}),
        ("Desk <desk@loom.example>", {}),
    ],
)
def test_machines_are_not_acknowledged(who: str, headers: dict[str, str], desk: Path) -> None:
    assert deliver(desk, mail(who=who, **headers)) == ""


def test_only_what_opens_a_ticket_by_mail_is_acknowledged(desk: Path, tmp_path: Path) -> None:
    deliver(desk, mail())
    run("send", queue=desk)
    deliver(desk, mail("Re: Loom [#1]"))
    (tmp_path / "old.eml").write_bytes(mail("Old loom"))
    assert run("import", str(tmp_path / "old.eml"), queue=desk).code == ExitCode.DONE

    states = run("outbox", "list", "--all", "-f", "tsv", "--no-header", "-c", "state", queue=desk).out
    assert states == "sent\n"


def last_delivery(desk: Path) -> str:
    return run("sql", "select max(id) from change where verb = 'deliver'", "--no-header", queue=desk).out.strip()


def test_a_dry_run_shows_the_words_and_an_undo_takes_them_back_until_they_are_sent(desk: Path, clerk: Clerk) -> None:
    deliver(desk, known := mail())
    assert "It is known already: ticket 1" in run("deliver", "-n", queue=desk, stdin=known.decode()).err
    run("undo", last_delivery(desk), queue=desk)
    preview = run("deliver", "-n", queue=desk, stdin=mail().decode())
    assert "We have it, Ida Berg, by Monday 16:00 CET." in preview.err
    deliver(desk, mail())
    assert run("undo", last_delivery(desk), queue=desk).code == ExitCode.DONE
    run("send", queue=desk)
    assert not clerk.taken

    deliver(desk, mail("Another loom"))
    run("send", queue=desk)
    assert "can't be unsent" in run("undo", last_delivery(desk), "--with-later", queue=desk).err


def test_an_acknowledgement_that_is_tried_again_or_cancelled_is_still_no_answer(desk: Path, clerk: Clerk) -> None:
    clerk.answers = {"ida@example.com": "550 no such user"}
    deliver(desk, mail())
    run("send", queue=desk)
    run("wait", "1", "--for", "customer", queue=desk)

    for command in ("retry", "cancel"):
        assert run("outbox", command, "2", "--yes", queue=desk).code == ExitCode.DONE
        shown = run("list", "-f", "tsv", "--no-header", "-c", "id,status", queue=desk).out
        assert shown == "1\tpending\n"
    assert "reply waiting" not in run("show", "1", queue=desk).out


def test_nothing_that_a_stranger_wrote_gets_into_a_header(desk: Path, clerk: Clerk) -> None:
    injected = "=?utf-8?q?Loom=0D=0ABcc=3A_eve=2Cevil=2Eexample=0D=0A=0D=0AHello?="
    run("deliver", queue=desk, stdin=f"From: {injected} <ida@example.com>\nSubject: {injected}\n\nIt creaks.\n")
    run("send", queue=desk)

    (taken,) = clerk.taken
    sent = message_from_bytes(taken.data, policy=default)
    assert taken.recipients == ("ida@example.com",)
    assert (sent["Bcc"], sent["To"].addresses[0].addr_spec) == (None, "ida@example.com")


def test_a_mail_is_answered_from_the_account_that_it_went_to_and_a_desk_is_not_named_twice(
    desk: Path, clerk: Clerk
) -> None:
    with smtp_server(clerk) as port:
        sales = f'smtp = {{host = "127.0.0.1", port = {port}, tls = "none"}}'
        settings = run("config", "show", queue=desk).out
        settings = settings.replace("[mail]", '[mail]\naccount = "desk"\nsender = "{{ agent.name }}, {{ desk.name }}"')
        settings += f'\n[mail.accounts.sales]\naddress = "sales@loom.example"\n{sales}\n'
        assert run("config", "apply", "-", "--yes", queue=desk, stdin=settings).code == ExitCode.DONE
        deliver(desk, mail("Prices").replace(b"desk@loom", b"sales@loom"))
        run("reply", "1", "-m", "Few.", "--yes", queue=desk, now="2026-11-20T15:00:00Z")
        run("send", queue=desk, now="2026-11-20T15:01:00Z")

    assert [taken.sender for taken in clerk.taken] == ["sales@loom.example"] * 2
    first = message_from_bytes(clerk.taken[0].data, policy=default)["From"].addresses[0]
    assert "," not in first.display_name
