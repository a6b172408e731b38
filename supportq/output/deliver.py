"""Bring what a command handed back to the streams, in the format that was asked for."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from supportq.errors import ExitCode, PluginState, SupportqError
from supportq.output.outcome import Outcome, ReadOptions
from supportq.output.streams import Streams, silence


def deliver(
    outcome: Outcome, options: ReadOptions, streams: Streams, now: datetime, zone: tzinfo
) -> ExitCode | PluginState:
    """Write data to stdout as it comes and notes to stderr, and return the exit code.

    A reader whose pipe is closed ends quietly; a writer has done its work by then and goes on. Any other fault of
    stdout is an error.
    """
    try:
        write(outcome, options, streams, now, zone)
    except BrokenPipeError:
        silence(streams.stdout)
        if outcome.touched is None:
            return ExitCode.CLOSED_PIPE
    except OSError as error:
        silence(streams.stdout)
        streams.say(*outcome.notes)
        remains = "nothing was changed" if outcome.touched is None else "what the command did in the queue is done"
        raise SupportqError(f"can't write to stdout: {error.strerror or error}", remains) from error
    is_under_page = outcome.page and outcome.notes and streams.is_one_screen
    streams.say(*([""] if is_under_page else []), *outcome.notes)
    if outcome.afterwards:
        outcome.afterwards()
    return outcome.exit_code


def write(outcome: Outcome, options: ReadOptions, streams: Streams, now: datetime, zone: tzinfo) -> None:
    """Write the data of an outcome as it comes to what stands for stdout, or to a pager."""
    if not _is_silent(outcome, options):
        from supportq.output.rendering import rendered, sheet_on

        sheet = sheet_on(options, streams, now, zone)
        _write(rendered(outcome, options, sheet), streams, options.pager if outcome.paged else "")


def _is_silent(outcome: Outcome, options: ReadOptions) -> bool:
    """Tell whether there is nothing to write, and nothing was asked for that could be refused."""
    said = (outcome.table, outcome.page, outcome.text, options.format, options.template, options.limit)
    return all(each is None for each in said)


def _write(pieces: Iterable[str], streams: Streams, pager_command: str) -> None:
    if pager_command and streams.height():
        from supportq.output import pager

        text = "".join(pieces)
        if pager.is_wanted(text, streams, pager_command) and pager.page(text, streams, pager_command):
            return
        pieces = [text]
    streams.stdout.writelines(pieces)
    streams.stdout.flush()
