"""What is next, for whom; and that nobody is given what another has."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue, ago, new_queue

from supportq.model.filter import Filter
from supportq.model.selector import parse_selector
from supportq.settings.lexicon import lexicon_of
from supportq.store.opening import open_queue
from supportq.store.projected import read_tickets
from supportq.store.tickets import next_candidates
from supportq.when import zone_named
from supportq.work.next import offered, take_next
from supportq.work.wait import Awaited, wait

TAKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from queues import Bench
from supportq.store.opening import open_queue
from supportq.work.next import take_next
from supportq.model.filter import Filter, Key, Term
bench = Bench(open_queue(Path(sys.argv[2]), write=True), sys.argv[3])
free = Filter((Term(Key.AGENT, (None,)),))
while (number := take_next(bench.writer(), free)[0]):
    print(number, flush=True)
"""


def line_up(bench: Bench, words: str = "", me: str = "ben") -> list[int]:
    return next_candidates(bench.queue, offered_to(bench, words, me), now=NOW, limit=20)


def offered_to(bench: Bench, words: str, me: str) -> Filter:
    settings = bench.writer().settings
    lexicon = lexicon_of(settings, now=NOW, zone=zone_named("UTC"), me=me)
    return offered(parse_selector(words.split(), lexicon, text=True), me, settings.agents)


def test_an_agent_is_offered_their_own_and_nobody_s_of_their_teams(bench: Bench) -> None:
    nobody_s = bench.ask("Loom", ago(hours=5))
    technical = bench.ask("Crash", ago(hours=4), team="technical")
    mine = bench.ask("Mine", ago(hours=3), assignee="ben")
    ann_s = bench.ask("Ann's", ago(hours=2), assignee="ann")
    bench.ask("Price", ago(hours=1), team="sales")

    assert set(line_up(bench)) == {nobody_s, technical, mine}
    assert ann_s in line_up(bench, "agent:ann")
    assert line_up(bench, str(ann_s)) == [ann_s]


def test_a_higher_line_is_for_those_who_stand_there(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace('name = "Ann Lee"', 'name = "Ann Lee"\nline = 2')) as bench:
        high = bench.ask("Crash", ago(hours=4), line=2)

        assert line_up(bench, me="ben") == []
        assert line_up(bench, me="ann") == [high]


def test_a_line_where_nobody_stands_is_everybody_s(bench: Bench) -> None:
    high = bench.ask("Crash", ago(hours=4), line=3)

    assert line_up(bench) == [high]


def test_what_sleeps_or_waits_for_the_customer_is_not_next(bench: Bench) -> None:
    bench.reply(bench.ask("Answered", ago(hours=5)), ago(hours=4))
    asleep = bench.ask("Asleep", ago(hours=3))
    wait(bench.writer(), [asleep], until=ago(hours=-1), awaited=None)
    due = bench.ask("Loom", ago(hours=1))

    assert line_up(bench) == [due]


def test_taking_what_is_next_again_gives_the_same_and_touches_it_only_where_another_was_touched(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=5))
    other = bench.ask("Yarn", ago(hours=1))
    criteria = offered_to(bench, "", "ann")

    first = take_next(bench.writer(), criteria)
    second = take_next(bench.writer(), criteria)
    bench.note(other, NOW)
    third = take_next(bench.writer(), criteria)

    assert first[0] == second[0] == third[0] == number
    assert read_tickets(bench.queue, [number])[number].assignee == "ann"
    assert (first[1].touched, second[1].touched, third[1].touched) == ((number,), (), (number,))


def test_parking_a_ticket_twice_until_the_same_moment_is_one_change(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=5))
    wait(bench.writer(), [number], until=ago(hours=-1), awaited=None)
    again = wait(bench.writer(), [number], until=ago(hours=-1), awaited=None)

    assert (again.touched, again.warnings) == ((), (f"{number} is parked like that already",))
    assert wait(bench.writer(), [number], until=ago(hours=-1), awaited=Awaited.CUSTOMER).touched


@pytest.mark.parametrize("takers", [4])
def test_processes_that_take_what_is_next_never_get_the_same(tmp_path: Path, takers: int) -> None:
    path = new_queue(tmp_path / "desk.db")
    queue = open_queue(path, write=True)
    tickets = {Bench(queue).ask(f"Loom {n}", ago(hours=3)) for n in range(40)}
    queue.close()

    started = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(Path(__file__).parents[1]), str(path), f"ann{n}"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(takers)
    ]
    taken = Counter(int(word) for process in started for word in process.communicate()[0].split())

    assert [process.returncode for process in started] == [0] * takers
    assert taken == Counter(tickets)
