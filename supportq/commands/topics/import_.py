"""Topic: how files become tickets."""

from supportq.commands.section import Section

PAGE = (
    Section(
        "What is taken",
        "CSV and TSV with a header line, spreadsheets (xlsx, xls, ods), JSON lines and JSON documents. The delimiter "
        "and a byte order mark are found out; another encoding than UTF-8 is named with --encoding, or guessed with "
        "--encoding auto.\n"
        "Columns are known by their headers. Those that are not are kept as facts beside the ticket, so that nothing "
        "is lost; --map COLUMN=FIELD says what they are, and the settings keep that under a name:\n"
        "  supportq config set 'import.profiles.shop.\"What happened\"' body\n"
        "  supportq import shop.csv --profile shop",
    ),
    Section(
        "Mail",
        "Mailboxes (mbox), Maildirs, single mails, and folders of them; .gz and .zip of these and of tables. Each mail "
        "goes to the ticket that it answers, or opens one; which, and why: show --why-thread. A mail is known again "
        "by what it says, whatever was written above it on its way. What our agents wrote is taken for the answer "
        "that it is, known by their addresses; so is an mbox that supportq export wrote. What can't be read is kept, and named.",
    ),
    Section(
        "Exports of other desks",
        "They are recognised by their headers; --explain says why, and what every column and word is taken to be; "
        "--profile chooses another form. Teams and agents are taken over where this desk has one of that name, and "
        "are facts otherwise; once the settings have them, the same import with --on-duplicate update gives them what is "
        "theirs. Where an export holds what was said, each message and note comes along, with who "
        "wrote it; attachments come by name. What a bot wrote is automatic; where an export does not tell whether "
        "something was an answer, as of Jira's comments, it is a note, and what it may have answered has no data. Two desks of one system need a --source of their own, since their numbers are "
        "the same.",
        rows=(
            ("zendesk, zendesk_json", "The CSV of a view; the JSON export or API, with comments."),
            ("freshdesk, freshservice", "The CSV of tickets."),
            ("freshdesk_json", "Tickets of the API, with conversations."),
            ("helpscout", "Conversations of the API, with threads."),
            ("liveagent", "Tickets of the API."),
            ("zammad, zammad_json", "A report as xlsx; tickets of the API, with articles."),
            ("zammad_articles", "Articles of the API, after their tickets."),
            ("osticket", "The CSV of a queue."),
            ("jira", "The CSV of a search, with comments."),
            ("hubspot, hubspot_api, hubspot_json", "The CSV by labels or API names, the JSON; each with its contacts."),
            ("rt", "The tab-separated results of a search."),
            ("front", "An export of messages, whichever columns it has."),
            ("front_json, front_messages", "Conversations of the API; its messages, after them."),
            ("intercom, intercom_json", "A CSV of messages; conversations of the API, with parts."),
            ("tweets", "Posts on X, each with the one it answers."),
            ("messages", "One message a row, for whatever has no form of its own."),
            ("generic", "Any other table, as of Gmelius."),
        ),
    ),
    Section(
        "One message a row",
        "ticket_ref,at,author,author_role,direction,channel,public,body\n"
        "T-1,2026-11-02T08:14:22Z,Ida <ida@example.com>,customer,in,email,yes,It creaks\n"
        "T-1,2026-11-02T08:30:00Z,kim,agent,out,email,no,Fjord again\n"
        "T-1,2026-11-02T08:40:00Z,ann,agent,out,email,yes,Oil it\n"
        "The same keys make JSON lines. The direction is in, out, note, automatic or unknown; what was not public is a note. "
        "They go on with the tickets of the files beside them, or of the queue, that have their keys.",
    ),
    Section(
        "Fields",
        rows=(
            ("key", "What tells rows apart, so that a second import adds nothing."),
            ("thread", "The key of an earlier row that this one goes on."),
            ("at, answered_at, resolved_at", "When it was said, answered, resolved."),
            ("wake_at", "Until when a ticket waits that is pending or on hold."),
            ("answered_at:minutes", "After how many minutes; also :hours, and for resolved_at."),
            ("at:dmy, at:mdy", "A date with the day first, or the month; all of a file: --dates dmy."),
            ("tags:words", "Tags with a space between them."),
            ("channel, language", "How it came in, in which language."),
            ("customer, name, email, phone", "Who wrote; any one of them is enough."),
            ("copied", "Who else takes part, with commas between."),
            ("organisation", "Whom they wrote for."),
            ("subject, body", "What was said; one of them is enough."),
            ("status, priority, team, assignee", "Where the ticket stands."),
            ("category, line, tags", "How it was sorted."),
            ("rating, rating_comment", "What the customer gave it, 1 to 5, and with which words."),
            ("rated_at", "When they did; a file that does not say it tells it by resolved_at, or at."),
            ("direction, public, author", "Which way it went; if the customer saw it; who wrote."),
            ("field.NAME", "A custom field of the settings."),
            ("fact", "Kept beside the ticket, and understood by nobody."),
        ),
    ),
    Section(
        "What happens to each row",
        "It becomes a ticket, goes on with one, or goes into the reject file with its line and the reason, untouched; "
        "mend it there and import that file. Every row has one of these ends.\n"
        "Several files, or an archive or a folder of them, are one import: tickets come before the messages that go on "
        "with them, each file has a line of its own, and rejects of files with the same columns one reject file.\n"
        "The same file again changes nothing; that is also how an interrupted import is completed. One undo takes all "
        "of it back. Nobody is written to, and low ratings are history, which asks for no follow-up: supportq list "
        "rating:..2 finds them.\n"
        "A row whose key is known, but with other words, is held back and named: --on-duplicate update takes over what "
        "a newer file says, and --source NAME keeps the keys of another shop's file apart.\n"
        "Days that could be months are settled over the whole column, and refused where even that leaves a doubt. "
        "Times without a zone are in the zone of --tz.",
    ),
    Section(
        "Examples",
        lines=(
            "supportq import inquiries.csv --dry-run",
            "supportq import archive.mbox.gz",
            "supportq import zendesk-export.json --explain",
            "supportq import inquiries.csv --map mail=email --key msgid --rejects bad.csv",
            "supportq import inquiries.csv --triage",
        ),
    ),
)
