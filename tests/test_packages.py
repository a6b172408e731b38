"""Packages that are installed only where they are wanted."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_what_is_said_to_install_is_what_the_extras_are_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {frozenset(packages) for name, packages in project["optional-dependencies"].items() if name != "test"}
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "supportq").rglob("*.py"))
    calls = [call for source in sources for call in re.findall(r'NeedsPackages\("[^"]*", ([^)]*)\)', source)]

    assert {frozenset(re.findall('"([^"]+)"', call)) for call in calls} == extras
