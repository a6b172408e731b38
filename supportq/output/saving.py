"""Files that strangers sent, saved where nothing can be hurt by them."""

import os
from pathlib import Path

from supportq.errors import SupportqError
from supportq.model.filename import safe_name


def save_anew(folder: Path, name: str, data: bytes) -> Path:
    """Write a file into a folder, under a name made safe that no other file there has, and return where it is."""
    taken: list[str] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            path = folder / safe_name(name, taken)
            try:
                _write(path, data)
            except FileExistsError:
                taken.append(path.name)
            else:
                return path
    except OSError as error:
        raise SupportqError(
            f"can't save to {folder}: {error.strerror or error}", "choose another: --to FOLDER"
        ) from error


def _write(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet, not even as a link to nowhere."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
