"""The virtual deadline: the one moment by which the desk's work is put in order."""

from datetime import timedelta

from builders import history, mon, promised, read, targets

from supportq.model.customer import Customer
from supportq.sla.deadline import Deadline, Weights, deadline
from supportq.when import FOREVER

PROMISED = promised(targets(first="2h", next="4h", resolution="8h"))
WEIGHTS = Weights(priority={"urgent": 3600}, organisation={"Loom": 1800}, reopened_s=600, reply_failed_s=60)
ASKED = "mon 09:00 asked"


def place(*entries: str, customer: Customer | None = None) -> Deadline:
    folded = read(history(*entries), PROMISED)
    assert folded.ticket is not None
    return deadline(folded.ticket, folded.clocks, WEIGHTS, customer)


def test_the_earliest_due_moment_of_the_running_clocks_counts() -> None:
    assert place(ASKED).moment == mon("11:00")
    assert place(ASKED, "mon 10:00 replied open").moment == mon("17:00")


def test_weights_move_it_earlier_and_are_told_as_a_sum() -> None:
    entries = ASKED, "mon 09:01 priority urgent", "mon 09:02 resolved", "mon 09:02 reopened", "mon 09:03 replied open"
    sorted_by = place(*entries, "mon 09:04 failed", customer=Customer(1, "Ann", organisation="Loom"))

    assert [seconds for _, seconds in sorted_by.weights] == [3600, 1800, 600, 60]
    assert sorted_by.moment == mon("11:00") - timedelta(seconds=6060)


def test_a_ticket_that_is_owed_nothing_comes_last() -> None:
    assert place(ASKED, "mon 09:30 replied resolved").moment == FOREVER
    assert place(ASKED, "mon 09:30 replied").moment == FOREVER


def test_while_a_reply_waits_in_the_outbox_nothing_is_owed() -> None:
    assert place(ASKED, "mon 09:30 queued").moment == FOREVER
    assert place(ASKED, "mon 09:30 queued", "mon 09:31 failed").moment == mon("11:00") - timedelta(seconds=60)
