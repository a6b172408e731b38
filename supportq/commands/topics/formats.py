"""Topic: how answers can be written."""

from supportq.commands.section import Section

FORMATS = (
    ("table", "For people: drawn, cut to the terminal. The default on a terminal."),
    (
        "tsv",
        "A line for each row, a tab between columns; never cut. The default in a pipe, but for pages to read: show.",
    ),
    ("csv", "RFC 4180, with a header."),
    ("json", "An array of objects; one object for a page."),
    ("jsonl", "An object on each line."),
    ("ids", "Ticket numbers alone, for the - of another command."),
    ("md", "A Markdown table."),
    ("html", "A page with its styles inside it, for a browser or the body of a mail."),
    ("template", "What -T says, such as '{id} {subject:.40} {age}'; a line for each row."),
)

PAGE = (
    Section("-f FORMAT", rows=FORMATS),
    Section(
        "Columns and rows",
        rows=(
            ("-c help", "List the columns that can be shown."),
            ("-c id,due,subject", "Show these, in this order; -c all shows every one."),
            ("-s due:desc", "Sort by a column; several are joined by commas."),
            ("-L 20", "At most twenty rows; -L 0 shows all."),
            ("--no-header", "Leave out the line of titles."),
            ("--spreadsheet", "Put a quote before cells that a spreadsheet would run as a formula."),
        ),
    ),
    Section(
        "What holds for all of them",
        "Standard output carries data and nothing else; notes, questions and errors go to standard error.\n"
        "Moments are UTC, as 2026-11-22T14:00:00Z; durations are whole seconds in columns that end in _s. Keys of JSON "
        "are only ever added. In a pipe, what customers wrote is exact in csv, json and jsonl; tsv writes control characters "
        "as \\t, \\n or \\x1b; the other formats, and all on a terminal, leave them out.\n"
        "breaches alone knows -f nagios and -f prom too, for monitoring systems: supportq help cron. "
        "export alone knows -f mbox, and writes html and md as a file for each ticket: supportq help export.",
    ),
    Section(
        "Examples",
        lines=(
            "supportq list -f csv -c id,subject,due > late.csv",
            "supportq list -f jsonl | jq -r 'select(.age_s > 7200) | .id'",
            "supportq list -T '{id} {subject:.40}'",
        ),
    ),
)
