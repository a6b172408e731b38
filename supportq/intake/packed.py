"""What is packed, or lies in a folder: gzip as the file inside, archives (zip, tar) and folders as their files."""

import gzip
import io
import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import IO, cast

from supportq.errors import SupportqError
from supportq.intake.mailfiles import mail_format
from supportq.intake.source import Source, open_source

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_TAR = b"ustar"
_TAR_START, _TAR_END = 257, 262
_DEEPEST = 4
"""An archive may be in an archive, but some hold themselves."""
_SPREADSHEETS = (".xlsx", ".xlsm", ".ods", ".xlsb")
_TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xls", *_SPREADSHEETS)
_MOST = 200
"""So many files are held open at once."""


_DAMAGES = (
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
)


def is_table(source: Source) -> bool:
    """Tell whether a file has the name of a table."""
    return source.suffix in _TABLES


@contextmanager
def spread(source: Source, *, whatever: bool) -> Iterator[tuple[list[Source], list[str]]]:
    """Lend the tables and mails of a folder or archive, all at once, and name what else lies in it.

    With `whatever` a file need not look like a table.
    """
    taken: list[Source] = []
    left: list[str] = []
    with ExitStack() as stack:
        for member in source.members() if source.members else ():
            if member.members is not None or not (whatever or is_table(member) or mail_format(member)):
                left.append(member.name)
                continue
            if len(taken) == _MOST:
                raise SupportqError(f"{source.name} holds more than {_MOST} tables", "import them in parts")
            taken.append(Source(member.name, stack.enter_context(_kept_open(member))))
        yield taken, left


def _kept_open(member: Source) -> IO[bytes]:
    """Return a stream of the same bytes that stays open when the next member is looked at."""
    number = member.stream.fileno()
    member.stream.flush()
    stream = os.fdopen(os.dup(number), "rb")
    stream.seek(0)
    return stream


@contextmanager
def open_files(name: str, stdin: IO[bytes]) -> Iterator[Source]:
    """Open a file or standard input, what is packed in it, or a folder as its files."""
    if name != "-" and Path(name).is_dir():
        yield Source(name, io.BytesIO(), _files_of(Path(name)))
        return
    with open_source(name, stdin) as source, _unpacked(source) as inside:
        yield inside


@contextmanager
def _unpacked(source: Source, depth: int = 0) -> Iterator[Source]:
    """Lend what is inside a packed source; any other one as it is, and one that is packed in too many others."""
    if depth > _DEEPEST:
        yield source
    elif source.head(2) == _GZIP:
        with tempfile.TemporaryFile() as copy:
            with _in_plain_words(source.name), gzip.open(source.stream) as inside:
                copyfileobj(inside, copy)
            with _unpacked(Source(source.name.removesuffix(".gz"), copy), depth + 1) as found:
                yield found
    elif source.head(4) == _ZIP and source.suffix not in _SPREADSHEETS:
        with _in_plain_words(source.name), zipfile.ZipFile(source.stream) as archive:
            yield from _of_archive(source, archive.namelist(), archive.open, depth + 1)
    elif source.head(_TAR_END)[_TAR_START:] == _TAR:
        with _in_plain_words(source.name), tarfile.open(fileobj=source.stream) as tape:
            files = {member.name: member for member in tape if member.isfile()}

            def open_(name: str) -> IO[bytes]:
                return cast(IO[bytes], tape.extractfile(files[name]))

            yield from _of_archive(source, list(files), open_, depth + 1)
    else:
        yield source


def _of_archive(source: Source, told: Sequence[str], open_: Callable[[str], IO[bytes]], depth: int) -> Iterator[Source]:
    """Yield the one file of an archive, or the archive as a folder of its files."""
    maildirs = _maildirs(folder for name in told for folder in (Path(name), *Path(name).parents))
    names = [name for name in told if not name.endswith("/") and _is_of_interest(Path(name), maildirs)]
    if "[Content_Types].xml" in names or "mimetype" in names:
        yield source
        return

    def members() -> Iterator[Source]:
        for name in names:
            with _copied(name, open_, depth) as member:
                yield member

    if len(names) == 1:
        with _copied(names[0], open_, depth) as member:
            yield member
        return
    yield Source(source.name, source.stream, members)


@contextmanager
def _copied(name: str, open_: Callable[[str], IO[bytes]], depth: int) -> Iterator[Source]:
    with tempfile.SpooledTemporaryFile(max_size=1 << 24) as copy, open_(name) as inside:
        copyfileobj(inside, copy)
        with _unpacked(Source(name, copy), depth) as found:
            yield found


def _files_of(folder: Path) -> Callable[[], Iterator[Source]]:
    """Return a function that opens the files in a folder one after another, in the order of their names."""

    def members() -> Iterator[Source]:
        paths = sorted(folder.rglob("*"))
        maildirs = _maildirs(path.relative_to(folder.parent) for path in (folder, *paths) if path.is_dir())
        for path in paths:
            if path.is_file() and _is_of_interest(path.relative_to(folder.parent), maildirs):
                with path.open("rb") as stream, _unpacked(Source(str(path), stream)) as inside:
                    yield inside

    return members


def _maildirs(folders: Iterable[Path]) -> Collection[Path]:
    return {folder.parent for folder in folders if folder.name == "cur"}


def _is_of_interest(path: Path, maildirs: Collection[Path]) -> bool:
    """Leave out hidden files, what other programs keep beside, and of a Maildir its indices and unfinished mails."""
    is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    is_housekeeping = path.parent in maildirs or (path.parent.name == "tmp" and path.parent.parent in maildirs)
    return not (is_hidden or is_housekeeping)


@contextmanager
def _in_plain_words(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGES as fault:
        is_foreign = isinstance(fault, (RuntimeError, NotImplementedError))
        cure = (
            "unpack it, and import what was inside" if is_foreign else "it is damaged or was cut off: get it once more"
        )
        raise SupportqError(f"{name} can't be unpacked: {fault}", cure) from fault
