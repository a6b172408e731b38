"""Mails of every kind are read: what people wrote, who they are, and what they sent along."""

from base64 import encodebytes
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from giants import GIANTS
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.mail.reading import read_mail
from supportq.model.mail import Bounce, Mail, Mailbox

PLAIN = b"From: Ida <ida@example.com>\nSubject: Loom\nMessage-ID: <1@example.com>\n"


def mail(headers: str = "", body: bytes | str = "It creaks.") -> Mail:
    return read_mail(PLAIN + headers.encode() + b"\n" + (body if isinstance(body, bytes) else body.encode()))


def multipart(kind: str, *parts: str, end: str = "--cut--\n") -> Mail:
    return mail(
        f'Content-Type: multipart/{kind}; boundary="cut"\n', "".join(f"--cut\n{part}\n" for part in parts) + end
    )


def test_a_mail_says_who_wrote_what_to_whom_and_when() -> None:
    read = mail(
        "To: Desk <desk@loom.example>, ann@loom.example\nCc: Bo <bo@example.com>\n"
        "Date: Fri, 20 Nov 2026 10:00:00 +0100\nReceived: by x with id 7\n"
        "Received: from a by b; Fri, 20 Nov 2026 10:00:09 +0100\n"
        "In-Reply-To: <0@loom.example>\nReferences: <a@x> <b@x>\n"
    )

    assert (read.sender, read.subject, read.body) == (Mailbox("Ida", "ida@example.com"), "Loom", "It creaks.")
    assert [box.address for box in read.to] == ["desk@loom.example", "ann@loom.example"]
    assert read.cc == (Mailbox("Bo", "bo@example.com"),)
    assert read.sent_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert read.received_at == datetime(2026, 11, 20, 9, 0, 9, tzinfo=UTC)
    assert read.answers == ("<0@loom.example>", "<b@x>", "<a@x>")


def test_a_message_id_that_a_mailer_encoded_is_read_all_the_same() -> None:
    assert mail("In-Reply-To: =?utf-8?q?=3C0=40loom=2E?=\n =?utf-8?q?example=3E?=\n").answers == ("<0@loom.example>",)


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("alice@example.com <bob@example.com>", "alice@example.com", "bob@example.com"),
        ('"Berg, Ida" <ida@example.com>', "Berg, Ida", "ida@example.com"),
        ("=?utf-8?Q?Berg=2C_J=C3=B6rg?= <j@example.com>", "Berg, Jörg", "j@example.com"),
        ("=?utf-8?Q?Berg,_Ida?= <ida@example.com>", "Berg, Ida", "ida@example.com"),
        ("Dr =?utf-8?Q?Ida_<x@y.z>?= <ida@example.com>", "Dr Ida <x@y.z>", "ida@example.com"),
        ("Ida Berg (ida@example.com)", "Ida Berg", "ida@example.com"),
        ("<ida=berg@example.com>", "", "ida=berg@example.com"),
        ("=?utf-8?Q?Bob_=3Cbob=40example=2Ecom=3E?=", "Bob", "bob@example.com"),
        ("Jörg <j@example.com>", "Jörg", "j@example.com"),
        ("ida@example.com (Ida (of (Berg)))", "Ida of Berg", "ida@example.com"),
        ("<@a.example,@b.example:ida@example.com>", "", "ida@example.com"),
        ("=?utf-8?Q?Ida=0D=0ABcc=3A_eve=40x=2Eorg?= <ida@example.com>", "Ida Bcc: eve@x.org", "ida@example.com"),
        ("Ida <ida@example.com", "Ida", "ida@example.com"),
        ('"Ida \\"the loom\\" Berg" <ida@example.com>', 'Ida "the loom" Berg', "ida@example.com"),
        ("'Ida Berg' <ida@example.com>", "Ida Berg", "ida@example.com"),
        ("Jan Jans' <jan@example.com>", "Jan Jans'", "jan@example.com"),
        ("Ida <ida@example.com> Bo <bo@example.com>", "Ida", "ida@example.com"),
        ("Ida <eve@example.com> <ida@example.com>", "Ida", "ida@example.com"),
    ],
)
def test_a_sender_is_told_from_words_that_look_like_one(header: str, name: str, address: str) -> None:
    assert read_mail(f"From: {header}\n\nx".encode()).sender == Mailbox(name, address)


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (b"=?utf-8?B?w5xiZXI=?= =?utf-8?B?IHVucw==?=", "Über uns"),
        (b"=?utf-8?B?4oKs4oI=?= =?utf-8?B?rA==?=", "€€"),
        (b"=?iso-8859-1?Q?Gr=FC=DFe?= aus Berlin", "Grüße aus Berlin"),
        (b"=?utf-8?Q?What now??=", "What now?"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("cp1252"), "Grüße"),
        (b"=?x-unknown?Q?caf=C3=A9?=", "café"),
        (b"=?zlib?B?eJw=?= x", "x\x9cx"),
        (b"one\n two\n\tthree", "one two three"),
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        (b"=?koi8-r?B?8NLJ18XU?=", "Привет"),
        (b"=?iso-2022-jp?B?GyRCLSIbKEIvGyRCRnxLXBsoSTEbKEI=?=", "②/日本ｱ"),
    ],
)
def test_a_subject_is_read_in_any_charset(subject: bytes, read: str) -> None:
    if subject.startswith(b"=?zlib"):
        assert read_mail(b"From: a@b.c\nSubject: " + subject + b"\n\n").subject
        return
    assert read_mail(b"From: a@b.c\nSubject: " + subject + b"\n\n").subject == read


