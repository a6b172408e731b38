"""Replies that go out by mail: written, taken back, sent, refused, in doubt, and settled."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from dovecot import PASSWORD as IMAP_PASSWORD
from dovecot import dovecot
from postoffice import PASSWORD, USER, Clerk, endless_server, may_sign_in, rude_server, smtp_server
from queues import SETTINGS, new_queue
from running import Run, run

from supportq.errors import ExitCode

ACCOUNT = """
[mail]
signature = "{{{{ agent.name }}}}\\n{{{{ desk.name }}}}"
[mail.accounts.desk]
address = "desk@loom.example"
plus = true
smtp = {{ host = "127.0.0.1", port = {port}, tls = "none" }}
"""


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def queue(tmp_path: Path, clerk: Clerk) -> Iterator[Path]:
    """A desk with one inquiry by mail, and a server that takes its answers."""
    with smtp_server(clerk) as port:
        yield a_desk(tmp_path, port)


def a_desk(folder: Path, port: int) -> Path:
    queue = new_queue(folder / "desk.db", SETTINGS + ACCOUNT.format(port=port))
    asked = "From: Ida Berg <ida@example.com>\nMessage-ID: <1@example.com>\nSubject: Loom\n\nIt creaks.\n"
    assert run("deliver", queue=queue, stdin=asked).code == ExitCode.DONE
    return queue


def reply(queue: Path, *words: str, **more: str) -> Run:
    return run("reply", "1", "-m", "Oil it.", *words, queue=queue, **more)  # type: ignore[arg-type]


def shown(queue: Path, *columns: str) -> list[list[str]]:
    words = ("outbox", "list", "--all", "-f", "tsv", "--no-header", "-c", ",".join(columns))
    return [line.split("\t") for line in run(*words, queue=queue).out.splitlines()]


def states(queue: Path) -> list[str]:
    return [state for (state,) in shown(queue, "state")]


def first_response(queue: Path) -> str:
    words = ("sql", "select standing, coalesce(stopped_at, '') from clock where kind = 'first_response'", "--no-header")
    return run(*words, "-f", "tsv", queue=queue).out.strip()


def status(queue: Path) -> str:
    return run("list", "status:any", "-c", "status", "--no-header", queue=queue).out.strip()


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def test_a_reply_waits_where_it_can_be_taken_back_and_put_back(queue: Path, clerk: Clerk) -> None:
    reply(queue)
    waiting = states(queue), first_response(queue), run("next", queue=queue).code
    run("undo", queue=queue)
    taken_back = states(queue), run("send", queue=queue).err
    run("redo", queue=queue)
    sent = run("send", queue=queue, now="2026-11-20T15:10:00Z")

    assert waiting == (["queued"], "running", ExitCode.NOT_FOUND)
    assert taken_back == ([], "Nothing waits to be sent.\n")
    assert (sent.code, sent.err, states(queue)) == (ExitCode.DONE, "1 sent.\n", ["sent"])
    assert len(clerk.taken) == 1


def test_what_is_sent_is_kept_to_the_last_byte_and_stops_the_clock_then(queue: Path, clerk: Clerk) -> None:
    reply(queue, "--cc", "Bo <bo@example.com>", "--html")

    run("send", queue=queue, now="2026-11-20T15:10:00Z")

    (taken,) = clerk.taken
    assert run("outbox", "show", "2", queue=queue).out.encode() == taken.data
    assert (taken.sender, taken.recipients) == ("desk@loom.example", ("ida@example.com", "bo@example.com"))
    assert first_response(queue) == "met\t2026-11-20T15:10:00Z"
    mail = read(taken.data)
    assert mail["Subject"] == "Re: Loom [#1]"
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.com>"
    assert mail["Reply-To"].addresses[0].username.startswith("desk+1.")
    plain, html = mail.iter_parts()
    assert plain.get_content().splitlines() == ["Oil it.", "", "-- ", "Ann Lee", "Loom support"]
    assert "<p>Oil it.</p>" in html.get_content()


def test_copies_may_be_named_in_one_breath(queue: Path, clerk: Clerk) -> None:
    reply(queue, "--send", "--cc", "Berg, Bo <bo@example.com>, eve@example.com")

    assert clerk.taken[0].recipients == ("ida@example.com", "bo@example.com", "eve@example.com")


def test_who_can_not_unsend_a_mail_is_told_how_to_reach_an_earlier_change(queue: Path) -> None:
    reply(queue, "--send")

    refused = run("undo", queue=queue)

    assert "was sent, and can't be unsent" in refused.err
    assert "supportq undo --list" in refused.err


def test_each_mail_names_the_whole_conversation_before_it(queue: Path, clerk: Clerk) -> None:
    for _ in range(3):
        reply(queue, "--send")

    mails = [read(taken.data) for taken in clerk.taken]
    names = ["<1@example.com>", *(mail["Message-ID"] for mail in mails)]
    assert [mail["References"].split() for mail in mails] == [names[:1], names[:2], names[:3]]
    assert {mail["In-Reply-To"] for mail in mails} == {"<1@example.com>"}
    assert len(set(names)) == 4


def asks(queue: Path, reply_to: str, *, number: int = 9, who: str = "ida@example.com") -> None:
    """Let the customer write again, and ask to be answered elsewhere."""
    words = (
        f"From: {who}\nReply-To: {reply_to}\nMessage-ID: <{number}@example.com>\nIn-Reply-To: <1@example.com>\n\nSo?\n"
    )
    assert run("deliver", queue=queue, stdin=words).code == ExitCode.DONE


def test_an_unknown_reply_to_gets_nothing_by_itself_and_is_named(queue: Path, clerk: Clerk) -> None:
    asks(queue, "Ida <ida@evil.example>")

    warned = reply(queue, "--send")
    named = reply(queue, "--to", "ida@evil.example", "--send", "--yes")

    assert "asks for answers at ida@evil.example (Reply-To), which may be anybody's" in warned.err
    assert "Reply-To" not in named.err
    assert [taken.recipients for taken in clerk.taken] == [("ida@example.com",), ("ida@evil.example",)]
    assert shown(queue, "to") == [["ida@example.com"], ["ida@evil.example"]]
    assert "Reply-To  ida@evil.example (not known to be theirs)" in " ".join(
        run("show", "1", queue=queue).out.split(" ")
    )


def test_who_has_several_addresses_is_answered_at_the_one_they_ask_for_or_wrote_from(queue: Path, clerk: Clerk) -> None:
    with closing(sqlite3.connect(queue)) as connection, connection:
        connection.execute("insert into address values ('email', 'berg@home.example', 'Berg@home.example', 1, 0)")
    reply(queue, "--send")
    asks(queue, "berg@HOME.example")
    reply(queue, "--send", "--yes")
    asks(queue, "other@example.com", number=10, who="berg@home.example")
    reply(queue, "--send", "--yes")

    assert [taken.recipients for taken in clerk.taken] == [
        ("ida@example.com",),
        ("Berg@home.example",),
        ("Berg@home.example",),
    ]


@pytest.mark.parametrize("words", [("--by-hand",), ("--at", "now")])
def test_to_names_whom_a_mail_goes_to_and_nothing_else(queue: Path, words: tuple[str, ...]) -> None:
    refused = reply(queue, "--to", "zoe@example.com", *words)

    assert (refused.code, "leave out --to" in refused.err) == (ExitCode.USAGE, True)


def test_an_answer_to_what_we_sent_finds_its_ticket(queue: Path, clerk: Clerk) -> None:
    reply(queue, "--send")
    name = read(clerk.taken[0].data)["Message-ID"]

    answer = f"From: Ida <ida@private.example>\nSubject: AW: Loom\nIn-Reply-To: {name}\n\nThank you!\n"
    run("deliver", queue=queue, stdin=answer)

    assert run("list", "status:any", "-c", "id,status", "--no-header", queue=queue).out == "1\topen\n"


def test_what_a_machine_wrote_is_not_what_we_answer(queue: Path, clerk: Clerk) -> None:
    robots = {"ida@example.com": "\nAuto-Submitted: auto-replied", "MAILER-DAEMON@example.com": ""}
    for number, (who, sign) in enumerate(robots.items(), 7):
        words = f"From: {who}\nMessage-ID: <{number}@example.com>\nIn-Reply-To: <1@example.com>{sign}\n\nAway.\n"
        run("deliver", queue=queue, stdin=words)

    reply(queue, "--send", "--yes")

    mail = read(clerk.taken[0].data)
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.com>"


def test_a_mail_that_comes_back_says_why(queue: Path, clerk: Clerk) -> None:
    reply(queue, "--send")
    name = read(clerk.taken[0].data)["Message-ID"]

    run("deliver", queue=queue, stdin=f"From: MAILER-DAEMON@x.org\nIn-Reply-To: {name}\n\n550 5.1.1 no such user\n")

    offered = run("next", queue=queue, terminal=True).out
    assert shown(queue, "state", "said") == [["failed", "550 5.1.1 no such user"]]
    assert "open, reply not delivered" in offered
    assert "system noted" in offered
    assert "Mail Delivery System  email" in run("show", "1", queue=queue, terminal=True).out
    assert "A mail to the customer came back: 550 5.1.1 no such user" in run("show", "1", queue=queue).out


@pytest.mark.parametrize("address", ["Desk@loom.example", "desk+1.abc@loom.example"])
def test_the_desk_does_not_write_to_itself(queue: Path, address: str) -> None:
    refused = reply(queue, "--cc", address)

    assert (refused.code, f"{address} is the desk's own address" in refused.err) == (ExitCode.FAILED, True)
    assert states(queue) == []


def test_who_has_part_in_a_ticket_and_gets_no_copy_is_named(queue: Path) -> None:
    first = reply(queue, "--cc", "Zoe <zoe@example.com>")
    alone, together = reply(queue), reply(queue, "--cc", "zoe@example.com")

    assert "1: not to Zoe, who has part in it; add: --cc zoe@example.com" in alone.err
    assert "not to" not in first.err + together.err


def test_all_who_have_part_in_a_ticket_are_named_in_one_line_but_for_whom_no_mail_has_reached(
    queue: Path, clerk: Clerk
) -> None:
    reply(queue, "--cc", "Zoe <zoe@example.com>", "--cc", "bo@example.com", "--cc", "nobody@example.com")
    reply(queue, "--cc", "typo@example.com")
    clerk.answers = {"nobody@example.com": "550 no such user"}
    run("outbox", "cancel", "3", "--yes", queue=queue)
    run("send", queue=queue)

    assert "1: not to Zoe and bo@example.com, who have part in it; add: --cc all\n" in reply(queue, "--yes").err
    clerk.answers = {}
    reply(queue, "--cc", "all")
    run("send", queue=queue)
    assert clerk.taken[-1].recipients[1:] == ("zoe@example.com", "bo@example.com")


def test_spam_gets_no_answer_and_what_ends_says_that_one_waits(queue: Path, clerk: Clerk) -> None:
    reply(queue)

    ended = run("resolve", "1", queue=queue)
    run("undo", queue=queue)
    run("spam", "1", queue=queue)
    run("send", queue=queue)
    spam = status(queue), states(queue), len(clerk.taken)
    run("undo", queue=queue)

    assert "ends with a reply that waits to be sent" in ended.err
    assert spam == ("spam", ["cancelled"], 0)
    assert (status(queue), states(queue)) == ("pending", ["queued"])


def test_a_reply_that_waits_while_the_customer_writes_again_is_named(queue: Path, clerk: Clerk) -> None:
    reply(queue)
    told = run("send", "-n", queue=queue).err
    run("log", "--to", "1", "-m", "Cancel it!", queue=queue)

    assert "1: waits though the customer has written since" not in told
    assert "1: waits though the customer has written since: supportq show 1\n  take it back: supportq outbox" in (
        run("send", "-n", queue=queue).err
    )
    assert "1: sent though the customer has written since: supportq show 1\n" in run("send", queue=queue).err
    assert len(clerk.taken) == 1


def test_mails_are_counted_as_mails(queue: Path) -> None:
    reply(queue)
    reply(queue)

    cancelled = run("outbox", "cancel", "2", "3", "--yes", queue=queue).err
    assert cancelled.startswith("2 mails of ticket 1 taken back")


def test_who_gets_a_copy_is_a_column(queue: Path) -> None:
    reply(queue, "--cc", "zoe@example.com")

    assert run("outbox", "list", "-c", "cc", "--no-header", queue=queue).out == "zoe@example.com\n"


def test_what_is_no_file_goes_with_no_mail(queue: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    refused = reply(queue, "--attach", str(tmp_path / "pipe"))

    assert (refused.code, "write it into a file first" in refused.err) == (ExitCode.FAILED, True)


def test_what_was_sent_can_not_be_unsent(queue: Path) -> None:
    reply(queue, "--send")

    last, named = run("undo", queue=queue), run("undo", "2", "--with-later", queue=queue)

    assert (last.code, named.code) == (ExitCode.FAILED, ExitCode.FAILED)
    assert "was sent, and can't be unsent" in last.err
    assert states(queue) == ["sent"]


def test_a_reply_that_is_cancelled_is_never_sent_and_leaves_the_ticket_open(queue: Path, clerk: Clerk) -> None:
    reply(queue)

    run("outbox", "cancel", "2", queue=queue)
    run("send", queue=queue)
    cancelled = status(queue), states(queue), len(clerk.taken)
    run("undo", queue=queue)
    run("send", queue=queue)

    assert cancelled == ("open", ["cancelled"], 0)
    assert (status(queue), states(queue), len(clerk.taken)) == ("pending", ["sent"], 1)


def test_a_refused_reply_opens_its_ticket_and_goes_out_once_the_fault_is_mended(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"ida@example.com": "550 5.1.1 no such user"}
    refused = reply(queue, "--send")
    after = status(queue), states(queue), first_response(queue), run("next", queue=queue, terminal=True).out
    clerk.answers = {}
    retried = run("outbox", "retry", "2", queue=queue)
    sent = run("send", queue=queue)

    assert refused.code == ExitCode.FAILED
    assert "1: not sent: ida@example.com: 550 5.1.1 no such user\n  when that is mended: supportq outbox retry 2" in (
        refused.err
    )
    assert after[:3] == ("open", ["failed"], "running")
    assert "A mail to the customer was refused: ida@example.com: 550 5.1.1 no such user" in " ".join(after[3].split())
    assert (retried.code, sent.err) == (ExitCode.DONE, "1 sent.\n")
    assert (status(queue), states(queue)) == ("pending", ["sent"])


def test_a_reply_that_is_sent_again_answers_only_what_it_answered_at_first(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"MAIL": "550 not today"}
    reply(queue, "--send")
    clerk.answers = {}
    more = "From: ida@example.com\nIn-Reply-To: <1@example.com>\nSubject: Loom\n\nIt smokes!\n"
    run("deliver", queue=queue, stdin=more, now="2026-11-20T15:05:00Z")

    run("outbox", "retry", "2", queue=queue, now="2026-11-20T15:06:00Z")
    run("send", queue=queue, now="2026-11-20T15:07:00Z")

    clocks = run(
        "sql", "select kind, standing, started_at from clock where kind like '%response'", "--no-header", queue=queue
    )
    assert clocks.out.splitlines() == [
        "first_response\tmet\t2026-11-20T15:00:00Z",
        "next_response\trunning\t2026-11-20T15:05:00Z",
    ]
    assert status(queue) == "open"


def test_a_copy_that_a_server_can_not_take_now_is_tried_again_for_who_has_none_alone(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"bo@example.com": "451 greylisted", "al@example.com": "550 no Al here"}
    first = reply(queue, "--send", "--cc", "bo@example.com", "--cc", "al@example.com", "--cc", "zoe@example.com")
    waiting = shown(queue, "to", "state", "next_try", "said"), status(queue), first_response(queue)
    counted = run("mail", "status", "-c", "queued", "--no-header", queue=queue).out
    too_early = run("send", queue=queue)
    again = run("send", queue=queue, now="2026-11-20T15:01:00Z")
    clerk.answers = {}
    retried = run("outbox", "retry", "--all", queue=queue, now="2026-11-20T15:02:00Z")
    sent = run("send", queue=queue, now="2026-11-20T15:02:00Z")

    assert first.err.splitlines()[1:3] == [
        "1: sent, but not to al@example.com: 550 no Al here",
        "  write to them once that is mended: supportq reply 1 --to al@example.com",
    ]
    assert "1: sent, but not to bo@example.com yet: 451 greylisted" in first.err
    assert waiting[0][0][:3] == ["bo@example.com", "queued", "2026-11-20T15:01:00Z"]
    assert (waiting[1:], counted) == (("pending", "met\t2026-11-20T15:00:00Z"), "1\n")
    assert too_early.err.startswith("1 waits until today 16:01")
    assert "1: not sent to bo@example.com yet, and tried again soon: bo@example.com: 451 greylisted" in again.err
    assert (retried.code, sent.err) == (ExitCode.DONE, "1 sent.\n")
    assert [taken.recipients for taken in clerk.taken] == [("ida@example.com", "zoe@example.com"), ("bo@example.com",)]
    assert clerk.taken[0].data == clerk.taken[1].data
    assert states(queue) == ["sent"]
    assert run("doctor", queue=queue).code == ExitCode.DONE


def test_a_copy_that_never_goes_out_is_told_in_its_ticket(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"bo@example.com": "451 greylisted"}
    reply(queue, "--send", "--cc", "bo@example.com")

    given_up = run("send", queue=queue, now="2026-11-23T15:00:00Z")

    assert (given_up.code, states(queue)) == (ExitCode.FAILED, ["sent"])
    assert "got no copy of a mail to the customer: bo@example.com: given up after 2 days" in " ".join(
        run("show", "1", queue=queue).out.split()
    )


def test_a_copy_waits_for_a_server_that_is_gone_and_is_given_up_with_it(tmp_path: Path) -> None:
    clerk = Clerk({"bo@example.com": "451 greylisted"})
    with smtp_server(clerk) as port:
        queue = a_desk(tmp_path, port)
        reply(queue, "--send", "--cc", "bo@example.com")

    run("send", queue=queue, now="2026-11-20T15:01:00Z")
    waiting = shown(queue, "to", "state", "tries", "next_try")
    given_up = run("send", queue=queue, now="2026-11-23T15:00:00Z")

    assert waiting == [["bo@example.com", "queued", "2", "2026-11-20T15:06:00Z"]]
    assert "1: not to bo@example.com: given up after 2 days: " in given_up.err
    assert (states(queue), status(queue)) == (["sent"], "pending")


def test_a_copy_can_be_kept_back(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"bo@example.com": "451 greylisted"}
    reply(queue, "--send", "--cc", "bo@example.com")
    cancelled = run("outbox", "cancel", "2", queue=queue)

    assert "Undo" not in cancelled.err
    assert (cancelled.code, states(queue), status(queue)) == (ExitCode.DONE, ["sent"], "pending")
    assert run("send", queue=queue).err == "Nothing waits to be sent.\n"


def test_what_a_server_can_not_take_now_is_tried_again_later_and_later_and_given_up_after_two_days(
    queue: Path, clerk: Clerk
) -> None:
    clerk.answers = {"ida@example.com": "451 greylisted"}
    reply(queue)

    first = run("send", queue=queue)
    too_early = run("send", queue=queue, now="2026-11-20T15:00:59Z")
    run("send", queue=queue, now="2026-11-20T15:01:00Z")
    (tried,) = shown(queue, "state", "tries", "next_try", "said")
    run("send", queue=queue, now="2026-11-22T15:00:01Z")

    assert (first.code, first.err.splitlines()[-1]) == (ExitCode.DONE, "1 to be tried again.")
    assert too_early.err == "1 waits until today 16:01; now: supportq outbox retry 2, then supportq send\n"
    assert tried == ["queued", "2", "2026-11-20T15:06:00Z", "ida@example.com: 451 greylisted"]
    assert states(queue) == ["failed"]


def test_a_fault_of_our_own_is_no_try_and_once_it_is_mended_the_mail_goes_out(tmp_path: Path, clerk: Clerk) -> None:
    with smtp_server(clerk, auth_require_tls=False, authenticator=may_sign_in) as port:
        login = f'tls = "none", user = "{USER}", password = "desk"'
        queue = new_queue(tmp_path / "desk.db", SETTINGS + ACCOUNT.format(port=port).replace('tls = "none"', login))
        run("log", "Loom", "-c", "ida@example.com", "--channel", "email", "-m", "It creaks", queue=queue)
        run("preferences", "set", "secrets.desk.env", "SECRET", queue=queue)
        empty = reply(queue, "--send")
        wrong = run("send", queue=queue, environment={"SECRET": "wrong"})
        left_alone = run("send", queue=queue, environment={"SECRET": PASSWORD})
        tried = shown(queue, "tries")
        again = run("outbox", "retry", "--all", queue=queue)
        mended = run("send", queue=queue, environment={"SECRET": PASSWORD})

    assert "may not sign in" in wrong.err
    assert (empty.code, wrong.code, tried) == (ExitCode.FAILED, ExitCode.FAILED, [["0"]])
    assert "may not sign in" in wrong.err
    assert left_alone.err.startswith("1 waits until today 16:15")
    assert (again.code, mended.err, states(queue)) == (ExitCode.DONE, "1 sent.\n", ["sent"])


def test_the_numbers_that_outbox_lists_are_those_that_it_takes(queue: Path) -> None:
    reply(queue)

    listed = run("outbox", "list", "-f", "ids", queue=queue).out
    piped = run("outbox", "cancel", "-", queue=queue, stdin=listed)

    assert (listed, piped.code, states(queue)) == ("2\n", ExitCode.DONE, ["cancelled"])
    assert shown(queue, "to") == [["ida@example.com"]]


def test_a_server_that_is_gone_holds_up_no_other_account_and_loses_nothing(tmp_path: Path, clerk: Clerk) -> None:
    with smtp_server(clerk) as port:
        queue = a_desk(tmp_path, port)
        dead = 'address = "dead@loom.example"\nsmtp = { host = "127.0.0.1", port = 1, tls = "none" }\n'
        settings = run("config", "show", queue=queue).out.replace("[mail]\n", '[mail]\naccount = "desk"\n')
        settings = settings.replace('name = "Sales"\n', 'name = "Sales"\naccount = "dead"\n')
        settings = f"{settings}[mail.accounts.dead]\n{dead}"
        assert run("config", "apply", "-", "--yes", queue=queue, stdin=settings).code == ExitCode.DONE
        run("log", "Hook", "-c", "bo@example.com", "--channel", "email", "-m", "Gone", "--team", "sales", queue=queue)
        run("reply", "2", "-m", "Sorry.", queue=queue)
        at_once = run("reply", "1", "-m", "Sorry.", "--send", queue=queue)
        sent = run("send", queue=queue)

        later = [
            run("send", queue=queue, now=f"2026-11-20T{time}Z").code for time in ("15:00:59", "15:01:00", "15:05:59")
        ]

    assert later == [ExitCode.DONE, ExitCode.FAILED, ExitCode.DONE]
    assert (at_once.code, at_once.err.splitlines()[-1]) == (ExitCode.DONE, "1 sent.")
    assert sent.code == ExitCode.FAILED
    assert "supportq: 127.0.0.1:1: can't be reached: Connection refused" in sent.err
    assert [taken.recipients for taken in clerk.taken] == [("ida@example.com",)]
    assert shown(queue, "state", "account") == [["queued", "dead"], ["sent", "desk"]]


def test_a_mail_in_doubt_is_shown_and_never_sent_again_by_itself(tmp_path: Path) -> None:
    with rude_server("end") as port:
        queue = a_desk(tmp_path, port)
        sent = reply(queue, "--send")
        again = run("send", queue=queue)
        offered = run("next", queue=queue, terminal=True).out
    doubtful = states(queue), first_response(queue)
    confirmed = run("outbox", "confirm", "2", queue=queue, now="2026-11-20T16:00:00Z")

    assert sent.code == ExitCode.FAILED
    assert "it arrived: supportq outbox confirm 2      it didn't: supportq outbox retry 2" in sent.err
    assert again.err == "Nothing waits to be sent.\n"
    assert "maybe sent (supportq outbox confirm 2, or retry 2)" in " ".join(offered.split())
    assert doubtful == (["maybe sent"], "running")
    assert confirmed.code == ExitCode.DONE
    assert (states(queue), first_response(queue)) == (["sent"], "met\t2026-11-20T15:00:00Z")


@pytest.mark.parametrize(
    ("manner", "trait", "told"),
    [
        ("later", "waiting-reply", "reply waits to be sent"),
        ("end", "maybe-sent-reply", "reply maybe sent"),
        ("550 no such user", "failed-reply", "reply not delivered"),
    ],
)
def test_a_ticket_says_what_became_of_its_reply(tmp_path: Path, manner: str, trait: str, told: str) -> None:
    state = told.removeprefix("reply ") if "maybe" in told else {"waiting-reply": "queued"}.get(trait, "failed")
    clerk = Clerk({"ida@example.com": manner})
    with rude_server("end") if manner == "end" else smtp_server(clerk) as port:
        queue = a_desk(tmp_path, port)
        reply(queue, *(["--send"] if manner != "later" else []))
        late = {"queue": queue, "now": "2026-11-21T15:00:00Z", "terminal": True}
        drawn = [run(*words.split(), **late).out for words in ("list", "breaches", "show 1")]  # type: ignore[arg-type]
        assert f", {told}\n" in drawn[2]
        assert ["Reply" in screen and f"  {state}  " in screen for screen in drawn[:2]] == [True, True]
        assert [run("list", f"has:{other}", "-f", "ids", queue=queue).out for other in (trait, "link")] == ["1\n", ""]

        run("outbox", "confirm" if manner == "end" else "cancel", "2", queue=queue)
        assert run("list", f"has:{trait}", "-f", "ids", queue=queue).out == ""


def test_a_later_reply_settles_the_ticket_and_not_the_mail_that_never_arrived(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"DATA": "552 too large"}
    reply(queue, "--send")
    clerk.answers = {}
    reply(queue, "--send", "--yes")

    found = status(queue), run("list", "has:failed-reply", "-f", "ids", queue=queue).out, states(queue)
    shown_now = run("show", "1", queue=queue, terminal=True).out
    counted = run("mail", "status", "-c", "failed", "--no-header", queue=queue).out
    run("outbox", "cancel", "2", queue=queue)

    assert found == ("pending", "1\n", ["failed", "sent"])
    assert "pending, reply not delivered" in shown_now
    assert counted == "1\n"
    assert (status(queue), run("list", "has:failed-reply", "-f", "ids", queue=queue).out) == ("pending", "")
    assert run("doctor", queue=queue).code == ExitCode.DONE


def test_a_mail_names_none_before_it_that_never_went_out(queue: Path, clerk: Clerk) -> None:
    reply(queue)
    run("outbox", "cancel", "2", queue=queue)
    clerk.answers = {"DATA": "552 too large"}
    reply(queue, "--send")
    clerk.answers = {}
    reply(queue, "--send", "--yes")
    reply(queue, "--send")

    first, second = (read(taken.data) for taken in clerk.taken)
    assert first["References"].split() == ["<1@example.com>"]
    assert second["References"].split() == ["<1@example.com>", first["Message-ID"]]


def test_what_waits_for_a_customer_goes_out_before_what_is_sent_at_once(queue: Path, clerk: Clerk) -> None:
    reply(queue)
    sent = run("reply", "1", "-m", "Or grease it.", "--send", queue=queue)
    clerk.answers = {"ida@example.com": "451 greylisted"}
    reply(queue, "--send")
    clerk.answers = {}
    overtaking = reply(queue, "--send")

    words = [read(taken.data).get_content().splitlines()[0] for taken in clerk.taken]
    assert (sent.err.splitlines()[-1], words) == ("2 sent.", ["Oil it.", "Or grease it.", "Oil it."])
    assert "1: message 4 was written before 5, and still waits: supportq outbox list" in overtaking.err


def test_mail_status_tells_a_fault_of_those_mails_alone_that_have_it(queue: Path, clerk: Clerk) -> None:
    clerk.answers = {"ida@example.com": "451 greylisted"}
    reply(queue, "--send")
    reply(queue)

    told = run("mail", "status", queue=queue, terminal=True).err

    assert "desk: 1 not sent yet: ida@example.com: 451 greylisted" in told
    assert "the other 1, not tried yet: supportq send" in told


def test_what_came_in_is_news_even_to_who_took_it_in(queue: Path, clerk: Clerk) -> None:
    reply(queue, "--send")
    asks(queue, "ida@example.com")

    refused = reply(queue, "--send")

    assert "1 changed since you looked at it, so nothing was recorded" in refused.err
    assert len(clerk.taken) == 1


@pytest.mark.parametrize(
    ("protocol", "greeting", "line"),
    [
        ("smtp", b"", b"220-welcome\r\n"),
        ("smtp", b"220 welcome\r\n", b"250-SIZE\r\n"),
        ("imap", b"", b"* "),
        ("imap", b"* OK welcome\r\n", b"* 1 EXISTS\r\n"),
    ],
)
def test_a_server_whose_answer_has_no_end_is_hung_up_on(
    tmp_path: Path, protocol: str, greeting: bytes, line: bytes
) -> None:
    with endless_server(greeting, line) as port:
        account = f'{protocol} = {{ host = "127.0.0.1", port = {port}, tls = "none" }}'
        if protocol == "imap":
            account = account.replace(" }", ', user = "ida", password = "ida" }')
        sends = '[mail.accounts.desk]\naddress = "desk@loom.example"\n'
        queue = new_queue(tmp_path / "desk.db", f"{SETTINGS}{sends}{account}\n")
        run("preferences", "set", "secrets.ida.env", "IDA", queue=queue)
        tried = run("mail", "test", "-c", "works,how", "--no-header", queue=queue, environment={"IDA": "x"})

    assert tried.code == ExitCode.FAILED
    assert "at once" in tried.out or "got more than" in tried.out


def test_a_mail_in_doubt_comes_back_in_next_whatever_its_ticket_waits_for(tmp_path: Path) -> None:
    with rude_server("end") as port:
        queue = a_desk(tmp_path, port)
        reply(queue, "--resolve", "--send")
    offered = run("next", queue=queue, terminal=True).out
    run("outbox", "confirm", "2", queue=queue)

    assert "Status    resolved, reply maybe sent" in offered
    assert run("next", queue=queue).code == ExitCode.NOT_FOUND
    assert status(queue) == "resolved"


def test_a_resolving_reply_that_is_refused_leaves_the_ticket_as_if_it_had_never_been_written(tmp_path: Path) -> None:
    with smtp_server(Clerk({"ida@example.com": "550 no such user"})) as port:
        queue = a_desk(tmp_path, port)
        resolved = reply(queue, "--resolve")
        run("send", queue=queue, now="2026-11-20T15:30:00Z")
    asked = "select kind, standing, started_at, pauses from clock"
    clocks = run("sql", asked, "-f", "tsv", "--no-header", queue=queue).out.splitlines()

    assert "unanswered" not in resolved.err
    assert {line.split("\t", 1)[1] for line in clocks} == {"running\t2026-11-20T15:00:00Z\t[]"}
    assert "Status    open, reply not delivered" in run("next", queue=queue, terminal=True).out


def test_what_is_done_with_a_mail_must_fit_what_became_of_it(queue: Path) -> None:
    reply(queue)
    early = run("outbox", "confirm", "2", queue=queue)
    run("send", queue=queue)
    late = [run("outbox", verb, "2", queue=queue) for verb in ("cancel", "retry", "confirm")]
    none = run("outbox", "cancel", "99", queue=queue)

    assert "message 2 is queued, so there is nothing to confirm" in early.err
    assert {run.code for run in [early, *late]} == {ExitCode.FAILED}
    assert all("message 2 is sent, so" in run.err for run in late)
    assert (none.code, "no message 99 in the outbox" in none.err) == (ExitCode.NOT_FOUND, True)


@pytest.mark.parametrize("flags", [("--by-hand",), ("--at", "now"), ("--eml", "-")])
def test_a_reply_that_got_there_by_itself_is_not_sent(queue: Path, flags: tuple[str, ...]) -> None:
    done, both = reply(queue, *flags), reply(queue, *flags, "--send", "--yes")

    assert (done.code, states(queue), first_response(queue)) == (ExitCode.DONE, [], "met\t2026-11-20T15:00:00Z")
    assert (both.code, flags[0] in both.err) == (ExitCode.USAGE, True)


def test_where_nothing_can_be_sent_a_reply_is_recorded_as_given_by_hand(queue: Path) -> None:
    run("log", "Rang", "-c", "bo@example.com", "--channel", "phone", "-m", "Gone", queue=queue)
    by_hand = run("reply", "2", "-m", "Said so.", queue=queue)
    asked = run("reply", "2", "-m", "Said so.", "--send", "--yes", queue=queue)

    assert (by_hand.code, states(queue)) == (ExitCode.DONE, [])
    assert (asked.code, "2 came by phone, where we can't send anything" in asked.err) == (ExitCode.USAGE, True)


def test_a_form_is_answered_by_mail_and_nobody_without_an_address_is(queue: Path) -> None:
    run("log", "Form", "-c", "bo@example.com", "--channel", "form", "-m", "Gone", queue=queue)
    run("log", "Nobody", "-c", "+49 30 1234567", "--channel", "form", "-m", "Gone", queue=queue)

    known, unknown = (run("reply", number, "-m", "Sorry.", queue=queue) for number in "23")

    assert known.code == ExitCode.DONE
    assert (unknown.code, "add --by-hand" in unknown.err) == (ExitCode.FAILED, True)
    assert states(queue) == ["queued"]


def test_a_file_goes_with_a_mail_and_stays_with_the_ticket(queue: Path, clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "oil\r\nBcc: evil@example.com.txt"
    file.write_bytes(b"linseed")

    reply(queue, "--attach", str(file), "--send")

    mail = read(clerk.taken[0].data)
    (part,) = mail.iter_attachments()
    assert (part.get_content_type(), part.get_content(), mail["Bcc"]) == ("text/plain", "linseed", None)
    assert run("attachment", "list", "1", "--no-header", queue=queue).out.count("\n") == 1


def test_nothing_that_anybody_wrote_gets_into_a_header_or_among_the_recipients(tmp_path: Path, clerk: Clerk) -> None:
    evil = "\\r\\nBcc: evil@example.com\\r\\n\\r\\nbody"
    names = f'sender = "{{{{ customer.name }}}}{evil}"\nsignature = "{{{{ ticket.subject }}}}{evil}"\n'
    with smtp_server(clerk) as port:
        settings = SETTINGS + ACCOUNT.format(port=port).replace("signature", "# ").replace(
            "[mail]\n", f"[mail]\n{names}"
        )
        queue = new_queue(tmp_path / "desk.db", settings.replace("Thank you", f"Thank you{evil}"))
        hostile = evil.encode().decode("unicode_escape")
        who = f'"Ida{hostile.replace("@", " ")}" <ida@example.com>'
        run("log", f"Loom{hostile}", "-c", who, "--channel", "email", "-m", "It creaks", queue=queue)
        done = run("reply", "1", "--canned", "thanks", "--send", queue=queue)

    assert done.code == ExitCode.DONE, done.err
    (taken,) = clerk.taken
    headers = read(taken.data).keys()
    assert taken.recipients == ("ida@example.com",)
    assert "Bcc" not in headers
    assert set(headers) <= {
        *("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }


def test_a_password_is_asked_for_only_when_a_server_wants_it_and_never_shown(tmp_path: Path) -> None:
    settings = SETTINGS + ACCOUNT.format(port=1).replace(
        'tls = "none"', 'tls = "none", user = "desk", password = "desk-mail"'
    )
    queue = new_queue(tmp_path / "desk.db", settings)
    run("log", "Loom", "-c", "ida@example.com", "--channel", "email", "-m", "It creaks", queue=queue)

    unknown = reply(queue, "--send")
    run("preferences", "set", "secrets.desk-mail.env", "DESK_PASSWORD", queue=queue)
    known = run("mail", "test", queue=queue, environment={"DESK_PASSWORD": "s3cret"})

    assert unknown.code == ExitCode.FAILED
    assert 'this machine does not know the password "desk-mail"' in unknown.err
    assert 'supportq preferences set secrets.desk-mail.command "pass show desk-mail"' in unknown.err
    assert states(queue) == ["queued"]
    assert "can't be reached" in known.out
    assert "s3cret" not in known.out + known.err


def test_mail_test_says_of_each_server_whether_it_works(queue: Path) -> None:
    tried = run("mail", "test", "-c", "account,protocol,works,how", "--no-header", queue=queue)
    unknown = run("mail", "test", "dask", queue=queue)

    assert (tried.code, tried.out) == (ExitCode.DONE, "desk\tSMTP\tyes\tno TLS\n")
    assert (unknown.code, "did you mean desk?" in unknown.err) == (ExitCode.NOT_FOUND, True)


@pytest.mark.parametrize(
    ("password", "trusts", "told"),
    [
        (IMAP_PASSWORD, True, "yes\tTLSv1.3"),
        (IMAP_PASSWORD, False, "no\tits certificate is not trusted: "),
        ("wrong", True, "no\tida may not sign in: "),
    ],
)
def test_mail_test_opens_the_folder_that_is_fetched(tmp_path: Path, password: str, told: str, *, trusts: bool) -> None:
    with dovecot() as server:
        account = f'address = "ida@loom.example"\nimap = {{ host = "127.0.0.1", port = {server.tls_port}, '
        account = f'[mail.accounts.ida]\n{account}user = "ida", password = "ida" }}\n'
        queue = new_queue(tmp_path / "desk.db", SETTINGS + account)
        run("preferences", "set", "secrets.ida.env", "IDA", queue=queue)
        if trusts:
            run("preferences", "set", "ca_file", server.ca_file, queue=queue)
        tried = run("mail", "test", "-c", "works,how", "--no-header", queue=queue, environment={"IDA": password})

    assert tried.out.startswith(told), tried.out
    assert tried.code == (ExitCode.DONE if told.startswith("yes") else ExitCode.FAILED)
    assert password not in tried.out + tried.err


def test_mail_status_counts_what_waits(queue: Path) -> None:
    reply(queue)

    told = run("mail", "status", "-c", "account,queued,oldest,failed", "--no-header", queue=queue)

    assert told.out == "desk\t1\t2026-11-20T15:00:00Z\t0\n"


def test_what_waits_is_legible_on_a_screen_with_what_to_do_next(tmp_path: Path) -> None:
    queue = a_desk(tmp_path, 1)
    for _ in range(2):
        reply(queue, "--send", "--yes")

    listed = run("outbox", "list", queue=queue, terminal=True).out.splitlines()
    status = run("mail", "status", queue=queue, terminal=True)

    assert listed[0].split() == ["Message", "Ticket", "To", "State", "Next", "try", "Subject"]
    assert [line.split()[2:6] for line in listed[2:4]] == [
        ["ida@example.com", "queued", "today", at] for at in ("16:01", "16:05")
    ]
    assert listed[4:] == ["2, 3: 127.0.0.1:1: can't be reached: Connection refused"]
    assert status.err.splitlines() == [
        "desk: 2 not sent yet: 127.0.0.1:1: can't be reached: Connection refused",
        "  try it: supportq mail test desk",
        "  without waiting: supportq outbox retry --all, then: supportq send",
    ]


def test_a_limit_leaves_the_others_for_the_next_time(queue: Path, clerk: Clerk) -> None:
    for _ in range(3):
        reply(queue, "--yes")

    run("send", "--limit", "2", queue=queue)

    assert states(queue) == ["sent", "sent", "queued"]
    assert len(clerk.taken) == 2


def test_a_mail_from_our_own_address_is_never_taken_for_a_customers(queue: Path) -> None:
    run("deliver", queue=queue, stdin="From: desk@loom.example\nSubject: Loom\n\nDid I write that?\n")

    found = run("sql", "select automatic from message order by id desc limit 1", "--no-header", queue=queue)
    assert found.out == "1\n"
