"""Quoted history and signatures, told from what somebody says now; for display alone, since nothing of them is lost."""

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"(?:^[ \t]*>.*(?:\n|\Z)){3,}", re.MULTILINE)
_SIGNATURE = re.compile(
    r"^-- ?\n((?:(?!\[\d+ quoted lines\]|[ \t]*>).*(?:\n|\Z)){1,15}?)(?=\[\d+ quoted lines\]|[ \t]*>|\Z)", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]*(?:-{3,}[^\n]{0,60}?-{3,}|_{10,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"[ \t]*\*?[^\W\d][^\n:：]{0,24}[:：]\*?[ \t]+\S")
_FEWEST_HEADINGS = 3


def without_quotes(text: str) -> str:
    """Return a message with what it quotes at length, and a signature, put into one line each.

    Lines that begin with > are quoted, and what follows the headers of an earlier mail, whatever their language, unless
    nothing stands above them.
    """
    folded = _QUOTED.sub(lambda found: f"[{len(found[0].splitlines())} quoted lines]\n", _without_history(text))
    return _SIGNATURE.sub(_signature, folded).rstrip()


def _signature(found: re.Match[str]) -> str:
    lines = len(found[1].splitlines())
    has_words_above = bool(found.string[: found.start()].strip())
    return f"[{lines} lines of signature]\n" if has_words_above and lines > 1 else found[0]


def _without_history(text: str) -> str:
    """Fold the mail that an answer stands above: a ruled line, then at least three headers."""
    for start in _rules(text):
        rest = text[start:]
        if text[:start].strip():
            return f"{text[:start]}[{len(rest.splitlines())} quoted lines]\n"
    return text


def _rules(text: str) -> Iterator[int]:
    """Yield where ruled lines begin behind which the headers of a mail stand."""
    for found in _RULE.finditer(text):
        below = text[found.end() : found.end() + 2000].lstrip("\n").splitlines()[:8]
        headings = 0
        for line in below:
            if not _HEADING.match(line):
                break
            headings += 1
        if headings >= _FEWEST_HEADINGS:
            yield found.start()
