"""Address headers: the mailboxes that they name, told from names that only look like addresses."""

import re
from collections.abc import Iterator

from supportq.mail.headers import one_line, words
from supportq.model.mail import Mailbox

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+"|=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=|[^"(),;:<>=]+|.',
    re.DOTALL,
)
_PLAIN = re.compile(r"([\w.+ -]*)<([\w.+-]+@[\w.-]+)>|([\w.+-]+@[\w.-]+)")
"""The one mailbox of nearly every header, which is read at once."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ALONE = re.compile(r"[^\s@]+@[^\s@]+")
_ROUTE = re.compile(r"^@[^:]*:")


class _Draft:
    """A mailbox while its words are read: what stands before, inside and in comments."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.angled: list[str] = []
        self.comments: list[str] = []
        self.is_angled = False
        self._closed_at = 0

    def close(self) -> None:
        """Take in the end of the angle brackets."""
        self.angled.append(_CLOSED)
        self._closed_at = len(self.words)

    def divided(self) -> "_Draft | None":
        """Return what stands behind the address as a mailbox of its own, whose comma was forgotten."""
        behind = self.words[self._closed_at :]
        if not (self.is_angled and "@" in "".join(self.angled) and "".join(behind).strip()):
            return None
        del self.words[self._closed_at :]
        following = _Draft()
        following.words = behind
        return following

    def finished(self) -> Mailbox | None:
        """Return the mailbox; an address in angle brackets counts, whatever address is its name."""
        said = "".join(self.words).strip()
        if self.is_angled:
            return _mailbox(said or "".join(self.comments), "".join(self.angled))
        aside = "".join(self.comments).strip()
        if "@" not in said and _ALONE.fullmatch(aside):
            return _mailbox(said, aside)
        return _mailbox(aside, said) if "@" in said else None


def mailboxes(header: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes that a header names; where it names none, those inside its encoded words."""
    if not header:
        return ()
    if plain := _PLAIN.fullmatch(header):
        return (Mailbox((plain[1] or "").strip(), plain[2] or plain[3]),)
    found = tuple(filter(None, _iter_mailboxes(header)))
    if found or "=?" not in header:
        return found
    return tuple(filter(None, _iter_mailboxes(words(header))))


def _iter_mailboxes(header: str) -> Iterator[Mailbox | None]:
    draft, depth = _Draft(), 0
    for word in _TOKEN.findall(header):
        if word == "(" or (depth and word == ")"):
            depth += 1 if word == "(" else -1
        elif depth:
            draft.comments.append(word)
        elif word == "<":
            if following := draft.divided():
                yield draft.finished()
                draft = following
            draft.is_angled, draft.angled = True, []
        elif word in {",", ";"} and not _is_route(draft):
            yield draft.finished()
            draft = _Draft()
        elif word == ":" and not draft.is_angled:
            draft = _Draft()
        elif word != ">":
            (draft.angled if _is_inside(draft) else draft.words).append(_plain(word))
        elif draft.is_angled:
            draft.close()
    yield draft.finished()


_CLOSED = ">"


def _is_inside(draft: _Draft) -> bool:
    return draft.is_angled and draft.angled[-1:] != [_CLOSED]


def _is_route(draft: _Draft) -> bool:
    return _is_inside(draft) and draft.angled[:1] != [] and draft.angled[0].startswith("@")


def _plain(token: str) -> str:
    return _ESCAPED.sub(r"\1", token[1:-1]) if token.startswith('"') and len(token) > 1 else token


def _mailbox(name: str, address: str) -> Mailbox | None:
    spec = _ROUTE.sub("", re.sub(r"[\s>]", "", words(address)))
    return Mailbox(_bare(one_line(words(name.strip()))), spec) if "@" in spec.strip("@") else None


def _bare(name: str) -> str:
    """Return a name without the quotes around it; one that stands alone is part of the name."""
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name.strip('" ')
