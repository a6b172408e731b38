"""The parts of a mail: a tree that was cut at its boundaries, however deep, and what each part holds."""

import binascii
import re
from collections.abc import Iterator
from functools import cached_property
from mimetypes import guess_extension

from supportq.mail import headers
from supportq.mail.charsets import decode
from supportq.mail.headers import Headers
from supportq.values import dataclass

_MOST_PARTS = 20_000
_MOST_SCANNED = 1 << 27
"""So many bytes are looked through for boundaries in any mail, and in a large one some times its size."""

_MOST_TIMES = 16
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_FIRST_LINE = re.compile(rb"(?:\A|\n)--(\S[^\r\n]{0,200}?)[ \t]*\r?\n(?=[!-9;-~]+:|\r?\n)")
_BLANK = b" \t\r\n"
_UU = re.compile(
    rb"^begin [0-7]{3,4} (\S[^\r\n]*)\r?\n((?:[ -`]{1,90}\r?\n)*?)(?:`?[ \t]*\r?\n)?end[ \t]*\r?$", re.MULTILINE
)
_META = re.compile(rb"<meta[^>]{1,200}?charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)  # no slots: what is worked out of a part is kept beside its fields
class Part:
    """A part of a mail, its headers and the bytes after them; `children` are the parts inside, in their order."""

    headers: Headers
    body: bytes
    children: "list[Part]"

    @cached_property
    def kind(self) -> str:
        """Return the media type; plain text where nothing better is said."""
        found = _TYPE.match(self.headers.first("content-type").lower())
        return found[0] if found else "text/plain"

    @cached_property
    def parameters(self) -> dict[str, str]:
        """Return what is said behind the media type."""
        return headers.parameters(";" + self.headers.first("content-type").partition(";")[2])

    @cached_property
    def name(self) -> str:
        """Return the file name that the part was given, if any."""
        said = self.headers.first("content-disposition").partition(";")[2]
        name = (said and headers.parameters(f";{said}").get("filename")) or self.parameters.get("name", "")
        return headers.one_line(headers.words(name))

    @property
    def is_attached(self) -> bool:
        """Tell whether it is said to be a file rather than something to read."""
        return self.headers.first("content-disposition").lower().startswith("attachment")

    @property
    def encoding(self) -> str:
        """Return how the content is said to be encoded for its way."""
        said = self.headers.first("content-transfer-encoding").lower().partition("(")[0].strip("'\" ;")
        return said.replace(" ", "-")

    @property
    def data(self) -> bytes:
        """Return the content with its transfer encoding taken off."""
        match self.encoding:
            case "base64" if _looks_base64(self.body, _STRAY if self.kind.startswith("text/") else _STRAY_IN_FILES):
                return headers.unbase64(self.body)
            case "quoted-printable":
                return binascii.a2b_qp(self.body)
            case "x-uuencode" | "uuencode" | "uue" | "x-uue":
                found = _UU.search(self.body)
                return _from_uu(found[2]) if found else self.body
        return self.body

    @property
    def text(self) -> str:
        """Return the content as text."""
        body, footer = self._without_footer
        data = body.data
        charset = self.parameters.get("charset", "")
        if not charset and self.kind == "text/html" and (found := _META.search(data[:4096])):
            charset = found[1].decode("ascii", "replace")
        said = decode(data, charset) + (f"\n{decode(footer)}" if footer else "")
        return said.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def _without_footer(self) -> "tuple[Part, bytes]":
        """Return the part as its sender wrote it, and the plain words that a list server put below its base64."""
        end = _end_of_base64(self.body) if self.encoding == "base64" else len(self.body)
        footer = self.body[end:]
        return (Part(self.headers, self.body[:end], []), footer) if footer.strip() else (self, b"")

    @property
    def file_name(self) -> str:
        """Return the name of the part as a file, made of what it is where it was given none."""
        if self.name:
            return self.name
        if self.kind == "message/rfc822":
            inner = headers.words(headers.split(self.data)[0].first("subject"))
            return f"{inner[:80] or 'message'}.eml"
        return _NAMES.get(self.kind) or f"{self.kind.partition('/')[0]}{guess_extension(self.kind) or ''}"


_NAMES = {
    "message/delivery-status": "delivery-status.txt",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
}


def read_parts(data: bytes) -> Part:
    """Return the mail as a tree of parts; what is nested too deep for its size is left in one piece."""
    root = _part(data)
    pending, part_count, scanned = [root], 1, 0
    while pending and part_count < _MOST_PARTS and scanned < _MOST_SCANNED + _MOST_TIMES * len(data):
        part = pending.pop()
        if not part.kind.startswith("multipart/"):
            continue
        scanned += len(part.body)
        digest = part.kind == "multipart/digest"
        part.children.extend(_part(piece, is_digest=digest) for piece in _pieces(part))
        part_count += len(part.children)
        pending += reversed(part.children)
    return _in_its_charset(root)


def _in_its_charset(root: Part) -> Part:
    """Return a mail in whose headers letters without a charset of their own are in that of its first text."""
    charsets = (part.parameters.get("charset", "") for part in _walk(root))
    charset = next((name for name in charsets if name and not name.lower().startswith("utf")), "")
    if not charset:
        return root
    for part in _walk(root):
        part.children[:] = (_with_charset(child, charset) for child in part.children)
    return _with_charset(root, charset)


def _with_charset(part: Part, charset: str) -> Part:
    pairs = part.headers.pairs
    is_plain = all(value.isascii() for _, value in pairs)
    return part if is_plain else Part(Headers(pairs, charset), part.body, part.children)


def _walk(root: Part) -> Iterator[Part]:
    pending = [root]
    while pending:
        part = pending.pop()
        yield part
        pending += reversed(part.children)


def _part(data: bytes, *, is_digest: bool = False) -> Part:
    found, body = headers.split(data)
    if is_digest and not found.has("content-type"):
        found = Headers((*found.pairs, ("content-type", b"message/rfc822")))
    return Part(found, body, [])


def _pieces(part: Part) -> Iterator[bytes]:
    """Yield what stands between the boundary lines; nothing where there are none."""
    boundary = part.parameters.get("boundary", "").rstrip()
    mark = b"--" + boundary.encode("utf-8", "replace")
    if not boundary or mark not in part.body:
        guessed = _FIRST_LINE.search(part.body)
        mark = b"--" + guessed[1] if guessed else b""
    start = None
    for line_start, line_end, is_last in _boundaries(part.body, mark) if mark else ():
        if start is not None:
            yield part.body[start : max(start, line_start)]
        start = None if is_last else line_end
    if start is not None:
        yield _without_end(part.body[start:], mark + b"--")


def _without_end(piece: bytes, end: bytes) -> bytes:
    """Return the last part without the end of the mail, which some mailers write on its last line."""
    whole = piece.rstrip(_BLANK)
    return whole.removesuffix(end) if whole.endswith(end) else piece


def _boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield where each boundary line begins, where the next line begins, and whether it is the last one."""
    place = body.find(mark)
    while place >= 0:
        line_end = body.find(b"\n", place)
        line_end = len(body) if line_end < 0 else line_end + 1
        rest = body[place + len(mark) : min(line_end, place + len(mark) + 200)].strip(_BLANK)
        if (place == 0 or body[place - 1 : place] in {b"\n", b"\r"}) and rest in {b"", b"--"}:
            before = place - 2 if body[place - 2 : place] == b"\r\n" else place - 1
            yield max(before, 0), line_end, rest == b"--"
        place = body.find(mark, place + len(mark))


_STRAY, _STRAY_IN_FILES = 20, 5
"""One character in so many may be none of base64; a file is hardly ever something else."""


def _looks_base64(data: bytes, stray: int = _STRAY) -> bool:
    """Tell whether that is base64 indeed; some mailers say so of plain text."""
    sample = data[:2000].translate(None, b" \t\r\n")
    return (
        len(sample.translate(None, _BASE64)) * stray <= len(sample)
        and b" " not in data[:2000].strip().partition(b"\n")[0]
    )


def _end_of_base64(data: bytes) -> int:
    """Return where base64 ends that something else follows, else the end: a stray character in it is none."""
    if not data.translate(None, _BASE64 + b"\r\n"):
        return len(data)
    end = 0
    for line in _LINE.finditer(data):
        words = line[0].strip()
        if words.translate(None, _BASE64):
            break
        end = line.end()
        if words.endswith(b"="):
            break
    head = data[:end].translate(None, _BLANK)
    is_whole = len(head) % 4 == 0 and (len(head) >= _SOME or head.endswith(b"="))
    return end if is_whole and not _looks_base64(data[end:]) else len(data)


_SOME = 24
"""A word of plain text has fewer letters than this."""

_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="


def without_uuencoded(part: Part) -> tuple[Part, list[tuple[str, bytes]]]:
    """Return a part without the files that were written into its text, and those files with their names."""
    if b"begin " not in part.body:
        return part, []
    found = [(decode(file[1]).strip(), _from_uu(file[2])) for file in _UU.finditer(part.body)]
    return (Part(part.headers, _UU.sub(b"", part.body), []), found) if found else (part, [])


def _from_uu(lines: bytes) -> bytes:
    return b"".join(map(_from_uu_line, lines.splitlines()))


def _from_uu_line(line: bytes) -> bytes:
    """Decode one line; some mailers cut off its end, others add to it."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        size = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:size])
        except binascii.Error:
            return b""
