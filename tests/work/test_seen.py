"""What an agent has seen is kept beside the queue, for each agent and ticket."""

from pathlib import Path

from supportq.work.seen import looks_of
from supportq.work.state import state_folder


def test_a_look_is_remembered_for_that_agent_alone(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}

    looks_of(environment, "q", "ann").remember(7, 41)
    looks_of(environment, "q", "ann").remember(7, 42)

    assert looks_of(environment, "q", "ann").of([7, 8]) == {7: 42}
    assert looks_of(environment, "q", "ben").of([7]) == {}
    assert looks_of(environment, "other", "ann").of([7]) == {}


def test_a_folder_that_cannot_be_written_costs_no_more_than_a_warning(tmp_path: Path) -> None:
    (tmp_path / "supportq").write_text("a file where the folder should be")
    looks = looks_of({"XDG_STATE_HOME": str(tmp_path)}, "q", "ann")

    looks.remember(7, 42)

    assert looks.revision(7) is None


def test_somebody_without_a_home_has_a_folder_too() -> None:
    assert state_folder({"HOME": "/home/ann"}) == Path("/home/ann/.local/state/supportq")
    assert state_folder({"XDG_STATE_HOME": "relative"}).is_absolute()
