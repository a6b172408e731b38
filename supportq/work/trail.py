"""How far an import came, in a word by which the same import is known when it is run again."""

from collections.abc import Sequence
from hashlib import blake2b

from supportq.intake.inquiry import Entry
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Trail:
    """What an import went by: the content of all rows that could be taken, from the first one on, and their source."""

    source: str
    _rows: blake2b

    @classmethod
    def of(cls, source: str, passed: blake2b) -> "Trail":
        """Begin at the top of a file of this source, after all that was passed in others."""
        passed.update(source.encode(errors="surrogatepass"))
        return cls(source, passed)

    def pass_by(self, entries: Sequence[Entry]) -> None:
        """Go by some more rows."""
        for entry in entries:
            self._rows.update(f"\n{entry.digest}".encode())

    @property
    def mark(self) -> str:
        """Return what stands for these very rows; with every row it is another one."""
        return self._rows.hexdigest()
