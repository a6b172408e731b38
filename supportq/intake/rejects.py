"""The reject file: rows that could not be taken, untouched behind line and reason, to be mended and imported again."""

import csv
import filecmp
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from supportq.drafts import draft_of
from supportq.errors import SupportqError
from supportq.intake.inquiry import Reject
from supportq.intake.jsonl import RAW, is_object


class RejectFile:
    """Takes rejects as they come, and is there as a whole when all are taken; without a reject there is no file.

    An earlier file of the same name that says something else is `kept` beside it, with `~` behind its name: somebody
    may have mended it. A link stays, and what it leads to is replaced. A device or a pipe is written to as
    it is. Where rows of several files go into one, the `label` in front of a reason says of which each is.
    """

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str = ",") -> None:
        self._is_device = path.exists() and not path.is_file()
        self.path = path if self._is_device else path.resolve()
        self.count = 0
        self._columns = columns
        self._delimiter = delimiter
        self.kept: Path | None = None
        self.label = ""
        self._draft = path if self._is_device else draft_of(self.path)
        self._stream: TextIO | None = None
        self._write: Callable[[Reject], object]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is None:
            return
        try:
            self._stream.close()
            if not self._is_device:
                self._publish()
        except OSError as failure:
            raise self._unwritable(failure) from failure

    def add(self, reject: Reject) -> None:
        """Write one more row."""
        try:
            if self._stream is None:
                self._open()
            self._write(reject._replace(reason=f"{self.label}{reject.reason}"))
        except OSError as failure:
            raise self._unwritable(failure) from failure
        self.count += 1

    def _open(self) -> None:
        self._stream = self._draft.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        if self._delimiter:
            self._write = _rows(self._stream, self._columns, self._delimiter)
        else:
            self._write = _objects(self._stream)

    def _publish(self) -> None:
        if self.path.exists() and not filecmp.cmp(self.path, self._draft, shallow=False):
            self.kept = self.path.replace(self.path.with_name(f"{self.path.name}~"))
        self._draft.replace(self.path)

    def _unwritable(self, failure: OSError) -> SupportqError:
        if not self._is_device:
            self._draft.unlink(missing_ok=True)
        return SupportqError(f"can't write {self.path}: {failure.strerror}", "choose another place: --rejects FILE")


def _rows(stream: TextIO, columns: Sequence[str], delimiter: str) -> Callable[[Reject], object]:
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(("line", "reason", *columns))
    return lambda reject: writer.writerow((reject.line, reject.reason, *reject.cells))


def _objects(stream: TextIO) -> Callable[[Reject], object]:
    """Return a function that writes the text of a row as it stands, but on one line, with two more keys in front.

    Only between the values of an object can a line end. What is no object stands as the text of a third key: each line
    can be read as JSON.
    """

    def write(reject: Reject) -> None:
        text, head = reject.cells[0], {"line": reject.line, "reason": reject.reason}
        if is_object(text):
            told = _LINE_END.sub(" ", text[1:]).strip()
            stream.write(f"{json.dumps(head, ensure_ascii=False)[:-1]}, {told}\n")
        else:
            stream.write(f"{json.dumps(head | {RAW: text}, ensure_ascii=False)}\n")

    return write


_LINE_END = re.compile(r"\s*[\r\n]\s*")
