"""Topic: what leaves a queue, in which forms, and how it comes back."""

from supportq.commands.section import Section

PAGE = (
    Section(
        "Forms",
        rows=(
            ("jsonl", "Everything, without loss, as JSON lines: the default, unless the ending of -o is another form."),
            (
                "csv, tsv, json",
                "A row for each ticket, for spreadsheets, which is no way back; add --spreadsheet to disarm formulas.",
            ),
            (
                "mbox",
                "What was said, as mails in one file (mboxrd), which import reads; notes, priorities and tags stay inside.",
            ),
            ("html, md", "A page for each ticket, with its attachments beside it, in the folder of -o."),
        ),
    ),
    Section(
        "How a queue comes back",
        "supportq init copy.db --from all.jsonl makes a queue that equals the exported one: the same numbers, "
        "settings, history and promises, and another export of it has the same bytes. It is made whole or not at all, "
        "and no number is ever given out again. It can't go into a queue that is there, which has numbers of its own.\n"
        "Chosen tickets come back in the same way, if none of them is tied to one that was left out.\n"
        "Keys by which mail is known to be this desk's leave only with --with-keys; a queue without them makes its own.",
    ),
    Section(
        "What the lines are",
        "Each line is one row of a table; its keys are the columns (supportq sql --schema), bytes are base64.",
        rows=(
            ("export", "The first line: the version of the stored form, and the last ids given out."),
            ("desk", "What the queue knows of itself: its own id, when it was made."),
            ("text", "A subject, a reason, a comment; other lines name it by its id."),
            ("change", "A command: who did what, when, and whether it was undone."),
            ("settings", "A version of the settings: its text, and what it says when checked."),
            ("organisation", "Whom customers belong to."),
            ("customer", "A customer; by customer_id in other lines."),
            ("address", "Where a customer can be reached."),
            ("ticket", "A ticket as it stands, with its tags, fields, participants and links."),
            ("message", "A message or note."),
            ("original", "A message as it was received; is_compressed says by zlib."),
            ("blob", "The content of attachments, each once, by its SHA-256."),
            ("attachment", "The name of an attachment, its message, and its content's hash."),
            ("source_key", "By what key an import knows a ticket or message again."),
            ("source_fact", "What another system said of a ticket, and nobody here understands."),
            ("outbox", "How a message is sent: by which account, how often it was tried, what was said."),
            ("event", "What happened to a ticket; from these follows how it stands."),
            ("breach_check", "A check for breaches, and when it ran last."),
            ("breach_told", "What it has told already."),
            ("end", "The last line: how many lines stand between the first and it."),
        ),
    ),
    Section(
        "Without names",
        "With --anonymise, customers and agents get numbers for names, addresses lead nowhere, and each letter that "
        "anybody wrote becomes an x, each digit a 0. The same person stays the same, tags, categories and teams stay, "
        "and every figure stays as it is. Originals, attachments, rules and canned replies are left out. Promises "
        "that a policy makes to single customers are made to nobody.",
    ),
    Section(
        "As they come",
        "--follow waits for new tickets and writes each as a line of JSON, as show --json does, until Ctrl-C, SIGTERM "
        "or the end of the pipe. --after N begins behind ticket N, so that none is missed in between.",
    ),
    Section(
        "Examples",
        lines=(
            "supportq export -o all.jsonl",
            "supportq init copy.db --from all.jsonl",
            "supportq export created:last-month -f html -o last-month/",
            "supportq export 17 --anonymise -o for-the-report.jsonl",
            "supportq export | ssh desk2 supportq init team.db --from -",
        ),
    ),
)
