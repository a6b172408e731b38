"""Make a queue of an export: complete or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from supportq.intake.source import Source
from supportq.store import restore as rows
from supportq.store.desk import give_key
from supportq.store.home import forget_homes
from supportq.store.migrations import STEPS
from supportq.store.queue import Queue
from supportq.store.restore import Report
from supportq.work.init import complete_or_not_at_all, new_key, new_queue


def restore(path: Path, source: Source, group: str | None, report: Report) -> int:
    """Make a queue that equals the one which was exported, and return how many tickets it has.

    Raises AlreadyThere, or BrokenExport and leaves nothing behind.
    """
    source.stream.seek(0)
    header = rows.read_header(next(islice(source.stream, 1), b""))
    with complete_or_not_at_all(path) as partial, new_queue(partial, group, STEPS[: header.schema]) as queue:
        count = rows.load(queue, header, source.stream, report)
        source.stream.seek(0)
        rows.check_whole(queue.connection, source.stream)
        with queue.writing() as connection:
            give_key(connection, new_key())
            forget_homes(connection)
    return count


@contextmanager
def stand_in(lines: Iterable[str]) -> Iterator[Queue]:
    """Lend a queue that holds what these lines of an export say, for as long as this lasts."""
    encoded = (line.encode() for line in lines)
    header = rows.read_header(next(encoded))
    with TemporaryDirectory(prefix="supportq-") as folder, new_queue(Path(folder) / "queue.db") as queue:
        rows.load(queue, header, encoded, lambda _rows, _position: None)
        yield queue
