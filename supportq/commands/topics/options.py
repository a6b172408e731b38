"""Topic: the options that commands share."""

from supportq.commands.options import parameters
from supportq.commands.pages import option_rows
from supportq.commands.section import Rows, Section


def _rows(kind: str, shared: str) -> Rows:
    return option_rows(parameter for parameter in parameters(kind, set()) if parameter.shared == shared)


PAGE = (
    Section(
        "Every command, before or after its name",
        rows=(*_rows("plain", "for_everyone"), ("-h, --help", "Show the help page.")),
    ),
    Section("Commands that show something", rows=_rows("reader", "for_readers")),
    Section("Commands that change something", rows=_rows("writer", "for_writers")),
)
