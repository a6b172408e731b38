"""What leaves without telling who anybody is: unreadable, consistent, and as countable as before."""

from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from deeds import HISTORIES, History, a_worked_desk
from hypothesis import given, settings
from queues import NOW, SETTINGS, Bench, a_queue, ago

from supportq.intake.source import Source
from supportq.settings.anonymous import Names, anonymous
from supportq.store.export import iter_lines
from supportq.store.opening import open_queue
from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING
from supportq.store.versions import current_settings
from supportq.work.anonymise import mask_of
from supportq.work.doctor import Patient, examine
from supportq.work.restore import restore

TELLTALE = (
    *("ida@", "berg", "łukasz", "lukasz", "zając", "zoë", "1234567", "x.eu", "łąka", "ann lee", "ben ode"),
    *("where is my", "lost", "money", "łódź", "straße", "счёт", "strasse", "thank you", "loom"),
)
"""What nobody may find: names, addresses, organisations, and words of every text."""

FIGURES = """
select ticket_id, kind, ordinal, standing, started_at, target_s, due_at, stopped_at, breached_at, elapsed_s, business_s
from clock
union all
select id, status, priority, team, line, category, language, status_at, reply_count, reopen_count, spent_s
from ticket
order by 1, 2, 3
"""

OWNERS = """
select group_concat(ticket.id, ' '), customer.name
from ticket
join customer on customer.id = ticket.customer_id
group by 2
"""


def anonymous_lines(queue: Queue) -> str:
    return "".join(iter_lines(queue, EVERYTHING, mask=mask_of(queue, current_settings(queue.connection))))


def restored(text: str, path: Path) -> Queue:
    restore(path, Source("all.jsonl", BytesIO(text.encode())), None, lambda _rows, _position: None)
    return open_queue(path, write=True)


@given(HISTORIES)
@settings(max_examples=10, deadline=None)
def test_whatever_happened_nobody_is_known_and_every_figure_is_the_same(history: History) -> None:
    with a_worked_desk(history) as bench, TemporaryDirectory() as folder:
        text = anonymous_lines(bench.queue)
        found = [word for word in TELLTALE if word in text.casefold()]
        with closing(restored(text, Path(folder) / "copy.db")) as copy:
            assert found == []
            assert copy.connection.execute(FIGURES).fetchall() == bench.queue.connection.execute(FIGURES).fetchall()
            assert list(examine(Patient(copy, NOW, lambda _rows, _position: None))) == []


def test_the_same_person_stays_the_same_and_two_stay_two(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for who in ("Ida Berg <ida@example.com>", "Bo <bo@example.com>", "ida@example.com", "+49 30 1234567"):
            bench.ask("Order", NOW, who=who)
        with closing(restored(anonymous_lines(bench.queue), tmp_path / "copy.db")) as copy:
            owners = copy.connection.execute(OWNERS).fetchall()

    assert owners == [("1 3", "Customer 000001"), ("2", "Customer 000002"), ("4", "Customer 000003")]


def test_what_was_received_and_attached_stays_behind(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Order", ago(hours=1))
        bench.queue.connection.executescript(
            "insert into original values (1, 0, x'aa'); insert into blob values ('h', 1, x'bb');"
            "insert into attachment values (1, 1, 'ida.jpg', 'image/jpeg', 'h');"
        )
        text = anonymous_lines(bench.queue)

    assert not any(f'"record":"{record}"' in text for record in ("original", "blob", "attachment"))


PROMISES = (
    SETTINGS
    + """
[organisations]
"Penderyn Mill" = "key"
"Nobody here" = "key"

[order.standing]
key = "4h"
"""
).replace(
    'when = "team:technical"',
    """when = 'organisation:penderyn,"big co" agent:ann,none customer:ida@x.eu field.order:A-17 team:technical'""",
)


def test_promises_to_organisations_and_of_agents_are_made_under_their_new_names() -> None:
    names = Names(
        {"ann": "agent-1", "ben": "agent-2"},
        {"Penderyn Mill": "Organisation 000001", "Penderyn Farm": "Organisation 000002", "Acme": "Organisation 000003"},
    )
    made = anonymous(PROMISES, names).settings

    assert made.policies[0].when == (
        'organisation:"Organisation 000001","Organisation 000002","nobody" agent:"agent-1","none" customer:"nobody" '
        'field.order:"X-00" team:technical'
    )
    assert made.organisations == {"Organisation 000001": "key"}
    assert {code: agent.name for code, agent in made.agents.items()} == {"agent-1": "Agent 1", "agent-2": "Agent 2"}
    assert (made.canned, made.views, made.third_parties) == ({}, {}, ())


@pytest.mark.parametrize(("text", "shape"), [("Łódź 12-34,\n\tß É!", "Xxxx 00-00,\n\tx X!"), ("٣½ 日本 😀", "00 xx x")])
def test_a_text_keeps_its_shape_alone(text: str, shape: str) -> None:
    from supportq.model.mask import masked

    assert masked(text) == shape


def test_an_agent_has_one_name_over_all_versions_of_the_settings(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        Bench(bench.queue, actor="gone").ask("Order", ago(hours=1))
        text = anonymous_lines(bench.queue)

    assert '"actor":"agent-1"' in text
    assert '"actor":"agent-3"' in text
    assert "gone" not in text
