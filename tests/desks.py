"""A small desk on a Friday afternoon: five tickets of three customers, some of them late, for screens to show."""

import os
from pathlib import Path

from queues import a_queue, ago

from supportq.model.channel import Channel

GOLDEN = Path(__file__).parent / "commands" / "golden"


def a_friday_desk(folder: Path) -> Path:
    """Lay out the desk in a new queue and return its file."""
    with a_queue(folder) as bench:
        asked_again = bench.ask("Order 12 not here", ago(hours=5), team="sales")
        bench.reply(asked_again, ago(hours=4), "It left on Monday.\n\nAnn")
        bench.ask_again(asked_again, ago(hours=1), "Any news?\n> It left on Monday.\n>\n> Ann\nIda")
        late = bench.ask(
            "Login broken since the update of Friday, and nobody answers the telephone",
            ago(days=3),
            who="Bo <bo@example.com>",
            body="Écran noir après la mise à jour; ошибка 0x80070057",
            team="technical",
        )
        bench.note(late, ago(days=1), "The log says: out of memory.")
        bench.ask(
            "How do I warp a loom?",
            ago(hours=3),
            who="Bo <bo@example.com>",
            body="I have the small one, \x1b[31mwith four shafts\x1b[0m.",
            channel=Channel.PHONE,
            team="sales",
            assignee="ann",
        )
        bench.ask("A hook is missing", ago(minutes=115), who="Eve <eve@example.com>", team="sales")
        bench.ask("A hook is missing again", ago(minutes=15), who="Eve <eve@example.com>", priority="urgent")
        return bench.queue.path


def same_screen(name: str, shown: str) -> None:
    """Compare what a screen of 80 columns shows with its golden file."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("SUPPORTQ_GOLDEN") == "update":
        file.write_bytes(shown.encode())
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.encode() == file.read_bytes(), "if this is meant: SUPPORTQ_GOLDEN=update, and read the diff"