@pytest.mark.parametrize(
    ("charset", "data", "read"),
    [
        ("utf-8", "Zażółć €".encode(), "Zażółć €"),
        ("iso-8859-1", "Grüße “€”".encode("cp1252"), "Grüße “€”"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", "Grüße".encode(), "Grüße"),
        ("utf-8", "Grüße aus Köln".encode("cp1252"), "Grüße aus Köln"),
        ("utf-8", "Köln".encode("cp1252"), "Köln"),
        ("utf-8", "Größe für Käse".encode() + b"\xc3", "Größe für Käse\ufffd"),
        ("", "Grüße".encode("cp1252"), "Grüße"),
        ("gb2312", "喆喆".encode("gb18030"), "喆喆"),
        ("gb2312", "织机吱吱作响".encode(), "织机吱吱作响"),
        ("gb2312", "联通".encode("gb2312"), "联通"),
        ("iso-2022-jp", "織機".encode("cp932"), "織機"),
        ("iso-2022-jp", "織機".encode(), "織機"),
        ("iso-2022-jp", b"plain", "plain"),
        ("utf-16", "織".encode("utf-16"), "織"),
        ("windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("win-1251", "Привет".encode("cp1251"), "Привет"),
        ("rot13", b"plain", "plain"),
        ("zlib", b"plain", "plain"),
        ("idna", b"plain", "plain"),
        ("../../etc", b"plain", "plain"),
        ("utf-7", b"+2AA-x", "?x"),
        ("utf-8", b"a\0b", "ab"),
        ("us-ascii", b"\x1b$BF|K\\\x1b(B", "日本"),
    ],
)
def test_a_body_is_read_whatever_charset_it_claims(charset: str, data: bytes, read: str) -> None:
    assert mail(f"Content-Type: text/plain; charset={charset}\n", data).body == read


@pytest.mark.parametrize("charset", ["koi8-r", "gb2312"])
def test_headers_without_a_charset_are_in_that_of_the_text(charset: str) -> None:
    parts = (f"Content-Type: text/plain; charset={charset}\n\nПривет", "Content-Type: image/png; name=Вид.png\n\nx")
    text = "From: Ида <ida@example.com>\nSubject: Станок\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"

    read = read_mail((text + "\n--b\n".join(parts)).encode(charset))

    assert (read.sender.name, read.subject, read.body) == ("Ида", "Станок", "Привет")
    assert [file.name for file in read.enclosures] == ["Вид.png"]


def test_nobody_is_left_out_of_a_list_without_commas() -> None:
    read = mail("To: Ida <ida@loom.example> Bo <bo@loom.example>, ann@loom.example\n")

    assert [box.address for box in read.to] == ["ida@loom.example", "bo@loom.example", "ann@loom.example"]


def test_a_first_header_that_begins_with_a_blank_is_read() -> None:
    assert read_mail(b" From: a@b.c\nSubject: Loom\n\nx").sender == Mailbox("", "a@b.c")


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("base64 (wrapped)", "SXQgY3JlYWtzLg=="),
        ("quoted printable", "It creaks=2E"),
        ('"Quoted-Printable";', "It creaks=2E"),
        ("8-bit", "It creaks."),
        ("base64", "It creaks."),
    ],
)
def test_a_body_is_read_however_its_encoding_is_spelt(encoding: str, data: str) -> None:
    assert mail(f"Content-Transfer-Encoding: {encoding}\n", data).body == "It creaks."


