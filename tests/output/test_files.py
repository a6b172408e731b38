"""Answers that go into a file."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from supportq.errors import SupportqError
from supportq.output.files import written_whole


def test_a_file_is_replaced_when_all_is_written_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("before")
    path.chmod(0o666)

    with written_whole(path) as file:
        file.write("after")
        assert path.read_text() == "before"

    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o666


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text)
        with written_whole(pipe) as file:
            file.write("all")

        assert read.result() == "all"
    assert pipe.is_fifo()


@pytest.mark.parametrize("folder", ["none", "file"])
def test_a_place_that_can_not_be_written_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(SupportqError, match=rf"can't write .*{folder}/all\.csv"),
        written_whole(tmp_path / folder / "all.csv"),
    ):
        pass


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link, target = tmp_path / "all.csv", tmp_path / "far" / "real.csv"
    target.write_text("before")
    link.symlink_to(target)

    with written_whole(link) as file:
        file.write("after")

    assert link.is_symlink()
    assert target.read_text() == "after"
