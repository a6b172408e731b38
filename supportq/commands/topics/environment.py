"""Topic: what the environment says to supportq."""

from supportq.commands.section import Section

VARIABLES = (
    ("SUPPORTQ_QUEUE", "The queue file. Weaker than --queue; stronger than a .supportq.toml and your preferences."),
    ("SUPPORTQ_AGENT", "Who you are at the desk. Weaker than --as."),
    ("SUPPORTQ_EDITOR", "What to write with; then the editor of your preferences, VISUAL and EDITOR."),
    ("SUPPORTQ_PAGER", "What to page with; then the pager of your preferences, PAGER and less. Empty for none."),
    ("SUPPORTQ_BUSY", "How many seconds to wait for another process that writes; 30 if unset."),
    ("SUPPORTQ_NOW", "Pretend that it is then; for tests."),
    ("NO_COLOR", "No colour, if not empty."),
    ("FORCE_COLOR", "Colour even in a pipe, unless 0 or empty."),
    ("TERM", "dumb: no colour, no bars."),
    ("COLUMNS, LINES", "How large the terminal is."),
    ("TZ", "Your time zone, where neither --tz nor your preferences name one."),
    ("LOGNAME, USER", "Your login, by which the desk knows its agents."),
    ("XDG_CONFIG_HOME", "Where supportq/preferences.toml lies; ~/.config if unset."),
    ("XDG_STATE_HOME", "Where drafts and what you have seen are kept; ~/.local/state if unset."),
)

PAGE = (
    Section(rows=VARIABLES),
    Section("What counts now, and where it comes from", lines=("supportq preferences show",)),
)
