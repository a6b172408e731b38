"""A draft: what a person wrote, kept until it has become a message."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from supportq.errors import NotFound
from supportq.values import dataclass
from supportq.work.state import state_folder


@dataclass(frozen=True, slots=True)
class Draft:
    """The one draft of a verb on these tickets."""

    path: Path
    how_to_recover: str

    @property
    def exists(self) -> bool:
        """Tell whether something is kept."""
        return self.path.is_file()

    def keep(self, text: str) -> None:
        """Keep a text, readable by nobody else."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        self.path.write_text(text, encoding="utf-8", errors="surrogateescape")

    def add(self, text: str) -> None:
        """Keep a text that may be in the draft already, above what else is kept."""
        older = self.read() if self.exists else ""
        if text not in older:
            self.keep(f"{text}\n\n{older}" if older else text)

    def read(self) -> str:
        """Return what is kept, whatever an editor made of it; raise NotFound where there is nothing."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            raise NotFound("there is no draft to recover", "begin one: -e") from None

    def discard(self) -> None:
        """Forget the draft."""
        self.path.unlink(missing_ok=True)


def draft_of(environment: Mapping[str, str], queue_id: str, verb: str, tickets: Sequence[int]) -> Draft:
    """Return the draft of a verb on these tickets of the queue of that id."""
    numbers = "-".join(map(str, tickets[:5])) + (f"-and-{len(tickets) - 5}" if len(tickets) > 5 else "")
    path = state_folder(environment) / "drafts" / queue_id / f"{verb}-{numbers}.txt"
    words = [verb, *(str(number) for number in tickets if number), "--recover"]
    return Draft(path, f"supportq {' '.join(words)}")
