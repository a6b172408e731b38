"""Mails that are huge in one way each: none may take long, none may lose its words."""


def _nested(depth: int) -> bytes:
    layers = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return b"From: a@b.c\n" + layers.encode() + b"\nIt creaks.\n"


GIANTS = {
    "parts": b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: image/png\n\nx\n" * 10_000,
    "recipients": b"From: a@b.c\nTo: " + b'"A, B" <a@example.com>,\n ' * 20_000 + b"\n\nIt creaks.",
    "header": b"From: a@b.c\nSubject: " + b"=?utf-8?Q?a\n " * 400_000 + b"\n\nIt creaks.",
    "comments": b"From: a@b.c\nTo: " + b'((((<"' * 800_000 + b"\n\nIt creaks.",
    "references": b"From: a@b.c\nReferences: " + b"<a@b> " * 800_000 + b"\n\nIt creaks.",
    "parameters": b"From: a@b.c\nContent-Type: text/plain" + b"; a=b" * 900_000 + b"\n\nIt creaks.",
    "headers": b"From: a@b.c\n" + b"X-Long: y\n" * 500_000 + b"\nIt creaks.",
    "nesting": _nested(400),
    "deep nesting": _nested(5000),
    "html": b"From: a@b.c\nContent-Type: text/html\n\nIt creaks." + b"<div><a href='" * 100_000,
    "comments in html": b"From: a@b.c\nContent-Type: text/html\n\nIt creaks." + b"<!--" * 400_000,
    "uuencoded": b"From: a@b.c\n\nIt creaks.\n" + b"begin 644 x\n" * 200_000,
}
