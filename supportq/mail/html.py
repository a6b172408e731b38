"""HTML as readable text: in one pass over its tags, so that no mail takes long however it is nested or broken."""

import re
from html import unescape

_LONGEST = 2_000_000
"""So much of a page is read; the rest stays in the mail as it was received."""

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:]*)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SCHEME = re.compile(r"\s*(?:https?://|mailto:)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre", "dl"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


def text_of_html(html: str) -> str:
    """Return what a reader of the page would see: paragraphs, lists, links with their addresses, quotes behind >."""
    page = _Page()
    first, *chunks = _without_comments(html[:_LONGEST]).split("<")
    page.say(first)
    for chunk in chunks:
        tag, closed, text = chunk.partition(">")
        name = _NAME.match(tag)
        if closed and (name or tag.startswith(("!", "?"))):
            if name:
                page.take(name[1].lower(), tag)
            page.say(text)
        else:
            page.say("<" + chunk)
    return page.text()


def _without_comments(html: str) -> str:
    """Leave out comments, in which tags are none; one that nobody closed hides nothing."""
    kept = []
    end = 0
    while (start := html.find("<!--", end)) >= 0:
        close = html.find("-->", start + 4)
        if close < 0:
            break
        kept.append(html[end:start])
        end = close + 3
    return "".join((*kept, html[end:]))


class _Page:
    """A page while it is read: finished lines, and the one that is being written."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._unseen = ""
        self._quotes = 0
        self._preformatted = 0
        self._link: tuple[str, int] | None = None

    def say(self, text: str) -> None:
        """Take in text between tags."""
        if self._unseen or not text:
            return
        plain = unescape(text).replace("\xa0", " ")
        if self._preformatted:
            first, *more = plain.split("\n")
            self._line.append(first)
            for line in more:
                self._end_line()
                self._line.append(line)
            return
        words = _SPACE.sub(" ", plain)
        is_at_start = not self._line or self._line[-1].endswith((" ", "\t"))
        if said := words.lstrip(" ") if is_at_start else words:
            self._line.append(said)

    def take(self, name: str, tag: str) -> None:
        """Take in a tag."""
        is_end = tag.startswith("/")
        if self._unseen:
            self._unseen = "" if is_end and name == self._unseen else self._unseen
            if name != "body":
                return
            self._unseen = ""
        if name in _UNSEEN and not is_end and not tag.endswith("/"):
            self._unseen = name
        elif name in _BLOCKS:
            self._block(name, is_end=is_end)
        else:
            self._inside(name, tag, is_end=is_end)

    def text(self) -> str:
        """Return what was read."""
        self._end_line()
        return _BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _block(self, name: str, *, is_end: bool) -> None:
        if any(self._line):
            self._end_line()
        if name in _APART and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark().rstrip())
        step = -1 if is_end else 1
        if name == "blockquote":
            self._quote(step)
        elif name == "pre":
            self._preformatted = max(0, self._preformatted + step)
        elif name == "li" and not is_end:
            self._line.append("- ")
        elif name == "hr":
            self._lines.append(f"{self._mark()}---")

    def _quote(self, step: int) -> None:
        """Begin a quote, or end one with an empty line that is not part of it."""
        self._quotes = max(0, self._quotes + step)
        while step < 0 and self._lines and not self._lines[-1].strip("> "):
            self._lines.pop()
        self._lines += [self._mark().rstrip()] * (step < 0 and bool(self._lines))

    def _inside(self, name: str, tag: str, *, is_end: bool) -> None:
        if name == "br":
            self._end_line()
        elif name in {"td", "th"}:
            self._end_cell(is_told=is_end)
        elif name == "img" and (found := _ALT.search(tag[:2000])):
            self.say(found[1] or found[2] or "")
        elif name == "a" and is_end and self._link:
            self._leave_link(*self._link)
        elif name == "a" and not is_end and (found := _HREF.search(tag[:8000])):
            self._link = (unescape(found[1] or found[2] or found[3] or ""), len(self._line))

    def _end_cell(self, *, is_told: bool) -> None:
        """Set cells apart, where the next one begins if nothing told that the one before ended."""
        if is_told or (self._line and not self._line[-1].endswith("\t")):
            self._line.append("\t")

    def _leave_link(self, address: str, start: int) -> None:
        """Say where a link leads, unless its words say so."""
        self._link = None
        shown = "".join(self._line[start:]).strip()
        plain = _SCHEME.sub("", address.strip()).rstrip("/")
        if shown and plain not in shown and _SCHEME.match(address):
            self._line.append(f" <{address.strip()}>")

    def _end_line(self) -> None:
        line = "".join(self._line)
        self._lines.append((self._mark() + (line if self._preformatted else line.strip(" \t"))).rstrip())
        self._line.clear()

    def _mark(self) -> str:
        return "> " * min(self._quotes, 20)
