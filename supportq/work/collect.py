"""Collect: take in what a channel's program fetched; each line is an inquiry, known again by its key."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from supportq.errors import ExitCode, SupportqError
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.reading import ImportOptions, open_inquiries
from supportq.intake.source import Source
from supportq.model.channel import Channel
from supportq.model.inquiry import Inquiry
from supportq.rules.engine import merged
from supportq.settings.preferences import Preferences
from supportq.settings.programs import Ending, program_named, run
from supportq.store import fetching, sources
from supportq.store.change import Change, Writer
from supportq.when.zones import zone_named
from supportq.work.door import Arrived, Door
from supportq.work.fetch import BATCH, Sighting, Tally
from supportq.work.gateway import PREFIX
from supportq.work.habits import Habits, opens


def collect(writer: Writer, channel: Channel, preferences: Preferences, tally: Tally) -> None:
    """Run a channel's program and take in what it wrote; raise SupportqError where it failed."""
    name = writer.settings.channels[channel].fetcher
    ended = run(program_named(preferences, name))
    tally.unit = "message"
    if ended.ending is not Ending.DONE:
        raise NotFetched(name, ended.why, is_temporary=ended.ending is Ending.LATER)
    entries = list(_entries(writer, channel, ended.output, tally))
    for start in range(0, len(entries), BATCH):
        _take(writer, channel, entries[start : start + BATCH], tally)
    if not writer.dry_run:
        place = f"{PREFIX}{channel}"
        fetching.succeed(writer.queue, fetching.begin(writer.queue, place, place, 0), 0, writer.now)


class NotFetched(SupportqError):
    """A program that could not fetch."""

    def __init__(self, name: str, why: str, *, is_temporary: bool) -> None:
        if is_temporary:
            self.exit_code = ExitCode.TRY_AGAIN
        super().__init__(
            f'the program "{name}" failed: {why}', "what it wrote was left out; once it is mended, fetch again"
        )


def _entries(writer: Writer, channel: Channel, output: bytes, tally: Tally) -> Iterable[Entry]:
    """Yield the inquiries of a program's lines; a line that is none is named and left out."""
    if not output.strip():
        return
    options = ImportOptions(writer.now, zone_named(writer.settings.zone), format="jsonl", source=f"{PREFIX}{channel}")
    for found in open_inquiries(Source(channel.value, BytesIO(output)), options, writer.settings):
        if isinstance(found, Reject):
            tally.refused.append(f"{channel}: line {found.line} was left out: {found.reason}")
        else:
            yield found._replace(inquiry=_of_channel(found, channel))


def _of_channel(entry: Entry, channel: Channel) -> Inquiry:
    """Return an inquiry of a channel; unless it says otherwise, what one person writes there is one conversation."""
    inquiry = entry.inquiry
    whose = next((address.key for address in inquiry.person.addresses), None)
    return replace(inquiry, channel=channel, thread=inquiry.thread or whose)


def _take(writer: Writer, channel: Channel, entries: Sequence[Entry], tally: Tally) -> None:
    source = f"{PREFIX}{channel}"
    with writer.change("fetch", goes_on=tally.change_id) as change:
        known = sources.known(change.queue.connection, source, [entry.inquiry.key or "" for entry in entries])
        fresh = {entry.inquiry.key: entry for entry in entries if entry.inquiry.key not in known}
        arrived = _taken(change, source, list(fresh.values()))
        done = change.store()
    new = [each for each in arrived if each.is_new]
    tally.change_id = done.change_id or tally.change_id
    tally.warnings += done.warnings
    tally.opened += [each.ticket for each in new]
    tally.decided += sum(opens(merged(each.steps)) for each in new)
    tally.continued += [each.ticket for each in arrived if not each.is_new]
    tally.known += len(entries) - len(fresh)
    if writer.dry_run:
        tally.sightings += map(_seen, fresh.values(), arrived)


def _seen(entry: Entry, arrived: Arrived) -> Sighting:
    inquiry = entry.inquiry
    who = next((address.value for address in inquiry.person.addresses), inquiry.person.name)
    return Sighting(inquiry.channel.value, who, inquiry.title, None if arrived.is_new else arrived.ticket)


def _taken(change: Change, source: str, entries: Sequence[Entry]) -> list[Arrived]:
    door = Door.open(
        change,
        [entry.inquiry for entry in entries],
        source=source,
        habits=Habits.of(change.settings, change.now),
    )
    arrived = [door.take(entry.inquiry, digest=entry.digest) for entry in entries]
    door.shut()
    return arrived
