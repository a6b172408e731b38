"""The headers of a mail or of one of its parts: found among junk, decoded, and read as words and ids."""

import binascii
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote_to_bytes

from supportq.mail.charsets import decode
from supportq.values import dataclass

LONGEST = 100_000
"""So much of one header is looked into; what is longer is no word of a person."""

_HEADER = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_END = re.compile(rb"\n\r?\n")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_IDS = re.compile(r"<([^<>\s]{1,1000})>")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*+"?|[^;]*)', re.DOTALL)
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?")
_UNBROKEN = re.compile(rb"[A-Za-z0-9+/]+")
_NO_BASE64 = re.sub(rb"[A-Za-z0-9+/=]", b"", bytes(range(256)))


@dataclass(frozen=True)  # no slots: what is found by name is kept beside the fields
class Headers:
    """Headers in their order, names in lower case, values as they came.

    What is neither ASCII nor UTF-8 in them is in the charset that the mail names for its text.
    """

    pairs: tuple[tuple[str, bytes], ...] = ()
    charset: str = ""

    @cached_property
    def _by_name(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def _firsts(self) -> dict[str, str]:
        return {}

    def every(self, name: str) -> list[str]:
        """Return the values of all headers of that name, as text on one line, encoded words as they are."""
        return [self._text(value[:LONGEST]) for value in self._by_name.get(name, ())]

    def first(self, name: str) -> str:
        """Return the first value that is not empty, an empty text where there is none."""
        if name not in self._by_name:
            return ""
        if name not in self._firsts:
            self._firsts[name] = next(filter(None, self.every(name)), "")
        return self._firsts[name]

    def whole(self, name: str) -> str:
        """Return all values of a header as one list, however long, separated by commas."""
        return ", ".join(self._text(value) for value in self._by_name.get(name, ()))

    def has(self, name: str) -> bool:
        """Tell whether there is such a header."""
        return name in self._by_name

    def _text(self, value: bytes) -> str:
        if value.isascii() and (text := value.decode("ascii")).isprintable():
            return text.strip()
        return one_line(decode(value, "" if value.isascii() else self.charset))


@lru_cache(maxsize=1)
def split(data: bytes) -> tuple[Headers, bytes]:
    """Return the headers, junk lines among them left out, and what follows them.

    Lines after the last header that are none belong to what follows, even where the empty line is missing. The last
    answer is kept, since every mail is read for its name as well as for what it says.
    """
    if data[:1] == b"\n" or data[:2] == b"\r\n":
        return Headers(), data.partition(b"\n")[2]
    found = _END.search(data)
    block = data[: found.start()] if found else data
    headers = list(_HEADER.finditer(block))
    if not headers:
        return Headers(), data
    pairs = tuple((header[1].decode("ascii").lower(), header[2].strip()) for header in headers)
    end = headers[-1].end()
    rest = data[end:] if block[end:].strip() else data[found.end() :] if found else b""
    return Headers(pairs), rest


def one_line(text: str) -> str:
    """Return text without line ends and controls."""
    return _SPACE.sub(" ", text).strip() if not text.isprintable() else text.strip()


def words(text: str) -> str:
    """Return a header's text with its encoded words decoded, on one line."""
    if "=?" not in text:
        return text
    return one_line("".join(_iter_decoded(_BETWEEN_WORDS.sub(r"\1", text))))


def _iter_decoded(text: str) -> Iterator[str]:
    """Yield plain and decoded pieces; what follows in the same charset is decoded with it, as bytes."""
    charset, gathered, end = "", b"", 0
    for found in _WORD.finditer(text):
        name = found[1].partition("*")[0].lower()
        if gathered and (name != charset or found.start() > end):
            yield decode(gathered, charset)
            gathered = b""
        yield text[end : found.start()]
        charset, end = name, found.end()
        gathered += _word_bytes(found[2], found[3])
    if gathered:
        yield decode(gathered, charset)
    yield text[end:]


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    return unbase64(data) if encoding in "bB" else binascii.a2b_qp(data.replace(b" ", b"_"), header=True)


def unbase64(data: bytes) -> bytes:
    """Decode base64 of which some characters may be missing, or too many; what can't be decoded is left out."""
    return b"".join(map(_unpadded, _UNBROKEN.findall(data.translate(None, _NO_BASE64))))


def _unpadded(data: bytes) -> bytes:
    whole = data[: len(data) - 1] if len(data) % 4 == 1 else data
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def ids(text: str) -> tuple[str, ...]:
    """Return the Message-IDs that a header names, each between its angle brackets, even where a mailer encoded them."""
    text = words(text) if len(text) < LONGEST else text
    found = [f"<{name}>" for name in _IDS.findall(text)]
    return tuple(found) if found else tuple(f"<{word.strip('<>')}>" for word in text.split()[:1] if "@" in word)


def parameters(text: str) -> dict[str, str]:
    """Return what is said behind the value of a header: charset, boundary, file name; pieces put together."""
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in _PARAMETER.findall(text):
        parts = _CONTINUED.fullmatch(name.lower())
        if parts:
            piece = (int(parts[2] or 0), bool(parts[3]), _unquoted(value))
            pieces.setdefault(parts[1], []).append(piece)
    return {name: _joined(sorted(found)) for name, found in pieces.items()}


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """Put the pieces of a value together; those in percent signs name a charset first: utf-8'en'na%C3%AFve."""
    if len(pieces) == 1 and not pieces[0][1]:
        return pieces[0][2]
    if not any(is_encoded for _, is_encoded, _ in pieces):
        numbers = [number for number, _, _ in pieces]
        return "".join(text for _, _, text in pieces) if len(set(numbers)) == len(numbers) else pieces[0][2]
    encoded = [(number, is_encoded, text) for number, is_encoded, text in pieces if is_encoded or number]
    charset, *rest = encoded[0][2].split("'", 2)
    first = rest[1] if len(rest) > 1 else encoded[0][2]
    texts = [(encoded[0][1], first), *((is_encoded, text) for _, is_encoded, text in encoded[1:])]
    data = b"".join(unquote_to_bytes(text) if is_encoded else text.encode() for is_encoded, text in texts)
    return decode(data, charset if rest else "")


def _unquoted(value: str) -> str:
    text = value.strip()
    if not text.startswith('"'):
        return text
    inside = text[1:].removesuffix('"')
    return re.sub(r"\\(.)", r"\1", inside, flags=re.DOTALL) if "\\" in inside else inside