def test_a_file_is_read_with_damage_and_with_the_end_of_the_mail_on_its_last_line() -> None:
    damaged = mail("Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n", "JVBE*Rg==")
    ended = multipart("mixed", "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nJVBERg==--cut--", end="")

    assert [file.data for read in (damaged, ended) for file in read.enclosures] == [b"%PDF", b"%PDF"]


def test_what_follows_a_junk_line_among_the_headers_is_not_lost() -> None:
    read = read_mail(b"From: a@b.c\nthis is junk\n>From x\nSubject: Loom\n\nIt creaks.")

    assert (read.subject, read.body) == ("Loom", "It creaks.")


def test_text_right_behind_the_headers_is_the_body() -> None:
    assert read_mail(b"From: a@b.c\nSubject: Loom\nIt creaks.\n\nStill.").body == "It creaks.\n\nStill."


def test_of_alternatives_the_plain_one_is_read_and_html_where_it_says_nothing() -> None:
    html = "Content-Type: text/html\n\n<p>Rich</p>"

    assert multipart("alternative", "\nPlain", html).body == "Plain"
    assert multipart("alternative", "\n \n", html).body == "Rich"


def test_html_becomes_readable() -> None:
    page = """<html><head><title>no</title><style>p {}</style></head><body>
    <p>Dear <b>desk</b>,<br>it creaks &amp; <a href="https://x.example/a">so on</a>.</p><script>x<y</script>
    <ul><li>one<li>two</ul><table><tr><td>a</td> <td>b</td></tr><tr><td>c<td>d</table>
    <blockquote><p>You wrote</p></blockquote><pre>  x
   y</pre></body></html>"""

    assert mail("Content-Type: text/html\n", page).body == (
        "Dear desk,\nit creaks & so on <https://x.example/a>.\n\n- one\n- two\n\na\tb\nc\td\n\n> You wrote\n\n  x\n   y"
    )


def test_attachments_inline_images_and_mails_inside_come_with_their_names_and_bytes() -> None:
    made = EmailMessage(policy=SMTP)
    made["From"], made["Subject"] = "ida@example.com", "Loom"
    made.set_content("It creaks.")
    made.add_alternative("<p>It creaks. <img src=cid:1></p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Rechnung für März.pdf")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline")
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("inside")
    made.add_attachment(inner)

    read = read_mail(made.as_bytes())

    assert read.body == "It creaks."
    assert [(file.name, file.content_type) for file in read.enclosures] == [
        ("Rechnung für März.pdf", "application/pdf"),
        ("image.png", "image/png"),
        ("Inner.eml", "message/rfc822"),
    ]
    assert read.enclosures[0].data == b"%PDF"
    assert read_mail(read.enclosures[2].data).body == "inside"


def test_who_only_passes_a_mail_on_says_what_that_says() -> None:
    inner = "From: Bo <bo@example.com>\nSubject: =?utf-8?Q?K=C3=A4se?=\n\nIt creaks."
    read = multipart("mixed", "\n", f"Content-Type: message/rfc822\n\n{inner}")

    assert read.body == "From: Bo <bo@example.com>\nSubject: Käse\n\nIt creaks."
    assert [file.name for file in read.enclosures] == ["Käse.eml"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("filename*=utf-8''na%C3%AFve.txt", "naïve.txt"),
        ("filename*0*=utf-8''na%C3%AF; filename*1=\"ve.txt\"", "naïve.txt"),
        ('filename="=?utf-8?Q?na=C3=AFve.txt?="', "naïve.txt"),
        ('filename="a;b.txt"', "a;b.txt"),
        ("filename=two words.txt", "two words.txt"),
        ('filename="../../x"', "../../x"),
    ],
)
def test_names_of_files_are_read_as_mailers_write_them(said: str, name: str) -> None:
    read = multipart("mixed", "\nHello", f"Content-Disposition: attachment; {said}\n\nx")

    assert [file.name for file in read.enclosures] == [name]


def test_a_mail_that_is_one_file_and_one_with_a_uuencoded_file_are_attachments() -> None:
    only = mail("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n", "JVBERg=")
    coded = mail("", "Look:\n\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye")

    assert [(file.name, file.data) for file in only.enclosures] == [("a.pdf", b"%PDF")]
    assert [(file.name, file.data) for file in coded.enclosures] == [("cat.txt", b"Cat")]
    assert "".join(coded.body.split()) == "Look:Bye"


