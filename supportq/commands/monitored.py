"""Failures as a monitoring system hears of them: one line on stdout, and the state UNKNOWN."""

import re
from collections.abc import Iterable

from supportq.errors import PluginState, SupportqError
from supportq.output.clean import clean
from supportq.output.streams import Streams, silence

_ASKED_FOR = re.compile(r"\n(?:-[a-z]*f\n?|--format[\n=])nagios\n")


def is_monitored(arguments: Iterable[str]) -> bool:
    """Tell whether a monitoring system runs this, as far as one can tell from words that may make no sense."""
    return bool(_ASKED_FOR.search("\n".join(["", *arguments, ""])))


def report_unknown(error: SupportqError, streams: Streams) -> PluginState:
    """Say why there is nothing to report; a bar would begin performance data."""
    try:
        streams.stdout.write(f"SLA {PluginState.UNKNOWN.name} - {clean(error.cause).replace('|', '/')}\n")
        streams.stdout.flush()
    except OSError:
        silence(streams.stdout)
    return PluginState.UNKNOWN
