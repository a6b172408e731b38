"""A queue of its own for each test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from queues import Bench, a_queue


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as lent:
        yield lent
