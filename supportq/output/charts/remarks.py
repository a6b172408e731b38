"""What charts say in words beside what they show."""

from collections.abc import Callable

from supportq.model.chart import Chart


def told_cut(drawn: Chart, asked: Chart, short: Callable[[str], str]) -> str:
    """Say of which periods the time holds only a part, and if what was drawn leaves them out; else nothing."""
    if not asked.cut:
        return ""
    names, verb = " and ".join(map(short, asked.cut)), "is" if len(asked.cut) == 1 else "are"
    return f"{names} {verb} not whole{' and not shown' if drawn is not asked else ''}"
