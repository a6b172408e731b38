"""The file that names the queue of a folder, so that commands there and below find it."""

from pathlib import Path

from supportq.settings.choices import PROJECT, find_project


def name_queue(queue: Path) -> str:
    """Let the folder of a queue name it; return the queue that it named before, empty where it names this one now.

    A file that names another queue is left as it is.
    """
    from supportq.settings.edit import with_item

    file = queue.parent / PROJECT
    if not file.exists():
        file.write_text(with_item("", "queue", queue.name), encoding="utf-8")
    named = find_project(queue.parent.absolute())
    return "" if named and Path(named.value).absolute() == queue.absolute() else named.value if named else str(file)
