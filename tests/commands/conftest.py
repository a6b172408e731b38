"""What the tests of commands share."""

from pathlib import Path

import pytest
from desks import a_friday_desk


@pytest.fixture(scope="session")
def friday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lend a queue that is read and never written."""
    return a_friday_desk(tmp_path_factory.mktemp("friday"))


@pytest.fixture
def own_friday(tmp_path: Path) -> Path:
    """Lend a queue of one's own."""
    return a_friday_desk(tmp_path)
