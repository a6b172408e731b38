"""Topic: how files become tickets."""

from supportq.commands.section import Section

PAGE = (
    Section(
        "What is taken",
        "CSV and TSV with a header line, and JSON lines. The delimiter and a byte order mark are found out; another "
        "encoding than UTF-8 is named with --encoding.\n"
        "Columns are known by their headers. Those that are not are kept as facts beside the ticket, so that nothing "
        "is lost; --map COLUMN=FIELD says what they are.",
    ),
    Section(
        "Fields",
        rows=(
            ("key", "What tells rows apart, so that a second import adds nothing."),
            ("thread", "The key of an earlier row that this one goes on."),
            ("at, answered_at, resolved_at", "When it was said, answered, resolved."),
            ("channel, language", "How it came in, in which language."),
            ("customer, name, email, phone", "Who wrote; any one of them is enough."),
            ("organisation", "Whom they wrote for."),
            ("subject, body", "What was said; one of them is enough."),
            ("status, priority, team, assignee", "Where the ticket stands."),
            ("category, line, tags", "How it was sorted."),
            ("field.NAME", "A custom field of the settings."),
            ("fact", "Kept beside the ticket, and understood by nobody."),
        ),
    ),
    Section(
        "What happens to each row",
        "It becomes a ticket, goes on with one, or goes into the reject file with its line and the reason, untouched; "
        "mend it there and import that file. Every row has one of these ends.\n"
        "The same file again changes nothing; that is also how an interrupted import is completed. One undo takes all "
        "of it back. Nobody is written to.\n"
        "Days that could be months are settled over the whole column, and refused where even that leaves a doubt. "
        "Times without a zone are in the zone of --tz.",
    ),
    Section(
        "Examples",
        lines=(
            "supportq import inquiries.csv --dry-run",
            "supportq import inquiries.csv --map mail=email --key msgid --rejects bad.csv",
            "supportq import inquiries.csv --triage",
        ),
    ),
)
