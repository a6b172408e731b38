"""What an import does: a bar while it runs, and what became of the rows of each file."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from time import monotonic

from supportq.commands.foreseen import left
from supportq.commands.remarks import KEY, doubts, naming, remarks
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.intake.fields import Field
from supportq.intake.opening import Batch, Opened
from supportq.intake.reading import Reading
from supportq.intake.rejects import RejectFile
from supportq.model.title import cut
from supportq.output.outcome import Outcome
from supportq.output.progress import Report, progress
from supportq.work.import_ import complete, import_inquiries
from supportq.work.tally import Manner, Tally


def carried_out(desk: Desk, batch: Batch, manner: Manner, rejects: Sequence[RejectFile]) -> Outcome:
    """Import the rows of all files, and say what became of them; Ctrl-C drops the batch in hand.

    Each file has the one to which its rejects go; several may share one.
    """
    tallies: list[Tally] = []
    total, begun = sum(reading.total_bytes for reading in batch.readings), monotonic()
    try:
        with ExitStack() as stack:
            for each in dict.fromkeys(rejects):
                stack.enter_context(each)
            report = stack.enter_context(progress("importing", total, desk.streams, unit=f"{batch.readings[0].unit}s"))
            _take_in(desk, batch, manner, rejects, tallies, report)
    except KeyboardInterrupt:
        undo = f" {_undo(tallies[-1])}" if tallies and tallies[-1].change_id else ""
        told = f"Interrupted; the same command goes on from there.{undo}"
        notes = (*_counts(batch, tallies, rejects), told)
        return Outcome(notes=notes, touched=(), exit_code=ExitCode.INTERRUPTED)
    seconds = monotonic() - begun
    counts = (*left(batch), *_counts(batch, tallies, rejects), *_held(batch, tallies, manner))
    is_short = batch.left or any(
        tally.rejected or tally.outdated or (manner.is_held and tally.differing) for tally in tallies
    )
    return Outcome(
        notes=(
            *remarks(batch.readings, is_news=_is_news(tallies)),
            *doubts(tally.unsure for tally in tallies),
            *chain.from_iterable(tally.warnings for tally in tallies),
            *counts,
            *_equals(batch, tallies),
            *_hints(tallies, seconds, manner, batch.readings[0].unit),
        ),
        amiss=counts if is_short else (),
        touched=tuple(tallies[-1].all_tickets) if desk.options.format else (),
        exit_code=ExitCode.REJECTED if is_short else ExitCode.DONE,
    )


def _is_news(tallies: Sequence[Tally]) -> bool:
    """Tell whether anything came in, or nothing of it was there before."""
    has_more = any(tally.unchanged + tally.rejected < tally.rows for tally in tallies)
    return has_more or not any(tally.unchanged for tally in tallies)


def _take_in(
    desk: Desk, batch: Batch, manner: Manner, rejects: Sequence[RejectFile], tallies: list[Tally], report: Report
) -> None:
    """Take in one file after another, each with a tally of its own, which are all one change."""
    passed = rows = 0
    previous = ""
    for reading, reject_file in zip(batch.readings, rejects, strict=True):
        is_of_others = reading.source != previous
        tallies.append(tallies[-1].following(is_of_others=is_of_others) if tallies else Tally())
        reject_file.label = naming(reading, batch.readings) if rejects.count(reject_file) > 1 else ""
        for tally in import_inquiries(desk.machine, reading, reject_file, manner, tallies[-1]):
            report(rows + tally.rows, passed + reading.position)
        passed, rows, previous = passed + reading.total_bytes, rows + tallies[-1].rows, reading.source
    complete(desk.machine, tallies[-1])


def _counts(batch: Batch, tallies: Sequence[Tally], rejects: Sequence[RejectFile]) -> Iterator[str]:
    for reading, tally, reject_file in zip(batch.readings, tallies, rejects, strict=False):
        yield f"{naming(reading, batch.readings)}{_count(tally, reject_file, reading.unit)}"
    for each in dict.fromkeys(rejects):
        if each.kept:
            yield f"The earlier {each.path} said something else and is now {each.kept}"


def _count(tally: Tally, rejects: RejectFile, unit: str) -> str:
    counts = (
        (tally.imported, "imported"),
        (tally.threaded, "added to their tickets"),
        (tally.updated, "updated"),
        (tally.unchanged, "unchanged"),
        (tally.differing, "not taken, since they are known with other words"),
        (tally.outdated, "not taken, since an earlier file was newer"),
        (tally.rejected, f"rejected, see {rejects.path}"),
    )
    said = [f"{count:,} {what}" for count, what in counts if count]
    rows = f"{tally.rows:,} {unit}{'' if tally.rows == 1 else 's'}"
    return f"{rows}: {', '.join(said)}." if said else f"No {unit}s."


def _equals(batch: Batch, tallies: Sequence[Tally]) -> Iterator[str]:
    """Say of mended rejects without a key that rows which are in already say the same, which may be a coincidence."""
    for reading, tally in zip(batch.readings, tallies, strict=True):
        is_keyless = isinstance(reading, Reading) and not reading.columns.of(Field.KEY)
        if tally.unchanged and reading.table.mended and is_keyless:
            yield "What is unchanged says the same as rows that are in; to have it beside them: --source NAME"


def _held(batch: Batch, tallies: Sequence[Tally], manner: Manner) -> Iterator[str]:
    """Yield which rows were held back, and the two ways to have them."""
    for reading, tally in zip(batch.readings, tallies, strict=True):
        if not (manner.is_held and tally.held):
            continue
        known = ", ".join(f"{cut(key, KEY)} (ticket {ticket:,})" for key, ticket in tally.held)
        more = f" and {tally.differing - len(tally.held):,} more" if tally.differing > len(tally.held) else ""
        yield f'{naming(reading, batch.readings)}Known as "{reading.source}" already: {known}{more}'
        if tally.threaded:
            yield "  what else was said on tickets is added; how they ended there, or stand, is not taken"
        other = f"  the file of another desk or shop: --source {_own_source(reading)}"
        newer = "  a newer file of the same: --on-duplicate update, or skip to leave them as they are"
        yield from (other, newer) if tally.foreign else (newer, other)


def _own_source(reading: Opened) -> str:
    """Return a name for the source of a file that has the keys of another."""
    name = Path(reading.name).stem
    return name if _PLAIN.fullmatch(name) and name != reading.source else "NAME"


def _hints(tallies: Sequence[Tally], seconds: float, manner: Manner, unit: str) -> Iterator[str]:
    imported, rows = sum(tally.imported for tally in tallies), sum(tally.rows for tally in tallies)
    if manner.habits and imported:
        opened = sum(tally.opened for tally in tallies)
        undecided = imported - opened
        rest = f"; {undecided:,} left to decide: supportq triage" if undecided else ""
        yield f"The rules found a team or an agent for {opened:,}{rest}"
    last = tallies[-1]
    if last.resumed:
        yield f"It went on with the import that was interrupted, change {last.resumed}"
    if last.change_id:
        rate = f" ({rows / seconds:,.0f} {unit}s a second)" if rows >= 1000 else ""
        took = f"It took {seconds:.1f} s{rate}. " if seconds >= 1 else ""
        yield f"{took}{_undo(last)}"


def _undo(tally: Tally) -> str:
    """Return how to take an import back; one that was gone on with need not be the last change any more."""
    return f"Undo: supportq undo{f' {tally.resumed}' if tally.resumed else ''}"


_PLAIN = re.compile(r"[\w.-]+")
