from pathlib import Path

import pytest
from running import Run, run


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    from queues import a_queue, ago

    with a_queue(tmp_path) as bench:
        for subject in ("Loom 1", "Loom 2"):
            number = bench.ask(subject, ago(hours=5), team="sales")
            bench.reply(number, ago(hours=4))
        path = bench.queue.path
    run("resolve", "1-2", queue=path)
    return path


def rated(desk: Path, *words: str) -> Run:
    return run("rate", *words, queue=desk)


def test_a_low_rating_says_by_when_to_get_back_and_next_says_why(desk: Path) -> None:
    told = rated(desk, "1", "2", "-m", "friendly, but\n\x1b[31mslow")
    page = run("next", "--why", queue=desk, terminal=True).out

    assert told.err == "Ticket 1 rated 2: follow-up tomorrow 16:00. Undo: supportq undo\n"
    assert "Rating    2 of 5: friendly, but" in page
    assert "Follow-up due tomorrow 16:00" in page
    assert "\x1b" not in page


def test_what_customers_said_is_listed_with_what_they_gave(desk: Path) -> None:
    rated(desk, "1", "2", "-m", "slow")
    rated(desk, "2", "5")

    assert run("list", "rating:..2", "-c", "id,rating,comment", "--no-header", queue=desk).out == "1\t2\tslow\n"
    assert run("show", "1", "--json", queue=desk).out.count('"comment": "slow"') == 1
    assert "Rating" in run("show", "1", queue=desk, terminal=True).out


def test_the_first_screen_counts_who_should_hear_from_us_again(desk: Path) -> None:
    rated(desk, "1-2", "1")

    counted = run("count", "has:follow-up", queue=desk).out
    status = run(queue=desk, terminal=True).out

    assert f"follow-ups  {counted.strip()}   supportq list has:follow-up" in status


def test_undo_takes_a_rating_and_its_follow_up_back(desk: Path) -> None:
    rated(desk, "1", "1", "-m", "never again")

    run("undo", queue=desk)

    assert run("count", "has:rating", queue=desk).out == run("count", "has:follow-up", queue=desk).out == "0\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1", "6"), 'no rating "6"'),
        (("1", "good"), 'no rating "good"'),
        (("1", "3", "--at", "tomorrow"), "later than now"),
    ],
)
def test_a_rating_is_one_to_five_and_was_given(desk: Path, words: tuple[str, ...], said: str) -> None:
    refused = rated(desk, *words)

    assert refused.code in {2, 3}
    assert said in refused.err


def test_what_customers_said_leaves_and_comes_back_with_the_queue_but_goes_to_no_stranger(
    desk: Path, tmp_path: Path
) -> None:
    rated(desk, "1", "2", "-m", "slow")
    run("export", "-o", str(tmp_path / "all.jsonl"), queue=desk)
    run("init", str(tmp_path / "back.db"), "--from", str(tmp_path / "all.jsonl"), queue=desk)

    columns = "id,rating,rated,comment,follow_up"
    listed = [run("list", "has:rating", "-c", columns, queue=queue).out for queue in (desk, tmp_path / "back.db")]
    assert listed[0] == listed[1]
    assert "slow" in listed[0]
    assert "slow" not in run("export", "--anonymise", queue=desk).out


def test_the_history_of_a_ticket_tells_what_it_was_given(desk: Path) -> None:
    rated(desk, "1", "2")

    assert "rated 2, follow-up tomorrow 16:00" in run("changes", "1", queue=desk).out
