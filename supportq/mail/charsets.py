"""Bytes to text, whatever charset a mail claims, or lies about; no byte sequence is refused."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""What is really meant by a name: mailers write the narrower one, and the wider one reads both."""

_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})
_BY_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_MAYBE_ESCAPED = frozenset({None, "cp1252", "utf-8", "iso2022_jp"})
_MULTIBYTE = re.compile(r"gb|big5|euc|cp9[345]|utf|johab|shift")
_SEVEN_BITS = re.compile(r"iso2022|hz|utf.?7")
_SHIFTED = re.compile(rb"\x1b(\$[@B]|\([BJI])([^\x1b]*)")
_NO_CHANCE = 6
"""So many letters that are UTF-8 by chance in another charset of several bytes a letter are never seen."""

_TOLERATED = 3
"""One character in so many that are not ASCII may be damaged before another charset is more likely."""


def decode(data: bytes, claimed: str = "") -> str:
    """Return the bytes as text, in the claimed charset where that can be; nothing that no text holds is in it."""
    if not claimed and data.isascii() and b"\x1b" not in data and b"\0" not in data:
        return data.decode("ascii")
    text = _decoded(data, claimed).replace("\0", "")
    return text if _is_whole(text) else text.encode("utf-8", "replace").decode()


def _decoded(data: bytes, claimed: str) -> str:
    codec = _codec(claimed)
    if codec in _MAYBE_ESCAPED and data.isascii() and _BY_ESCAPES.search(data):
        return _japanese(data)
    for name, fewest in _candidates(codec or "utf-8"):
        try:
            text = data.decode(name)
        except (UnicodeError, ValueError):
            continue
        if not fewest or sum(not letter.isascii() for letter in text) >= fewest:
            return text
    return _at_best(data, codec)


def _candidates(codec: str) -> Iterator[tuple[str, int]]:
    """Yield the charsets to be tried, and how many letters beyond ASCII prove that a text is in one of them.

    What is UTF-8 by chance is hardly ever something else, but for a few letters of East Asia.
    """
    is_seven_bits = _SEVEN_BITS.match(codec)
    if codec != "utf-8":
        yield "utf-8", 1 if is_seven_bits else _NO_CHANCE if _MULTIBYTE.match(codec) else 0
    yield codec, 0
    if codec == "iso2022_jp":
        yield from (("cp932", 0), ("euc_jp", 0))


def _japanese(data: bytes) -> str:
    """Read ISO-2022-JP with all that mailers write in it: circled numbers and narrow kana are no part of the norm."""
    try:
        return data.decode("iso2022_jp_2")
    except UnicodeError:
        return _SHIFTED.sub(_shift, data).decode("cp932", "replace")


def _shift(found: re.Match[bytes]) -> bytes:
    """Return letters behind an escape as Shift JIS has them."""
    kind, letters = found[1], found[2]
    if kind == b"(I":
        return bytes(letter | 0x80 for letter in letters)
    return b"".join(map(_shift_pair, letters[::2], letters[1::2])) if kind.startswith(b"$") else letters


def _shift_pair(row: int, cell: int) -> bytes:
    first = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
    return bytes((first & 0xFF, (cell + (0x1F + (cell >= 0x60) if row % 2 else 0x7E)) & 0xFF))


def _at_best(data: bytes, codec: str | None) -> str:
    """Return text with marks in the place of what can't be read: by the charset that leaves few of them."""
    for name in filter(None, (codec, "utf-8")):
        text = data.decode(name, "replace")
        if text.count("\ufffd") * _TOLERATED <= sum(not character.isascii() for character in text):
            return text
    return data.decode("cp1252", _WESTERN)


def _western(fault: UnicodeError) -> tuple[str, int]:
    """Read the few bytes that cp1252 leaves out as latin-1 does."""
    if isinstance(fault, UnicodeDecodeError):
        return fault.object[fault.start : fault.end].decode("latin-1"), fault.end
    raise fault


_WESTERN = "supportq.western"
codecs.register_error(_WESTERN, _western)


@lru_cache(maxsize=256)
def _codec(claimed: str) -> str | None:
    """Return the codec of a charset's name, or None where there is none, or it is none of text."""
    name = claimed.strip().strip("'\"").lower().removeprefix("x-")
    try:
        found = codecs.lookup(_MEANT.get(name) or _CODE_PAGE.sub("cp", name))
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True) and found.name not in _NO_TEXT
    return _WIDER.get(found.name, found.name) if is_text else None


_CODE_PAGE = re.compile(r"^(?:windows|win|cp|ibm)[-_ ]?(?=\d{3,4}$)")
_MEANT = {
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "unicode": "utf-8",
    "ansi": "cp1252",
    "windows-874": "cp874",
    "macintosh": "mac-roman",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp-ms": "iso-2022-jp",
    "cp50220": "iso-2022-jp",
    "cp50221": "iso-2022-jp",
    "koi8-ru": "koi8-u",
    "unicode-1-1-utf-8": "utf-8",
}


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
