"""An export as a folder: a page for each ticket that can be read in years, and its attachments beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from supportq.commands.exported import Shelf
from supportq.desk import Desk
from supportq.errors import SupportqError
from supportq.model.filename import safe_name
from supportq.output.outcome import Outcome
from supportq.store.enclosures import Enclosure, content_of
from supportq.store.queue import Queue
from supportq.work.dossier import Dossier


def as_folder(desk: Desk, shelf: Shelf, form: str, folder: Path) -> Outcome:
    """Write the tickets into a folder, which is made if need be; files of an earlier export are replaced."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with shelf.queue.reading():
            count = _write_all(desk, shelf, form, folder)
    except OSError as error:
        raise SupportqError(f"can't write {error.filename or folder}: {error.strerror or error}") from error
    return Outcome(notes=(f"Written: {count:,} ticket{'s' * (count != 1)} in {folder}",))


def _write_all(desk: Desk, shelf: Shelf, form: str, folder: Path) -> int:
    """Write a page for each ticket and its attachments beside it; return how many tickets there are."""
    from supportq.output.progress import progress
    from supportq.work.dossier import read_dossiers

    numbers = shelf.numbers(desk)
    with progress("exporting", len(numbers), desk.streams, unit="tickets") as report:
        for place, number in enumerate(numbers, 1):
            for dossier in read_dossiers(shelf.queue, [number]):
                _write(folder / f"{number}.{form}", "".join(_page(desk, shelf, dossier, form)).encode())
                _save(shelf.queue, dossier, folder)
            report(place, place)
    return len(numbers)


def _page(desk: Desk, shelf: Shelf, dossier: Dossier, form: str) -> Iterable[str]:
    from supportq.output.dossier import View, dossier_page
    from supportq.output.formats import find_format
    from supportq.output.sheet import Sheet

    names = {code: agent.label for code, agent in shelf.settings.agents.items()}
    view = View(desk.now, desk.zone, names, changes=True, kept=True)
    places = {file.id: place for file, place in _places(dossier)}
    beside = {
        message: [replace(file, name=places[file.id]) for file in files]
        for message, files in dossier.enclosures.items()
    }
    write_page = find_format(form).write_page
    page = dossier_page([replace(dossier, enclosures=beside)], view)
    return write_page(page, Sheet(desk.now, desk.zone, kept=True)) if write_page else ()


def _places(dossier: Dossier) -> Iterator[tuple[Enclosure, str]]:
    """Yield the attachments of a ticket, each with the place where it is saved, seen from the folder of the export."""
    taken: list[str] = []
    for files in dossier.enclosures.values():
        for file in files:
            taken.append(safe_name(file.name, taken))
            yield file, f"{dossier.ticket.id}/{taken[-1]}"


def _save(queue: Queue, dossier: Dossier, folder: Path) -> None:
    for file, place in _places(dossier):
        (folder / place).parent.mkdir(mode=0o700, exist_ok=True)
        _write(folder / place, content_of(queue, file.id))


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)