def test_signed_mail_is_read_and_its_signature_kept_and_encrypted_mail_is_kept() -> None:
    signed = multipart("signed", "\nHello", "Content-Type: application/pgp-signature; name=s.asc\n\nabc")
    sealed = multipart(
        "encrypted",
        "Content-Type: application/pgp-encrypted\n\nVersion: 1",
        "Content-Type: application/octet-stream\n\nx",
    )

    assert (signed.body, [file.name for file in signed.enclosures]) == ("Hello", ["s.asc"])
    assert ("is encrypted or sealed" in sealed.body, len(sealed.enclosures)) == (True, 2)
    assert "is encrypted" in multipart("mixed", "Content-Type: application/pkcs7-mime; name=a.p7m\n\nx").body


def test_a_multipart_without_its_last_boundary_or_without_any_loses_nothing() -> None:
    assert multipart("mixed", "\nHello", "\nWorld", end="").body == "Hello\n\nWorld"
    assert mail("Content-Type: multipart/mixed\n", "Preamble\n\n--x\n\nHello\n--x--").body == "Hello"
    assert mail('Content-Type: multipart/mixed; boundary="y"\n', "Hello").body == "Hello"


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_will_do(line_end: bytes) -> None:
    read = read_mail(b"From: a@b.c\nSubject: Loom\n\nIt\ncreaks.".replace(b"\n", line_end))

    assert (read.subject, read.body) == ("Loom", "It\ncreaks.")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Auto-Submitted: Auto-Replied",
            "Auto-Submitted: auto-generated; x=y",
            "Precedence: bulk",
            "X-Precedence: list",
        ),
        *("X-Autoreply: yes", "X-Autorespond: x", "List-Id: <x.y>", "List-Unsubscribe: <x>", "Return-Path: <>"),
        *("X-Supportq-Loop: me", "Content-Type: multipart/report; report-type=delivery-status; boundary=x"),
    ],
)
def test_mail_that_no_person_wrote_is_known_by_a_sign(header: str) -> None:
    assert mail(f"{header}\n").automatic
    assert read_mail(b"From: MAILER-DAEMON@example.com\n\nx").automatic


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: no", "X-Auto-Response-Suppress: All", "Precedence: normal", "X: y"]
)
def test_a_hint_is_no_sign(header: str) -> None:
    assert mail(f"{header}\n").automatic == ""


@pytest.mark.parametrize(("action", "is_final"), [("failed", True), ("delayed", False)])
def test_a_bounce_names_the_mail_that_it_returns(*, action: str, is_final: bool) -> None:
    read = read_mail(
        b"From: MAILER-DAEMON@x.org\nContent-Type: multipart/report; report-type=delivery-status; boundary=cut\n\n"
        b"--cut\n\nSorry.\n--cut\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        + f"Final-Recipient: rfc822; zoe@x.org\nAction: {action}\nStatus: 5.1.1\n".encode()
        + b"Diagnostic-Code: smtp; 550 5.1.1\n no such user\n"
        + b"--cut\nContent-Type: message/rfc822\n\nMessage-ID: <17@loom.example>\n\nHello\n--cut--\n"
    )

    assert read.bounce == Bounce("<17@loom.example>", is_final, "zoe@x.org: 550 5.1.1 no such user")


def test_an_old_bounce_names_it_in_its_text() -> None:
    read = read_mail(
        b"From: MAILER-DAEMON@x.org\nSubject: failure notice\n\nSorry.\n\n--- Below\n\nMessage-ID: <17@loom.example>\n"
    )

    assert read.bounce == Bounce("<17@loom.example>", is_final=True)


OURS = "<1.0123456789abcdef01234567.0123456789abcdef@loom.example>"


@pytest.mark.parametrize(
    ("header", "body"),
    [(f"In-Reply-To: {OURS}\n", "<zoe@x.org>:\n550 5.1.1 no such user"), ("", f"550 no: zoe@x.org\nid={OURS}")],
)
def test_a_bounce_without_the_mail_is_about_the_one_that_it_answers_or_quotes(header: str, body: str) -> None:
    read = read_mail(f"From: MAILER-DAEMON@x.org\n{header}Subject: x\n\n{body}\n".encode())

    assert read.bounce
    assert (read.bounce.message_id, read.bounce.is_final) == (OURS, True)
    assert "zoe@x.org" in read.bounce.why
    assert "550" in read.bounce.why


def test_a_postmaster_who_writes_an_answer_returns_nothing() -> None:
    read = read_mail(f"From: postmaster@x.org\nIn-Reply-To: {OURS}\nSubject: Re: Loom\n\nThanks!\n".encode())

    assert read.bounce is None


