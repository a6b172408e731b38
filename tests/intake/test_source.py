import io
import os
from pathlib import Path

import pytest
from imports import DESK, OPTIONS

from supportq.errors import SupportqError
from supportq.intake.reading import open_inquiries
from supportq.intake.source import open_source

TEXT = b"email,body\n" + b"ann@example.com,hello\n" * 2000


def test_standard_input_is_read_as_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.csv"
    path.write_bytes(TEXT)

    with open_source(str(path), io.BytesIO()) as file, open_source("-", io.BytesIO(TEXT)) as stdin:
        assert list(open_inquiries(file, OPTIONS, DESK)) == list(open_inquiries(stdin, OPTIONS, DESK))


def test_a_pipe_that_can_not_go_back_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    os.write(descriptor, TEXT[:33])
    reader = path.open("rb")
    os.close(descriptor)

    with reader, open_source("-", reader) as source:
        assert len(list(open_inquiries(source, OPTIONS, DESK))) == 1


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.csv"
    path.write_bytes(TEXT)

    with open_source(str(path), io.BytesIO()) as source:
        reading = open_inquiries(source, OPTIONS, DESK)
        places = [reading.position for _ in reading]

    assert 0 < places[0] < places[-1] == reading.total_bytes == len(TEXT)
    assert reading.survey.row_count == 2000


@pytest.mark.filterwarnings("error")
def test_a_reading_can_be_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.csv"
    path.write_bytes(TEXT)

    with open_source(str(path), io.BytesIO()) as source:
        rows = iter(open_inquiries(source, OPTIONS, DESK))
        next(rows)
    del rows


@pytest.mark.parametrize(("name", "cause"), [("missing.csv", "no file"), (".", "is a folder"), ("a\0b", "can't read")])
def test_what_can_not_be_opened_is_one_clear_error(name: str, cause: str) -> None:
    with pytest.raises(SupportqError, match=cause), open_source(name, io.BytesIO()):
        pass
