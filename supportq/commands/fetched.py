"""What fetching shows: a bar while it runs, what came in, and with --dry-run where each mail would go."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date

from supportq.desk import Desk
from supportq.errors import ExitCode, SupportqError
from supportq.mail.account import Account
from supportq.model.channel import Channel
from supportq.model.table import Column, Table
from supportq.output.outcome import Outcome
from supportq.output.progress import Report, progress
from supportq.settings.secrets import Secrets
from supportq.store import fetching
from supportq.store.change import Writer
from supportq.work.fetch import Fetch, Tally
from supportq.work.gateway import PREFIX
from supportq.work.inboxes import fetched_from, open_inbox, settle_in

_COLUMNS = (
    Column("account", "Account"),
    Column("from", "From"),
    Column("subject", "Subject", wide=True),
    Column("ticket", "Ticket"),
)


def fetched(desk: Desk, names: Sequence[str], *, again: bool, since: date | None, here: bool) -> Outcome:
    """Fetch once, account by account; one that can't be fetched doesn't stop the others.

    Raises NotAtHome for a copy of a queue, unless it is to fetch `here` from now on.
    """
    tally, faults = Tally(), list[tuple[str, SupportqError]]()
    accounts, channels = fetched_from(desk.settings, names)
    before = failures(desk, (*accounts, *channels))
    settle_in(desk.machine, moves_in=here)
    try:
        with progress("fetching", None, desk.streams) as report:
            for account in accounts:
                fault = _fetch(desk, account, tally, report, again=again, since=since)
                faults += [(account.name, fault)] if fault else []
            for channel in channels:
                fault = _collect(desk, channel, tally)
                faults += [(channel.value, fault)] if fault else []
    except KeyboardInterrupt:
        notes = (*came_in(tally), "Interrupted; the same command goes on from there.")
        return Outcome(notes=notes, touched=(), exit_code=ExitCode.INTERRUPTED)
    news = [fault for fault in faults if not (desk.options.quiet and before.get(fault[0]) == fault[1].cause)]
    mended = before.keys() - dict(faults).keys()
    amiss = (
        *tally.refused,
        *(line for fault in news for line in in_lines(*fault)),
        *(f"{name}: it works again" for name in sorted(mended)),
    )
    if desk.options.dry_run:
        return _expected(tally, amiss)
    return Outcome(
        notes=(*tally.warnings, *(came_in(tally) if tally.mails or not faults else ()), *amiss, *_hints(tally)),
        amiss=amiss,
        touched=tuple(tally.opened) if desk.options.format else (),
        exit_code=_exit_code(tally, [fault for _, fault in faults]),
    )


def _fetch(
    desk: Desk, account: Account, tally: Tally, report: Report, *, again: bool, since: date | None
) -> SupportqError | None:
    """Fetch an account; return why that failed, once it is written down."""
    writer = desk.machine
    try:
        secrets = Secrets(desk.preferences, desk.environment)
        with closing(open_inbox(account, secrets, may_change=not writer.dry_run)) as inbox:
            for done in Fetch(writer, account.name, inbox, tally, since=since).run(again=again):
                report(done.mails, 0)
    except SupportqError as fault:
        note_failure(writer, account, fault)
        return fault
    return None


def failures(desk: Desk, sources: Iterable[Account | Channel]) -> dict[str, str]:
    """Return why some of these could not be fetched the last time, by their names."""
    known = {each.mailbox: each.failure for each in fetching.fetches(desk.queue.connection)}
    found = {_name_of(source): known.get(_place_of(source)[1], "") for source in sources}
    return {name: why for name, why in found.items() if why}


def _collect(desk: Desk, channel: Channel, tally: Tally) -> SupportqError | None:
    """Let the program of a channel fetch; return why that failed."""
    from supportq.work.collect import collect

    try:
        collect(desk.machine, channel, desk.preferences, tally)
    except SupportqError as fault:
        note_failure(desk.machine, channel, fault)
        return fault
    return None


def note_failure(writer: Writer, source: Account | Channel, fault: SupportqError) -> None:
    """Write down why something can't be fetched; a queue that is busy or full can't be told of it."""
    account, mailbox = _place_of(source)
    if mailbox and not writer.dry_run and fault.exit_code is not ExitCode.TRY_AGAIN:
        fetching.fail(writer.queue, mailbox, account, fault.cause, writer.now)


def _name_of(source: Account | Channel) -> str:
    return source.value if isinstance(source, Channel) else source.name


def _place_of(source: Account | Channel) -> tuple[str, str]:
    """Return under which account and mailbox it is written down how fetching goes."""
    if isinstance(source, Channel):
        return f"{PREFIX}{source}", f"{PREFIX}{source}"
    return source.name, source.imap.place if source.imap else ""


def came_in(tally: Tally) -> Iterator[str]:
    """Yield how many there were, and what became of them."""
    where = "left on the server" if tally.unit == "mail" else "left out"
    counts = (
        (len(tally.opened), "new ticket", "new tickets"),
        (len(tally.continued), "added to an earlier one", "added to earlier ones"),
        (tally.known, "known already", "known already"),
        (len(tally.refused), where, where),
    )
    said = [f"{count:,} {one if count == 1 else more}" for count, one, more in counts if count]
    mails = f"{tally.mails:,} {tally.unit}{'' if tally.mails == 1 else 's'}"
    yield f"{mails}: {', '.join(said)}." if said else f"No new {tally.unit}."


def in_lines(account: str, fault: SupportqError) -> Iterator[str]:
    """Yield why an account can't be fetched, and what to do about it."""
    yield f"{account}: {fault.cause}"
    yield from (f"  {cure}" for cure in fault.cures)


def _hints(tally: Tally) -> Iterator[str]:
    left = len(tally.opened) - tally.decided
    said = [f"The rules found a team or an agent for {tally.decided:,}"] if tally.decided else []
    said += [f"{left:,} left to decide: supportq triage"] if left else []
    if said:
        yield "; ".join(said)
    if tally.acknowledged:
        yield f"{tally.acknowledged:,} of them acknowledged; that waits in the outbox. Send it: supportq send"
    if tally.change_id:
        yield f"Undo: supportq undo {tally.change_id}"


def _expected(tally: Tally, amiss: tuple[str, ...]) -> Outcome:
    rows = [(seen.account, seen.sender, seen.subject, _place(seen.ticket)) for seen in tally.sightings]
    known = f", {tally.known:,} known already" if tally.known else ""
    known += f", {tally.acknowledged:,} acknowledged" if tally.acknowledged else ""
    mails = f"{len(rows):,} {tally.unit}{'' if len(rows) == 1 else 's'}"
    note = f"Dry run: {mails} would be taken in{known}; nothing was changed."
    return Outcome(table=Table(_COLUMNS, rows) if rows else None, notes=(*tally.warnings, *amiss, note), touched=())


def _place(ticket: int | None) -> str:
    return "new" if ticket is None else str(ticket)


def _exit_code(tally: Tally, faults: Sequence[SupportqError]) -> ExitCode:
    """Return what went wrong worst: an account that somebody must mend, a busy queue, a mail that was left."""
    codes = {fault.exit_code for fault in faults}
    if codes:
        return ExitCode.TRY_AGAIN if codes == {ExitCode.TRY_AGAIN} else ExitCode.FAILED
    return ExitCode.REJECTED if tally.refused else ExitCode.DONE
