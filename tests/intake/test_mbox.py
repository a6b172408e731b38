"""Mailboxes in all four dialects: every mail once, as it was before it was put there."""

import io
import mailbox
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.intake.mbox import is_mbox, iter_mbox

LARGEST = 1 << 20
SEPARATOR = b"From ida@example.com Fri Nov 20 10:00:00 2026\n"
BODIES = [b"It creaks.\n", b"He said:\n>From here\n", b"\nFrom there it went on.\n\n\n", b""]


def mails(data: bytes) -> list[bytes | None]:
    return [piece.data for piece in iter_mbox(io.BytesIO(data), LARGEST)]


def mail(number: int, body: bytes, *more: bytes) -> bytes:
    return b"\n".join((b"From: ida@example.com", b"Subject: %d" % number, *more, b"", body))


def rd(data: bytes) -> bytes:
    """Escape a mail as mboxrd does: one > more before each line of it that could be a separator."""
    lines = data.split(b"\n")
    return b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)


def test_mboxrd_gives_back_what_was_put_in() -> None:
    put = [mail(number, body) for number, body in enumerate(BODIES)]

    assert mails(b"".join(SEPARATOR + rd(each) + b"\n" for each in put)) == put


@given(st.lists(st.text("From >:a\n", max_size=40).map(str.encode), min_size=1, max_size=5))
def test_mboxrd_gives_back_any_text(bodies: list[bytes]) -> None:
    put = [mail(number, body) for number, body in enumerate(bodies)]

    assert mails(b"".join(SEPARATOR + rd(each) + b"\n" for each in put)) == put


def test_mboxo_takes_off_the_one_mark_that_it_puts_on() -> None:
    written = SEPARATOR + mail(1, b">From here\n>>> cited\n") + b"\n" + SEPARATOR + mail(2, b"x")

    assert mails(written) == [mail(1, b"From here\n>>> cited\n"), mail(2, b"x")]


def test_mboxcl2_goes_by_the_length_and_changes_nothing() -> None:
    body = b"Look:\n\nFrom x\nSubject: not a mail\n\n>From y\n"
    put = [mail(1, body, b"Content-Length: %d" % len(body)), mail(2, b"x\n", b"Content-Length: 2")]

    assert mails(b"".join(SEPARATOR + each + b"\n" for each in put)) == put


@pytest.mark.parametrize("length", [0, 3, 99, 10**11])
def test_a_length_that_leads_nowhere_is_left_aside(length: int) -> None:
    put = [mail(1, b"one\n\ntwo\n", b"Content-Length: %d" % length), mail(2, b"x\n")]

    assert mails(b"".join(SEPARATOR + each + b"\n" for each in put)) == put


def test_a_line_that_begins_like_a_separator_and_stands_in_a_text_is_none() -> None:
    put = [mail(1, b"\nFrom now on it creaks.\nReally.\n"), mail(2, b"x\n")]

    assert mails(b"".join(SEPARATOR + each + b"\n" for each in put)) == put


def test_a_mailbox_with_the_line_ends_of_windows_is_one() -> None:
    written = (SEPARATOR + mail(1, b"one\n") + b"\n" + SEPARATOR + mail(2, b"two\n")).replace(b"\n", b"\r\n")

    assert is_mbox(written)
    assert len(mails(written)) == 2


def test_what_the_standard_library_writes_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(str(tmp_path / "box"))
    for number, body in enumerate(BODIES):
        box.add(mail(number, body))
    box.flush()

    found = mails((tmp_path / "box").read_bytes())

    assert [each and each.splitlines()[1] for each in found] == [b"Subject: %d" % number for number in range(4)]
    box.close()


def test_a_mail_that_is_too_large_is_told_and_the_next_one_read() -> None:
    written = SEPARATOR + mail(1, b"x" * (LARGEST + 1)) + b"\n\n" + SEPARATOR + mail(2, b"y")

    assert mails(written) == [None, mail(2, b"y")]


def test_a_large_mailbox_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes((SEPARATOR + mail(1, b"It creaks.\n" * 2000) + b"\n") * 2000)
    tracemalloc.start()

    with path.open("rb") as stream:
        count = sum(1 for _ in iter_mbox(stream, LARGEST))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert peak < 8 << 20 < path.stat().st_size


@pytest.mark.parametrize("head", [b"From: a@b.c\n", b"From here\n\nx", b"email,body\n", b""])
def test_what_only_looks_like_a_mailbox_is_none(head: bytes) -> None:
    assert not is_mbox(head)
