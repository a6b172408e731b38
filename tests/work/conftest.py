"""A queue of its own for every test of a verb."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from queues import Bench, a_queue


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as bench:
        yield bench
