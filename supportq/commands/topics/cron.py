"""Topic: how to run supportq without anybody watching."""

from supportq.commands.section import Section

LINES = (
    "SUPPORTQ_QUEUE=/srv/desk/team.db",
    "*/5 * * * *   supportq breaches",
    "*/5 * * * *   supportq breaches --check page --since-last -q || page-someone",
    "* * * * *     supportq breaches -f prom -o /var/lib/node_exporter/supportq.prom",
    "* * * * *     supportq send -q",
    "*/5 * * * *   supportq triage --auto -q",
    "5 * * * *     supportq import /srv/desk/inquiries.csv -q",
    "0 7 * * 1     supportq report digest",
    "0 3 * * *     supportq backup /srv/backup/team.db --keep 14 -q",
    "30 3 * * *    supportq doctor",
)

PAGE = (
    Section("A crontab", lines=LINES),
    Section(
        "Good to know",
        "cron mails whatever is printed: breaches prints a table when something is late and nothing at all when all "
        "is well. Its exit code says the same, for programs: supportq breaches -q || page-someone. What concerns a team "
        "waits until the team is open, which it is not at night nor in a midday break, unless --always is said; JSON and monitoring systems see it at once, and so does "
        "who looks at a terminal, though the exit code there is cron's.\n"
        "--check NAME remembers in the queue what it told: with --since-last everything is told once, what was late and "
        "over between two runs included. It remembers after it has written all; what it writes into, such as mail, "
        "has to see to the rest. Give each line of a crontab a name of its own.\n"
        "-f nagios makes breaches a monitoring plugin, whose every failure is UNKNOWN (3); -f prom writes figures for "
        "Prometheus; -f html and -f md write the body of a mail.\n"
        "import -q says nothing either, unless rows are rejected: how many, and which file holds them. Nor does "
        "fetch -q, unless an account fails or a mail has to stay on its server.\n"
        "Nothing asks a question without a terminal, and nothing else is needed: no HOME, no TERM. Name the queue in "
        "full, and the zone of what is printed: --tz Europe/Berlin.\n"
        "A command that writes waits up to 30 seconds for its turn, then leaves with 75: nothing was changed, and the "
        "next run does it. What a machine does is recorded as done by system.",
    ),
)
