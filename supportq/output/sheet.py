"""The sheet that a format writes on: whose time it is, how wide it is, what it can show."""

from datetime import datetime, tzinfo

from supportq.output.clean import REPLACEMENT, clean
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a format may know about where its text goes; a width of None means that nothing is ever cut.

    On one that is `whole`, a table has all of its rows. What is `kept` is read long after it was written, so that
    moments are written in full.
    """

    now: datetime
    zone: tzinfo
    width: int | None = None
    colour: bool = False
    terminal: bool = False
    encoding: str = "utf-8"
    header: bool = True
    spreadsheet: bool = False
    template: str = ""
    kept: bool = False
    whole: bool = False

    @property
    def ascii(self) -> bool:
        """Tell whether our own ornaments must be plain ASCII."""
        return not self.encoding.lower().startswith("utf")

    @property
    def ellipsis(self) -> str:
        """Return the mark of shortened text."""
        return "..." if self.ascii else "…"

    def words(self, text: str, *, multiline: bool = False) -> str:
        """Return text for people: harmless, and as this sheet's encoding can show it."""
        text = clean(text, multiline=multiline)
        if not self.ascii or text.isascii():
            return text
        return text.replace(REPLACEMENT, "?").encode(self.encoding, "backslashreplace").decode(self.encoding)

    def data(self, text: str) -> str:
        """Return text as data, made harmless only where a terminal would act on it."""
        return clean(text, multiline=True) if self.terminal else text
