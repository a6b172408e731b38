"""The parts of the mails that we write: headers and files, put together so that no text becomes a header of its own.

The standard library would decode what a person wrote in the manner of encoded words, and then write what that held.
"""

import re
from base64 import encodebytes
from collections.abc import Iterable, Sequence
from email.header import Header
from email.utils import encode_rfc2231
from hashlib import blake2b
from textwrap import wrap

from supportq.model.mail import Enclosure

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_END_OF_HEADER = re.compile(r"[\r\0]|\n(?! [^ \n])")
_SPECIAL_IN_NAMES = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]")
_TO_BE_ESCAPED = re.compile(r'(["\\])')
_SAFE_FILE_NAME = re.compile(r"[\w .,()+-]{1,70}", re.ASCII)
_MEDIA_TYPE = re.compile(r"(?!(?:multipart|message)/)[\w.+-]+/[\w.+-]+", re.ASCII | re.IGNORECASE)
_LINE = 60
"""Letters that need no second line in any header."""

_MOST_OF_A_FILE_NAME = 70
"""Letters, of which each may take twelve in a line of less than a thousand; the end says what kind of file it is."""


def header_line(text: str) -> str:
    """Return a text without anything that could end a header."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def words(text: str) -> str:
    """Return a text for a header, in encoded words where it is not plain, and on several lines where it is long."""
    line = header_line(text)
    if not _is_plain(line):
        return Header(line, "utf-8").encode()
    return "\n ".join(wrap(line, _LINE, break_long_words=False, break_on_hyphens=False))


def named(name: str, address: str) -> str:
    """Return an address for a header, with the name of whom it belongs to; the address is ready for one."""
    line = header_line(name)
    if not line:
        return address
    if len(line) > _LINE or not _is_plain(line):
        return f"{Header(line, 'utf-8').encode()}\n <{address}>"
    escaped = _TO_BE_ESCAPED.sub(r"\\\1", line)
    return f'"{escaped}" <{address}>' if _SPECIAL_IN_NAMES.search(line) else f"{line} <{address}>"


def _is_plain(line: str) -> bool:
    """Tell whether a text stands in a header as it is, and says there what it says."""
    return line.isascii() and "=?" not in line and all(len(word) <= _LINE for word in line.split())


def fields(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return headers whose values are ready for them; raise ValueError for one that would end before its time."""
    lines = [f"{name}: {value}\n" for name, value in pairs]
    if any(_END_OF_HEADER.search(line[:-1]) for line in lines):
        raise ValueError("a header holds the end of a line")
    return "".join(lines).encode("ascii")


def together(parts: Sequence[bytes]) -> bytes:
    """Return parts as the content of one mail, each with its own headers."""
    boundary = blake2b(b"".join(parts), digest_size=16).hexdigest()
    kind = fields([("Content-Type", f'multipart/mixed; boundary="{boundary}"')])
    line = f"\n--{boundary}".encode()
    return kind + b"".join(line + b"\n" + part for part in parts) + line + b"--\n"


def file_part(enclosure: Enclosure) -> bytes:
    """Return a file as a part of a mail; one that is a mail itself goes as bytes, since no mail may hold it encoded."""
    is_said = _MEDIA_TYPE.fullmatch(enclosure.content_type)
    pairs = [
        ("Content-Type", enclosure.content_type if is_said else "application/octet-stream"),
        ("Content-Disposition", f"attachment;\n {_file_name(enclosure.name)}"),
        ("Content-Transfer-Encoding", "base64"),
    ]
    return fields(pairs) + b"\n" + encodebytes(enclosure.data)


def _file_name(name: str) -> str:
    line = header_line(name)[-_MOST_OF_A_FILE_NAME:].strip()
    return f'filename="{line}"' if _SAFE_FILE_NAME.fullmatch(line) else f"filename*={encode_rfc2231(line, 'utf-8')}"
