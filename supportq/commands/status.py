"""What `supportq` alone says on a terminal: how the desk stands, and what to type next."""

from supportq.desk import Desk
from supportq.output.outcome import Outcome


def status(desk: Desk) -> Outcome:
    """Return five lines about the desk and the next command."""
    from supportq.work.status import figures, next_step

    found = figures(desk.queue, me=desk.known, now=desk.now)
    wide = max(len(f"{figure.count:,}") for figure in found)
    lines = [
        f"{figure.title:<12}{figure.count:>{wide},}   {figure.words if figure.count else ''}".rstrip()
        for figure in found
    ]
    step = next_step(desk.queue, found, now=desk.now)
    return Outcome(text="\n".join([*lines, "", f"Next: {step}", "All commands: supportq --help"]) + "\n")
