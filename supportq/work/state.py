"""The folder where a person's half-done things are kept, apart from the queue that others share."""

import os
from collections.abc import Mapping
from pathlib import Path


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return where drafts and looks are kept; somebody without a home gets a folder among the temporary ones."""
    folders = (environment.get("XDG_STATE_HOME", ""), f"{environment.get('HOME', '')}/.local/state")
    absolute = [folder for folder in folders if folder.startswith("/") and folder != "/.local/state"]
    return Path(absolute[0], "supportq") if absolute else _temporary()


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.gettempdir(), f"supportq-{os.getuid()}")