@pytest.mark.parametrize(
    "date",
    [
        *("Fri, 20 Nov 2026 10:30:00 +0100", "Fri, 20 Nov 2026 10:30:00 GMT+0100 (CET)", "2026-11-20T10:30:00+01:00"),
        *("Fri, 20 Nov 2026 10:30:00 (CET) +0100", "Fri, 20 Nov 2026 10:30:00 +01:00", "20 Nov 2026 11:30:00 CEST"),
        *("Fri Nov 20 04:30:00 AM EST 2026", "Fri, 20 Nov 2026 9:30", "Fri 20 Nov 2026 09:30:00 PM NZST"),
        *("Fri, 20 Nov 2026 10:30:00 +0100Received: by x; Mon, 23 Nov 2026", "Fri, 20 Nov 2026 10:30:00 GMT+1"),
        *("Fri Nov 20 10:30:00 MEZ 2026", "Fri, 20 Nov 2026 09:30:00 Z", "Fri, 20 (twentieth) Nov 2026 09:30:00"),
    ],
)
def test_a_date_is_read_as_mailers_write_it(date: str) -> None:
    assert mail(f"Date: {date}\n").sent_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Fri, 99 Foo 2026", "0", "Mon, 1 Jan 99999 00:00:00", "\x00", "1" * 10_000]
)
def test_a_date_that_is_none_is_none(date: str) -> None:
    assert mail(f"Date: {date}\n").sent_at is None


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00" * 100, b"\xff\xfe", b"no mail at all", b": x\n\n"])
def test_what_is_no_mail_is_said_to_be_none_and_keeps_its_words(data: bytes) -> None:
    assert read_mail(data).fault


@pytest.mark.parametrize("size", GIANTS)
def test_a_mail_that_is_huge_in_any_way_is_read(size: str) -> None:
    read = read_mail(GIANTS[size])

    assert size == "parts" or "It creaks." in read.body
    assert size != "parts" or len(read.enclosures) == 10_000
    assert size != "recipients" or len(read.to) == 20_000


FRAGMENTS = st.sampled_from(
    [
        *(b"From: a@b.c\n", b"Subject: =?utf-8?B?", b"=?x?q?=", b"\n", b"\r\n", b"\n\n", b"--b\n", b"--b--\n", b"\0"),
        *(b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: multipart/alternative; boundary=b\n"),
        *(
            b"Content-Type: text/html; charset=",
            b"Content-Type: message/rfc822\n",
            b"utf-16",
            b"utf-7",
            b"hex",
            b"punycode",
        ),
        *(
            b"Content-Transfer-Encoding: base64\n",
            b"Content-Transfer-Encoding: quoted-printable\n",
            b"=\n",
            b"=C3",
            b"AAA",
        ),
        *(
            b"Content-Disposition: attachment; filename*0*=",
            b"utf-8''%C3",
            b'"',
            b"<",
            b">",
            b"(",
            b")",
            b",",
            b";",
            b":",
        ),
        *(
            b"To: ",
            b"Date: ",
            b"Received: ; ",
            b"References: ",
            b"Message-ID: <x@y>\n",
            b"begin 644 x\n",
            b"#0V%T\n",
            b"end\n",
        ),
        *(
            b"<p>",
            b"<!--",
            b"<blockquote>",
            b"&#x110000;",
            b"&#0;",
            b"<a href=x>",
            b"</a>",
            b"<pre>",
            b"X: y\n ",
            b"\xff\xfe",
        ),
    ]
)
MAILS = st.lists(st.one_of(FRAGMENTS, st.binary(max_size=8)), max_size=40).map(b"".join)


def check(data: bytes) -> None:
    """Read bytes as a mail that names its sender; whatever else they are, the sender and no broken text come out."""
    read = read_mail(b"From: Ida <ida@example.com>\nX: y\n" + data)

    assert read.sender == Mailbox("Ida", "ida@example.com")
    texts = (read.body, read.subject, read.message_id, *(file.name for file in read.enclosures))
    "".join(texts).encode()
    assert "\0" not in "".join(texts)


@given(MAILS)
@settings(max_examples=300)
def test_no_bytes_are_too_broken(data: bytes) -> None:
    check(data)


@pytest.mark.long
@given(MAILS)
@settings(max_examples=20_000, deadline=None)
def test_no_bytes_are_too_broken_in_many_tries(data: bytes) -> None:
    check(data)


@pytest.mark.parametrize("footer", ["_______\nLoom list\nlist@loom.example", "\n--\nLoom list", "Sent to everybody"])
def test_what_a_list_server_put_below_base64_is_read_with_it(footer: str) -> None:
    said = "Où est mon métier? Il grince encore, et je n'y peux rien."
    read = mail("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", _base64(said) + footer)

    assert read.body == f"{said}\n{footer}"


def _base64(text: str) -> str:
    return encodebytes(text.encode()).decode()
