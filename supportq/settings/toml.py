"""TOML text to plain values, with faults that name their line."""

import re
from typing import Any

from supportq.settings.faults import Fault, SettingsFaults


def parse_toml(text: str, what: str = "settings") -> dict[str, Any]:
    """Read a TOML text, called `what` where it is none: then raise SettingsFaults."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, line = str(error), text.count("\n") + 1
    placed = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", problem, re.DOTALL)
    if placed:
        problem, line = placed[1], int(placed[2] or line)
    raise SettingsFaults([Fault(line, "", f"no TOML: {problem[:1].lower()}{problem[1:]}")], what)
